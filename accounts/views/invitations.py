"""Coming in for the first time by the link of an invitation; and the beheerder who sends one."""

from uuid import UUID

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import operations
from accounts.forms.sessions import FirstPasswordForm
from accounts.fresh import fresh_login_required
from accounts.invitations import invitation_of
from accounts.models import IdentityProvider, Invitation
from accounts.partner_login import INVITED
from accounts.permissions import check_may_admin
from accounts.robots import people
from accounts.second_factor import Way, note
from foundation.http import go_to, sent


@sensitive_post_parameters()
@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, uuid: UUID, seal: str) -> HttpResponseBase:
    """Looking uses nothing up (mail programs open links by themselves); choosing a password does."""
    found = invitation_of(uuid, seal)
    if found is None:
        return render(request, "accounts/invitation_over.html", status=404)
    provider = IdentityProvider.objects.open().filter(partner=found.user.partner).first()
    if provider and "organisatie" in request.GET:
        request.session[INVITED] = found.pk
        return redirect("accounts:partner_login", provider.uuid)
    form = FirstPasswordForm(found.user, sent(request))
    if form.is_valid():
        return _begin(request, found, form.cleaned_data["new_password1"])
    context = {"form": form, "person": found.user, "provider": provider}
    return render(request, "accounts/invitation.html", context, status=400 if form.is_bound else 200)


@transaction.atomic
def _begin(request: HttpRequest, found: Invitation, password: str) -> HttpResponseBase:
    """The password is chosen, so the first step is done. A second factor that was set up is still asked."""
    if request.user.is_authenticated:
        end_session(request)
    operations.invitations.use(invitation=found, password=password, by=found.user)
    user = people().get(pk=found.user_id)
    note(request, user, Way.PASSWORD)
    return perform_login(request, Login(user=user, redirect_url=reverse(settings.LOGIN_REDIRECT_URL)))


@require_POST
@fresh_login_required
def user_invite(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    person = get_object_or_404(people(), uuid=uuid)
    operations.invitations.invite(user=person, by=request.user)
    messages.success(request, "De uitnodiging gaat binnen een minuut per mail weg.")
    return go_to(request, "accounts:user_detail", person.uuid)


@require_POST
@fresh_login_required
def user_second_factors(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Somebody lost phone, passkey and codes. The beheerder first makes sure who asks."""
    check_may_admin(request.user)
    person = get_object_or_404(people(), uuid=uuid)
    operations.second_factors.reset(user=person, by=request.user)
    messages.success(
        request, "De tweede stap is weggehaald. Bij het inloggen stelt deze gebruiker een nieuwe in."
    )
    return go_to(request, "accounts:user_detail", person.uuid)


@require_POST
@fresh_login_required
def user_unlink(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    person = get_object_or_404(people(), uuid=uuid)
    operations.invitations.unlink(user=person, by=request.user)
    messages.success(request, "De login van de eigen organisatie is losgekoppeld.")
    return go_to(request, "accounts:user_detail", person.uuid)
