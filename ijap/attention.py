"""What asks for attention now, per kind of work. Each function returns a `Part` of the home page.

`tasks` are the lines of the list on top (count, title, text, url); `panel` is a template with more about it,
`values` is what that template needs; `shown` are the protected records whose content the page shows, for
the log. A list shows at most five rows, so the page costs the same however much there is.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as CaseWhen
from django.db.models import F, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from accounts import terms
from accounts.models import RoleAssignment, User
from accounts.robots import people
from accounts.roles import REGIE_LEVELS, DataClass, Level, Permission, Role
from audit.models import Event, Outcome
from audit.readable import readable
from cases.models import AccessRequest, Action, Case, LevelChange, LevelChangeState, Reveal, Signal, Urgency
from foundation.paging import count_up_to
from reports.models import Figure
from reports.queries import summaries_for

AT_MOST = 5
SOON = timedelta(days=30)


@dataclass
class Part:
    """A part of the home page."""

    tasks: list[dict[str, Any]] = field(default_factory=list)
    panel: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    shown: list[Any] = field(default_factory=list)


def task(count: int | str, one: str, many: str, url: str, text: str = "") -> dict[str, Any]:
    """A line of the list on top; nothing to do is the number 0."""
    number = int(count) if str(count).isdigit() else count
    return {"count": number, "title": one if number == 1 else many, "url": url, "text": text}


def own_signals(user: User) -> Part:
    """What somebody told: what became of it."""
    unseen = Q(news_seen_at=None) | Q(news_seen_at__lt=F("news_at"))
    told = Signal.objects.visible_to(user).sent_by(user)
    tell_url = reverse("cases:signal_add")
    if user.may(Permission.CASE_READ) and not told.exists():
        return Part(values={"tell_url": tell_url})  # telling is not the work of somebody who never did
    news = told.filter(unseen, news_at__isnull=False).order_by("-news_at", "-id")
    rows = list(news[:AT_MOST])
    url = reverse("cases:signal_list")
    lines = [{"signal": row, "url": reverse("cases:signal_detail", args=[row.uuid])} for row in rows]
    return Part(
        tasks=[task(count_up_to(news), "signaal met nieuws", "signalen met nieuws", url)],
        panel="home/news.html",
        values={
            "news": lines,
            "has_told": told.exists(),
            "signals_url": url,
            "tell_url": tell_url,
        },
        shown=rows,
    )


def triage(user: User) -> Part:
    """Signals that wait for the regisseur, the most urgent first."""
    rank = CaseWhen(
        When(urgency=Urgency.TODAY, then=Value(0)),
        When(urgency=Urgency.SOON, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    waiting = Signal.objects.visible_to(user).awaiting_triage()
    rows = list(
        waiting.select_related("sender_partner")
        .annotate(rank=rank)
        .order_by("rank", "submitted_at")[:AT_MOST]
    )
    today = sum(row.urgency == Urgency.TODAY for row in rows)
    url = reverse("cases:triage_list")
    text = f"{today} met direct gevaar: vandaag beoordelen." if today else ""
    lines = [{"signal": row, "url": reverse("cases:triage_detail", args=[row.uuid])} for row in rows]
    return Part(
        tasks=[task(count_up_to(waiting), "signaal te beoordelen", "signalen te beoordelen", url, text)],
        panel="home/waiting.html" if rows else "",
        values={"waiting": lines, "triage_url": url},
        shown=rows,
    )


def own_actions(user: User) -> Part:
    """What somebody promised, what is over time first (it has the earliest day)."""
    today = timezone.localdate()
    mine = Action.objects.visible_to(user).owned_by(user).running()
    rows = list(mine.select_related("case__youth", "owner_partner").order_by("due_on", "id")[:AT_MOST])
    late = mine.overdue(today)
    url = reverse("cases:action_list")
    lines = [
        {"action": row, "url": reverse("cases:action_detail", args=[row.uuid]), "is_late": row.due_on < today}
        for row in rows
    ]
    return Part(
        tasks=[task(count_up_to(late), "eigen actie over tijd", "eigen acties over tijd", url)],
        panel="home/actions.html" if rows else "",
        values={"actions": lines, "actions_url": url},
        shown=rows,
    )


def level_changes(user: User) -> Part:
    """Proposals that wait for this regisseur's answer."""
    answerable = (
        LevelChange.objects.visible_to(user)
        .filter(state=LevelChangeState.PROPOSED, new__in=_levels(user))
        .exclude(proposed_by=user)
    )
    rows = list(
        answerable.select_related("case__youth", "proposed_by").order_by("proposed_at", "id")[:AT_MOST]
    )
    url = reverse("cases:level_change_list")
    lines = [{"change": row, "url": reverse("cases:level_change_detail", args=[row.uuid])} for row in rows]
    words = ("niveauwissel wacht op uw antwoord", "niveauwissels wachten op uw antwoord")
    moved = Case.objects.visible_to(user).filter(level__in=_levels(user)).moved()
    elsewhere = (
        "dossier ligt nog bij de vorige woongemeente",
        "dossiers liggen nog bij de vorige woongemeente",
    )
    return Part(
        tasks=[
            task(count_up_to(answerable), *words, url),
            task(count_up_to(moved), *elsewhere, f"{url}#verhuisd"),
        ],
        panel="home/proposals.html" if rows else "",
        values={"proposals": lines, "proposals_url": url},
        shown=rows,
    )


def access_requests(user: User) -> Part:
    """Who waits for an answer, and which use of break-glass nobody looked at yet."""
    visible = AccessRequest.objects.visible_to(user).exclude(asked_by=user)
    unreviewed, url = visible.unreviewed(), reverse("cases:access_request_list")
    late = unreviewed.overdue().exists()
    waiting = visible.waiting() if user.may(Permission.CASE_LEAD) else visible.none()
    glass = ("gebruik van noodtoegang te beoordelen", "keer noodtoegang te beoordelen")
    text = "Er is er een te laat." if late else "Binnen een dag."
    return Part(
        tasks=[
            task(count_up_to(unreviewed), *glass, url, text),
            task(count_up_to(waiting), "verzoek om toegang", "verzoeken om toegang", url),
        ],
        shown=list(unreviewed[:1]),
    )


def reveals(user: User) -> Part:
    """Secrets that a colleague opened and nobody looked at yet."""
    if not user.is_cleared(DataClass.GEHEIM):
        return Part()
    unseen = Reveal.objects.visible_to(user).filter(seen_at=None).exclude(shown_by=user)
    words = ("geopend geheim na te kijken", "geopende geheimen na te kijken")
    return Part(tasks=[task(count_up_to(unseen), *words, reverse("cases:reveal_list"))])


def overdue_actions(user: User) -> Part:
    """What partners promised at this regisseur's level and is over time."""
    late = Action.objects.visible_to(user).overdue(timezone.localdate())
    late = late.filter(case__closed_at=None, case__level__in=_levels(user))
    url = reverse("cases:action_list")
    return Part(
        tasks=[task(count_up_to(late), "actie van partners over tijd", "acties van partners over tijd", url)]
    )


def reviews(user: User) -> Part:
    """Cases at LJA or PGA that are due to be looked at again: those levels have no agenda yet."""
    levels = [level for level in _levels(user) if level != Level.JPP]
    if not levels:
        return Part()
    due = Case.objects.visible_to(user).open().filter(level__in=levels, review_on__lte=_in_days(14))
    rows = list(due.select_related("youth", "municipality").order_by("review_on", "id")[:AT_MOST])
    url = reverse("cases:case_list")
    lines = [
        {
            "case": row,
            "url": reverse("cases:case_detail", args=[row.uuid]),
            "is_late": row.review_on < timezone.localdate(),
        }
        for row in rows
    ]
    words = ("dossier opnieuw bekijken", "dossiers opnieuw bekijken")
    return Part(
        tasks=[task(count_up_to(due), *words, url, "Binnen twee weken.")],
        panel="home/reviews.html" if rows else "",
        values={"reviews": lines, "cases_url": url},
        shown=rows,
    )


def figures(user: User) -> Part:
    """Counts without persons: the newest month, and the newest summary."""
    this_month = timezone.localdate().replace(day=1)  # counted already, shown when it is over
    newest = Figure.objects.filter(month__lt=this_month).order_by("-month").values_list("month", flat=True)
    summary = summaries_for(user).order_by("-made_at").first()
    values = {
        "newest_month": newest.first(),
        "newest_summary": summary,
        "figures_url": reverse("reports:figure_list"),
    }
    return Part(panel="home/figures.html", values=values)


def refusals(user: User) -> Part:
    """For the privacy officer: what was refused of late."""
    since = timezone.now() - SOON
    refused = Event.objects.filter(at__gte=since, outcome=Outcome.REFUSED).order_by("-id")
    failed = Event.objects.filter(at__gte=timezone.now() - timedelta(days=1), kind="account.login_failed")
    url = reverse("audit:event_list")
    words = ("weigering in dertig dagen", "weigeringen in dertig dagen")
    attempts = ("mislukte inlogpoging sinds gisteren", "mislukte inlogpogingen sinds gisteren")
    return Part(
        tasks=[
            task(count_up_to(refused), *words, f"{url}?uitkomst={Outcome.REFUSED}"),
            task(count_up_to(failed), *attempts, f"{url}?soort=account.login_failed"),
        ],
        panel="home/refusals.html",
        values={"refusals": readable(refused[:AT_MOST]), "log_url": url},
    )


def own_people(user: User) -> Part:
    """For who speaks for a partner: colleagues to confirm."""
    waiting = terms.due().filter(partner=user.partner)
    words = ("collega om te bevestigen", "collega's om te bevestigen")
    return Part(tasks=[task(count_up_to(waiting), *words, reverse("accounts:people_confirm"))])


def accounts(user: User) -> Part:
    """For the beheerder: users without a role, roles that end soon, passwords nobody replaced."""
    url = reverse("accounts:user_list")
    active = people().filter(is_active=True)
    without = active.exclude(pk__in=RoleAssignment.objects.held().values("user"))
    ending = active.filter(pk__in=RoleAssignment.objects.ending(timezone.now() + SOON).values("user"))
    waiting = active.filter(is_password_temporary=True)
    return Part(
        tasks=[
            task(
                count_up_to(without),
                "gebruiker zonder rol",
                "gebruikers zonder rol",
                f"{url}?stand=zonder-rol",
            ),
            task(
                count_up_to(ending),
                "gebruiker met een rol die bijna eindigt",
                "gebruikers met een rol die bijna eindigt",
                f"{url}?stand=eindigt",
            ),
            task(
                count_up_to(waiting),
                "gebruiker met een tijdelijk wachtwoord",
                "gebruikers met een tijdelijk wachtwoord",
                f"{url}?stand=tijdelijk",
            ),
        ],
    )


def _levels(user: User) -> list[Level]:
    """The levels that this regisseur leads."""
    return [REGIE_LEVELS[Role(held.role)] for held in user.active_roles if held.role in REGIE_LEVELS]


def _in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
