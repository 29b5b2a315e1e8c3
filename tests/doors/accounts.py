"""Doors of logging in and of beheer."""

from uuid import UUID

from accounts.models import RoleAssignment, User
from tests import cast
from tests.doors import ANYBODY, Door

ALL = set(cast.PEOPLE)
BEHEER = {"beheerder"}


def _beheerder(world):
    """Somebody whom no one may look after: the only beheerder there is. The door stays shut, nothing changes."""
    return {"uuid": User.objects.get(username="beheerder").uuid}


def _role_of_beheerder(world):
    return {"uuid": RoleAssignment.objects.get(user__username="beheerder").uuid}


def _partner(world):
    return {"uuid": world.partner.uuid}


def _user(world):
    return {"uuid": world.user.uuid}


DOORS = {
    "accounts:login": Door(ok=ANYBODY),
    # A link that was never made: what it opens is tried in tests/accounts/test_first_link.py.
    "accounts:first_password": Door(
        kwargs=lambda w: {"uuid": UUID(int=1), "seal": "x"}, ok=ANYBODY, status=404
    ),
    "accounts:logout": Door(ok=ALL, status=405),  # with POST the rest of the doors would be tried logged out
    "accounts:password_change": Door(ok=ALL),
    "accounts:admin_overview": Door(ok=BEHEER, otherwise=403),
    "accounts:partner_list": Door(ok=BEHEER, otherwise=403),
    "accounts:partner_add": Door(ok=BEHEER, otherwise=403),
    "accounts:partner_change": Door(kwargs=_partner, ok=BEHEER, otherwise=403),
    "accounts:partner_close": Door(kwargs=_partner, ok=BEHEER, otherwise=403, method="POST", status=409),
    "accounts:partner_reopen": Door(kwargs=_partner, ok=BEHEER, otherwise=403, method="POST", status=303),
    "accounts:user_list": Door(ok=BEHEER, otherwise=403),
    "accounts:user_add": Door(ok=BEHEER, otherwise=403),
    "accounts:user_detail": Door(kwargs=_user, ok=BEHEER, otherwise=403),
    "accounts:user_change": Door(kwargs=_user, ok=BEHEER, otherwise=403),
    "accounts:user_disable": Door(kwargs=_beheerder, ok=set(), otherwise=403, method="POST"),
    "accounts:user_enable": Door(kwargs=_beheerder, ok=set(), otherwise=403, method="POST"),
    "accounts:user_password": Door(kwargs=_beheerder, ok=set(), otherwise=403, method="POST"),
    "accounts:clearance_add": Door(kwargs=_user, ok=BEHEER, otherwise=403),
    "accounts:clearance_end": Door(
        kwargs=lambda w: {"uuid": w.clearance.uuid}, ok=BEHEER, otherwise=403, method="POST", status=303
    ),
    "accounts:role_add": Door(kwargs=_user, ok=BEHEER, otherwise=403),
    "accounts:role_end": Door(kwargs=_role_of_beheerder, ok=set(), otherwise=403, method="POST"),
}
