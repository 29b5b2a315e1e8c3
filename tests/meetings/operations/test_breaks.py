"""A break in the agenda: from the series by itself, by hand as the regisseur wants it, and never in the way of a point."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from meetings.models import AgendaItem, Meeting, MeetingState, Omission, OmissionKind, Series, Slot
from meetings.operations import agenda, breaks, live, points
from tests.factories import cases, meetings
from tests.factories.audit import logged


@pytest.fixture
def meeting(beheerder, regisseur, partners):
    """Forty minutes and points of eight; after about sixteen minutes eight minutes of break. Five youths wait."""
    made = meetings.meeting(by=beheerder, minutes=40, break_after_minutes=16, break_minutes=8)
    with acting_as(regisseur):
        for n in range(5):
            cases.case(
                by=regisseur,
                partners=[partners["jens"]],
                first_name=f"K{n}",
                review_on=timezone.localdate() - timedelta(days=9 - n),
            )
    return made


def build(meeting, regisseur):
    with acting_as(regisseur):
        agenda.build_agenda(meeting=meeting, by=regisseur)
    return order(meeting, regisseur)


def order(meeting, regisseur):
    """The agenda as it stands: names, and a break as its minutes."""
    with acting_as(regisseur):
        found = AgendaItem.objects.filter(meeting=meeting).select_related("case__youth")
        names = {item.slot_id: item.case.youth.first_name for item in found}
        slots = points.on_agenda(meeting=meeting, by=regisseur)
        return [slot.minutes if slot.is_break else names[slot.pk] for slot in slots]


def item_of(meeting, name):
    return AgendaItem.objects.select_related("slot", "case", "compartment", "meeting").get(
        meeting=meeting, case__youth__first_name=name
    )


def test_the_break_of_the_series_takes_its_time_and_its_place(meeting, regisseur):
    assert build(meeting, regisseur) == ["K0", "K1", 8, "K2", "K3"]
    with acting_as(regisseur):
        left = Omission.objects.filter(meeting=meeting, kind=OmissionKind.NO_TIME)
        assert [one.case.youth.first_name for one in left.select_related("case__youth")] == ["K4"]


def test_made_again_it_is_the_same_agenda(meeting, regisseur):
    build(meeting, regisseur)
    before = list(Slot.objects.order_by("pk").values_list("pk", "position", "minutes", "withdrawn_at"))
    build(meeting, regisseur)
    assert (
        list(Slot.objects.order_by("pk").values_list("pk", "position", "minutes", "withdrawn_at")) == before
    )


@pytest.mark.parametrize(("after", "minutes"), [(None, None), (40, 8)])
def test_no_break_where_the_series_asks_none_or_the_meeting_is_short(meeting, regisseur, after, minutes):
    Series.objects.update(break_after_minutes=after, break_minutes=minutes)
    assert build(meeting, regisseur) == ["K0", "K1", "K2", "K3", "K4"]


def test_a_break_that_is_not_needed_any_more_goes_and_comes_back(meeting, regisseur):
    build(meeting, regisseur)
    Series.objects.update(break_after_minutes=None, break_minutes=None)
    assert build(meeting, regisseur) == ["K0", "K1", "K2", "K3", "K4"]
    Series.objects.update(break_after_minutes=16, break_minutes=4)
    assert build(meeting, regisseur) == ["K0", "K1", 4, "K2", "K3", "K4"]
    assert Slot.objects.filter(is_break=True).count() == 1


def test_what_is_moved_by_hand_stays_where_it_is(meeting, regisseur):
    build(meeting, regisseur)
    with acting_as(regisseur):
        breaks.move(meeting=meeting, up=True, seen=3, by=regisseur)
        breaks.move(meeting=meeting, up=True, seen=3, by=regisseur)  # a second click on the old page
    assert order(meeting, regisseur) == ["K0", 8, "K1", "K2", "K3"]
    assert build(meeting, regisseur) == ["K0", 8, "K1", "K2", "K3"]
    with acting_as(regisseur):
        points.move(item=item_of(meeting, "K1"), up=True, seen=3, by=regisseur)
    assert order(meeting, regisseur) == ["K0", "K1", 8, "K2", "K3"]


def test_what_is_taken_off_by_hand_does_not_come_back(meeting, regisseur):
    build(meeting, regisseur)
    with acting_as(regisseur):
        for _ in range(2):
            breaks.remove(meeting=meeting, seen=3, by=regisseur)
    assert order(meeting, regisseur) == ["K0", "K1", "K2", "K3"]
    assert build(meeting, regisseur) == ["K0", "K1", "K2", "K3", "K4"]
    assert len(logged("agenda.break_removed")) == 1


def test_a_break_by_hand_comes_after_the_point_that_was_chosen_and_once(meeting, regisseur, agent):
    Series.objects.update(break_after_minutes=None, break_minutes=None)
    build(meeting, regisseur)
    with acting_as(regisseur):
        breaks.put(meeting=meeting, after=3, minutes=10, by=regisseur)
        breaks.put(meeting=meeting, after=3, minutes=12, by=regisseur)
        with pytest.raises(NotPossible):
            breaks.put(meeting=meeting, after=6, minutes=10, by=regisseur)
    assert order(meeting, regisseur) == ["K0", "K1", "K2", 12, "K3", "K4"]
    with acting_as(agent), pytest.raises(NotAllowed):
        breaks.put(meeting=meeting, after=1, minutes=10, by=agent)


def test_who_is_new_comes_after_the_others_of_the_town_past_the_break(meeting, regisseur, partners):
    build(meeting, regisseur)
    with acting_as(regisseur):
        breaks.move(meeting=meeting, up=False, seen=3, by=regisseur)
        new = cases.case(by=regisseur, partners=[partners["jens"]], first_name="Bij")
        first = cases.case(by=regisseur, partners=[partners["jens"]], first_name="Brun", town="Brunssum")
        for case in (new, first):
            points.add(meeting=meeting, case=case, by=regisseur)
    assert order(meeting, regisseur) == ["Brun", "K0", "K1", "K2", 8, "K3", "Bij"]


def test_a_break_is_no_point_that_somebody_cannot_see(meeting, regisseur):
    build(meeting, regisseur)
    with acting_as(regisseur):
        assert agenda.agree(meeting=meeting, by=regisseur).state == MeetingState.AGREED
        live.start(meeting=meeting, by=regisseur)
        meetings.decide_all(by=regisseur, meeting=meeting)
        assert live.close(meeting=meeting, by=regisseur).state == MeetingState.CLOSED


def test_once_the_meeting_runs_no_break_comes_or_goes(meeting, regisseur):
    build(meeting, regisseur)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.RUNNING)
    with acting_as(regisseur):
        for change in (
            lambda: breaks.put(meeting=meeting, after=1, minutes=5, by=regisseur),
            lambda: breaks.move(meeting=meeting, up=True, seen=3, by=regisseur),
            lambda: breaks.remove(meeting=meeting, seen=3, by=regisseur),
        ):
            with pytest.raises(NotPossible):
                change()


def test_nobody_is_discussed_in_a_break(meeting, regisseur):
    build(meeting, regisseur)
    with acting_as(regisseur):
        item = item_of(meeting, "K0")
        item.slot = Slot.objects.get(is_break=True)
        with pytest.raises(IntegrityError, match="nothing is discussed"), transaction.atomic():
            item.save(update_fields=["slot"])


def test_a_break_does_not_make_a_point_look_long(meeting, regisseur):
    """Eighteen minutes for one point with eight minutes of pause: ten for a point."""
    with acting_as(regisseur):
        case = cases.case(by=regisseur, partners=[])
        for n in range(1, 5):
            past = meetings.agreed_meeting(
                by=regisseur, name=meeting.series.name, days=-n, state=MeetingState.CLOSED
            )
            Slot.objects.create(meeting=past, position=9, is_break=True, minutes=8)
            meetings.point(by=regisseur, meeting=past, case=case)
            begun = past.starts_at
            Meeting.objects.filter(pk=past.pk).update(
                started_at=begun,
                started_by=regisseur,
                closed_at=begun + timedelta(minutes=18),
                closed_by=regisseur,
            )
            AgendaItem.objects.filter(meeting=past).update(discussed_at=begun)
        assert points.pace_of(meeting=meeting, by=regisseur) == 10
