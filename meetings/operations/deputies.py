"""Everything that changes who comes when somebody cannot: deputies of a seat, and who is not coming once."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.log import record
from meetings.events import MeetingEvent
from meetings.models import Absence, Deputy, Meeting, StandingParticipant
from meetings.operations.live import hold
from meetings.permissions.series import check_can_change_place, check_may_keep_rhythm
from meetings.rules.deputies import check_can_stand_in, check_has_person


@transaction.atomic
def name_deputy(*, seat: StandingParticipant, person: User, by: User) -> Deputy:
    """Name somebody who comes when the fixed person cannot. Naming twice is naming once."""
    check_may_keep_rhythm(by)
    check_can_stand_in(seat, person)
    deputy, is_new = Deputy.objects.get_or_create(seat=seat, person=person, ended_at=None)
    if is_new:
        record(MeetingEvent.DEPUTY_NAMED, by=by, about=deputy, recipients=[seat.partner_id])
    return deputy


@transaction.atomic
def end_deputy(*, deputy: Deputy, by: User) -> None:
    """Not a deputy any more. Twice is once."""
    check_may_keep_rhythm(by)
    if Deputy.objects.filter(pk=deputy.pk, ended_at=None).update(ended_at=timezone.now()):
        record(MeetingEvent.DEPUTY_ENDED, by=by, about=deputy, recipients=[deputy.seat.partner_id])


@transaction.atomic
def note_absence(*, meeting: Meeting, seat: StandingParticipant, is_coming: bool, by: User) -> None:
    """Whether the fixed person of a seat comes to this meeting. Calendars follow (operations/notices.py)."""
    meeting = hold(meeting=meeting, by=by)
    check_can_change_place(by, meeting)
    check_has_person(meeting, seat)
    standing = Absence.objects.filter(meeting=meeting, seat=seat, withdrawn_at=None)
    if is_coming == (not standing.exists()):
        return
    if is_coming:
        standing.update(withdrawn_at=timezone.now())
    else:
        Absence.objects.create(meeting=meeting, seat=seat, noted_by=by)
    record(
        MeetingEvent.ABSENCE_NOTED, by=by, about=meeting, recipients=[seat.partner_id], is_coming=is_coming
    )
