"""Pages about what is secret: noting it, opening it for a reason, looking at who did."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.fresh import fresh_login_required
from audit.log import record
from cases.events import CaseEvent
from cases.forms.access_requests import AddressForm, ReporterForm, RevealForm
from cases.models import Reporter, Reveal, SecretAddress
from cases.operations import secrets as operations
from cases.permissions.secrets import check_is_cleared, check_may_note_address
from cases.views.cases import find
from cases.views.signals import find_own
from foundation.http import go_to, sent


@sensitive_post_parameters("address")
@require_http_methods(["GET", "POST"])
@fresh_login_required
def address_note(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep an address that must not get known. What is there already is not shown here."""
    case = find(request, uuid)
    check_may_note_address(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    form = AddressForm(sent(request))
    if form.is_valid():
        operations.note_address(case=case, address=form.cleaned_data["address"], by=request.user)
        messages.success(request, "Het geheime adres is verzegeld bewaard.")
        return go_to(request, "cases:case_detail", case.uuid)
    context = {"form": form, "case": case}
    return render(request, "cases/address_note.html", context, status=400 if form.is_bound else 200)


@sensitive_post_parameters("name")
@require_http_methods(["GET", "POST"])
def reporter_note(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep who told it in confidence, apart from the signal."""
    signal = find_own(request, uuid)
    record(CaseEvent.SIGNAL_VIEWED, by=request.user, about=signal)
    form = ReporterForm(sent(request))
    if form.is_valid():
        operations.note_reporter(signal=signal, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, "De bron is verzegeld bewaard.")
        return go_to(request, "cases:signal_detail", signal.uuid)
    noted = Reporter.objects.visible_to(request.user).filter(signal=signal).first()
    context = {"form": form, "signal": signal, "noted": noted}
    return render(request, "cases/reporter_note.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@fresh_login_required
def address_reveal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """First why, then the address, for half a minute."""
    return _reveal(request, SecretAddress, uuid, "Geheim adres")


@require_http_methods(["GET", "POST"])
@fresh_login_required
def reporter_reveal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """First why, then who it was, for half a minute."""
    return _reveal(request, Reporter, uuid, "Vertrouwelijke bron")


def _reveal(request: HttpRequest, model: Any, uuid: UUID, title: str) -> HttpResponse:
    secret = get_object_or_404(model.objects.visible_to(request.user), uuid=uuid)
    form = RevealForm(sent(request))
    context: dict[str, Any] = {"title": title, "form": form, "text": ""}
    if form.is_valid():
        context["text"] = operations.show(secret=secret, reason=form.cleaned_data["reason"], by=request.user)
        return render(request, "cases/secret_reveal.html", context)
    if not (model is Reporter and secret.noted_by_id == request.user.pk):
        check_is_cleared(request.user)
    record(CaseEvent.SECRET_ASKED, by=request.user, about=secret)
    return render(request, "cases/secret_reveal.html", context, status=400 if form.is_bound else 200)


@require_GET
def reveal_list(request: HttpRequest) -> HttpResponse:
    """Who opened what is secret, when and why; a colleague looks at each."""
    check_is_cleared(request.user)
    reveals = list(
        Reveal.objects.visible_to(request.user).select_related("shown_by__partner", "seen_by")[:100]
    )
    record(CaseEvent.REVEALS_LISTED, by=request.user, about=reveals)
    rows = [(one, one.seen_at is None and one.shown_by_id != request.user.pk) for one in reveals]
    return render(request, "cases/reveal_list.html", {"rows": rows})


@require_POST
def reveal_see(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_is_cleared(request.user)
    reveal = get_object_or_404(Reveal.objects.visible_to(request.user), uuid=uuid)
    operations.see_reveal(reveal=reveal, by=request.user)
    messages.success(request, "Nagekeken.")
    return go_to(request, "cases:reveal_list")
