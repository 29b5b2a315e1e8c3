"""The register of decisions to provide police data: the beheerder keeps it, everybody at work can look it up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.forms import PoliceDecisionForm
from access.models import PoliceDecision
from access.operations import police_decisions
from accounts.fresh import fresh_login_required
from accounts.permissions import check_may_admin
from foundation.errors import NotPossible, allows
from foundation.http import go_to, sent


@require_GET
def police_decision_list(request: HttpRequest) -> HttpResponse:
    """Which police data may go to whom, now and earlier. There is no person in it: everybody may know."""
    today = timezone.localdate()
    valid = set(PoliceDecision.objects.valid_on(today).values_list("pk", flat=True))
    decisions = PoliceDecision.objects.prefetch_related("recipients")
    context = {
        "decisions": [(decision, decision.pk in valid) for decision in decisions],
        "has_valid": bool(valid),
        "may_change": allows(check_may_admin, request.user),
    }
    return render(request, "access/police_decision_list.html", context)


@require_http_methods(["GET", "POST"])
@fresh_login_required
def police_decision_add(request: HttpRequest) -> HttpResponse:
    check_may_admin(request.user)
    form = PoliceDecisionForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            police_decisions.add(by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Het besluit is vastgelegd.")
            return go_to(request, "access:police_decision_list")
    return render(request, "access/police_decision_add.html", {"form": form}, status=status)


@require_POST
@fresh_login_required
def police_decision_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    police_decisions.end(decision=get_object_or_404(PoliceDecision, uuid=uuid), by=request.user)
    messages.success(request, "Het besluit is ingetrokken. Dit geldt meteen.")
    return go_to(request, "access:police_decision_list")
