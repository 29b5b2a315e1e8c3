"""What is to be destroyed: the list, one of them, and what two people say of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.fresh import fresh_login_required
from accounts.roles import Permission
from audit.log import record
from cases.models import Case, Group, Signal
from foundation.errors import NotPossible, allows
from foundation.http import go_to, sent
from foundation.paging import page_of
from retention import operations
from retention.events import RetentionEvent
from retention.forms.proposals import RefuseForm
from retention.models import Kind, Proposal
from retention.permissions import check_can_approve, check_may_list, may_refuse, side_of

ALL_OF_YOUTH = "alles van de jongere: het is het laatste dossier"
GOES = {
    Kind.CASE: "wat bij dit dossier hoort",
    Kind.SIGNAL: "het signaal; een nummer blijft",
    Kind.GROUP: "de groep, met plekken, plan, stappen en wat in overleg is besproken",
}


@require_GET
def proposal_list(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; or, with `?geweest`, what was done, held back or lapsed."""
    check_may_list(request.user)
    shows_past = "geweest" in request.GET
    proposals = Proposal.objects.visible_to(request.user).select_related("municipality", "refused_by")
    proposals = proposals.prefetch_related("approvals")
    if shows_past:
        page = page_of(proposals.exclude(pk__in=proposals.open()), request.GET, order=("-id",))
    else:
        page = page_of(proposals.open(), request.GET, order=("due_on", "id"))
    lines = [(proposal, _state(proposal)) for proposal in page.rows]
    record(RetentionEvent.PROPOSALS_LISTED, by=request.user, about=page.rows)
    context = {"lines": lines, "page": page, "shows_past": shows_past}
    return render(request, "retention/proposal_list.html", context)


def _state(proposal: Proposal) -> tuple[str, str]:
    """Where it stands, in words and as a kind of badge."""
    if proposal.destroyed_at:
        return "vernietigd", "neutral"
    if proposal.refused_at:
        return "tegengehouden", "warning"
    if proposal.lapsed_at:
        return "vervallen", "neutral"
    sides = {approval.side for approval in proposal.approvals.all()}
    if len(sides) == 2:
        return "wordt vernietigd", "positive"
    return ("een keer goedgekeurd" if sides else "wacht op goedkeuring"), "info"


@require_http_methods(["GET", "POST"])
def proposal_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One proposal with its clock; holding it back says why and until when."""
    proposal = _proposal(request, uuid)
    form = RefuseForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.proposals.refuse(proposal=proposal, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Het blijft bewaard. Op de gekozen dag staat het weer op de lijst.")
            return go_to(request, "retention:proposal_list")
    approvals = list(proposal.approvals.select_related("person"))
    context = {
        "proposal": proposal,
        "facts": _facts(proposal),
        "approvals": approvals,
        "state": _state(proposal),
        "form": form,
        "may_approve": allows(check_can_approve, request.user, proposal, approvals),
        "may_refuse": may_refuse(request.user, proposal),
        "side": side_of(request.user, proposal),
        "subject_url": _subject_url(proposal, request),
        "certificate": getattr(proposal, "certificate", None),
    }
    record(RetentionEvent.PROPOSAL_VIEWED, by=request.user, about=proposal)
    return render(request, "retention/proposal_detail.html", context, status=status)


def _proposal(request: HttpRequest, uuid: UUID) -> Proposal:
    check_may_list(request.user)
    proposals = Proposal.objects.visible_to(request.user)
    found: Proposal = get_object_or_404(
        proposals.select_related("municipality", "refused_by", "certificate").defer("certificate__content"),
        uuid=uuid,
    )
    return found


def _subject_url(proposal: Proposal, request: HttpRequest) -> str:
    """To what it is about, for who reads it: the privacy officer decides by number."""
    if proposal.kind == Kind.CASE:
        case = Case.objects.visible_to(request.user).filter(pk=proposal.object_number).first()
        return reverse("cases:case_detail", args=[case.uuid]) if case else ""
    if proposal.kind == Kind.GROUP:
        group = Group.objects.visible_to(request.user).filter(pk=proposal.object_number).first()
        return reverse("cases:group_detail", args=[group.uuid]) if group else ""
    signal = Signal.objects.visible_to(request.user).filter(pk=proposal.object_number).first()
    may_open = signal and request.user.may(Permission.SIGNAL_TRIAGE)
    return reverse("cases:triage_detail", args=[signal.uuid]) if may_open else ""


def _facts(proposal: Proposal) -> list[tuple[str, Any]]:
    return [
        ("Wat er verdwijnt", ALL_OF_YOUTH if proposal.takes_youth else GOES[Kind(proposal.kind)]),
        ("Niveau", proposal.get_level_display()),
        ("Gemeente", proposal.municipality or "geen"),
        ("Termijn", f"{proposal.get_code_display()}: {proposal.months} maanden"),
        ("Geteld vanaf", proposal.counted_from_on),
        ("Voorbij op", proposal.due_on),
        ("Grond", proposal.ground),
    ]


@require_POST
@fresh_login_required
def proposal_approve(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Yes, in the own name. With the second yes it happens."""
    proposal = _proposal(request, uuid)
    job = operations.proposals.approve(proposal=proposal, by=request.user)
    done = "Goedgekeurd. Het wordt nu vernietigd; daarna komt hier het certificaat."
    waits = "Goedgekeurd. Het wacht nu op de ander."
    messages.success(request, done if job else waits)
    return go_to(request, "retention:proposal_detail", proposal.uuid)
