"""A spoedoverleg: one youth, today, outside every rhythm, with as few as possible."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Partner, User
from accounts.roles import Level
from audit.log import record
from cases.models import Case
from foundation.errors import NotPossible
from meetings.events import MeetingEvent
from meetings.models import Meeting, Series, SeriesKind
from meetings.operations import agenda, points, preparing
from meetings.permissions.urgent import check_can_call
from meetings.rules.urgent import check_circle, check_moment, series_name


@transaction.atomic
def call(
    *,
    case: Case,
    starts_at: datetime,
    minutes: int,
    location: str,
    question: str,
    partners: Collection[Partner],
    key: uuid.UUID,
    by: User,
    video_url: str = "",
) -> Meeting:
    """A meeting about this youth with an agreed agenda, open to these organisations. The same key twice is once.

    Who is called hears it by mail within minutes (operations/notices.py), without a name.
    """
    check_can_call(by, case)
    series = _series(case, starts_at)
    if made := series.meetings.filter(uuid=key).first():
        return made
    check_moment(starts_at, timezone.now())
    check_circle(partners)
    if series.meetings.filter(starts_at=starts_at).exists():
        raise NotPossible("Er is op dat moment al een spoedoverleg. Kies een andere tijd.")
    meeting = Meeting.objects.create(
        uuid=key,
        series=series,
        level=case.level,
        starts_at=starts_at,
        minutes=minutes,
        location=location,
        video_url=video_url,
    )
    record(MeetingEvent.CALLED, by=by, about=meeting, recipients=sorted(p.pk for p in partners))
    item = points.add(meeting=meeting, case=case, by=by)
    preparing.prepare(item=item, question=question, minutes=minutes, partners=partners, by=by)
    return agenda.agree(meeting=meeting, by=by)


def _series(case: Case, starts_at: datetime) -> Series:
    """Made the first time; held, so that two who call at once do not meet at the same moment."""
    local = timezone.localtime(starts_at)
    made, _ = Series.objects.get_or_create(
        name=series_name(case),
        defaults={
            "kind": SeriesKind.URGENT,
            "level": case.level,
            "municipality": case.municipality if case.level == Level.LJA else None,
            "first_on": local.date(),
            "time": local.time(),
        },
    )
    return Series.objects.select_for_update(of=("self",)).get(pk=made.pk)
