"""Everything that changes what organisations say beforehand, and who is reminded of it."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from access import operations as access
from access.models import CompartmentKind, Ground
from accounts.models import User
from accounts.roles import Level
from audit.log import record
from foundation.errors import NotPossible
from meetings.documents import check_names_stay
from meetings.events import MeetingEvent
from meetings.models import AgendaItem, Answer, Audience, Contribution, Meeting, MeetingState
from meetings.operations.live import hold
from meetings.permissions.contributions import check_can_contribute
from meetings.rules.contributions import REMIND_BEFORE, check_text


@transaction.atomic
def contribute(
    *, item: AgendaItem, answer: Answer, text: str, audience: Audience, ground: Ground, by: User
) -> Contribution:
    """Say it, or say it otherwise: what was said before is replaced and kept. The same again is once."""
    item.meeting = hold(meeting=item.meeting, by=by)
    if item.slot.withdrawn_at:
        raise NotPossible("Dit punt staat niet meer op de agenda.")
    check_can_contribute(by, item)
    text = text.strip()
    check_text(answer, text)
    if audience == Audience.TABLE:
        check_names_stay(item, text, by)
    mine = Contribution.objects.visible_to(by).filter(item=item, written_by=by, withdrawn_at=None)
    said = {"answer": answer, "text": text, "audience": audience, "ground": ground}
    if same := mine.filter(**said).first():
        kept: Contribution = same
        return kept
    mine.update(withdrawn_at=Now())
    made: Contribution = Contribution.objects.create(
        compartment_id=_room(item, audience, by), item=item, partner=by.partner, written_by=by, **said
    )
    record(MeetingEvent.CONTRIBUTED, by=by, about=made, answer=answer, audience=audience)
    return made


def _room(item: AgendaItem, audience: Audience, by: User) -> int:
    """Where it stands: with the point, or apart, for regie and its writer."""
    if audience == Audience.TABLE:
        return item.compartment_id
    apart = access.open_compartment(
        kind=CompartmentKind.CONTRIBUTION,
        level=Level(item.meeting.level),
        municipality=item.case.municipality,
        author=by,
        by=by,
    )
    return apart.pk


@transaction.atomic
def claim_reminders(*, by: User) -> list[Meeting]:
    """The meetings that begin soon and of which nobody was reminded yet, marked: each is returned once."""
    soon = timezone.now() + REMIND_BEFORE
    due = Meeting.objects.open_to(by).filter(
        state=MeetingState.AGREED, starts_at__gt=timezone.now(), starts_at__lte=soon, reminded_at=None
    )
    meetings = list(due.select_for_update(of=("self",)).select_related("series").order_by("pk"))
    Meeting.objects.filter(pk__in=[m.pk for m in meetings]).update(reminded_at=Now())
    for meeting in meetings:
        record(MeetingEvent.CONTRIBUTIONS_ASKED, by=by, about=meeting)
    return meetings
