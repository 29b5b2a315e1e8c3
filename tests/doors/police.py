"""Doors of the register of police data: everybody may look it up, the beheerder keeps it."""

from access.models import PoliceDecision
from tests import cast
from tests.doors import Door

KEEPER = {"beheerder"}

DOORS = {
    "access:police_decision_list": Door(ok=set(cast.PEOPLE)),
    "access:police_decision_add": Door(ok=KEEPER, otherwise=403),
    "access:police_decision_end": Door(
        kwargs=lambda w: {"uuid": PoliceDecision.objects.get().uuid},
        ok=KEEPER, otherwise=403, method="POST", status=303,
    ),
}  # fmt: skip
