"""The meeting screen in the hands of people: forms without JavaScript, fragments with it, and no lost text."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from foundation.scope import acting_as
from meetings.models import AgendaItem, AgreedAction, Decision, MeetingState, Note
from meetings.operations import desk, live
from meetings.views.screen import next_time
from tests import cast
from tests.factories import meetings as factory
from tests.factories.audit import logged

AUTOSAVE = {"X-Requested-With": "autosave"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def meeting(regisseur, partners):
    with acting_as(regisseur):
        return factory.running_meeting(
            by=regisseur, partners=[partners["politie"], partners["jens"]], items=3
        )


@pytest.fixture
def item(regisseur, meeting):
    with acting_as(regisseur):
        return AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("case__youth").first()


@pytest.fixture
def lead(client, regisseur):
    client.force_login(regisseur)
    return client


def to(name, item, **more):
    return reverse(f"meetings:{name}", kwargs={"uuid": item.meeting.uuid, "item": item.uuid, **more})


def count(model, by):
    with acting_as(by):
        return model.objects.visible_to(by).count()


def test_the_screen_shows_the_youth_and_logs_it(lead, item):
    page = lead.get(to("live_item", item)).content.decode()
    assert "Łukasz Voorbeeld 1" in page and "Punt 1 van 3" in page and "Wie gaat erheen?" in page
    assert logged("agenda_item.led")[-1].youth_ids == [item.case.youth_id]
    assert len(logged("meeting.agenda_viewed")[-1].youth_ids) == 3


def test_a_note_by_form_and_by_itself(lead, item, regisseur):
    answer = lead.post(to("item_note", item), {"version": 0, "text": "Moeder belt"})
    assert (answer.status_code, answer["Location"]) == (303, to("live_item", item))
    saved = lead.post(to("item_note", item), {"version": 1, "text": "Moeder belt morgen"}, headers=AUTOSAVE)
    assert saved.json()["version"] == 2
    again = lead.post(to("item_note", item), {"version": 2, "text": "Moeder belt morgen"}, headers=AUTOSAVE)
    assert again.json()["version"] == 2
    assert count(Note, regisseur) == 2


@pytest.mark.parametrize("headers", [{}, AUTOSAVE])
def test_a_stale_note_comes_back_with_both_texts(lead, item, tweede_regisseur, headers):
    with acting_as(tweede_regisseur):
        desk.save_note(item=item, text="Vader komt", version=0, by=tweede_regisseur)
    answer = lead.post(to("item_note", item), {"version": 0, "text": "Moeder <komt>"}, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Moeder &lt;komt&gt;" in page and "Vader komt" in page and 'data-conflict-version="1"' in page


def test_a_note_that_is_too_long_is_refused_with_its_text(lead, item):
    answer = lead.post(to("item_note", item), {"version": 0, "text": "a" * 20_001})
    assert answer.status_code == 400 and "a" * 20_001 in answer.content.decode()
    by_itself = lead.post(to("item_note", item), {"version": 0, "text": "a" * 20_001}, headers=AUTOSAVE)
    assert by_itself.status_code == 400 and "20000" in by_itself.json()["reason"].replace(".", "")


def test_a_note_of_endless_lines_is_refused(lead, item):
    answer = lead.post(to("item_note", item), {"version": 0, "text": "a\n" * 501 + "b"}, headers=AUTOSAVE)
    assert answer.status_code == 400 and "500 regels" in answer.json()["reason"]


def decision(**more):
    return {"key": str(uuid4()), "kind": "preventive", "text": "Halt biedt aan"} | more


def test_a_decision_sent_twice_is_one(lead, item, regisseur):
    form = decision()
    for _ in range(2):
        assert lead.post(to("item_decide", item), form).status_code == 303
    assert count(Decision, regisseur) == 1


def test_with_htmx_only_what_changed_comes_back(lead, item):
    answer = lead.post(to("item_decide", item), decision(), headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200 and "<html" not in page
    assert "Preventieve inzet" in page and 'hx-swap-oob="true"' in page and "1 van 3 besloten" in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"kind": ""}, "verplicht"),
        ({"kind": "monitor"}, "Vul een datum in."),
        ({"kind": "monitor", "until_on": "2020-01-01"}, "Kies een datum na vandaag."),
        ({"kind": "postpone_informing", "until_on": "2090-01-01", "text": ""}, "Vul de reden in."),
        ({"kind": "postpone_informing", "until_on": "2090-01-01"}, "Kies de grond van het uitstel."),
        ({"kind": "casusregisseur"}, "Kies wie casusregisseur wordt."),
        ({"kind": "hand_over", "text": ""}, "Schrijf aan wie."),
        (
            {"kind": "escalate", "to": "2", "text": "Reden", "review_on": "2090-01-01"},
            "Vul in wat al is geprobeerd.",
        ),
        ({"kind": "nonsense"}, "Selecteer een geldige keuze"),
        (
            {"kind": "escalate", "to": "99", "tried": "x", "review_on": "2090-01-01"},
            "Selecteer een geldige keuze",
        ),
        ({"text": "b" * 501}, "500"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_decision_that_lacks_something_says_what(lead, item, regisseur, sent, words, headers):
    answer = lead.post(to("item_decide", item), decision(**sent), headers=headers)
    assert answer.status_code == 400 and words in answer.content.decode()
    assert count(Decision, regisseur) == 0


def test_what_cannot_be_now_keeps_what_was_typed(lead, item):
    move = {"kind": "escalate", "to": "2", "text": "Herhaling", "tried": "Coach", "review_on": "2090-01-01"}
    assert lead.post(to("item_decide", item), decision(**move)).status_code == 303
    again = lead.post(to("item_decide", item), decision(**move | {"text": "Nog een keer"}))
    assert again.status_code == 409
    assert "Er ligt al een voorstel" in again.content.decode() and "Nog een keer" in again.content.decode()


def test_taking_a_decision_back_strikes_it_out(lead, item, regisseur):
    lead.post(to("item_decide", item), decision())
    with acting_as(regisseur):
        made = Decision.objects.get()
    answer = lead.post(to("decision_take_back", item, decision=made.uuid), headers=HTMX)
    assert "Teruggenomen om" in answer.content.decode() and "0 van 3 besloten" in answer.content.decode()


def action(partner, **more):
    soon = timezone.localdate() + timedelta(days=14)
    return {
        "key": str(uuid4()),
        "text": "Belt vader",
        "owner": f"{partner.pk}" if partner else "",
        "due_on": soon.isoformat(),
    } | more


def test_an_action_sent_twice_is_one_and_can_be_taken_back(lead, item, partners, regisseur):
    form = action(partners["politie"])
    assert lead.post(to("item_act", item), form).status_code == 303
    page = lead.post(to("item_act", item), form, headers=HTMX).content.decode()
    assert page.count("Belt vader") == 2  # the row, and the button that says what it takes back
    assert count(AgreedAction, regisseur) == 1
    with acting_as(regisseur):
        made = AgreedAction.objects.get()
    gone = lead.post(to("action_take_back", item, action=made.uuid), headers=HTMX).content.decode()
    assert "Belt vader" not in gone


def test_a_person_of_the_owner_can_be_named(lead, item, partners, agent, regisseur):
    assert lead.post(
        to("item_act", item), action(partners["politie"], owner=f"{partners['politie'].pk}-{agent.pk}")
    )
    with acting_as(regisseur):
        assert AgreedAction.objects.get().owner_person == agent


def test_an_action_in_one_line(lead, item, partners, agent, regisseur):
    soon = next_time(item.meeting).isoformat()
    line = f"{partners['politie']} huisbezoek @{agent.first_name} voor vrijdag"
    assert lead.post(to("item_act", item), action(None, text=line, owner="", due_on=soon)).status_code == 303
    with acting_as(regisseur):
        made = AgreedAction.objects.get()
        assert (made.text, made.owner_partner, made.owner_person) == (
            "huisbezoek",
            partners["politie"],
            agent,
        )
        assert made.due_on.weekday() == 4


def test_what_is_chosen_goes_above_the_line(lead, item, partners, regisseur):
    line = f"{partners['politie']} inlichten voor vrijdag"
    other_day = next_time(item.meeting) + timedelta(days=1)
    sent = action(partners["jens"], text=line, due_on=other_day.isoformat())
    assert lead.post(to("item_act", item), sent).status_code == 303
    with acting_as(regisseur):
        made = AgreedAction.objects.get()
        assert (made.text, made.owner_partner) == (line, partners["jens"])
        assert made.due_on.isoformat() == sent["due_on"]


def read(lead, item, **sent):
    form = action(None, owner="", due_on=next_time(item.meeting).isoformat()) | sent
    answer = lead.post(to("item_act_read", item), form)
    assert answer.status_code == 200
    return answer.json()["understood"]


def test_how_a_line_is_understood_is_said_before_it_is_sent(lead, item, partners, agent, regisseur):
    day = date_format(next_time(item.meeting), "j F")
    line = f"{partners['politie']} huisbezoek @{agent.first_name} voor volgende JPP"
    assert read(lead, item, text=line) == f"{partners['politie']} · huisbezoek · {agent} · {day}"
    assert read(lead, item, text="Belt school @Niemand") == f"Belt school @Niemand · {day} · kies nog wie"
    assert read(lead, item, text="Belt", due_on="2020-01-01") == "Belt · kies nog wie"
    assert read(lead, item, text=" ") == ""
    assert count(AgreedAction, regisseur) == 0
    assert logged("agenda_item.led")[-1].youth_ids == [item.case.youth_id]


def test_after_the_meeting_no_line_is_read(lead, item, meeting, regisseur):
    with acting_as(regisseur):
        meeting.state = MeetingState.CLOSED
        meeting.save(update_fields=["state"])
    assert lead.post(to("item_act_read", item), action(None, owner="")).status_code == 409


def test_a_line_without_anybody_says_what_lacks_and_keeps_it(lead, item):
    answer = lead.post(to("item_act", item), action(None, text="Belt school", owner=""))
    assert answer.status_code == 400
    assert "begin de regel met een organisatie" in answer.text and "Belt school" in answer.text


@pytest.mark.parametrize("sent", [{"owner": "0"}, {"owner": "x-y"}, {"due_on": "2020-01-01"}, {"text": ""}])
def test_an_action_that_lacks_something_is_refused(lead, item, partners, sent):
    assert lead.post(to("item_act", item), action(partners["politie"], **sent)).status_code == 400


def test_discussed_goes_on_to_the_next_and_back_stays(lead, item):
    on = lead.post(to("item_discussed", item), {"besproken": "ja"})
    assert on.status_code == 303 and on["Location"] != to("live_item", item)
    assert "Besproken om" in lead.get(to("live_item", item)).content.decode()
    assert lead.post(to("item_discussed", item), {"besproken": "nee"})["Location"] == to("live_item", item)


def test_closing_says_which_points_are_open_and_links_to_them(lead, meeting, item, regisseur):
    url = reverse("meetings:live_close", args=[meeting.uuid])
    refused = lead.post(url)
    page = refused.content.decode()
    assert refused.status_code == 409 and "punt 1, 2 en 3" in page and to("live_item", item) in page
    with acting_as(regisseur):
        factory.decide_all(by=regisseur, meeting=meeting)
    assert lead.post(url)["Location"] == reverse("meetings:minutes", args=[meeting.uuid])
    assert lead.post(url).status_code == 303  # twice is once
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CLOSED


def test_attendance_is_kept_per_partner(lead, meeting, partners):
    form = {f"presence_{partners['politie'].pk}": "present", f"people_{partners['politie'].pk}": "Kim <b>"}
    assert lead.post(reverse("meetings:live_attendance", args=[meeting.uuid]), form).status_code == 303
    row = meeting.attendances.get()
    assert (row.partner, row.presence, row.people) == (partners["politie"], "present", "Kim <b>")
    assert "Kim &lt;b&gt;" in lead.get(reverse("meetings:live", args=[meeting.uuid])).content.decode()


def test_an_item_of_another_meeting_is_not_there(lead, item, regisseur):
    with acting_as(regisseur):
        other = factory.agreed_meeting(by=regisseur)
    url = reverse("meetings:live_item", kwargs={"uuid": other.uuid, "item": item.uuid})
    assert lead.get(url).status_code == 404


def test_the_screen_asks_as_much_for_twelve_points_as_for_three(
    lead, regisseur, partners, item, django_assert_max_num_queries
):
    table = [partners["politie"], partners["jens"]]
    with acting_as(regisseur):
        large = factory.running_meeting(by=regisseur, partners=table, items=12)
        first = AgendaItem.objects.filter(meeting=large).on_agenda().select_related("meeting").first()
    counts = [queries_of(lead, to("live_item", one)) for one in (item, first)]
    assert counts[0] == counts[1] < 50


def queries_of(client, url):
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_many_clicks_at_once_are_one_decision(committed_db):
    from accounts.models import User

    regisseur = User.objects.get(username="regisseur")
    table = [cast.partners()["politie"]]
    with acting_as(regisseur):
        meeting = factory.running_meeting(by=regisseur, partners=table, items=1)
        item = AgendaItem.objects.select_related("meeting").get(meeting=meeting)
    form, answers = decision(), []

    def click():
        client = Client()
        client.force_login(regisseur)
        answers.append(client.post(to("item_decide", item), form).status_code)
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(6)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert answers == [303] * 6
    assert count(Decision, regisseur) == 1


def test_names_are_hidden_for_the_beamer_and_shown_again(lead, meeting, item):
    page = f"/overleg/{meeting.uuid}/leiden/"
    assert "hides-names" not in lead.get(page).content.decode()
    answer = lead.post(f"{page}namen/", {"item": item.uuid})
    assert answer.status_code == 303 and answer["Location"] == to("live_item", item)
    assert "hides-names" in lead.get(page).content.decode()
    assert lead.post(f"{page}namen/", {"hides": "nee"}, headers={"HX-Request": "true"}).status_code == 204
    assert "hides-names" not in lead.get(page).content.decode()


def test_the_clock_is_there_while_the_meeting_runs(lead, meeting, item):
    page = lead.get(to("live_item", item)).content.decode()
    assert "data-clock-ends" in page and "nog 8 minuten" in page and "op schema" in page
    meeting.__class__.objects.filter(pk=meeting.pk).update(state="closed")
    assert "data-clock-ends" not in lead.get(to("live_item", item)).content.decode()


def test_closing_names_decisions_without_an_action(lead, item, regisseur, meeting):
    close = reverse("meetings:live_close", args=[meeting.uuid])
    lead.post(to("item_decide", item), decision(kind="veilig_thuis"))
    assert "Een besluit zonder actie" in lead.get(close).content.decode()
    with acting_as(regisseur):
        factory.decide_all(by=regisseur, meeting=meeting)
    assert "Een besluit zonder actie" not in lead.get(close).content.decode()


def test_naming_a_casusregisseur_asks_who_and_says_so(lead, item, agent):
    answer = lead.post(to("item_decide", item), decision(kind="casusregisseur", casusregisseur=agent.pk))
    assert answer.status_code == 303
    page = lead.get(to("live_item", item)).content.decode()
    assert f"Casusregisseur aanwijzen: {agent}" in page


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_what_was_typed_when_somebody_closed_the_meeting_stays_with_the_reason(
    lead, item, partners, regisseur, headers
):
    with acting_as(regisseur):
        factory.decide_all(by=regisseur, meeting=item.meeting)
        live.close(meeting=item.meeting, by=regisseur)
    said = {"key": uuid4(), "kind": "preventive", "text": "Halt biedt een training aan."}
    refused = lead.post(to("item_decide", item), said, headers=headers)
    assert refused.status_code == 409
    assert said["text"] in refused.text and "Dit overleg is gesloten." in refused.text
    asked = action(partners["jens"], text="Gaat op huisbezoek.")
    refused = lead.post(to("item_act", item), asked, headers=headers)
    assert asked["text"] in refused.text and "Dit overleg is gesloten." in refused.text
