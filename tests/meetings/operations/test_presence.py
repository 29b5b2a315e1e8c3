"""Who is at the table for each point, and a point that opens when nobody is there who may not hear it."""

from uuid import uuid4

import pytest

from access import operations as access
from foundation.errors import NotPossible
from foundation.scope import acting_as
from meetings.documents import read_minutes
from meetings.models import AgendaItem, DecisionKind, ItemPresence, Presence
from meetings.operations import desk, live, presence
from meetings.presence_queries import must_leave
from tests.factories import meetings as factory


@pytest.fixture
def meeting(regisseur, partners):
    """Three points: the first for the police and JENS, the others for the police alone."""
    with acting_as(regisseur):
        return factory.running_meeting(by=regisseur, partners=[partners["politie"], partners["jens"]])


@pytest.fixture
def points(regisseur, meeting):
    with acting_as(regisseur):
        found = AgendaItem.objects.filter(meeting=meeting).on_agenda()
        return list(found.select_related("case__youth", "meeting__series", "slot"))


@pytest.fixture
def note(regisseur, partners, meeting):
    """Say who is there, by the key of the organisation."""

    def noted(**seen):
        rows = [presence.Seen(partners[key], Presence(word), "Kim") for key, word in seen.items()]
        return presence.note_attendance(meeting=meeting, seen=rows, by=regisseur)

    return noted


def _decide(item, by):
    desk.decide(item=item, kind=DecisionKind.PREVENTIVE, text="", key=uuid4(), by=by)


def _there(item):
    rows = ItemPresence.objects.filter(item=item).select_related("partner")
    return {row.partner.short_name.partition(" ")[0].lower(): row.is_present for row in rows}


def test_nothing_is_decided_while_somebody_is_there_who_may_not_hear_it(
    regisseur, partners, meeting, points, note
):
    with acting_as(regisseur):
        note(politie="present", jens="present")
        _decide(points[0], regisseur)  # both were invited
        for act in (
            lambda: _decide(points[1], regisseur),
            lambda: desk.mark_discussed(item=points[1], is_discussed=True, by=regisseur),
            lambda: desk.agree_action(
                item=points[1],
                text="Belt moeder",
                owner_partner=partners["politie"],
                owner_person=None,
                due_on=meeting.starts_at.date(),
                key=uuid4(),
                by=regisseur,
            ),
        ):
            with pytest.raises(NotPossible, match="Eerst van tafel: JENS"):
                act()
        presence.clear(item=points[1], by=regisseur)
        _decide(points[1], regisseur)
        assert _there(points[1]) == {"politie": True}


def test_who_comes_in_shuts_the_door(regisseur, points, note):
    with acting_as(regisseur):
        note(politie="present", jens="late")
        presence.clear(item=points[1], by=regisseur)
        presence.check_is_cleared(item=presence.hold_item(item=points[1], by=regisseur), by=regisseur)
        note(halt="late")
        with pytest.raises(NotPossible, match="HALT, JENS"):
            _decide(points[1], regisseur)


def test_a_person_who_knows_the_youth_privately_leaves_as_well(regisseur, agent, meeting, points, note):
    with acting_as(agent):
        access.step_aside(compartment=points[1].case.compartment, reason="Mijn neefje", by=agent)
    with acting_as(regisseur):
        assert must_leave(points, meeting, regisseur)[points[1].pk] == []  # nobody is there yet
        note(politie="present")
        found = must_leave(points, meeting, regisseur)
        assert [str(one) for one in found[points[1].pk]] == [f"{agent} ({agent.partner})"]
        assert found[points[2].pk] == []
        presence.clear(item=points[1], by=regisseur)
        _decide(points[1], regisseur)
        # It may be that person who sat there: nobody is named.
        assert ItemPresence.objects.get(item=points[1]).people == ""


def test_late_and_left_count_for_the_right_points(regisseur, partners, points, note):
    with acting_as(regisseur):
        for item in points:
            if item != points[0]:
                access.add_participation(
                    compartment=item.compartment,
                    partner=partners["jens"],
                    ground="convenant",
                    reason="Zit aan tafel",
                    by=regisseur,
                )
        note(politie="present", jens="absent")
        _decide(points[0], regisseur)
        note(jens="late")
        _decide(points[1], regisseur)
        note(jens="left")
        _decide(points[2], regisseur)
        assert [_there(item)["jens"] for item in points] == [False, True, False]
        assert all(_there(item)["politie"] for item in points)


def test_attendance_noted_afterwards_reaches_what_was_discussed(regisseur, meeting, points, note):
    with acting_as(regisseur):
        factory.decide_all(by=regisseur, meeting=meeting)
        assert _there(points[0]) == {}
        note(politie="present", jens="excused")
        assert _there(points[0]) == {"politie": True, "jens": False}
        note(jens="present")  # it was a mistake: they were there all the time
        assert _there(points[0]) == {"politie": True, "jens": True}


def test_a_correction_at_a_point_stands(regisseur, partners, points, note):
    with acting_as(regisseur):
        note(politie="present", jens="present")
        _decide(points[0], regisseur)
        presence.note_presence(item=points[0], present=[partners["jens"]], by=regisseur)
        assert _there(points[0]) == {"politie": False, "jens": True}
        note(politie="absent", jens="absent")
        assert _there(points[0]) == {"politie": False, "jens": True}


def test_a_point_goes_to_the_end_once(regisseur, meeting, points):
    with acting_as(regisseur):
        for _ in range(2):
            presence.move_to_end(item=points[0], by=regisseur)
        order = AgendaItem.objects.filter(meeting=meeting).on_agenda()
        assert list(order) == [points[1], points[2], points[0]]
        _decide(points[1], regisseur)
        with pytest.raises(NotPossible, match="al besproken"):
            presence.move_to_end(item=points[1], by=regisseur)


def test_the_minutes_say_who_was_there_at_each_point(regisseur, partners, meeting, points, note):
    with acting_as(regisseur):
        note(politie="present", jens="excused")
        factory.decide_all(by=regisseur, meeting=meeting)
        live.close(meeting=meeting, by=regisseur)
        minutes = read_minutes(meeting, regisseur)
        assert [point.present for point in minutes.points] == [(f"{partners['politie']} (Kim)",)] * 3
