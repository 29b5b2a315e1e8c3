"""Makes the PDFs of the confirmed minutes, with the real job, and moves them to their day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connections, transaction
from django.utils import timezone

from foundation.scope import acting_as
from ijap.seeds.demo_meetings import CONFIRMED, meeting_of
from ijap.seeds.demo_script import When
from ijap.seeds.demo_stage import Stage, now
from jobs import operations as jobs
from meetings.models import Meeting
from meetings.operations import minutes

_ITEMS = "SELECT compartment_id FROM meetings_agendaitem WHERE meeting_id = %s"
_OVER = f"""
SELECT id, until FROM access_participation
 WHERE compartment_id IN ({_ITEMS}) AND ended_at IS NULL AND until < statement_timestamp() + interval '1 hour'
"""
_NEW = "SELECT compartment_id FROM meetings_document WHERE meeting_id = %(meeting)s AND made_at >= %(began)s"
_MOVE = f"""
UPDATE access_participation SET starts_at = %(at)s, added_at = %(at)s, until = date_trunc('day', until - %(age)s::interval)
 WHERE compartment_id IN ({_NEW});
UPDATE access_compartment SET made_at = %(at)s WHERE id IN ({_NEW});
UPDATE meetings_document SET made_at = %(at)s, told_at = %(at)s WHERE meeting_id = %(meeting)s AND made_at >= %(began)s;
"""
_SET = "UPDATE access_participation SET until = coalesce(%s, statement_timestamp() + interval '1 hour') WHERE id = %s"


def make_documents(number: int, stage: Stage) -> int:
    """The whole and the part of each partner of one meeting. Returns how many were made now."""
    name = f"meeting {number} documents"
    if stage.is_played(name) or number not in CONFIRMED:
        return 0
    meeting = meeting_of(number, stage)
    began, made = now(), 0
    with _open_again(meeting):
        by = meeting.confirmed_by
        assert by, "confirmed minutes were confirmed by somebody"
        with acting_as(by):
            asked = minutes.ask_documents(meeting=meeting, by=by)
        made = sum(jobs.run(job.pk) for job in asked)
    _move(meeting, began, stage.calendar.moment(When(number, 1, "14:11")))
    stage.mark(name)
    return made


def _move(meeting: Meeting, began: datetime, at: datetime) -> None:
    """Move these documents only: the site may be open by now, and what its users write stays where it is."""
    age = f"{(timezone.localdate() - timezone.localtime(at).date()).days} days"
    values: dict[str, datetime | str | int] = {"at": at, "age": age, "meeting": meeting.pk, "began": began}
    with transaction.atomic(using="bulk"), connections["bulk"].cursor() as cursor:
        cursor.execute(_MOVE, values)


@contextmanager
def _open_again(meeting: Meeting) -> Iterator[None]:
    """Minutes are made the day after, when the partners could still read their points; today many cannot."""
    with connections["bulk"].cursor() as cursor:
        cursor.execute(_OVER, [meeting.pk])
        over = cursor.fetchall()
        cursor.executemany(_SET, [(None, pk) for pk, _ in over])
        try:
            yield
        finally:
            cursor.executemany(_SET, [(until, pk) for pk, until in over])
