"""Pages about levels: proposing, answering, and what waits for me."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.permissions import led_rooms
from accounts.roles import REGIE_LEVELS, Level, Role
from audit.log import record
from cases.events import CaseEvent
from cases.forms.levels import ACCEPT, AnswerForm, CriteriaForm, ProposeForm
from cases.models import Action, Case, LevelChange, LevelChangeState, LevelRegime
from cases.operations import levels as operations
from cases.permissions.cases import check_leads_somewhere, check_may_lead
from cases.permissions.levels import check_can_answer, check_can_withdraw, reachable_levels
from cases.rules.levels import check_none_proposed
from cases.views.cases import find
from foundation.errors import NotAllowed, NotPossible, allows
from foundation.http import go_to, sent
from foundation.paging import page_of

MOVED = 50


@require_GET
def level_change_list(request: HttpRequest) -> HttpResponse:
    """What waits for my answer, what I wait for, and my cases by review date."""
    user = request.user
    check_leads_somewhere(user)
    proposed = LevelChange.objects.visible_to(user).filter(state=LevelChangeState.PROPOSED)
    proposed = list(
        proposed.select_related("case__youth", "case__municipality", "municipality", "proposed_by").order_by(
            "proposed_at"
        )
    )
    mine = led_rooms(user, {change.room_id for change in proposed})
    levels = {REGIE_LEVELS[Role(a.role)] for a in user.active_roles if a.role in REGIE_LEVELS}
    to_review = Case.objects.visible_to(user).open().filter(level__in=levels)
    dated = to_review.exclude(review_on=None).select_related("youth", "municipality", "casusregisseur")
    page = page_of(dated, request.GET, order=("review_on", "id"))
    moved = list(
        to_review.moved().select_related("youth__municipality", "municipality").order_by("pk")[:MOVED]
    )
    words = " en ".join(level.label for level in sorted(levels))
    record(CaseEvent.LEVELS_LISTED, by=user, about=[*proposed, *moved, *page.rows])
    context = {
        "waiting": [c for c in proposed if c.room_id in mine and c.proposed_by_id != user.pk],
        "asked": [c for c in proposed if c.room_id not in mine or c.proposed_by_id == user.pk],
        "moved": moved,
        "page": page,
        "undated": to_review.filter(review_on=None)[:1].exists(),
        "today": timezone.localdate(),
        "review_note": f"Open dossiers op niveau {words}, eerste datum bovenaan.",
    }
    return render(request, "cases/level_change_list.html", context)


@require_http_methods(["GET", "POST"])
def level_change_propose(request: HttpRequest, uuid: str) -> HttpResponse:
    """Ask another level to take this case over."""
    case = find(request, uuid)
    check_may_lead(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    levels = reachable_levels(request.user, case)
    form = ProposeForm(sent(request), case=case, levels=levels)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.propose(case=case, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(
                request, "Het voorstel is verstuurd. U blijft het dossier leiden tot het is overgenomen."
            )
            return go_to(request, "cases:case_detail", case.uuid)
    context = {
        "case": case,
        "form": form,
        "levels": levels,
        "hindrance": _hindrance(request, case),
        "running": Action.objects.visible_to(request.user).running().filter(case=case).count(),
    }
    return render(request, "cases/level_change_propose.html", context, status=status)


def _hindrance(request: HttpRequest, case: Case) -> str:
    """Why nothing can be proposed now, before anybody types a reason."""
    proposed = LevelChange.objects.visible_to(request.user).filter(case=case, state=LevelChangeState.PROPOSED)
    try:
        check_none_proposed(proposed.exists())
    except NotPossible as refusal:
        return refusal.reason
    return "Dit dossier is gesloten. Heropen het eerst." if case.closed_at else ""


@require_http_methods(["GET", "POST"])
def level_change_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    """One proposal: why, what was tried, and the answer of the receiving regisseur."""
    change = _find(request, uuid)
    user = request.user
    record(CaseEvent.LEVEL_VIEWED, by=user, about=change)
    may_answer = allows(check_can_answer, user, change)
    may_withdraw = allows(check_can_withdraw, user, change)
    form = AnswerForm(sent(request), change=change)
    status = 400 if form.is_bound else 200
    if form.is_bound:
        check_can_answer(user, change)
    if form.is_valid():
        try:
            return _answer(request, change, form)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
    context = {
        "change": change,
        "case": change.case,
        "route": f"Voorstel om van {change.route} te gaan",
        "facts": _facts(change),
        "outcome": _outcome(change),
        "form": form if may_answer else None,
        "regime": change.regime or LevelRegime.objects.get(level=change.new).words(),
        "may_withdraw": may_withdraw,
        "ticks": CriteriaForm(change=change) if may_withdraw and not change.criteria else None,
        "level": Level(change.new).label,
    }
    return render(request, "cases/level_change_detail.html", context, status=status)


def _facts(change: LevelChange) -> list[tuple[str, object]]:
    case = change.case
    return [
        ("Voorgesteld door", change.proposed_by),
        ("Voorgesteld op", timezone.localdate(change.proposed_at)),
        ("Woongemeente", case.municipality or "onbekend"),
        ("Op het huidige niveau sinds", timezone.localdate(case.level_since)),
        ("Casusregisseur", case.casusregisseur or "nog niemand"),
        ("Opnieuw bekijken op", change.review_on),
    ]


def _outcome(change: LevelChange) -> list[tuple[str, object]]:
    if change.decided_at is None:
        return []
    return [
        ("Uitkomst", change.get_state_display()),
        ("Op", timezone.localdate(change.decided_at)),
        ("Door", change.decided_by),
    ]


def _answer(request: HttpRequest, change: LevelChange, form: AnswerForm) -> HttpResponse:
    answer = form.cleaned_data["answer"]
    if form.cleaned_data["decision"] == ACCEPT:
        partners = form.cleaned_data.get("partners", ())
        operations.accept(
            change=change,
            answer=answer,
            partners=partners,
            casusregisseur=form.people.get(form.cleaned_data["casusregisseur"]),
            by=request.user,
        )
        messages.success(request, "U heeft het dossier overgenomen. Bepaal nu wie er op dit niveau meedoet.")
        return go_to(request, "cases:case_access", change.case.uuid)
    operations.refuse(change=change, answer=answer, by=request.user)
    messages.success(request, "Uw antwoord is verstuurd. Het dossier blijft op het oude niveau.")
    return go_to(request, "cases:level_change_list")


@require_POST
def level_change_tick(request: HttpRequest, uuid: str) -> HttpResponse:
    """Which criteria hold, for a proposal that was made in a meeting."""
    change = _find(request, uuid)
    check_can_withdraw(request.user, change)
    form = CriteriaForm(request.POST, change=change)
    ticked = form.cleaned_data["criteria"] if form.is_valid() else ()
    operations.tick(change=change, criteria=ticked, by=request.user)
    messages.success(request, "De criteria zijn aangekruist.")
    return go_to(request, "cases:level_change_detail", change.uuid)


@require_POST
def level_change_withdraw(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take a proposal back before it is answered."""
    change = _find(request, uuid)
    operations.withdraw(change=change, by=request.user)
    messages.success(request, "Het voorstel is ingetrokken.")
    return go_to(request, "cases:case_detail", change.case.uuid)


def _find(request: HttpRequest, uuid: str) -> LevelChange:
    """Both regisseurs may see a proposal; a deelnemer reads of it in the story of the case."""
    changes = LevelChange.objects.visible_to(request.user).select_related(
        "case__youth",
        "case__municipality",
        "case__casusregisseur",
        "municipality",
        "proposed_by",
        "decided_by",
    )
    change: LevelChange = get_object_or_404(changes, uuid=uuid)
    if not led_rooms(request.user, [change.room_id, change.case.room_id]):
        raise NotAllowed("Alleen de twee regisseurs zien een voorstel.")
    return change
