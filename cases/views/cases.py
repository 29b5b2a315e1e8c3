"""Pages about a case: the case itself, its plan, its end. The list is in case_lists.py."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from access.models import Compartment, Participation
from accounts.models import User
from audit.log import record
from cases.events import CaseEvent
from cases.forms.cases import EVERYTHING, CloseForm, PlanForm, ReopenForm, StoryForm
from cases.models import Action, Advice, AdviceKind, Case, SecretAddress
from cases.operations import cases as operations
from cases.permissions.cases import (
    check_can_plan,
    check_can_reopen,
    check_may_lead,
    check_may_read,
)
from cases.permissions.levels import check_can_withdraw, check_may_answer
from cases.permissions.secrets import check_may_note_address
from cases.permissions.youths import check_may_search
from cases.queries import measures_of, places_of, relatives_of, running_measures, standings_of, what_runs
from cases.rules.advice import WITH_ADVICE
from cases.rules.cases import check_nothing_runs
from cases.rules.house_moves import hands_over
from cases.rules.levels import moves_lately
from cases.rules.plans import WITH_PLAN
from cases.views.facts import youth_facts
from cases.views.merges import merged_with
from cases.views.story import KINDS, Asked, Story, story_of
from cases.views.strip import strip_of
from foundation.errors import NotPossible, Stale, allows
from foundation.http import go_to, sent
from foundation.templatetags.components import shown

SHOWN = ("youth", "municipality", "casusregisseur", "procesregisseur")


@require_GET
def case_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    """One case: where it stands, who does what, and its story. Each reader sees what it may read."""
    case = find(request, uuid)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    return _show_case(request, case)


@require_http_methods(["GET", "POST"])
def case_plan(request: HttpRequest, uuid: str) -> HttpResponse:
    """The small form on the case page: casusregisseur and review date."""
    case = find(request, uuid)
    check_can_plan(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    form = PlanForm(sent(request), case=case, user=request.user)
    if not form.is_valid():
        return _show_case(request, case, plan=form, status=400 if form.is_bound else 200)
    try:
        operations.plan(
            case=case,
            casusregisseur=form.cleaned_data["casusregisseur"],
            review_on=form.cleaned_data["review_on"],
            seen=form.seen,
            by=request.user,
        )
    except Stale as stale:
        return _show_case(
            request, stale.current, plan=_again(request, stale.current), stale=stale, status=409
        )
    messages.success(request, "De afspraak is opgeslagen.")
    return go_to(request, "cases:case_detail", case.uuid)


def _again(request: HttpRequest, case: Case) -> PlanForm:
    """The form with what this user chose, made anew upon what stands there now: nothing chosen is lost."""
    chosen = request.POST.copy()
    chosen["seen_casusregisseur"] = str(case.casusregisseur_id or "")
    chosen["seen_review_on"] = case.review_on.isoformat() if case.review_on else ""
    return PlanForm(chosen, case=case, user=request.user)


def _show_case(
    request: HttpRequest,
    case: Case,
    *,
    plan: PlanForm | None = None,
    stale: Stale | None = None,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    reads_room = Compartment.objects.visible_to(user).filter(pk=case.room_id).exists()
    partners = Participation.objects.visible_to(user).active().filter(compartment=case.room_id)
    running = Action.objects.visible_to(user).running().filter(case=case).order_by("due_on", "pk")
    running = list(running.select_related("owner_partner", "owner_person", "case"))
    measures = measures_of(case, user)
    asked = _asked(request, case)
    story = story_of(case, user, measures, asked)
    may = _may(case, story, user)
    secret = SecretAddress.objects.visible_to(user).filter(youth=case.youth_id, ended_at=None).first()
    context = {
        "case": case,
        "age": case.youth.age_on(timezone.localdate()),
        "youth_facts": youth_facts(case),
        "places": [place for place in places_of(case.youth_id, user) if place.ended_on is None],
        "relatives": [one for one in relatives_of(case.youth_id, user) if one.ended_on is None],
        **_at_level(case, user),
        "standings": [] if case.closed_at else standings_of(case, user),
        "story_form": _story_form(request, case, story),
        "is_since": bool(asked.since),
        "regie_facts": _regie_facts(case, is_form=may["may_change"]),
        "today": timezone.localdate(),
        "reads_room": reads_room,
        "empty_title": "Er lopen geen acties" if reads_room else "Geen lopende acties die u mag lezen",
        "participations": [
            _takes_part(p) for p in partners.select_related("partner").order_by("partner__name")
        ],
        "running": running,
        "empty_text": "Spreek een actie af als iemand iets gaat doen." if may["may_change"] else "",
        "story": story,
        "proposal": story.proposal,
        "moves_text": _moves_text(moves_lately(story.changes, timezone.now())),
        "plan": plan or (PlanForm(case=case, user=user) if may["may_change"] else None),
        "stale": stale,
        "secret_address": secret,
        "may_see_secrets": allows(check_may_note_address, user, case),
        **strip_of(case, user, measures),
        **merged_with(case, user),
        **may,
    }
    return render(request, "cases/case_detail.html", context, status=status)


def _at_level(case: Case, user: User) -> dict[str, bool]:
    """What the present level of the case knows."""
    awaited = Advice.objects.visible_to(user).awaited().filter(case=case, kind=AdviceKind.BOARD)
    return {
        "is_asked_above": case.level in WITH_ADVICE and awaited.exists(),
        "has_plan": case.level in WITH_PLAN,
        "has_advice": case.level in WITH_ADVICE,
        "hands_over": hands_over(case.level),
    }


def _may(case: Case, story: Story, user: User) -> dict[str, bool]:
    """Which buttons this user has."""
    leads, proposal = allows(check_may_lead, user, case), story.proposal
    return {
        "may_change": leads and not case.closed_at,
        "may_unlink": leads,
        "may_merge": leads and allows(check_may_search, user),
        "may_reopen": leads and bool(case.closed_at),
        "may_answer": bool(proposal) and allows(check_may_answer, user, proposal),
        "may_withdraw": bool(proposal) and allows(check_can_withdraw, user, proposal),
    }


def _asked(request: HttpRequest, case: Case) -> Asked:
    """What the address asks of the story; a kind that is none narrows to nothing of it, a partner likewise."""
    asked = request.GET
    everything = asked.get("sinds") == EVERYTHING
    kind = asked.get("soort", "") if asked.get("soort") in KINDS else ""
    since = None if everything else case.discussed_at
    return Asked(since=since, kind=kind, partner=asked.get("van", ""), everything=everything)


def _story_form(request: HttpRequest, case: Case, story: Story) -> StoryForm:
    form = StoryForm(request.GET)
    since = shown(timezone.localdate(case.discussed_at)) if case.discussed_at else ""
    form.offer(since=since, kinds=KINDS, partners=story.partners)
    return form


def _takes_part(participation: Participation) -> tuple[str, str]:
    until = f", tot {shown(timezone.localdate(participation.until))}" if participation.until else ""
    return str(participation.partner), f"{participation.get_ground_display()}{until}"


def _regie_facts(case: Case, *, is_form: bool) -> list[tuple[str, object]]:
    """Below these facts the form stands for who may change two of them."""
    days = (timezone.now() - case.level_since).days
    since: list[tuple[str, object]] = [
        ("Op dit niveau sinds", f"{shown(timezone.localdate(case.level_since))}, {days} dagen"),
        *([("Procesregisseur", case.procesregisseur)] if case.procesregisseur else []),
    ]
    if is_form:
        return [*since]
    return [
        *since,
        ("Casusregisseur", case.casusregisseur or "nog niemand"),
        *([] if case.closed_at else [("Opnieuw bekijken", case.review_on or "geen datum")]),
    ]


def _moves_text(moves: int) -> str:
    """Moving twice in a year is worth a word."""
    return f"Dit dossier wisselde het afgelopen jaar {moves} keer van niveau" if moves > 1 else ""


@require_http_methods(["GET", "POST"])
def case_close(request: HttpRequest, uuid: str) -> HttpResponse:
    """End a case with its evaluation."""
    case = find(request, uuid)
    check_may_lead(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    measures = running_measures(case, request.user)
    form = CloseForm(sent(request), measures=[f"{one.label} ({one.owner_partner})" for one in measures])
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.close(case=case, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Het dossier is gesloten.")
            return go_to(request, "cases:case_detail", case.uuid)
    context = {"case": case, "form": form, "hindrance": _hindrance(case, request)}
    return render(request, "cases/case_close.html", context, status=status)


def _hindrance(case: Case, request: HttpRequest) -> str:
    """Why this case cannot be closed yet, before anybody types an evaluation."""
    try:
        check_nothing_runs(**what_runs(case, request.user))
    except NotPossible as refusal:
        return refusal.reason
    return "Dit dossier is al gesloten." if case.closed_at else ""


@require_http_methods(["GET", "POST"])
def case_reopen(request: HttpRequest, uuid: str) -> HttpResponse:
    """Open a closed case again, with a reason."""
    case = find(request, uuid)
    check_may_lead(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    form = ReopenForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.reopen(case=case, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Het dossier is weer open.")
            return go_to(request, "cases:case_detail", case.uuid)
    context = {"case": case, "form": form, "can_reopen": allows(check_can_reopen, request.user, case)}
    return render(request, "cases/case_reopen.html", context, status=status)


def find(request: HttpRequest, uuid: str) -> Case:
    """The case of this address: not visible is not there."""
    cases = Case.objects.visible_to(request.user).select_related(*SHOWN, "opened_by", "closed_by")
    case: Case = get_object_or_404(cases, uuid=uuid)
    check_may_read(request.user)
    return case
