"""The page behind the link of the first beheerder: choosing a password, once."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.forms.sessions import FirstPasswordForm
from accounts.models import User
from accounts.operations import first_link
from foundation.http import go_to, sent


@sensitive_post_parameters()
@login_not_required
@require_http_methods(["GET", "POST"])
def first_password(request: HttpRequest, uuid: UUID, seal: str) -> HttpResponse:
    """Unknown, used, older than a day, of somebody else: one and the same answer."""
    user = User.objects.filter(uuid=uuid).first()
    if user is None or not first_link.is_open(user=user, seal=seal, by=user):
        raise Http404
    form = FirstPasswordForm(user, sent(request))
    if form.is_valid():
        first_link.choose_first_password(
            user=user, seal=seal, password=form.cleaned_data["new_password1"], by=user
        )
        messages.success(request, "Uw wachtwoord is opgeslagen. U kunt nu inloggen.")
        return go_to(request, "accounts:login")
    context = {"form": form, "username": user.username}
    return render(request, "accounts/first_password.html", context, status=400 if form.is_bound else 200)
