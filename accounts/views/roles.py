"""The beheerder gives and ends roles."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import operations
from accounts.forms.roles import ClearanceForm, RoleForm
from accounts.fresh import fresh_login_required
from accounts.models import Clearance, RoleAssignment
from accounts.permissions import check_can_assign, check_may_admin, check_may_look_after
from accounts.robots import people
from foundation.errors import NotPossible
from foundation.http import go_to, sent


@require_http_methods(["GET", "POST"])
@fresh_login_required
def role_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    person = get_object_or_404(people().select_related("partner"), uuid=uuid)
    check_may_look_after(request.user, person)
    form = RoleForm(sent(request))
    if form.is_valid():
        data = form.cleaned_data
        chosen = {name: data[name] for name in ("key", "role", "level", "municipality")}
        try:
            check_can_assign(request.user, person, data["role"])
            operations.roles.assign(user=person, until=form.until, by=request.user, **chosen)
        except NotPossible as refusal:
            form.add_error("role", refusal.reason)  # what was chosen stays on the screen
        else:
            messages.success(request, "De rol is gegeven en geldt meteen.")
            return go_to(request, "accounts:user_detail", person.uuid)
    context = {"form": form, "person": person}
    return render(request, "accounts/role_add.html", context, status=400 if form.is_bound else 200)


@require_POST
@fresh_login_required
def role_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    assignment = get_object_or_404(RoleAssignment.objects.select_related("user"), uuid=uuid)
    operations.roles.end(assignment=assignment, by=request.user)
    messages.success(request, "De rol is beëindigd. Dit geldt meteen.")
    return go_to(request, "accounts:user_detail", assignment.user.uuid)


@require_http_methods(["GET", "POST"])
@fresh_login_required
def clearance_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let somebody read a stricter class of data, as far as their role reaches."""
    check_may_admin(request.user)
    person = get_object_or_404(people().select_related("partner"), uuid=uuid)
    check_may_look_after(request.user, person)
    form = ClearanceForm(sent(request))
    if form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("key", "data_class", "reason")}
        try:
            operations.clearances.give(user=person, until=form.until, by=request.user, **chosen)
        except NotPossible as refusal:
            form.add_error("data_class", refusal.reason)
        else:
            messages.success(request, "De bevoegdheid is gegeven en geldt meteen.")
            return go_to(request, "accounts:user_detail", person.uuid)
    context = {"form": form, "person": person}
    return render(request, "accounts/clearance_add.html", context, status=400 if form.is_bound else 200)


@require_POST
@fresh_login_required
def clearance_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    clearance = get_object_or_404(Clearance.objects.select_related("user"), uuid=uuid)
    operations.clearances.end(clearance=clearance, by=request.user)
    messages.success(request, "De bevoegdheid is beëindigd. Dit geldt meteen.")
    return go_to(request, "accounts:user_detail", clearance.user.uuid)
