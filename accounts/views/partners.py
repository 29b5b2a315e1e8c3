"""The beheerder looks after organisations."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import operations
from accounts.forms.partners import NewPartnerForm, PartnerForm
from accounts.models import Partner
from accounts.permissions import check_can_close_partner, check_may_admin
from accounts.rules import check_can_close
from foundation.errors import Refused
from foundation.http import go_to, sent


@require_GET
def partner_list(request: HttpRequest) -> HttpResponse:
    """All organisations, those that stopped as well."""
    check_may_admin(request.user)
    can_log_in = Count("users", filter=Q(users__is_active=True))
    partners = Partner.objects.select_related("municipality").annotate(user_count=can_log_in)
    return render(request, "accounts/partner_list.html", {"partners": partners.order_by("closed_at", "name")})


@require_http_methods(["GET", "POST"])
def partner_add(request: HttpRequest) -> HttpResponse:
    check_may_admin(request.user)
    form = NewPartnerForm(sent(request))
    if form.is_valid():
        operations.partners.add(by=request.user, **form.cleaned_data)
        messages.success(request, "De organisatie is toegevoegd.")
        return go_to(request, "accounts:partner_list")
    return render(request, "accounts/partner_add.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def partner_change(request: HttpRequest, uuid: str) -> HttpResponse:
    check_may_admin(request.user)
    partner = get_object_or_404(Partner, uuid=uuid)
    initial = {
        name: getattr(partner, name) for name in ("name", "short_name", "kind", "brings", "municipality")
    }
    form = PartnerForm(sent(request), initial=initial, partner=partner)
    if form.is_valid():
        operations.partners.change(partner=partner, by=request.user, **form.cleaned_data)
        messages.success(request, "De organisatie is gewijzigd.")
        return go_to(request, "accounts:partner_list")
    context = {
        "form": form,
        "partner": partner,
        "users_url": f"{reverse('accounts:user_list')}?organisatie={partner.uuid}",
        "why_not_close": _why_not_close(partner),
    }
    return render(request, "accounts/partner_change.html", context, status=400 if form.is_bound else 200)


def _why_not_close(partner: Partner) -> str:
    try:
        check_can_close(partner)
    except Refused as refusal:
        return refusal.reason
    return ""


@require_POST
def partner_close(request: HttpRequest, uuid: str) -> HttpResponse:
    check_may_admin(request.user)
    partner = get_object_or_404(Partner, uuid=uuid)
    check_can_close_partner(request.user, partner)
    operations.partners.close(partner=partner, by=request.user)
    messages.success(request, "De organisatie is gestopt.")
    return go_to(request, "accounts:partner_list")


@require_POST
def partner_reopen(request: HttpRequest, uuid: str) -> HttpResponse:
    check_may_admin(request.user)
    partner = get_object_or_404(Partner, uuid=uuid)
    operations.partners.reopen(partner=partner, by=request.user)
    messages.success(request, "De organisatie doet weer mee.")
    return go_to(request, "accounts:partner_change", partner.uuid)
