"""What one has to log in with, and where one is logged in: each user's own page."""

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import operations
from accounts.browsers import browser_name
from accounts.events import AccountEvent
from accounts.forms.second_factors import AppForm, PasskeyForm
from accounts.forms.sessions import PasswordForm
from accounts.fresh import fresh_login_required
from accounts.second_factor import Way, has_means, note
from audit.log import record
from foundation.errors import NotPossible
from foundation.http import go_to, sent

LARGEST_ID = 2**63


@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """Password, passkeys, app, recovery codes; and the way to set up what is asked."""
    mine = Authenticator.objects.filter(user=request.user).order_by("pk")
    by_type = {kind: [a for a in mine if a.type == kind] for kind in Authenticator.Type}
    codes = by_type[Authenticator.Type.RECOVERY_CODES]
    context = {
        "is_needed": settings.MFA_REQUIRED and not has_means(request.user),
        "may_add_codes": bool(by_type[Authenticator.Type.TOTP] or by_type[Authenticator.Type.WEBAUTHN]),
        "passkeys": [(a, a.wrap().name) for a in by_type[Authenticator.Type.WEBAUTHN]],
        "apps": by_type[Authenticator.Type.TOTP],
        "has_password": request.user.has_usable_password(),
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else 0,
    }
    return render(request, "accounts/security.html", context)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@fresh_login_required
def app_add(request: HttpRequest) -> HttpResponse:
    """Scan, type the first code, done. The secret waits in the session until the code is right."""
    form = AppForm(user=request.user, data=sent(request))
    if form.is_valid():
        try:
            operations.second_factors.add_app(
                secret=form.secret, code=form.cleaned_data["code"], by=request.user
            )
        except NotPossible as refusal:
            form.add_error("code", refusal.reason)
        else:
            clear_totp_secret(request)
            return _second_factor_added(request, Way.APP)
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, form.secret))
    context = {
        "form": form,
        "secret": " ".join(form.secret[i : i + 4] for i in range(0, len(form.secret), 4)),
        # Within the page: the policy of content refuses data: addresses.
        "picture": SafeString(picture.partition("?>")[2]),
    }
    return render(request, "accounts/app_add.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@fresh_login_required
def passkey_add(request: HttpRequest) -> HttpResponse:
    """The browser makes a key and keeps its secret half; we get the other half."""
    form = PasskeyForm(user=request.user, data=sent(request))
    if form.is_valid():
        name, credential = form.cleaned_data["name"], form.cleaned_data["credential"]
        operations.second_factors.add_passkey(name=name, credential=credential, by=request.user)
        return _second_factor_added(request, Way.PASSKEY)
    # A passkey must be able to say by itself whose it is: then it logs in without a name or a password.
    options = json.dumps(passkeys.begin_registration(request.user, passwordless=True))
    context = {"form": form, "passkey_options": options}
    return render(request, "accounts/passkey_add.html", context, status=400 if form.is_bound else 200)


def _second_factor_added(request: HttpRequest, way: Way) -> HttpResponse:
    """It was shown just now, so it counts for this session; the others have ended."""
    note(request, request.user, way)
    _keep_session(request)
    what = "De passkey is toegevoegd." if way == Way.PASSKEY else "De app is toegevoegd."
    messages.success(request, f"{what} Op andere apparaten bent u nu uitgelogd. Bewaar ook uw herstelcodes.")
    return go_to(request, "accounts:recovery_codes")


@require_POST
@fresh_login_required
def second_factor_remove(request: HttpRequest) -> HttpResponse:
    mine = Authenticator.objects.filter(user=request.user)
    number = request.POST.get("number", "")
    wanted = int(number) if number.isdecimal() and int(number) < LARGEST_ID else 0
    authenticator = get_object_or_404(mine, pk=wanted)
    operations.second_factors.remove(authenticator=authenticator, by=request.user)
    _keep_session(request)
    messages.success(request, "Verwijderd. Op andere apparaten bent u nu uitgelogd.")
    return go_to(request, "accounts:security")


@require_http_methods(["GET", "POST"])
@fresh_login_required
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes that are left, or ten new ones."""
    if request.method == "POST":
        codes = operations.second_factors.make_recovery_codes(by=request.user)
        _keep_session(request)
        return render(request, "accounts/recovery_codes.html", {"codes": codes, "is_new": True})
    found = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    if found:
        record(AccountEvent.RECOVERY_CODES_SHOWN, by=request.user)
    context: dict[str, Any] = {"codes": found.wrap().get_unused_codes() if found else [], "has_codes": found}
    context["may_make"] = has_means(request.user)
    return render(request, "accounts/recovery_codes.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    """A password of one's own. Sessions that began with the old one end."""
    user = request.user
    form = PasswordForm(request, sent(request))
    if form.is_valid():
        operations.passwords.change(user=user, password=form.cleaned_data["new_password1"], by=user)
        _keep_session(request)
        messages.success(request, "Uw wachtwoord is gewijzigd. Op andere apparaten bent u nu uitgelogd.")
        return go_to(request, settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "is_temporary": user.is_password_temporary}
    return render(request, "accounts/password_change.html", context, status=400 if form.is_bound else 200)


def _keep_session(request: HttpRequest) -> None:
    """All sessions ended, this one goes on: with a new key."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    update_session_auth_hash(request, request.user)
    UserSession.objects.create_from_request(request)


# --- where one is logged in ---------------------------------------------------------------------------
@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    found = UserSession.objects.purge_and_list(request.user)
    rows = [(session, browser_name(session.user_agent), session.is_current()) for session in found]
    rows.sort(key=lambda row: (not row[2], -row[0].last_seen_at.timestamp()))
    return render(request, "accounts/session_list.html", {"rows": rows})


@require_POST
def session_end(request: HttpRequest) -> HttpResponse:
    """One other browser, or everywhere; everywhere is here too."""
    if request.POST.get("number") == "all":
        operations.sessions.end_all(user=request.user, by=request.user, reason="by_user")
        UserSession.objects.filter(user=request.user).delete()
        end_session(request)
        return go_to(request, "/inloggen/?uitgelogd")
    number = request.POST.get("number", "")
    wanted = int(number) if number.isdecimal() and int(number) < LARGEST_ID else 0
    session = get_object_or_404(UserSession.objects.filter(user=request.user), pk=wanted)
    is_this_one = session.is_current()
    operations.sessions.end_one(session=session, by=request.user)
    if is_this_one:
        end_session(request)
        return go_to(request, "/inloggen/?uitgelogd")
    messages.success(request, "De sessie is beëindigd. Die browser is uitgelogd.")
    return go_to(request, "accounts:session_list")
