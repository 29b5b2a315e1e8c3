"""Pages about asking for access, break-glass among it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.models import Ground
from access.permissions import led_rooms
from accounts.fresh import fresh_login_required
from accounts.roles import Permission
from audit.log import record
from cases.events import CaseEvent
from cases.forms.access_requests import ApproveForm, GrantForm, RefuseForm, RequestForm, ReviewForm
from cases.forms.youths import described
from cases.models import AccessRequest, Case, RequestKind
from cases.operations import access_requests as operations
from cases.operations import youths
from cases.permissions.access_requests import (
    check_may_answer,
    check_may_ask,
    check_may_break_glass,
    check_may_judge,
    check_may_list,
    check_may_open,
    check_may_review,
)
from cases.rules.youths import Identity, Match
from foundation.errors import NotPossible, allows
from foundation.http import go_to, sent
from foundation.paging import page_of
from foundation.templatetags.components import shown

BREAK_GLASS = "break_glass"  # in the session: every page and every row of the log says so while it lasts
RELATED = ("asked_by", "partner", "answered_by", "reviewed_by", "compartment")


@require_GET
def access_request_list(request: HttpRequest) -> HttpResponse:
    """What I asked; for regie and the privacy officer what others asked and used."""
    check_may_list(request.user)
    requests = AccessRequest.objects.visible_to(request.user).select_related(*RELATED, "case")
    page = page_of(requests, request.GET, order=("-asked_at", "-id"))
    record(CaseEvent.REQUESTS_LISTED, by=request.user, about=page.rows)
    context = {
        "page": page,
        "rows": [(row, *_state(row)) for row in page.rows],
        "may_ask": allows(check_may_ask, request.user),
        "judges": request.user.may(Permission.CASE_LEAD) or request.user.may(Permission.LOG_READ),
    }
    return render(request, "cases/access_request_list.html", context)


def _state(row: AccessRequest) -> tuple[str, str]:
    """Where it stands, and how that looks."""
    if row.is_open_now and row.is_break_glass:
        return f"Open tot {timezone.localtime(row.until):%H:%M} uur", "negative"
    if row.opened_at and row.reviewed_at:
        return row.get_verdict_display(), "neutral"
    if row.opened_at:
        return "Wacht op beoordeling", "warning"
    if row.kind == RequestKind.ACUTE:
        return "Niet geopend", "neutral"
    if row.is_granted is None:
        return "Wacht op antwoord", "info"
    return ("Toegestaan", "positive") if row.is_granted else ("Afgewezen", "neutral")


@require_http_methods(["GET", "POST"])
def access_request_add(request: HttpRequest) -> HttpResponse:
    """Ask. Whether there is a case, the answer does not tell, unless it is acute and opens."""
    user = request.user
    check_may_ask(user)
    overdue = operations.overdue_of(by=user)
    form = RequestForm(sent(request), may_break_glass=not overdue)
    status = 400 if form.is_bound else 200
    record(CaseEvent.REQUESTS_LISTED, by=user)
    if form.is_valid():
        try:
            asked = operations.ask(by=user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Uw verzoek is verstuurd.")
            return go_to(request, "cases:access_request_detail", asked.uuid)
    context = {"form": form, "is_blocked": bool(overdue), "minutes": settings.BREAK_GLASS_MINUTES}
    return render(request, "cases/access_request_add.html", context, status=status)


@require_GET
def access_request_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One request: what was asked, what was answered, and what this reader can do now."""
    return _show(request, _find(request, uuid))


def _find(request: HttpRequest, uuid: UUID) -> AccessRequest:
    found = AccessRequest.objects.visible_to(request.user).select_related(*RELATED)
    asked: AccessRequest = get_object_or_404(found, uuid=uuid)
    check_may_list(request.user)
    return asked


def _show(request: HttpRequest, asked: AccessRequest, status: int = 200, **forms: Any) -> HttpResponse:
    user = request.user
    record(CaseEvent.REQUEST_VIEWED, by=user, about=asked)
    overdue = operations.overdue_of(by=user)
    may_answer = allows(check_may_answer, user, asked)
    case = _case(request, asked)
    context = {
        "asked": asked,
        "state": _state(asked),
        "facts": _facts(asked),
        "outcome": _outcome(asked),
        "case": case if asked.is_open_now or allows(check_may_judge, user, asked) else None,
        "may_open": allows(check_may_open, user, asked, overdue=overdue),
        "minutes": settings.BREAK_GLASS_MINUTES,
        "answer_form": None,
        "refuse_form": None,
        "review_form": ReviewForm() if allows(check_may_review, user, asked) else None,
    }
    if may_answer:
        context |= {"answer_form": _answer_form(request, asked, None), "refuse_form": RefuseForm()}
    return render(request, "cases/access_request_detail.html", context | forms, status=status)


def _case(request: HttpRequest, asked: AccessRequest) -> Case | None:
    """The case of a request, for who may see it."""
    if asked.case_id is None:
        return None
    found: Case | None = Case.objects.visible_to(request.user).filter(pk=asked.case_id).first()
    return found


def _facts(asked: AccessRequest) -> list[tuple[str, object]]:
    names = (asked.first_name, asked.prefix, asked.last_name)
    return [
        ("Over wie", " ".join(name for name in names if name)),
        ("Geboren", asked.birth_on),
        ("Gevraagd door", f"{asked.asked_by}, {asked.partner}"),
        ("Gevraagd op", asked.asked_at),
        *([("Noodzaak", asked.get_need_display())] if asked.need else []),
    ]


def _outcome(asked: AccessRequest) -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = []
    if asked.answered_by:
        said = "toegestaan" if asked.is_granted else "afgewezen"
        rows.append(("Antwoord", f"{said} door {asked.answered_by}, {shown(asked.answered_at)}"))
    if asked.answer:
        rows.append(("Bericht", asked.answer))
    if asked.opened_at:
        rows.append(("Geopend", asked.opened_at))
    if asked.until:
        rows.append(("Leest tot", asked.until))
    if asked.reviewed_by:
        verdict = asked.get_verdict_display()
        rows.append(("Beoordeling", f"{verdict}, door {asked.reviewed_by}, {shown(asked.reviewed_at)}"))
        rows.append(("Toelichting", asked.review))
    return rows


# --- regie --------------------------------------------------------------------------------------
def _matches(request: HttpRequest, asked: AccessRequest) -> list[tuple[Match, Case]]:
    """The open cases that may be meant. A request that was passed on names its case."""
    cases = Case.objects.visible_to(request.user).open().select_related("youth__municipality")
    if asked.case_id:
        return [(Match(one.youth, ["Doorgegeven"], 1), one) for one in cases.filter(pk=asked.case_id)]
    who = Identity(asked.first_name, asked.prefix, asked.last_name, asked.birth_on, None, "")
    found = youths.find(asked=who, by=request.user) if request.user.may(Permission.SIGNAL_TRIAGE) else []
    by_youth = {one.youth_id: one for one in cases.filter(youth__in=[match.youth.pk for match in found])}
    return [(match, by_youth[match.youth.pk]) for match in found if match.youth.pk in by_youth]


def _answer_form(request: HttpRequest, asked: AccessRequest, data: Any) -> Any:
    choices = [(match, described(match, case)) for match, case in _matches(request, asked)]
    return (ApproveForm if asked.is_break_glass else GrantForm)(data, matches=choices)


@require_POST
def access_request_answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Yes: for this case. When the case is led at another level, the request goes there."""
    asked = _find(request, uuid)
    check_may_answer(request.user, asked)
    form = _answer_form(request, asked, request.POST)
    if not form.is_valid():
        return _show(request, asked, status=400, answer_form=form)
    cases = {match.youth.pk: case for match, case in _matches(request, asked)}
    case = cases[int(form.cleaned_data["onto"])]
    try:
        return _answered(request, asked, case, form.cleaned_data)
    except NotPossible as refusal:
        form.add_error(None, refusal.reason)
        return _show(request, asked, status=409, answer_form=form)


def _answered(request: HttpRequest, asked: AccessRequest, case: Case, said: dict[str, Any]) -> HttpResponse:
    if not led_rooms(request.user, [case.room_id]):
        operations.pass_on(request=asked, case=case, by=request.user)
        messages.success(request, f"Het verzoek is doorgegeven aan de regisseur {case.get_level_display()}.")
        return go_to(request, "cases:access_request_list")
    if asked.is_break_glass:
        operations.approve(request=asked, case=case, answer=said["answer"], by=request.user)
        messages.success(request, "Goedgekeurd. De vrager kan het dossier nu kort openen.")
    else:
        operations.grant(
            request=asked,
            case=case,
            ground=Ground(said["ground"]),
            until=said["until"],
            answer=said["answer"],
            by=request.user,
        )
        messages.success(request, "De toegang is gegeven.")
    return go_to(request, "cases:access_request_detail", asked.uuid)


@require_POST
def access_request_refuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    asked = _find(request, uuid)
    check_may_answer(request.user, asked)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _show(request, asked, status=400, refuse_form=form)
    operations.refuse(request=asked, answer=form.cleaned_data["answer"], by=request.user)
    messages.success(request, "Uw antwoord is verstuurd.")
    return go_to(request, "cases:access_request_detail", asked.uuid)


# --- break-glass --------------------------------------------------------------------------------
def glass_of(request: HttpRequest) -> dict[str, Any] | None:
    """The break-glass that is open in this session: until when, which case, under which request."""
    session = getattr(request, "session", None)
    said: dict[str, Any] | None = session.get(BREAK_GLASS) if session else None
    if not said or datetime.fromisoformat(said["until"]) <= timezone.now():
        return None
    return said


@require_POST
@fresh_login_required
def access_request_open(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Break the glass: one case, read only, for a short while, with everybody who must know told."""
    asked = _find(request, uuid)
    check_may_break_glass(request.user, overdue=operations.overdue_of(by=request.user))
    until = operations.open_now(request=asked, by=request.user)
    if until is None:
        messages.warning(request, "Er is geen dossier gevonden dat u zo kunt openen. Bel de regisseur.")
        return go_to(request, "cases:access_request_detail", asked.uuid)
    case = Case.objects.visible_to(request.user).get(pk=_find(request, uuid).case_id)
    request.session[BREAK_GLASS] = {"until": until.isoformat(), "case": case.pk, "request": asked.pk}
    return go_to(request, "cases:case_detail", case.uuid)


@require_POST
def access_request_review(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a second person says of it."""
    asked = _find(request, uuid)
    check_may_review(request.user, asked)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _show(request, asked, status=400, review_form=form)
    operations.review(request=asked, by=request.user, **form.cleaned_data)
    messages.success(request, "Uw oordeel is vastgelegd.")
    return go_to(request, "cases:access_request_detail", asked.uuid)
