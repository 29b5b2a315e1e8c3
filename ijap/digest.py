"""What waits for somebody this week, as numbers for one mail: the same numbers as on the home page, and no name."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from cases.models import Action, CorrectionTask
from foundation.paging import count_up_to
from ijap import attention, corrections, supervision
from ijap.attention import Part, task
from ijap.next_meeting import next_meeting

WEEK = timedelta(days=7)
SUBJECT = "IJAP: wat deze week op u wacht"


def weekly_actions(user: User) -> Part:
    """What somebody promised, without what the mail of every morning tells today."""
    today = timezone.localdate()
    mine = Action.objects.visible_to(user).owned_by(user).running()
    told_today = Action.objects.visible_to(user).to_remind(today)
    mine = mine.exclude(pk__in=told_today.values("pk")).exclude(reminded_at__date=today)
    late, soon = mine.overdue(today), mine.filter(due_on__range=(today, today + WEEK))
    url = reverse("cases:action_list")
    return Part(
        tasks=[
            task(count_up_to(late), "eigen actie over tijd", "eigen acties over tijd", url),
            task(count_up_to(soon), "eigen actie voor deze week", "eigen acties voor deze week", url),
        ]
    )


def weekly_corrections(user: User) -> Part:
    """What must be processed still, without what was mailed today or will be in a minute."""
    if user.may(Permission.CASE_LEAD):
        return Part()
    mine = CorrectionTask.objects.visible_to(user).pending().of(user)
    mine = mine.exclude(mailed_at=None).exclude(mailed_at__date=timezone.localdate())
    words = ("verbetering te verwerken", "verbeteringen te verwerken")
    return Part(tasks=[task(count_up_to(mine), *words, reverse("cases:correction_list"))])


# As on the home page, without what somebody only looks at.
PARTS: list[tuple[Permission, Callable[[User], Part]]] = [
    (Permission.CASE_LEAD, attention.access_requests),
    (Permission.CASE_LEAD, attention.reveals),
    (Permission.SIGNAL_TRIAGE, attention.triage),
    (Permission.CASE_LEAD, attention.level_changes),
    (Permission.CASE_LEAD, attention.reviews),
    (Permission.MEETING_ATTEND, next_meeting),
    (Permission.ACTION_OWN, weekly_corrections),
    (Permission.CASE_LEAD, corrections.corrections_of_others),
    (Permission.ACTION_OWN, weekly_actions),
    (Permission.CASE_LEAD, attention.overdue_actions),
    (Permission.SIGNAL_REGISTER, attention.own_signals),
    (Permission.CASE_LEAD, supervision.destructions_for_regie),
    (Permission.LOG_READ, supervision.destructions_for_privacy),
    (Permission.LOG_READ, supervision.reviews),
    (Permission.ADMIN, supervision.removals),
]


def waiting_for(user: User) -> list[str]:
    """A line per kind of work that waits: how much, and what. Ask it in the scope of this user."""
    tasks = [one for permission, build in PARTS if user.may(permission) for one in build(user).tasks]
    return [f"{one['count']} {one['title']}" for one in tasks if _waits(one)]


def _waits(one: dict[str, Any]) -> bool:
    return one["count"] != 0


def body_of(lines: list[str]) -> str:
    return (
        "Dit wacht op u:\n\n"
        + "".join(f"- {line}\n" for line in lines)
        + f"\nLog in om het te zien:\n{settings.BASE_URL}{reverse('home')}\n\n"
        "In deze mail staan geen gegevens van personen. U kunt niet antwoorden op deze mail.\n"
    )


def key_of(user_id: int, day: date) -> str:
    """One mail per person per week."""
    year, week, _ = day.isocalendar()
    return f"digest:{year}-{week:02}:{user_id}"
