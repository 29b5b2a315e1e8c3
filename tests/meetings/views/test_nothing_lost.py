"""A form that is refused comes back with what was typed: when the meeting went on, when another was first, when an
earlier sending of it arrived after all.
"""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from foundation.scope import acting_as
from meetings.models import (
    Addendum,
    AgendaItem,
    AgreedAction,
    Attendance,
    Decision,
    GroupPoint,
    MeetingState,
    MinutesRemark,
    SeriesKind,
    Topic,
)
from meetings.operations import agenda, corrections, group_points, live, topics
from tests.factories import groups as make_group
from tests.factories import meetings as factory

TYPED = "Half uitgeschreven zin"


@pytest.fixture
def lead(client, regisseur):
    client.force_login(regisseur)
    return client


@pytest.fixture
def meeting(regisseur, partners):
    with acting_as(regisseur):
        return factory.running_meeting(by=regisseur, partners=[partners["politie"], partners["jens"]])


@pytest.fixture
def item(regisseur, meeting):
    return first_of(meeting, regisseur)


@pytest.fixture
def closed(regisseur, partners):
    with acting_as(regisseur):
        return factory.full_meeting(by=regisseur, partners=[partners["politie"], partners["jens"]])


@pytest.fixture
def read(regisseur, closed):
    """A point of a meeting that is over."""
    return first_of(closed, regisseur)


def first_of(meeting, by):
    with acting_as(by):
        found = AgendaItem.objects.filter(meeting=meeting).on_agenda()
        return found.select_related("case__youth", "meeting__series", "slot").first()


def to(name, item):
    return reverse(f"meetings:{name}", args=[item.meeting.uuid, item.uuid])


def becomes(meeting, state, by):
    with acting_as(by):
        meeting.state = state
        meeting.save(update_fields=["state"])


def check_kept(answer, reason, status=409):
    """The reason, and the text in a field of a form that can be sent again."""
    html = answer.content.decode()
    assert (answer.status_code, reason in html) == (status, True), answer.status_code
    assert re.search(rf"<textarea[^>]*>\s*{TYPED}|<input[^>]*value=\"{TYPED}", html)
    return html


# --- the meeting went on ------------------------------------------------------------------------------------
def test_a_remark_that_comes_too_late_is_no_addendum(client, agent, regisseur, closed, read):
    """Guard: an addendum stands for good, and who wrote a remark did not mean one."""
    with acting_as(regisseur):
        factory.confirm(meeting=closed, by=regisseur)
    page = reverse("meetings:minutes_item", args=[read.uuid])
    for user, reason in ((agent, "Vraag de regisseur"), (regisseur, "Het verslag is vastgesteld")):
        client.force_login(user)
        check_kept(client.post(page, {"key": uuid4(), "text": TYPED}), reason)
    with acting_as(regisseur):
        assert not Addendum.objects.exists() and not MinutesRemark.objects.exists()


def test_an_answer_to_a_remark_after_the_minutes_are_final(lead, agent, regisseur, closed, read):
    answer = reverse("meetings:remark_answer", args=[remark(agent, read).uuid])
    becomes(closed, MeetingState.CONFIRMED, regisseur)
    check_kept(lead.post(answer, {"is_taken": "nee", "words": TYPED}), "vastgesteld")


def test_a_note_that_is_refused(lead, regisseur, meeting, item):
    """Pressed or saved while typing: the reason, and who pressed gets the text back."""
    with acting_as(regisseur):
        other = AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("case__youth")[1]
    becomes(meeting, MeetingState.CONFIRMED, regisseur)
    sent = {"text": f"{TYPED} over {other.case.youth.name}", "version": "0"}
    check_kept(lead.post(to("item_note", item), sent), "vastgesteld")
    auto = lead.post(to("item_note", item), sent, headers={"X-Requested-With": "autosave"})
    assert auto.status_code == 409 and "vastgesteld" in auto.json()["reason"]


def test_topics_of_a_meeting_that_went_on(lead, beheerder, regisseur, partners):
    meeting = factory.meeting(
        by=beheerder, name="Partneroverleg", kind=SeriesKind.PARTNERS, seats=[partners["jens"]]
    )
    with acting_as(regisseur):
        topic = factory.topic(by=regisseur, meeting=meeting)
        agenda.agree(meeting=meeting, by=regisseur)
        live.start(meeting=meeting, by=regisseur)
    words = {"title": TYPED, "question": "", "minutes": "10"}
    edit, add = (
        reverse(f"meetings:{name}", args=[of.uuid])
        for name, of in (("topic_edit", topic), ("topic_add", meeting))
    )
    check_kept(lead.post(edit, words | {"version": "1"}), "verandert niet meer")
    check_kept(lead.post(add, words | {"key": uuid4()}), "verandert niet meer")
    becomes(meeting, MeetingState.CONFIRMED, regisseur)
    write = reverse("meetings:topic_write", args=[topic.uuid])
    check_kept(lead.post(write, {"version": "1", "outcome": TYPED}), "vastgesteld")
    with acting_as(regisseur):
        Topic.objects.update(withdrawn_at="2026-01-01T12:00Z", withdrawn_by=regisseur)
    check_kept(lead.post(write, {"version": "1", "outcome": TYPED}), "niet meer op de agenda")
    check_kept(lead.post(edit, words | {"version": "1"}), "niet meer op de agenda")
    assert lead.get(edit).status_code == 404


def test_a_group_at_a_meeting_that_went_on(lead, regisseur, partners, meeting):
    becomes(meeting, MeetingState.AGREED, regisseur)
    with acting_as(regisseur):
        group = make_group.naming(by=regisseur, partners=[partners["politie"]])
        point = group_points.put(meeting=meeting, group=group, question="Lukt het?", minutes=5, by=regisseur)
    becomes(meeting, MeetingState.RUNNING, regisseur)
    put = reverse("meetings:group_put", args=[meeting.uuid, group.uuid])
    check_kept(lead.post(put, {"question": TYPED, "minutes": "5", "version": "1"}), "verandert niet meer")
    becomes(meeting, MeetingState.CONFIRMED, regisseur)
    write = reverse("meetings:group_point", args=[point.uuid])
    check_kept(lead.post(write, {"version": "1", "outcome": TYPED}), "vastgesteld")
    with acting_as(regisseur):
        GroupPoint.objects.filter(pk=point.pk).update(
            withdrawn_at="2026-01-01T12:00Z", withdrawn_by=regisseur
        )
    check_kept(lead.post(write, {"version": "1", "outcome": TYPED}), "niet meer op de agenda")
    assert lead.get(write).status_code == 404


def test_the_question_at_a_point_after_the_meeting_began(lead, partners, item):
    page = reverse("meetings:item_prepare", args=[item.uuid])
    sent = {"question": TYPED, "minutes": "5", "seen": "x", "partners": [partners["politie"].pk]}
    check_kept(lead.post(page, sent), "verandert niet meer")


# --- another was first ---------------------------------------------------------------------------------------
def remark(by, item):
    with acting_as(by):
        return corrections.remark(item=item, text="Het was dinsdag", key=uuid4(), by=by)


def test_a_second_answer_to_a_remark_is_not_thrown_away(lead, agent, regisseur, read):
    made = remark(agent, read)
    address = reverse("meetings:remark_answer", args=[made.uuid])
    first = {"is_taken": "ja", "words": "Aangepast"}
    for _ in range(2):  # the answer got lost
        assert lead.post(address, first).status_code == 303
    html = check_kept(lead.post(address, {"is_taken": "nee", "words": TYPED}), "al op geantwoord")
    assert "Aangepast" in html
    with acting_as(regisseur):
        assert MinutesRemark.objects.get(pk=made.pk).answer == "Aangepast"


def test_an_answer_with_a_name_in_it_comes_back(lead, agent, regisseur, closed, read):
    """JENS reads the first point and not the second."""
    with acting_as(regisseur):
        other = AgendaItem.objects.filter(meeting=closed).on_agenda().select_related("case__youth")[1]
    address = reverse("meetings:remark_answer", args=[remark(agent, read).uuid])
    words = f"{TYPED} over {other.case.youth.name}"
    check_kept(lead.post(address, {"is_taken": "nee", "words": words}), "mag die naam niet zien")


def test_a_group_put_there_by_a_colleague(lead, regisseur, partners, meeting):
    becomes(meeting, MeetingState.AGREED, regisseur)
    with acting_as(regisseur):
        group = make_group.naming(by=regisseur, partners=[partners["politie"]])
        group_points.put(meeting=meeting, group=group, question="Lukt het?", minutes=5, by=regisseur)
    put = reverse("meetings:group_put", args=[meeting.uuid, group.uuid])
    html = check_kept(lead.post(put, {"question": TYPED, "minutes": "5", "version": "0"}), "Lukt het?")
    assert 'name="version" value="1"' in html
    sent = {"question": TYPED, "minutes": "5", "version": "1"}
    assert lead.post(put, sent).status_code == 303
    with acting_as(regisseur):
        point = GroupPoint.objects.visible_to(regisseur).get()
        assert point.question == TYPED
        group_points.remove(point=point, by=regisseur)
    html = check_kept(lead.post(put, sent | {"version": "2"}), "haalde deze groep intussen van de agenda")
    assert 'name="version" value="0"' in html
    assert lead.post(put, sent | {"version": "0"}).status_code == 303
    with acting_as(regisseur):
        assert GroupPoint.objects.visible_to(regisseur).standing().get().question == TYPED


def test_a_name_without_a_presence_is_asked_about(lead, meeting, partners):
    sent = {f"people_{partners['jens'].pk}": TYPED}
    answer = lead.post(reverse("meetings:live_attendance", args=[meeting.uuid]), sent)
    check_kept(answer, "Kies ook of zij er waren", 400)
    assert not Attendance.objects.exists()


# --- an earlier sending arrived after all ------------------------------------------------------------------------
def new_key(html, key):
    found = re.findall(r'name="key" value="([^"]+)"', html)
    assert found and str(key) not in found
    return found[-1]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_a_decision_and_an_action_whose_text_was_changed_meanwhile(lead, item, regisseur, partners, headers):
    """Guard: the key of the form is the one of the first text, so the second would be taken for it."""
    key, again = uuid4(), "erbij moet"
    decision = {"kind": "preventive", "key": key, "text": "Eerste"}
    action = {"key": key, "text": "Eerste", "owner": str(partners["jens"].pk), "due_on": "2030-01-08"}
    for name, sent in (("item_decide", decision), ("item_act", action)):
        for _ in range(2):
            assert lead.post(to(name, item), sent, headers=headers).status_code in (200, 303)
        html = check_kept(lead.post(to(name, item), sent | {"text": TYPED}, headers=headers), again)
        part = html[html.index("besluiten" if name == "item_decide" else "acties-kop") :]
        other = [one for one in re.findall(r'name="key" value="([^"]+)"', part) if one != str(key)]
        assert lead.post(
            to(name, item), sent | {"text": TYPED, "key": other[0]}, headers=headers
        ).status_code in (200, 303)
    with acting_as(regisseur):
        assert [row.text for row in Decision.objects.order_by("pk")] == ["Eerste", TYPED]
        assert [row.text for row in AgreedAction.objects.order_by("pk")] == ["Eerste", TYPED]


def test_a_remark_and_an_addendum_whose_text_was_changed_meanwhile(client, agent, regisseur, closed, read):
    page, key = reverse("meetings:minutes_item", args=[read.uuid]), uuid4()
    client.force_login(agent)
    sent = {"key": key, "text": "Eerste"}
    for _ in range(2):
        assert client.post(page, sent).status_code == 303
    html = check_kept(client.post(page, sent | {"text": TYPED}), "erbij moet")
    assert client.post(page, {"key": new_key(html, key), "text": TYPED}).status_code == 303
    with acting_as(regisseur):
        MinutesRemark.objects.update(answered_at="2026-01-01T12:00Z", is_taken=True, answered_by=regisseur)
        factory.confirm(meeting=closed, by=regisseur)
    client.force_login(regisseur)
    sent["is_addendum"] = "True"
    for _ in range(2):
        assert client.post(page, sent).status_code == 303
    html = check_kept(client.post(page, sent | {"text": TYPED}), "erbij moet")
    assert 'name="is_addendum"' in html
    assert client.post(page, sent | {"key": new_key(html, key), "text": TYPED}).status_code == 303
    with acting_as(regisseur):
        assert [row.text for row in Addendum.objects.order_by("number")] == ["Eerste", TYPED]


def test_a_topic_whose_text_was_changed_meanwhile(lead, beheerder, regisseur, partners):
    meeting = factory.meeting(
        by=beheerder, name="Partneroverleg", kind=SeriesKind.PARTNERS, seats=[partners["jens"]]
    )
    address, key = reverse("meetings:topic_add", args=[meeting.uuid]), uuid4()
    sent = {"key": key, "title": "Eerste", "question": "", "minutes": "10"}
    for _ in range(2):
        assert lead.post(address, sent).status_code == 303
    html = check_kept(lead.post(address, sent | {"title": TYPED}), "erbij moet")
    assert lead.post(address, sent | {"title": TYPED, "key": new_key(html, key)}).status_code == 303
    assert [topic.title for topic in Topic.objects.standing()] == ["Eerste", TYPED]
    with acting_as(
        regisseur
    ):  # changed on purpose, or taken off, and then the first sending arrives once more
        first, second = Topic.objects.standing()
        topics.change(topic=first, title="Anders", question="", minutes=10, version=1, by=regisseur)
        topics.remove(topic=second, by=regisseur)
    check_kept(lead.post(address, sent | {"title": TYPED}), "erbij moet")
    html = check_kept(
        lead.post(address, sent | {"title": TYPED, "key": second.uuid}), "intussen van de agenda gehaald"
    )
    assert lead.post(address, sent | {"title": TYPED, "key": new_key(html, second.uuid)}).status_code == 303
    assert [topic.title for topic in Topic.objects.standing()] == ["Anders", TYPED]
