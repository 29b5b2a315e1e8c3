"""Following a meeting: each sees the own points, what changed comes by itself, and it ends with the right to see."""

import pytest
from django.test import Client
from django.urls import reverse

from access.models import Participation
from access.operations import end_participation
from foundation.scope import acting_as
from meetings.models import AgendaItem, Meeting, MeetingState
from meetings.operations import desk, live, points
from tests.factories import meetings as factory
from tests.factories.audit import logged


@pytest.fixture
def meeting(regisseur, partners):
    with acting_as(regisseur):
        return factory.running_meeting(
            by=regisseur, partners=[partners["politie"], partners["jens"]], items=3
        )


@pytest.fixture
def items(regisseur, meeting):
    with acting_as(regisseur):
        found = AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("case__youth", "slot")
        return list(found.order_by("slot__position"))


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def page(user, meeting, version=None):
    if version is None:
        return as_(user).get(reverse("meetings:follow", args=[meeting.uuid]))
    return as_(user).get(reverse("meetings:follow_since", args=[meeting.uuid, version]))


def now(meeting):
    return Meeting.objects.get(pk=meeting.pk).version


def test_each_sees_the_own_points_and_a_number_for_the_others(meeting, items, agent, jongerenwerker):
    names = [item.case.youth.name for item in items]
    seen = {}
    for who in (agent, jongerenwerker):
        text = page(who, meeting).text
        seen[who.username] = [name in text for name in names]
        assert text.count("Niet voor uw organisatie") == seen[who.username].count(False)
    assert seen == {"agent": [True, True, True], "jongerenwerker": [True, False, False]}


def test_nothing_new_is_no_page_and_no_line_in_the_log(meeting, agent):
    page(agent, meeting)
    before = len(logged("meeting.followed"))
    assert page(agent, meeting, now(meeting)).status_code == 204
    assert len(logged("meeting.followed")) == before == 1


def test_what_is_written_comes_with_the_next_version(meeting, items, jongerenwerker, regisseur):
    seen = now(meeting)
    with acting_as(regisseur):
        factory.decide_all(by=regisseur, meeting=meeting, text="Moeder belt morgen.")
    answer = page(jongerenwerker, meeting, seen)
    assert answer.status_code == 200
    assert answer.text.count("Moeder belt morgen.") == 1  # at the other two youth work does not sit
    assert "Gaat op huisbezoek" in answer.text and "Halt belt vader." in answer.text
    assert "<html" not in answer.text
    assert logged("meeting.followed")[-1].youth_ids == [items[0].case.youth_id]


def test_a_line_at_one_point_brings_that_point_alone(meeting, items, agent, jongerenwerker, regisseur):
    seen = now(meeting)
    names = [item.case.youth.name for item in items]
    with acting_as(regisseur):
        desk.save_note(item=items[1], text="Moeder belt morgen.", version=0, by=regisseur)
    part = page(agent, meeting, seen).text
    assert [name in part for name in names] == [False, True, False]
    assert "Moeder belt morgen." in part and "data-part" in part and 'id="stand"' not in part
    assert logged("meeting.followed")[-1].youth_ids == [items[1].case.youth_id]
    with acting_as(regisseur):
        desk.save_note(item=items[2], text="Vader ook.", version=0, by=regisseur)
    both = page(agent, meeting, seen).text  # who missed a version gets what came since the one that it knows
    assert "Moeder belt morgen." in both and "Vader ook." in both and names[0] not in both
    assert page(jongerenwerker, meeting, seen).status_code == 204  # youth work sits at the first point only


def test_an_agenda_that_was_changed_comes_by_itself(meeting, items, agent, regisseur):
    seen = now(meeting)
    with acting_as(regisseur):
        points.lock(meeting=meeting, by=regisseur)
    assert now(meeting) > seen
    assert "data-part" not in page(agent, meeting, seen).text


def test_what_changes_the_agenda_brings_all_of_it(meeting, items, agent, regisseur):
    def is_whole(seen):
        text = page(agent, meeting, seen).text
        return "data-part" not in text and all(item.case.youth.name in text for item in items)

    def after(change):
        seen = now(meeting)
        with acting_as(regisseur):
            change()
        return is_whole(seen)

    assert after(lambda: live.hold(meeting=meeting, by=regisseur))
    assert after(lambda: desk.mark_discussed(item=items[0], is_discussed=True, by=regisseur))
    assert after(lambda: desk.open_item(item=items[2], by=regisseur))
    assert after(lambda: factory.agree(by=regisseur, item=items[1]))  # the table moves to where it is agreed
    assert after(lambda: factory.decide_all(by=regisseur, meeting=meeting))
    assert is_whole(0)


def test_a_name_that_slipped_is_kept_from_who_may_not_know_it(
    meeting, items, agent, jongerenwerker, regisseur
):
    other = items[1].case.youth.name
    with acting_as(regisseur):
        desk.save_note(item=items[0], text=f"Trekt op met {other}", version=0, by=regisseur)
    assert f"Trekt op met {other}" in page(agent, meeting).text
    kept = page(jongerenwerker, meeting).text
    assert other not in kept and "Trekt op" not in kept and "niet mag zien" in kept


@pytest.mark.parametrize("name", ["follow", "meeting_detail"])
def test_a_question_that_names_another_is_kept_back_as_well(
    name, meeting, items, agent, jongerenwerker, regisseur
):
    other = items[1].case.youth.name
    with acting_as(regisseur):
        AgendaItem.objects.filter(pk=items[0].pk).update(question=f"Wie kent de vriend, {other}?")
    url = reverse(f"meetings:{name}", args=[meeting.uuid])
    assert f"de vriend, {other}" in as_(agent).get(url).text
    kept = as_(jongerenwerker).get(url).text
    assert other not in kept and "niet mag zien" in kept


def test_what_is_taken_back_is_gone(meeting, items, agent, regisseur):
    with acting_as(regisseur):
        factory.decide_all(by=regisseur, meeting=meeting)
        for agreed in items[0].agreed_actions.all():
            desk.take_back_action(agreed=agreed, by=regisseur)
    assert page(agent, meeting).text.count("Gaat op huisbezoek") == 2


def test_where_the_table_is_follows_the_chair_and_not_who_looks_ahead(
    meeting, items, jongerenwerker, regisseur, tweede_regisseur
):
    def opens(who, item):
        as_(who).get(reverse("meetings:live_item", args=[meeting.uuid, item.uuid]))

    assert "is nu aan de orde" not in page(jongerenwerker, meeting).text
    opens(tweede_regisseur, items[2])
    assert "is nu aan de orde" not in page(jongerenwerker, meeting).text
    opens(regisseur, items[1])
    text = page(jongerenwerker, meeting).text
    assert (
        "Punt 2 van 3" in text and items[1].case.youth.name not in text
    )  # a point of which one may not know more
    with acting_as(tweede_regisseur):
        desk.mark_discussed(item=items[1], is_discussed=True, by=tweede_regisseur)
    assert "Punt 3 van 3" in page(jongerenwerker, meeting).text


def test_opening_the_same_point_again_changes_nothing(meeting, items, regisseur):
    address = reverse("meetings:live_item", args=[meeting.uuid, items[0].uuid])
    as_(regisseur).get(address)
    seen = now(meeting)
    as_(regisseur).get(address)
    assert now(meeting) == seen


def test_a_right_that_ends_takes_the_point_away(meeting, items, agent, regisseur, partners):
    assert items[0].case.youth.name in page(agent, meeting, 0).text
    with acting_as(regisseur):
        room = items[0].case.room_id
        seat = Participation.objects.active().get(compartment=room, partner=partners["politie"])
        end_participation(participation=seat, by=regisseur)
    text = page(agent, meeting, 0).text
    assert items[0].case.youth.name not in text and items[2].case.youth.name in text


def test_before_and_after_it_says_what_there_is(regisseur, agent, partners, meeting):
    with acting_as(regisseur):
        draft = factory.agreed_meeting(by=regisseur, name="JPP Later", state=MeetingState.DRAFT)
        factory.decide_all(by=regisseur, meeting=meeting)
        live.close(meeting=meeting, by=regisseur)
    assert "Het overleg is gesloten" in page(agent, meeting).text
    assert page(agent, draft).status_code == 409


def test_it_keeps_nobody_logged_in(meeting):
    from django.urls import resolve

    from ijap.sessions import BACKGROUND

    for name, more in (("follow_since", [1]), ("follow_allowed", [])):
        assert resolve(reverse(f"meetings:{name}", args=[meeting.uuid, *more])).view_name in BACKGROUND


def test_the_page_says_where_the_live_process_is(meeting, agent, settings):
    assert 'data-live=""' in page(agent, meeting).text
    settings.LIVE_URL = "/live/"
    assert f'data-live="/live/{meeting.uuid}/"' in page(agent, meeting).text
