"""Everything that changes the rhythm: series, standing participants, closing days, planned and cancelled meetings."""

import uuid
from collections.abc import Iterable
from datetime import date, time
from typing import Required, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from accounts.models import Municipality, Partner, User
from accounts.roles import Level
from audit.log import record
from meetings.events import MeetingEvent
from meetings.models import (
    AgendaItem,
    ClosingDay,
    Meeting,
    MeetingState,
    Series,
    SeriesKind,
    StandingParticipant,
)
from meetings.operations import points
from meetings.operations.live import hold
from meetings.permissions import series as permissions
from meetings.rules import series as rules
from meetings.rules.live import check_sees_everything
from meetings.rules.rhythm import ProposedDay, check_can_repeat, dates_of_series, starts_at


def closing_days(*, by: User) -> dict[date, str]:
    """The days that the beheerder closed, with their names."""
    return dict(ClosingDay.objects.order_by("on").values_list("on", "name"))


class Rhythm(TypedDict, total=False):
    """What a series is, besides its key."""

    name: Required[str]
    level: Required[Level]
    municipality: Required[Municipality | None]
    first_on: Required[date]
    time: Required[time]
    every_weeks: Required[int]
    minutes: Required[int]
    location: Required[str]
    kind: SeriesKind
    video_url: str
    break_after_minutes: int | None
    break_minutes: int | None


@transaction.atomic
def add_series(*, key: uuid.UUID, by: User, **content: Unpack[Rhythm]) -> Series:
    """Begin a rhythm of meetings. Sending the form twice makes one."""
    permissions.check_may_keep_rhythm(by)
    check_can_repeat(first_on=content["first_on"], every_weeks=content["every_weeks"])
    rules.check_can_begin_at(content["time"])
    rules.check_has_town(content["level"], content["municipality"])
    series, is_new = Series.objects.get_or_create(uuid=key, defaults=content)
    if is_new:
        record(MeetingEvent.SERIES_ADDED, by=by, about=series)
    return series


@transaction.atomic
def change_series(
    *,
    series: Series,
    name: str,
    minutes: int,
    location: str,
    video_url: str,
    break_after_minutes: int | None,
    break_minutes: int | None,
    by: User,
) -> Series:
    """Name, length, place and break. Planned meetings without an agenda follow; another rhythm is another series."""
    permissions.check_may_keep_rhythm(by)
    coming = series.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=timezone.now())
    for field, value in (("minutes", minutes), ("location", location), ("video_url", video_url)):
        # What the regisseur changed for one meeting stays.
        coming.filter(**{field: getattr(series, field)}).update(**{field: value})
    series.name, series.minutes, series.location, series.video_url = name, minutes, location, video_url
    series.break_after_minutes, series.break_minutes = break_after_minutes, break_minutes
    series.save(
        update_fields=["name", "minutes", "location", "video_url", "break_after_minutes", "break_minutes"]
    )
    record(MeetingEvent.SERIES_CHANGED, by=by, about=series)
    return series


@transaction.atomic
def end_series(*, series: Series, by: User) -> None:
    """No new meetings are planned. What is planned stays until the regisseur cancels it."""
    permissions.check_may_keep_rhythm(by)
    ended = Series.objects.filter(pk=series.pk, ended_at=None).update(ended_at=timezone.now())
    if ended:
        record(MeetingEvent.SERIES_ENDED, by=by, about=series)


@transaction.atomic
def plan_ahead(*, series: Series, until: date, by: User) -> list[Meeting]:
    """Plan the meetings that are not there yet, on local time, without the closed days. Returns the new ones."""
    series = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
    permissions.check_can_plan_ahead(by, series)
    days = dates_of_series(
        first_on=series.first_on,
        every_weeks=series.every_weeks,
        until=until,
        closing_days=closing_days(by=by),
    )
    today = timezone.localdate()
    wanted = [starts_at(day.on, series.time) for day in days if not day.is_skipped and day.on >= today]
    known = set(series.meetings.filter(starts_at__in=wanted).values_list("starts_at", flat=True))
    made = Meeting.objects.bulk_create(
        Meeting(
            series=series,
            level=series.level,
            starts_at=moment,
            minutes=series.minutes,
            location=series.location,
            video_url=series.video_url,
        )
        for moment in wanted
        if moment not in known
    )
    if made:
        record(MeetingEvent.SERIES_PLANNED, by=by, about=series, meetings=len(made))
    return made


@transaction.atomic
def change_place(*, meeting: Meeting, location: str, video_url: str, by: User) -> Meeting:
    """Where this one meeting is. Who has it in the own calendar gets it anew (operations/notices.py)."""
    meeting = hold(meeting=meeting, by=by)
    permissions.check_can_change_place(by, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(location=location, video_url=video_url)
    record(MeetingEvent.PLACE_CHANGED, by=by, about=meeting)
    meeting.refresh_from_db()
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """The meeting does not take place; who could read its items no longer can. Cancelling twice is once."""
    meeting = points.lock(meeting=meeting, by=by)
    if meeting.state == MeetingState.CANCELLED:
        permissions.check_may_prepare(by, meeting)
        return meeting
    permissions.check_can_cancel_meeting(by, meeting)
    was_agreed = meeting.state == MeetingState.AGREED
    meeting.state, meeting.cancelled_at, meeting.cancelled_by = (
        MeetingState.CANCELLED,
        timezone.now(),
        by,
    )
    meeting.cancelled_because = reason
    meeting.save(update_fields=["state", "cancelled_at", "cancelled_by", "cancelled_because"])
    if was_agreed:
        _close_items(meeting, by)
    record(MeetingEvent.CANCELLED, by=by, about=meeting)
    return meeting


def _close_items(meeting: Meeting, by: User) -> None:
    found = AgendaItem.objects.visible_to(by).filter(meeting=meeting)
    items = list(found.select_related("slot", "case", "compartment", "meeting").order_by("pk"))
    check_sees_everything(items, points.on_agenda(meeting=meeting, by=by))
    for item in items:
        points.close_item(item=item, by=by)


@transaction.atomic
def add_standing(*, series: Series, partner: Partner, person: User | None, by: User) -> StandingParticipant:
    """Give a partner a seat at every meeting of a series. Who has one keeps it; another person may take it."""
    permissions.check_may_keep_rhythm(by)
    seat, is_new = StandingParticipant.objects.get_or_create(
        series=series, partner=partner, ended_at=None, defaults={"person": person}
    )
    if not is_new:
        seat.person = person
        seat.save(update_fields=["person"])
    record(MeetingEvent.STANDING_ADDED, by=by, about=seat, recipients=[partner.pk])
    return seat


@transaction.atomic
def end_standing(*, seat: StandingParticipant, by: User) -> None:
    """The partner gives its seat up."""
    permissions.check_may_keep_rhythm(by)
    if StandingParticipant.objects.filter(pk=seat.pk, ended_at=None).update(ended_at=timezone.now()):
        record(MeetingEvent.STANDING_ENDED, by=by, about=seat, recipients=[seat.partner_id])


@transaction.atomic
def add_closing_days(*, days: Iterable[ProposedDay], by: User) -> int:
    """Close these days. Meetings that stand on them stay, and are shown as a conflict. Returns how many are new."""
    permissions.check_may_keep_rhythm(by)
    made = 0
    for day in days:
        closing_day, is_new = ClosingDay.objects.get_or_create(on=day.on, defaults={"name": day.name})
        if is_new:
            made += 1
            record(MeetingEvent.CLOSING_DAY_ADDED, by=by, about=closing_day, on=day.on.isoformat())
    return made


@transaction.atomic
def remove_closing_day(*, closing_day: ClosingDay, by: User) -> None:
    """Open the day again; the next time the clock plans, it may get a meeting."""
    permissions.check_may_keep_rhythm(by)
    record(MeetingEvent.CLOSING_DAY_REMOVED, by=by, about=closing_day, on=closing_day.on.isoformat())
    closing_day.delete()
