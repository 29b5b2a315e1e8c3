"""What the clock does for cases: mails that hold a count or a link, and nothing else."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from access.queries import regisseurs_of
from accounts.models import RoleAssignment, User
from accounts.robots import Robot, robot
from accounts.roles import DataClass, Role
from cases.models import Action, CorrectionTask
from cases.operations import access_requests, attachments, corrections
from cases.operations import actions as operations
from foundation.scope import acting_as
from jobs import operations as jobs
from jobs.models import Job, State
from jobs.tasks import ring

logger = logging.getLogger(__name__)

jobs.register(attachments.KIND, attachments.AttachmentWork())


@shared_task
def check_attachments() -> None:
    """Every ten minutes: files that could not be looked at, because a scanner was silent, are tried again."""
    week = timezone.now() - timedelta(days=7)
    failed = Job.objects.filter(kind=attachments.KIND, state=State.FAILED, asked_at__gt=week)
    for job in failed.select_related("asked_by"):
        ring(jobs.ask(kind=job.kind, subject_id=job.subject_id, by=job.asked_by, key=job.key))


@shared_task
def remind_owners() -> None:
    """Every morning: who has actions due within three days, or since yesterday too late, gets one mail.

    The actions are marked first and the mails go out after that is committed: a crash in between loses
    a mail, and never sends one twice. Three days later the second reminder makes up for it.
    """
    reminder = robot(Robot.REMINDER)
    with acting_as(reminder):
        claimed = operations.claim_reminders(today=timezone.localdate(), by=reminder)
        counts = _owners(claimed)
    _send(counts)


def _owners(claimed: Iterable[Action]) -> Counter[User]:
    """How many actions each person hears of: the named person, or everybody at the table of the partner."""
    counts: Counter[User] = Counter()
    seats = _seats({action.owner_partner_id for action in claimed})
    for action in claimed:
        person, at_the_table = action.owner_person, seats[action.owner_partner_id, action.compartment.level]
        counts.update([person] if person in at_the_table else at_the_table)
    return counts


def _seats(partner_ids: set[int]) -> dict[tuple[int, int | None], list[User]]:
    seats: dict[tuple[int, int | None], list[User]] = defaultdict(list)
    held = RoleAssignment.objects.active().filter(role=Role.DEELNEMER, user__partner__in=partner_ids)
    for assignment in held.select_related("user").order_by("user_id"):
        seats[assignment.user.partner_id, assignment.level].append(assignment.user)
    return seats


def _send(counts: Counter[User]) -> None:
    address = f"{settings.BASE_URL}{reverse('cases:action_list')}"
    connection = get_connection()
    for person, count in counts.items():
        if not person.email:
            continue
        mail = EmailMessage(_subject(count), _body(count, address), to=[person.email], connection=connection)
        try:
            mail.send()
        except (SMTPException, OSError):
            logger.exception("a reminder could not be sent to user %s", person.pk)


def _subject(count: int) -> str:
    return "IJAP: 1 actie vraagt aandacht" if count == 1 else f"IJAP: {count} acties vragen aandacht"


def _body(count: int, address: str) -> str:
    what = "Er staat 1 actie" if count == 1 else f"Er staan {count} acties"
    return (
        f"{what} op uw lijst met een datum die bijna of net voorbij is.\n\n"
        f"Log in om te zien wat u kunt doen:\n{address}\n\n"
        "In deze mail staan geen gegevens van personen. U kunt niet antwoorden op deze mail.\n"
    )


@shared_task
def tell_of_corrections() -> None:
    """Every minute: organisations that must process what a source took back or corrected hear that there is something.

    Marked first, sent after that is committed, like the reminders. On their home page it stands all the same.
    """
    reminder = robot(Robot.REMINDER)
    with acting_as(reminder):
        people = _askable(corrections.claim_mails(by=reminder))
    body = CORRECTION_BODY.format(f"{settings.BASE_URL}{reverse('cases:correction_list')}")
    connection = get_connection()
    for person in people:
        if person.email:
            mail = EmailMessage(CORRECTION_SUBJECT, body, to=[person.email], connection=connection)
            try:
                mail.send()
            except (SMTPException, OSError):
                logger.exception("news of a correction could not be sent to user %s", person.pk)


def _askable(tasks: Iterable[CorrectionTask]) -> set[User]:
    """Who sits at that table for the organisation and may read data of that class."""
    tasks = list(tasks)
    seats = _seats({task.partner_id for task in tasks})
    return {
        person
        for task in tasks
        for person in seats[task.partner_id, task.compartment.level]
        if person.is_cleared(DataClass(task.data_class))
    }


CORRECTION_SUBJECT = "IJAP: er is een verbetering te verwerken"
CORRECTION_BODY = (
    "Een bron heeft iets teruggenomen of verbeterd dat uw organisatie las.\n\n"
    "Log in om te zien wat, en pas aan wat u er zelf van bewaart:\n{}\n\n"
    "In deze mail staan geen gegevens van personen. U kunt niet antwoorden op deze mail.\n"
)


@shared_task
def tell_of_break_glass() -> None:
    """Every minute: regie, the privacy officer and the privacy contact of the user hear that it was used.

    Marked first, sent after that is committed, like the reminders. On their home page it stands all the same.
    """
    keeper = robot(Robot.KEEPER)
    with acting_as(keeper):
        news = access_requests.claim_news(by=keeper)
    people = {person for one in news for person in _concerned(one)}
    address = f"{settings.BASE_URL}{reverse('cases:access_request_list')}"
    connection = get_connection()
    for person in people:
        if person.email:
            mail = EmailMessage(
                GLASS_SUBJECT, GLASS_BODY.format(address), to=[person.email], connection=connection
            )
            try:
                mail.send()
            except (SMTPException, OSError):
                logger.exception("news of break-glass could not be sent to user %s", person.pk)


def _concerned(news: access_requests.News) -> list[User]:
    of_the_partner = Q(role=Role.PRIVACY_CONTACT, user__partner=news.partner_id)
    watching = RoleAssignment.objects.active().filter(Q(role=Role.PRIVACY_OFFICER) | of_the_partner)
    watching = watching.select_related("user")
    return [*regisseurs_of(news.level, news.municipality_id), *(held.user for held in watching)]


GLASS_SUBJECT = "IJAP: noodtoegang gebruikt"
GLASS_BODY = (
    "Iemand heeft noodtoegang gebruikt. Een tweede persoon beoordeelt dit binnen een dag.\n\n"
    "Log in om te zien wie en waarom:\n{}\n\n"
    "In deze mail staan geen gegevens van personen. U kunt niet antwoorden op deze mail.\n"
)
