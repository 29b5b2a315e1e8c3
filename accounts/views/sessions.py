"""Logging in, logging out, choosing a password. Django's own authentication; other ways to log in come here."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import operations
from accounts.events import AccountEvent
from accounts.forms.sessions import LoginForm, PasswordForm
from audit.log import record
from audit.models import Outcome
from foundation.http import go_to, sent


@sensitive_post_parameters("password")
@login_not_required
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponseBase:
    """Unknown name, wrong password, disabled user: one and the same answer."""
    form = LoginForm(request, sent(request))
    if form.is_valid():
        return _let_in(request, form)
    if form.has_error("__all__"):
        # Who it was is not known and what was typed may be a password: neither is written down.
        record(AccountEvent.LOGIN_FAILED, by=None, outcome=Outcome.FAILED)
    context = {"form": form, "next": _wanted_page(request), "is_logged_out": "uitgelogd" in request.GET}
    return render(request, "accounts/login.html", context, status=400 if form.is_bound else 200)


@transaction.atomic
def _let_in(request: HttpRequest, form: LoginForm) -> HttpResponseBase:
    user = form.get_user()
    begin_session(request, user)  # gives the session a new key
    record(AccountEvent.LOGGED_IN, by=user)
    if user.is_password_temporary:
        return redirect("accounts:password_change")
    return redirect(_wanted_page(request) or settings.LOGIN_REDIRECT_URL)


def _wanted_page(request: HttpRequest) -> str:
    """The page somebody came from, when it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else ""


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session and let the browser forget what it kept of us."""
    record(AccountEvent.LOGGED_OUT, by=request.user)
    end_session(request)
    response = go_to(request, "/inloggen/?uitgelogd")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponseBase:
    """A password of one's own. Sessions that began with the old one end."""
    user = request.user
    form = PasswordForm(user, sent(request))
    if form.is_valid():
        operations.passwords.change(user=user, password=form.cleaned_data["new_password1"], by=user)
        update_session_auth_hash(request, user)
        messages.success(request, "Uw wachtwoord is gewijzigd. Op andere apparaten bent u nu uitgelogd.")
        return go_to(request, settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "is_temporary": user.is_password_temporary}
    return render(request, "accounts/password_change.html", context, status=400 if form.is_bound else 200)
