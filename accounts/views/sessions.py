"""Logging in and out. What makes a login is allauth's; the pages, the log and the words are ours."""

import json

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import session_time
from accounts.events import AccountEvent
from accounts.forms.second_factors import CodeForm
from accounts.forms.sessions import LoginForm
from accounts.models import IdentityProvider, User
from accounts.second_factor import Way, note
from accounts.stages import CodeStage
from audit.log import record
from audit.models import Outcome
from foundation.http import go_to, sent

WAIT = 429


@sensitive_post_parameters("password")
@login_not_required
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponseBase:
    """Unknown name, wrong password, disabled user: one and the same answer."""
    form = LoginForm(request, sent(request))
    if form.is_valid():
        return _let_in(request, form.get_user())
    if form.has_error("__all__", "invalid_login"):
        # Who it was is not known and what was typed may be a password: neither is written down.
        record(AccountEvent.LOGIN_FAILED, by=None, outcome=Outcome.FAILED)
    return _show_login(request, form, is_logged_out="uitgelogd" in request.GET)


def _show_login(request: HttpRequest, form: LoginForm, **more: object) -> HttpResponse:
    status = 200
    if form.is_bound or more.get("problem"):
        status = WAIT if form.has_error("__all__", "wait") else 400
    context = {
        "form": form,
        "next": wanted_page(request),
        "partner_logins": IdentityProvider.objects.open(),
        **more,
    }
    return render(request, "accounts/login.html", context, status=status)


@transaction.atomic
def _let_in(request: HttpRequest, user: User) -> HttpResponseBase:
    """The first step is done. Who set up a second one takes it now; otherwise the session begins."""
    if request.user.is_authenticated:
        end_session(request)  # somebody else, or oneself again: never on top of an older session
    note(request, user, Way.PASSWORD)
    return perform_login(request, Login(user=user, redirect_url=_first_page(request, user)))


def _first_page(request: HttpRequest, user: User) -> str:
    if user.is_password_temporary:
        return reverse("accounts:password_change")
    return wanted_page(request) or reverse(settings.LOGIN_REDIRECT_URL)


def wanted_page(request: HttpRequest) -> str:
    """The page somebody came from, when it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else ""


@require_http_methods(["GET", "POST"])
@login_stage_required(stage=CodeStage.key, redirect_urlname="accounts:login")
def login_code(request: HttpRequest) -> HttpResponseBase:
    """The second step: a code of the app, a recovery code, or a passkey."""
    stage = request._login_stage
    user = stage.login.user
    by_passkey = "credential" in request.POST
    code = CodeForm(user=user, data=None if by_passkey else sent(request))
    passkey = AuthenticateWebAuthnForm(user=user, data=request.POST if by_passkey else None)
    form = passkey if by_passkey else code
    if form.is_valid():
        form.save()
        return stage.exit()
    if form.is_bound and not form.has_error("code", "required"):
        record(AccountEvent.CODE_FAILED, by=user, outcome=Outcome.FAILED)
    context = {
        "form": code,
        "is_wrong_passkey": by_passkey,
        "passkey_options": json.dumps(passkeys.begin_authentication(user)) if has_passkey(user) else None,
    }
    return render(request, "accounts/login_code.html", context, status=400 if form.is_bound else 200)


def has_passkey(user: User) -> bool:
    return bool(passkeys.get_credentials(user))


@login_not_required
@require_http_methods(["GET", "POST"])
def login_passkey(request: HttpRequest) -> HttpResponseBase:
    """With a passkey alone: it is something one has, and it asked for a finger, a face or a PIN."""
    if request.method == "GET":
        return JsonResponse({"options": passkeys.begin_authentication(None)})
    form = LoginWebAuthnForm(request.POST)
    if form.is_valid() and form.cleaned_data["credential"].user.is_active:
        return _let_in_by_passkey(request, form)
    record(AccountEvent.LOGIN_FAILED, by=None, outcome=Outcome.FAILED, way=Way.PASSKEY.value)
    return _show_login(request, LoginForm(request), problem="passkey")


@transaction.atomic
def _let_in_by_passkey(request: HttpRequest, form: LoginWebAuthnForm) -> HttpResponseBase:
    if request.user.is_authenticated:
        end_session(request)
    passkey = form.cleaned_data["credential"]
    login = Login(user=passkey.user, redirect_url=_first_page(request, passkey.user))
    return perform_passwordless_login(request, passkey, login)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session and let the browser forget what it kept of us."""
    record(AccountEvent.LOGGED_OUT, by=request.user)
    end_session(request)
    response = go_to(request, "/inloggen/?uitgelogd")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


# --- the clock of a session -------------------------------------------------------------------------
@login_not_required
@require_GET
def session_left(request: HttpRequest) -> HttpResponse:
    """How long this session still lasts. A page asks it on its own, so asking keeps nobody there."""
    return JsonResponse({"seconds": session_time.seconds_left(request)})


@require_POST
def session_renew(request: HttpRequest) -> HttpResponse:
    """Somebody pressed "Blijf ingelogd"."""
    session_time.renew(request)
    return JsonResponse({"seconds": session_time.seconds_left(request)})


@require_GET
def login_done(request: HttpRequest) -> HttpResponse:
    """Where logging in again on top of a page ends: who it is, and the token for the forms of that page."""
    return render(request, "accounts/login_done.html")
