"""The beheerder says where the people of an organisation log in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import operations
from accounts.forms.providers import NewProviderForm, ProviderForm
from accounts.fresh import fresh_login_required
from accounts.models import IdentityProvider
from accounts.partner_login import back_address, logout_address
from accounts.permissions import check_may_admin
from foundation.http import go_to, sent


@require_GET
def provider_list(request: HttpRequest) -> HttpResponse:
    check_may_admin(request.user)
    return render(request, "accounts/provider_list.html", {"providers": IdentityProvider.objects.open()})


@require_http_methods(["GET", "POST"])
@fresh_login_required
def provider_add(request: HttpRequest) -> HttpResponse:
    check_may_admin(request.user)
    form = NewProviderForm(sent(request))
    if form.is_valid():
        provider = operations.providers.add(by=request.user, **form.cleaned_data)
        messages.success(request, "De inlogdienst is toegevoegd. Geef de twee adressen door.")
        return go_to(request, "accounts:provider_change", provider.uuid)
    return render(request, "accounts/provider_add.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@fresh_login_required
def provider_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    provider = get_object_or_404(IdentityProvider.objects.open(), uuid=uuid)
    names = ("client_id", "secret_variable", "amr_values", "acr_values")
    form = ProviderForm(sent(request), initial={name: getattr(provider, name) for name in names})
    if form.is_valid():
        operations.providers.change(provider=provider, by=request.user, **form.cleaned_data)
        messages.success(request, "De inlogdienst is gewijzigd.")
        return go_to(request, "accounts:provider_list")
    facts = [
        ("Adres van de inlogdienst", provider.issuer),
        ("Terugkeeradres", back_address(provider.uuid)),
        ("Adres voor uitloggen (back-channel logout)", logout_address(provider.uuid)),
    ]
    context = {"form": form, "provider": provider, "facts": facts}
    return render(request, "accounts/provider_change.html", context, status=400 if form.is_bound else 200)


@require_POST
@fresh_login_required
def provider_close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    provider = get_object_or_404(IdentityProvider.objects.open(), uuid=uuid)
    operations.providers.close(provider=provider, by=request.user)
    messages.success(request, "Inloggen via deze organisatie is gestopt. Wie zo was ingelogd, is uitgelogd.")
    return go_to(request, "accounts:provider_list")
