"""What the clock does for everybody: one mail a week with numbers."""

from dataclasses import dataclass, field

from celery import shared_task
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.models import RoleAssignment, User
from accounts.robots import Robot, people, robot
from audit.log import record
from foundation.scope import acting_as
from ijap import digest
from ijap.events import HomeEvent
from jobs import operations as jobs
from jobs.models import Job

KIND = "ijap.digest"


@dataclass(frozen=True)
class Digest:
    """Whom to mail which lines."""

    user: User
    lines: list[str] = field(default_factory=list)


class DigestWork:
    """Count what waits for one person, as that person; mail it; note that it was sent.

    A mail server that refuses is tried again. Nothing waits: no mail, and this week none any more.
    """

    lease_seconds = 60
    own_scope = True

    def read(self, job: Job, tell: jobs.Tell) -> Digest:
        user = User.objects.select_related("partner").get(pk=job.subject_id)
        if not user.is_active or not user.email:
            return Digest(user)
        with acting_as(user):
            return Digest(user, digest.waiting_for(user))

    def make(self, data: Digest, tell: jobs.Tell) -> bool:
        if data.lines:
            EmailMessage(digest.SUBJECT, digest.body_of(data.lines), to=[data.user.email]).send()
        return bool(data.lines)

    def store(self, job: Job, data: Digest, result: bool) -> None:
        if result:
            record(HomeEvent.DIGEST_SENT, by=job.asked_by, about=data.user, lines=len(data.lines))


jobs.register(KIND, DigestWork())


@shared_task
def ask_digests() -> None:
    """Monday morning: a job for everybody with a role and an address. Asked again in the same week it changes nothing."""
    by, today = robot(Robot.REMINDER), timezone.localdate()
    working = RoleAssignment.objects.active().values("user")
    found = people().filter(is_active=True, pk__in=working).exclude(email="").order_by("pk")
    for user_id in found.values_list("pk", flat=True):
        jobs.ask(kind=KIND, subject_id=user_id, by=by, key=digest.key_of(user_id, today))
