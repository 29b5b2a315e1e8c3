"""Planning ahead: idempotent, on local time, around closed days; cancelling is never silent."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Municipality
from accounts.robots import Robot, robot
from accounts.roles import Level
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from meetings import tasks
from meetings.models import AgendaItem, Meeting, MeetingState, Series, StandingParticipant
from meetings.operations import agenda, series
from meetings.rules.rhythm import AMSTERDAM
from meetings.rules.series import conflict_of, day_of
from tests.factories import cases, meetings
from tests.factories.audit import logged

WINTER = datetime(2027, 1, 4, 8, tzinfo=AMSTERDAM)


@pytest.fixture
def winter():
    with time_machine.travel(WINTER, tick=True):
        yield


def planned(made):
    return [timezone.localtime(m.starts_at) for m in made.meetings.order_by("starts_at")]


def test_planning_twice_is_planning_once(beheerder):
    made = meetings.series(by=beheerder)
    until = made.first_on + timedelta(weeks=26)
    assert len(series.plan_ahead(series=made, until=until, by=beheerder)) > 10
    assert series.plan_ahead(series=made, until=until, by=beheerder) == []
    assert len(logged("series.planned")) == 1


def test_an_lja_is_of_one_municipality(beheerder):
    with pytest.raises(NotPossible, match="Kies de gemeente"):
        meetings.series(by=beheerder, level=Level.LJA)
    heerlen = Municipality.objects.get(name="Heerlen")
    assert meetings.series(by=beheerder, level=Level.LJA, municipality=heerlen).municipality == heerlen


def test_meetings_keep_their_local_time_and_skip_closed_days(beheerder, winter):
    closed = meetings.closing_day(by=beheerder, on=date(2027, 2, 9), name="Carnaval")
    made = meetings.series(by=beheerder, first_on=date(2027, 1, 12))
    series.plan_ahead(series=made, until=date(2027, 7, 1), by=beheerder)
    moments = planned(made)
    assert {(m.weekday(), m.time()) for m in moments} == {(1, time(9, 30))}
    assert len({m.utcoffset() for m in moments}) == 2
    days = {m.date() for m in moments}
    assert closed.on not in days and date(2027, 2, 23) in days
    assert date(2027, 4, 6) in days  # the fortnight goes on after the skipped day
    assert Meeting.objects.filter(starts_at__gt=timezone.now()).count() == len(moments)


def test_a_public_holiday_is_skipped_without_anybody_entering_it(beheerder, winter):
    made = meetings.series(by=beheerder, first_on=date(2027, 4, 13))
    series.plan_ahead(series=made, until=date(2027, 5, 30), by=beheerder)
    assert date(2027, 4, 27) not in {m.date() for m in planned(made)}


def test_a_closing_day_added_later_is_a_conflict_and_nothing_else(beheerder, regisseur, winter):
    meeting = meetings.meeting(by=beheerder, first_on=date(2027, 1, 12))
    meetings.closing_day(by=beheerder, on=date(2027, 1, 12), name="Studiedag")
    meeting.refresh_from_db()
    closed = series.closing_days(by=beheerder)
    assert meeting.state == MeetingState.PLANNED
    assert conflict_of(meeting, closed) == "Geen overleg: Studiedag."
    with acting_as(regisseur):
        series.cancel_meeting(meeting=meeting, reason="Studiedag", by=regisseur)
    meeting.refresh_from_db()
    assert conflict_of(meeting, closed) == ""
    assert (meeting.state, meeting.cancelled_by, meeting.cancelled_because) == (
        MeetingState.CANCELLED, regisseur, "Studiedag",
    )  # fmt: skip
    assert series.plan_ahead(series=meeting.series, until=day_of(meeting), by=beheerder) == []


def test_cancelling_an_agreed_meeting_closes_its_points(beheerder, regisseur, agent, partners):
    meeting = meetings.meeting(by=beheerder)
    with acting_as(regisseur):
        cases.case(by=regisseur, partners=[partners["politie"]], review_on=timezone.localdate())
        agenda.build_agenda(meeting=meeting, by=regisseur)
        agenda.agree(meeting=meeting, by=regisseur)
    assert seen(agent) == 1
    with acting_as(regisseur):
        series.cancel_meeting(meeting=meeting, reason="Zaal niet beschikbaar", by=regisseur)
        series.cancel_meeting(meeting=meeting, reason="Nog eens", by=regisseur)
    assert seen(agent) == 0
    assert len(logged("meeting.cancelled")) == 1


def seen(user):
    with acting_as(user):
        return AgendaItem.objects.visible_to(user).count()


def test_a_meeting_that_has_begun_is_not_cancelled(beheerder, regisseur):
    meeting = meetings.meeting(by=beheerder)
    meeting.state = MeetingState.RUNNING
    meeting.save(update_fields=["state"])
    with acting_as(regisseur), pytest.raises(NotPossible):
        series.cancel_meeting(meeting=meeting, reason="Te laat", by=regisseur)


def test_the_clock_plans_what_is_missing_and_leaves_ended_series(beheerder):
    going, ended = meetings.series(by=beheerder), meetings.series(by=beheerder, name="Oud")
    series.end_series(series=ended, by=beheerder)
    tasks.plan_meetings()
    count = going.meetings.count()
    assert count > 10 and not ended.meetings.exists()
    tasks.plan_meetings()
    assert going.meetings.count() == count
    with pytest.raises(NotPossible):
        series.plan_ahead(series=ended, until=timezone.localdate(), by=robot(Robot.AGENDA))


def test_the_same_form_twice_is_one_series(beheerder):
    key = uuid4()
    for _ in range(2):
        series.add_series(
            key=key, name="JPP", level=Level.JPP, municipality=None, first_on=date(2027, 1, 12), time=time(9),
            every_weeks=2, minutes=120, location="", by=beheerder,
        )  # fmt: skip
    assert Series.objects.count() == 1


@pytest.mark.parametrize(("on", "at"), [(date(2027, 1, 16), time(9)), (date(2027, 1, 12), time(2, 30))])
def test_no_series_at_the_weekend_or_at_night(beheerder, on, at):
    with pytest.raises(NotPossible):
        meetings.series(by=beheerder, first_on=on, at=at)


def test_a_seat_is_given_once_and_taken_back(beheerder, partners, agent):
    made = meetings.series(by=beheerder, seats=[partners["politie"]])
    seat = series.add_standing(series=made, partner=partners["politie"], person=agent, by=beheerder)
    assert StandingParticipant.objects.get(ended_at=None).person == agent
    series.end_standing(seat=seat, by=beheerder)
    series.end_standing(seat=seat, by=beheerder)
    assert not StandingParticipant.objects.filter(ended_at=None).exists()
    assert len(logged("standing_participant.ended")) == 1


def test_changing_a_series_moves_its_planned_meetings_only(beheerder, regisseur):
    meeting = meetings.meeting(by=beheerder)
    with acting_as(regisseur):
        agenda.build_agenda(meeting=meeting, by=regisseur)
    series.change_series(
        series=meeting.series, name="JPP Noord", minutes=90, location="Zaal 2", video_url="https://video.example/2",
        break_after_minutes=None, break_minutes=None, by=beheerder,
    )  # fmt: skip
    rows = list(
        meeting.series.meetings.order_by("starts_at").values_list("minutes", "location", "video_url")[:2]
    )
    assert rows == [(120, "Zaal 1", ""), (90, "Zaal 2", "https://video.example/2")]


def test_what_the_regisseur_changed_for_one_meeting_stays(beheerder, regisseur):
    meeting = meetings.meeting(by=beheerder)
    with acting_as(regisseur):
        series.change_place(meeting=meeting, location="Zaal 9", video_url="", by=regisseur)
    series.change_series(
        series=meeting.series, name="JPP Noord", minutes=90, location="Zaal 2", video_url="",
        break_after_minutes=None, break_minutes=None, by=beheerder,
    )  # fmt: skip
    rows = list(meeting.series.meetings.order_by("starts_at").values_list("minutes", "location")[:2])
    assert rows == [(90, "Zaal 9"), (90, "Zaal 2")]


def test_a_series_hands_its_video_link_to_what_it_plans(beheerder):
    made = meetings.series(by=beheerder, video_url="https://video.example/1")
    series.plan_ahead(series=made, until=made.first_on, by=beheerder)
    assert made.meetings.get().video_url == "https://video.example/1"


@pytest.mark.parametrize("address", ["http://video.example/1", "javascript:alert(1)", "video.example"])
def test_the_database_takes_no_other_link_than_https(beheerder, address):
    meeting = meetings.meeting(by=beheerder)
    for row in (meeting, meeting.series):
        row.video_url = address
        with pytest.raises(IntegrityError, match="only_https"), transaction.atomic():
            row.save(update_fields=["video_url"])


def test_the_place_of_one_meeting_is_changed_by_who_leads_it(beheerder, regisseur, agent):
    meeting = meetings.meeting(by=beheerder)
    place = {"location": "Zaal 3", "video_url": "https://video.example/3"}
    with acting_as(agent), pytest.raises(NotAllowed):
        series.change_place(meeting=meeting, by=agent, **place)
    with acting_as(regisseur):
        changed = series.change_place(meeting=meeting, by=regisseur, **place)
        assert (changed.location, changed.video_url) == tuple(place.values())
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CLOSED)
        with pytest.raises(NotPossible):
            series.change_place(meeting=meeting, by=regisseur, **place)
    assert len(logged("meeting.place_changed")) == 1


@pytest.mark.parametrize("who", ["regisseur", "agent", "manager", "fg"])
def test_only_the_beheerder_keeps_the_rhythm(who, request, beheerder):
    made = meetings.series(by=beheerder)
    other = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        meetings.series(by=other, name="Eigen")
    with pytest.raises(NotAllowed):
        series.plan_ahead(series=made, until=made.first_on, by=other)
    with pytest.raises(NotAllowed):
        meetings.closing_day(by=other, on=date(2027, 3, 2))
