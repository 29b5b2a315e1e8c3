"""Proving once more who one is, before something weighty or when a second factor was not shown yet."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.events import AccountEvent
from accounts.forms.second_factors import ConfirmCodeForm
from accounts.forms.sessions import ConfirmPasswordForm
from accounts.models import IdentityProvider
from accounts.second_factor import Way, has_second_factor, note, way_of
from accounts.views.sessions import has_passkey, wanted_page
from audit.log import record
from audit.models import Outcome
from foundation.http import go_to


@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Password, code or passkey; then back to the page that was wanted. Nothing that was sent there is kept."""
    user, wanted = request.user, wanted_page(request)
    needs_second = settings.MFA_REQUIRED and not has_second_factor(request)
    forms = _ways(request, needs_second)
    chosen = forms.get(request.POST.get("way", ""))
    if chosen is not None and chosen.is_valid():
        record(AccountEvent.IDENTITY_CONFIRMED, by=user, way=_note(request, chosen).value)
        return go_to(request, wanted or settings.LOGIN_REDIRECT_URL)
    if chosen is not None and not any(chosen.has_error(f, "required") for f in chosen.fields):
        record(AccountEvent.CODE_FAILED, by=user, outcome=Outcome.FAILED)
    context = {
        "form": chosen or next(iter(forms.values()), None),
        "ways": forms,
        "next": wanted,
        "needs_second": needs_second,
        "partner_login": _partner_login(request),
        "passkey_options": json.dumps(passkeys.begin_authentication(user)) if "passkey" in forms else None,
        "is_wrong_passkey": chosen is not None and chosen is forms.get("passkey"),
    }
    return render(request, "accounts/confirm.html", context, status=400 if chosen is not None else 200)


def _ways(request: HttpRequest, needs_second: bool) -> dict[str, Form]:
    """The ways this user has; only the one that was sent is filled in."""

    def data(way: str) -> Any:
        return request.POST if request.method == "POST" and request.POST.get("way") == way else None

    user = request.user
    ways: dict[str, Form] = {}
    if has_passkey(user):
        ways["passkey"] = ReauthenticateWebAuthnForm(user=user, data=data("passkey"))
    if Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN).exists():
        ways["code"] = ConfirmCodeForm(user=user, data=data("code"))
    if user.has_usable_password() and not needs_second:
        ways["password"] = ConfirmPasswordForm(request, data("password"))
    return ways


def _partner_login(request: HttpRequest) -> IdentityProvider | None:
    """Where this user logs in at their own organisation, when they do."""
    linked = SocialAccount.objects.filter(user=request.user).values_list("provider", flat=True)
    return IdentityProvider.objects.open().filter(uuid__in=list(linked)).first()


def _note(request: HttpRequest, form: Form) -> Way:
    """Write in the session what was shown."""
    if isinstance(form, ConfirmPasswordForm):
        note(request, request.user, Way.PASSWORD)
        return Way.PASSWORD
    form.save()
    if isinstance(form, ConfirmCodeForm):
        return way_of(form.authenticator)
    return Way.PASSKEY
