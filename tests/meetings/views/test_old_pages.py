"""Who was there, sent from a page on which a colleague wrote since: nothing is written that was not on the screen."""

import re

import pytest
from django.urls import reverse

from access.models import Participation
from access.operations.participations import end_participation
from foundation.scope import acting_as
from meetings.models import AgendaItem, Attendance, ItemPresence, Presence
from meetings.operations import deputies, presence
from meetings.operations import series as rhythm
from tests.factories import accounts
from tests.factories import meetings as factory


@pytest.fixture
def lead(client, regisseur):
    client.force_login(regisseur)
    return client


@pytest.fixture
def table(partners):
    return [partners["politie"], partners["jens"]]


@pytest.fixture
def meeting(regisseur, table):
    with acting_as(regisseur):
        return factory.running_meeting(by=regisseur, partners=table)


@pytest.fixture
def item(regisseur, meeting):
    with acting_as(regisseur):
        found = AgendaItem.objects.filter(meeting=meeting).on_agenda()
        return found.select_related("case__youth", "meeting__series", "slot").first()


@pytest.fixture
def deputy(beheerder, meeting, partners, jongerenwerker):
    """Somebody who can sit there instead of who JENS has at this table."""
    colleague = accounts.deelnemer(partners["jens"], username="collega")
    seat = rhythm.add_standing(
        series=meeting.series, partner=partners["jens"], person=jongerenwerker, by=beheerder
    )
    deputies.name_deputy(seat=seat, person=colleague, by=beheerder)
    return colleague


def to(name, item):
    return reverse(f"meetings:{name}", args=[item.meeting.uuid, item.uuid])


def shown(page):
    """What the form on this page is sent with when nobody touches it."""
    html = page.content.decode()
    fields = dict(re.findall(r'name="((?:seen|people)_\d+)"(?:[^>]*?) value="([^"]*)"', html))
    return fields | dict(re.findall(r'name="(presence_\d+)" value="(\w+)"[^>]*checked', html))


def read(lead, meeting):
    """The page that says who is there, and the button of the one deputy on it."""
    page = lead.get(reverse("meetings:live", args=[meeting.uuid]))
    [button] = re.findall(r'name="deputy" value="([^"]+)"', page.content.decode())
    return page, button


def test_an_old_page_does_not_say_who_is_there(lead, meeting, partners):
    """Guard: who came in since would be away again, and a door would open."""
    page = reverse("meetings:live", args=[meeting.uuid])
    police, jens = partners["politie"].pk, partners["jens"].pk
    old = shown(lead.get(page)) | {f"presence_{jens}": "absent"}
    attendance = reverse("meetings:live_attendance", args=[meeting.uuid])
    newer = shown(lead.get(page)) | {f"presence_{jens}": "present", f"people_{jens}": "Kim"}
    for _ in range(2):  # the answer got lost
        assert lead.post(attendance, newer).status_code == 303
    refused = lead.post(attendance, old | {f"presence_{police}": "excused"})
    html = refused.content.decode()
    assert refused.status_code == 409 and "JENS is aanwezig (Kim)" in html
    assert re.search(rf'name="presence_{police}" value="excused"[^>]*checked', html)
    assert Attendance.objects.get(partner=jens).people == "Kim"
    # Another row than the colleague wrote is no conflict; and who saw it, may.
    assert (
        lead.post(attendance, old | {f"presence_{jens}": "", f"presence_{police}": "excused"}).status_code
        == 303
    )
    assert lead.post(attendance, shown(lead.get(page)) | {f"presence_{jens}": "absent"}).status_code == 303
    assert Attendance.objects.get(partner=jens).presence == "absent"


def test_a_deputy_who_is_pressed_on_an_old_page_stays_in_the_form(lead, meeting, table, deputy):
    """Guard: else the next press would say that nobody is there, and a door would open for who is."""
    attendance = reverse("meetings:live_attendance", args=[meeting.uuid])
    police, jens = (partner.pk for partner in table)
    first, button = read(lead, meeting)
    old = shown(first)
    newer = old | {f"presence_{jens}": "absent", f"presence_{police}": "present", f"people_{police}": "Kim"}
    assert lead.post(attendance, newer).status_code == 303
    refused = lead.post(attendance, old | {"deputy": button})
    assert refused.status_code == 409
    again = shown(refused)
    assert (again[f"presence_{jens}"], again[f"people_{jens}"]) == ("present", str(deputy))
    # A row that nobody touched shows what the colleague wrote, because sending it again says that it is so.
    assert (again[f"presence_{police}"], again[f"people_{police}"]) == ("present", "Kim")
    assert lead.post(attendance, again).status_code == 303
    found = {row.partner_id: (row.presence, row.people) for row in Attendance.objects.all()}
    assert found == {jens: (Presence.PRESENT, str(deputy)), police: (Presence.PRESENT, "Kim")}


def test_a_deputy_beside_a_row_that_is_not_complete_stays_too(lead, meeting, table, deputy):
    attendance = reverse("meetings:live_attendance", args=[meeting.uuid])
    police, jens = (partner.pk for partner in table)
    first, button = read(lead, meeting)
    refused = lead.post(attendance, shown(first) | {f"people_{police}": "Kim", "deputy": button})
    again = shown(refused)
    assert refused.status_code == 400 and again[f"people_{police}"] == "Kim"
    assert (again[f"presence_{jens}"], again[f"people_{jens}"]) == ("present", str(deputy))


def test_a_refusal_for_something_else_takes_no_row_for_read(lead, meeting, table, deputy):
    """Guard: only a row of which the page said what the other wrote may be written over by the next press."""
    attendance = reverse("meetings:live_attendance", args=[meeting.uuid])
    police, jens = (partner.pk for partner in table)
    first, button = read(lead, meeting)
    old = shown(first)
    assert old[f"people_{jens}"] != str(deputy)  # who has the seat
    colleague = old | {f"presence_{police}": "absent", "deputy": button}
    assert lead.post(attendance, colleague).status_code == 303
    # What was filled in beforehand was not typed by anybody: no question about it, and the other row is told.
    told = lead.post(attendance, old | {f"presence_{police}": "present"})
    assert told.status_code == 409 and "is afwezig" in told.content.decode()
    # A typed name without a choice is asked about, and stays; nothing else counts as read by that.
    asked = lead.post(attendance, old | {f"presence_{police}": "present", f"people_{jens}": " Piet "})
    again = shown(asked)
    assert asked.status_code == 400 and again[f"people_{jens}"] == " Piet "
    told = lead.post(attendance, again | {f"presence_{jens}": "present"})
    html = told.content.decode()
    assert told.status_code == 409 and "is afwezig" in html and f"JENS is aanwezig ({deputy})" in html
    assert lead.post(attendance, shown(told)).status_code == 303
    found = {row.partner_id: (row.presence, row.people) for row in Attendance.objects.all()}
    assert found == {jens: (Presence.PRESENT, "Piet"), police: (Presence.PRESENT, "")}


def test_who_is_no_deputy_any_more_puts_nobody_else_there(lead, meeting, table, deputy):
    """Guard: the button on the old page means this person, and not the place in a list."""
    attendance = reverse("meetings:live_attendance", args=[meeting.uuid])
    jens = table[1].pk
    _, button = read(lead, meeting)
    assert button == f"{jens} {deputy}"
    deputy.is_active = False
    deputy.save(update_fields=["is_active"])
    refused = lead.post(attendance, {"deputy": button})
    assert refused.status_code == 400 and "kan daar nu niet zitten" in refused.content.decode()
    gone = lead.post(attendance, {"presence_0": "present", "people_0": "Piet"})
    assert gone.status_code == 400 and "hoort niet meer bij dit overleg" in gone.content.decode()
    assert not Attendance.objects.exists()


def test_enter_in_a_name_is_no_deputy(lead, meeting, deputy):
    """The first button of a form is the one that Enter presses."""
    html = lead.get(reverse("meetings:live", args=[meeting.uuid])).content.decode()
    form = html[html.index("/aanwezig/") :]
    first = re.search(r"<button[^>]*>", form)[0]
    assert 'name="deputy"' in form and "deputy" not in first and 'type="submit"' in first


def seen_in(answer):
    return re.findall(r'name="seen" value="(\d+)"', answer.content.decode())


def there(item, by):
    with acting_as(by):
        rows = ItemPresence.objects.visible_to(by).filter(item=item, is_present=True)
        return {row.partner_id for row in rows}


def test_an_old_page_does_not_say_who_was_at_a_point(lead, item, table, regisseur):
    police, jens = (partner.pk for partner in table)
    address = to("item_presence", item)
    assert '<input type="hidden" name="seen">' in lead.get(to("live_item", item)).content.decode()
    for _ in range(2):
        assert lead.post(address, {"partners": [police, jens]}).status_code == 303
    unknown = lead.post(address, {"partners": [0], "seen": [police]})  # says nothing of who is there by now
    assert unknown.status_code == 400 and seen_in(unknown) == [str(police)]
    refused = lead.post(address, {"partners": [police]})
    html = refused.content.decode()
    assert refused.status_code == 409 and "Intussen is opgeschreven wie er was: " in html
    part = html[html.index("meeting__presence") :]
    part = part[: part.index("</form>")]
    assert re.findall(r'name="partners" value="(\d+)" checked', part) == [str(police)]
    seen = seen_in(refused)
    assert set(seen) == {str(police), str(jens)} and "<details" in html and " open>" in html
    assert lead.post(address, {"partners": [police], "seen": seen}).status_code == 303
    assert there(item, regisseur) == {police}


def test_who_is_not_invited_any_more_does_not_stand_in_the_way(lead, item, table, regisseur):
    """Guard: what was written down of them is no change of a colleague, and cannot be ticked off."""
    police, jens = (partner.pk for partner in table)
    address = to("item_presence", item)
    assert lead.post(address, {"partners": [police, jens]}).status_code == 303
    with acting_as(regisseur):
        [seat] = (
            Participation.objects.visible_to(regisseur)
            .active()
            .filter(compartment=item.compartment, partner=jens)
        )
        end_participation(participation=seat, by=regisseur)
    assert lead.post(address, {"partners": [], "seen": [police, jens]}).status_code == 303
    assert there(item, regisseur) == {jens}


def test_ones_own_decision_is_no_colleague(lead, item, table, regisseur, beheerder):
    """A decision writes down who sits there; that is no reason to refuse who made it."""
    police, jens = (partner.pk for partner in table)
    with acting_as(regisseur):
        seen = [presence.Seen(one, Presence.PRESENT, "Kim") for one in table]
        presence.note_attendance(meeting=item.meeting, seen=seen, by=regisseur)
    lead.get(to("live_item", item))
    decided = lead.post(to("item_decide", item), {"kind": "preventive", "key": item.uuid})
    assert decided.status_code == 303 and there(item, regisseur) == {police, jens}
    with acting_as(regisseur):
        ItemPresence.objects.filter(item=item).update(noted_by=beheerder)  # as if a colleague had decided
    refused = lead.post(to("item_presence", item), {"partners": [police]})
    assert refused.status_code == 409 and "geldt wat u aanvinkte" in refused.content.decode()
    with acting_as(regisseur):
        ItemPresence.objects.filter(item=item).update(noted_by=regisseur)
    assert lead.post(to("item_presence", item), {"partners": [police]}).status_code == 303
    assert there(item, regisseur) == {police}
