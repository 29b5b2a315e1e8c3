"""The beheerder looks after users."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import operations
from accounts.forms.users import NewUserForm, PersonForm, UserFilterForm, UserSearchForm
from accounts.fresh import fresh_login_required
from accounts.models import RoleAssignment, User
from accounts.permissions import check_can_enable, check_may_admin, check_may_look_after
from accounts.robots import people
from accounts.rules import check_can_be_invited
from accounts.second_factor import has_means
from foundation.errors import allows
from foundation.http import go_to, sent
from foundation.paging import page_of

FOUND_AT_MOST = 50


@require_http_methods(["GET", "POST"])
def user_list(request: HttpRequest) -> HttpResponse:
    """All users, newest first. A search by name is sent with POST: names stay out of addresses."""
    check_may_admin(request.user)
    users = _with_roles(people())
    search = UserSearchForm(sent(request))
    context: dict[str, Any] = {"search": search, "filter": UserFilterForm(request.GET or None)}
    if search.is_valid():
        found = list(_named(users, search.cleaned_data["words"])[: FOUND_AT_MOST + 1])
        context |= {"users": found[:FOUND_AT_MOST], "is_search": True, "has_more": len(found) > FOUND_AT_MOST}
        return render(request, "accounts/user_list.html", context)
    page = page_of(_filtered(users, context["filter"]), request.GET, order=("-id",))
    context |= {"users": page.rows, "page": page, "is_search": False}
    return render(request, "accounts/user_list.html", context, status=400 if search.is_bound else 200)


def _with_roles(users: QuerySet[User]) -> QuerySet[User]:
    held = RoleAssignment.objects.held().select_related("municipality").order_by("pk")
    return users.select_related("partner").prefetch_related(Prefetch("assignments", held, "held_roles"))


def _named(users: QuerySet[User], words: str) -> QuerySet[User]:
    for word in words.split():
        users = users.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(username__icontains=word)
        )
    return users


def _filtered(users: QuerySet[User], form: UserFilterForm) -> QuerySet[User]:
    if not form.is_valid():
        return users
    if partner := form.cleaned_data["organisatie"]:
        users = users.filter(partner=partner)
    return users.filter(_in_state(form.cleaned_data["stand"]))


def _in_state(state: str) -> Q:
    held = RoleAssignment.objects.held()
    soon = RoleAssignment.objects.ending(timezone.now() + timedelta(days=30))
    active = Q(is_active=True)
    conditions = {
        "actief": active,
        "uit": Q(is_active=False),
        "zonder-rol": active & ~Q(pk__in=held.values("user")),
        "eindigt": active & Q(pk__in=soon.values("user")),
        "tijdelijk": active & Q(is_password_temporary=True),
    }
    return conditions.get(state, Q())


@require_http_methods(["GET", "POST"])
def user_add(request: HttpRequest) -> HttpResponse:
    """Adds a user, who is invited by mail. Without an address a one-time password is shown here, and kept nowhere."""
    check_may_admin(request.user)
    form = NewUserForm(sent(request), initial={"partner": request.GET.get("organisatie", "")})
    if form.is_valid():
        user, password = operations.users.add(by=request.user, **form.cleaned_data)
        if not password:
            messages.success(request, "De gebruiker is toegevoegd. De uitnodiging gaat per mail weg.")
            return go_to(request, "accounts:user_detail", user.uuid)
        return render(
            request, "accounts/user_password.html", {"person": user, "password": password, "is_new": True}
        )
    return render(request, "accounts/user_add.html", {"form": form}, status=400 if form.is_bound else 200)


@require_GET
def user_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    person = _person(uuid)
    assignments = person.assignments.select_related("municipality", "ended_by").order_by("-pk")
    held = set(person.assignments.held().values_list("pk", flat=True))
    context = {
        "person": person,
        "held": [a for a in assignments if a.pk in held],
        "over": [a for a in assignments if a.pk not in held],
        "clearances": person.clearances.held().order_by("data_class"),
        "may_change": allows(check_may_look_after, request.user, person),
        "facts": [
            ("Organisatie", person.partner.name),
            ("Gebruikersnaam", person.username),
            ("E-mailadres", person.email),
            ("Laatst ingelogd", person.last_login or "nog nooit"),
            ("Bevestigd", person.confirmed_at or "nog niet"),
        ],
        "can_invite": allows(check_can_be_invited, person),
        "has_second_factor": has_means(person),
        "is_linked": SocialAccount.objects.filter(user=person).exists(),
        "can_enable": not person.is_active and allows(check_can_enable, request.user, person),
    }
    return render(request, "accounts/user_detail.html", context)


def _person(uuid: UUID) -> User:
    return get_object_or_404(people().select_related("partner"), uuid=uuid)


@require_http_methods(["GET", "POST"])
def user_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    person = _person(uuid)
    check_may_look_after(request.user, person)
    initial = {name: getattr(person, name) for name in ("first_name", "last_name", "email", "function")}
    form = PersonForm(sent(request), initial=initial)
    if form.is_valid():
        operations.users.change(user=person, by=request.user, **form.cleaned_data)
        messages.success(request, "De gegevens zijn gewijzigd.")
        return go_to(request, "accounts:user_detail", person.uuid)
    context = {"form": form, "person": person}
    return render(request, "accounts/user_change.html", context, status=400 if form.is_bound else 200)


@require_POST
def user_disable(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    person = _person(uuid)
    operations.users.disable(user=person, by=request.user)
    messages.success(request, "Deze gebruiker kan niet meer inloggen en is overal uitgelogd.")
    return go_to(request, "accounts:user_detail", person.uuid)


@require_POST
def user_enable(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_admin(request.user)
    person = _person(uuid)
    operations.users.enable(user=person, by=request.user)
    messages.success(request, "Deze gebruiker kan weer inloggen.")
    return go_to(request, "accounts:user_detail", person.uuid)


@require_POST
@fresh_login_required
def user_password(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A new one-time password, shown on the answer itself: it is stored nowhere."""
    check_may_admin(request.user)
    person = _person(uuid)
    password = operations.passwords.reset(user=person, by=request.user)
    context = {"person": person, "password": password, "is_new": False}
    return render(request, "accounts/user_password.html", context)
