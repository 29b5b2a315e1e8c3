"""What the clock and the queue do around meetings."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import RoleAssignment, User
from accounts.robots import Robot, robot
from accounts.roles import Role
from foundation.scope import acting_as
from jobs import operations as jobs
from jobs.models import Job
from jobs.tasks import ring
from meetings import calendars
from meetings.contribution_queries import readiness_of
from meetings.models import AgendaItem, Meeting, MeetingState, Series
from meetings.operations import agenda, contributions, distribution, minutes, notices, series
from meetings.operations.candidates import Gathered, gather
from meetings.rules.rhythm import agenda_due_on
from meetings.rules.series import day_of

logger = logging.getLogger(__name__)

AGENDA = "meetings.agenda"
BODY = (
    "Voor het overleg van {} is uw organisatie gevraagd wat zij weet. Zij zei nog niets bij {} van de jongeren.\n\n"
    "Log in om het in te vullen; dat kan ook met alleen 'niet bekend' of 'niets te delen':\n{}\n\n"
    "In deze mail staan geen gegevens van personen. U kunt niet antwoorden op deze mail.\n"
)
CALENDAR_BODY = (
    "De bijlage zet dit overleg in uw agenda, of past het daar aan. De agendapunten staan alleen in IJAP:\n{}\n\n"
    "In deze mail staan geen gegevens van jongeren. U kunt niet antwoorden op deze mail.\n"
)
MINUTES_BODY = (
    "Het verslag van het overleg van {} is vastgesteld. Log in om het deel voor uw organisatie te lezen:\n{}\n\n"
    "In deze mail staan geen gegevens van personen. U kunt niet antwoorden op deze mail.\n"
)
PLANNED_AHEAD = timedelta(weeks=26)


class AgendaWork:
    """Gather the candidates, then write the whole agenda in one transaction. Killed halfway, it leaves nothing."""

    lease_seconds = 60
    own_scope = False

    def read(self, job: Job, tell: jobs.Tell) -> Gathered:
        meeting = Meeting.objects.select_related("series").get(pk=job.subject_id)
        return gather(meeting=meeting, by=job.asked_by, tell=tell)

    def make(self, data: Gathered, tell: jobs.Tell) -> None:
        """Nothing takes long: who fits is decided under the lock, beside what the regisseur changed by hand."""

    def store(self, job: Job, data: Gathered, result: Any) -> None:
        meeting = Meeting.objects.get(pk=job.subject_id)
        agenda.store_agenda(meeting=meeting, gathered=data, by=job.asked_by)


jobs.register(AGENDA, AgendaWork())
jobs.register(minutes.KIND, minutes.MinutesWork())


@shared_task
def plan_meetings() -> None:
    """Every day: plan the meetings of half a year ahead. What is there stays as it is."""
    planner = robot(Robot.AGENDA)
    until = timezone.localdate() + PLANNED_AHEAD
    with acting_as(planner):
        for one in Series.objects.rhythms().filter(ended_at=None).order_by("pk"):
            series.plan_ahead(series=one, until=until, by=planner)


@shared_task
def ask_contributions() -> None:
    """Every morning: two days before a meeting who said nothing yet gets one mail, with a number and no name.

    Marked first, sent after that is committed, like the other reminders: a crash in between loses a mail and never
    sends one twice. On the home page it stands all the same.
    """
    asker = robot(Robot.REMINDER)
    with acting_as(asker):
        asked = [(meeting, _waiting(meeting, asker)) for meeting in contributions.claim_reminders(by=asker)]
    letters = []
    for meeting, waiting in asked:
        page = reverse("meetings:contribution_list", args=[meeting.uuid])
        day = date_format(day_of(meeting), "j F")
        for person, count in waiting:
            mail = EmailMessage(
                f"IJAP: uw inbreng voor het overleg van {day}",
                BODY.format(day, count, f"{settings.BASE_URL}{page}"),
                to=[person.email],
            )
            letters.append((person, mail))
    _send(letters)


def _send(letters: Iterable[tuple[User, EmailMessage]]) -> None:
    """All of these over one connection; one that fails keeps no other back."""
    connection = get_connection()
    for person, mail in letters:
        mail.connection = connection
        try:
            mail.send()
        except (SMTPException, OSError):
            logger.exception("a mail could not be sent to user %s", person.pk)


def _waiting(meeting: Meeting, asker: User) -> list[tuple[User, int]]:
    """Everybody at the table of an organisation that still has to say something, and at how many points."""
    items = AgendaItem.objects.visible_to(asker).filter(meeting=meeting).on_agenda()
    waiting = dict(readiness_of(items, asker).waiting)
    held = RoleAssignment.objects.active().filter(
        role=Role.DEELNEMER, level=meeting.level, user__partner__in=waiting
    )
    people = {row.user for row in held.select_related("user__partner") if row.user.email}
    return [(person, waiting[person.partner]) for person in sorted(people, key=lambda p: p.pk)]


@shared_task
def build_due_agendas() -> None:
    """Every day: ask for the concept agenda of each meeting that is three working days away, or nearer."""
    maker = robot(Robot.AGENDA)
    with acting_as(maker):
        closed = series.closing_days(by=maker)
        coming = (
            Meeting.objects.open_to(maker)
            .with_youths()
            .filter(state=MeetingState.PLANNED, starts_at__gt=timezone.now())
        )
        for meeting in coming.order_by("starts_at"):
            if agenda_due_on(day_of(meeting), closed) <= timezone.localdate():
                ring(jobs.ask(kind=AGENDA, subject_id=meeting.pk, by=maker, key=f"agenda:{meeting.pk}:clock"))


@shared_task
def send_calendars() -> None:
    """Every minute: who has a seat gets the coming meetings for the own calendar, and what changed or was cancelled."""
    sender = robot(Robot.REMINDER)
    with acting_as(sender):
        claimed = notices.claim(by=sender)
    letters = []
    for letter in claimed:
        meeting, method = letter.meeting, calendars.method_of(letter.notice)
        day = date_format(day_of(meeting), "j F")
        words = "gaat niet door" if letter.notice.is_cancelled else "voor in uw agenda"
        mail = EmailMessage(
            f"IJAP: {meeting.series}, {day}, {words}",
            CALENDAR_BODY.format(calendars.address_of(meeting)),
            to=[letter.person.email],
        )
        mail.attach("overleg.ics", calendars.invitation(meeting, letter.person, letter.notice), f"text/calendar; method={method}; charset=utf-8")  # fmt: skip
        letters.append((letter.person, mail))
    _send(letters)


@shared_task
def send_minutes() -> None:
    """Every minute: who sits at the table for an organisation hears once that its part is there: a link and no more."""
    sender = robot(Robot.REMINDER)
    with acting_as(sender):
        told = distribution.claim(by=sender)
    letters = []
    for one in told:
        day = date_format(day_of(one.meeting), "j F")
        page = reverse("meetings:minutes", args=[one.meeting.uuid])
        mail = EmailMessage(
            f"IJAP: het verslag van {day} is klaar",
            MINUTES_BODY.format(day, f"{settings.BASE_URL}{page}"),
            to=[one.person.email],
        )
        letters.append((one.person, mail))
    _send(letters)
