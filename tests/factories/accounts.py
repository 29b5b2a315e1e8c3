"""Organisations and users as the operations make them. Call inside the scope of `by`, a beheerder."""

from uuid import uuid4

from accounts import operations
from accounts.models import PartnerKind, RoleAssignment, User
from accounts.roles import Level, Role


def partner(*, by, name="Testschool", key=None, **changes):
    about = {"short_name": name, "kind": PartnerKind.SCHOOL, "municipality": None} | changes
    return operations.partners.add(key=key or uuid4(), name=name, by=by, **about)


def user(*, by, partner, username="n.nieuw", key=None, **changes):
    """The user and the one-time password."""
    about = {"first_name": "Nia", "last_name": "Nieuw", "email": "", "function": ""} | changes
    return operations.users.add(key=key or uuid4(), username=username, partner=partner, by=by, **about)


def role(*, by, user, role, key=None, **changes):
    return operations.roles.assign(key=key or uuid4(), user=user, role=role, by=by, **changes)


def deelnemer(partner, *, username, level=Level.JPP):
    """A colleague at the table of this organisation who can log in at once."""
    made = User.objects.create(
        username=username, first_name=username.title(), last_name="Test", partner=partner, password="!"
    )
    RoleAssignment.objects.create(user=made, role=Role.DEELNEMER, level=level)
    return made
