"""Doors of logging in and of beheer."""

from uuid import UUID

from accounts.invitations import seal_of
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


def _invited(world):
    return {"uuid": world.invitation.uuid, "seal": seal_of(world.invitation.uuid)}


def _provider(world):
    return {"uuid": world.provider.uuid}


def _police(world):
    return {"uuid": User.objects.get(username="agent").partner.uuid}


def _colleague(world):
    return {"uuid": User.objects.get(username="wijkagent").uuid}


def _nowhere(world):
    """The road to a partner's login leads out of our house: tests/accounts/test_partner_login.py walks it."""
    return {"uuid": UUID(int=0)}


DOORS = {
    "accounts:login": Door(ok=ANYBODY),
    # A link that was never made: what it opens is tried in tests/accounts/test_first_link.py.
    "accounts:first_password": Door(
        kwargs=lambda w: {"uuid": UUID(int=1), "seal": "x"}, ok=ANYBODY, status=404
    ),
    "accounts:login_code": Door(ok=ANYBODY, status=302),  # only after a right password
    "accounts:login_passkey": Door(ok=ANYBODY),
    "accounts:login_done": Door(ok=ALL),
    "accounts:partner_login": Door(kwargs=_nowhere, ok=ANYBODY, status=404),
    "accounts:partner_login_back": Door(kwargs=_nowhere, ok=ANYBODY, status=404),
    "accounts:partner_logout": Door(kwargs=_nowhere, ok=ANYBODY, status=404, method="POST"),
    "accounts:invitation": Door(kwargs=_invited, ok=ANYBODY),
    "accounts:people_confirm": Door(ok={"agent"}, otherwise=403),
    "accounts:person_not_ours": Door(
        kwargs=_colleague, ok={"agent"}, otherwise=403, method="POST", status=303
    ),
    "accounts:session_left": Door(ok=ANYBODY),
    "accounts:session_renew": Door(ok=ALL, method="POST"),
    "accounts:security": Door(ok=ALL),
    "accounts:confirm": Door(ok=ALL),
    "accounts:app_add": Door(ok=ALL),
    "accounts:passkey_add": Door(ok=ALL),
    "accounts:second_factor_remove": Door(ok=ALL, method="POST", status=404),  # without saying which
    "accounts:recovery_codes": Door(ok=ALL),
    "accounts:session_list": Door(ok=ALL),
    "accounts:session_end": Door(ok=ALL, method="POST", status=404),  # without saying which
    "accounts:logout": Door(ok=ALL, status=405),  # with POST the rest of the doors would be tried logged out
    "accounts:password_change": Door(ok=ALL),
    "accounts:admin_overview": Door(ok=BEHEER, otherwise=403),
    "accounts:partner_list": Door(ok=BEHEER, otherwise=403),
    "accounts:partner_add": Door(ok=BEHEER, otherwise=403),
    "accounts:partner_change": Door(kwargs=_partner, ok=BEHEER, otherwise=403),
    "accounts:partner_close": Door(kwargs=_partner, ok=BEHEER, otherwise=403, method="POST", status=409),
    "accounts:partner_reopen": Door(kwargs=_partner, ok=BEHEER, otherwise=403, method="POST", status=303),
    "accounts:partner_contact": Door(kwargs=_police, ok=BEHEER, otherwise=403),
    "accounts:provider_list": Door(ok=BEHEER, otherwise=403),
    "accounts:provider_add": Door(ok=BEHEER, otherwise=403),
    "accounts:provider_change": Door(kwargs=_provider, ok=BEHEER, otherwise=403),
    "accounts:provider_close": Door(kwargs=_provider, ok=BEHEER, otherwise=403, method="POST", status=303),
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
    "accounts:user_invite": Door(kwargs=_beheerder, ok=set(), otherwise=403, method="POST"),
    "accounts:user_second_factors": Door(kwargs=_beheerder, ok=set(), otherwise=403, method="POST"),
    "accounts:user_unlink": Door(kwargs=_beheerder, ok=set(), otherwise=403, method="POST"),
    "accounts:role_add": Door(kwargs=_user, ok=BEHEER, otherwise=403),
    "accounts:role_end": Door(kwargs=_role_of_beheerder, ok=set(), otherwise=403, method="POST"),
}
