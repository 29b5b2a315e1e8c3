"""Weighty things ask once more who you are: break-glass, what is secret, roles, clearances, police decisions, exports."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.doors import all_doors

WEIGHTY = {
    "cases:access_request_open": "haltmedewerker",
    "cases:case_export": "regisseur",
    "cases:address_note": "regisseur",
    "cases:address_reveal": "regisseur",
    "cases:reporter_reveal": "regisseur",
    "accounts:role_add": "beheerder",
    "accounts:role_end": "beheerder",
    "accounts:clearance_add": "beheerder",
    "accounts:clearance_end": "beheerder",
    "access:police_decision_add": "beheerder",
    "access:police_decision_end": "beheerder",
    "retention:proposal_approve": "regisseur",
}


@pytest.mark.parametrize("name", WEIGHTY)
def test_weighty_things_ask_who_you_are_once_more(name, world, client_of):
    """Six minutes after logging in the door leads to the page that asks; five minutes is the limit."""
    door, client = all_doors()[name], client_of(WEIGHTY[name])
    client.get("/account/")  # the session begins
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        answer = client.generic(door.method, reverse(name, kwargs=door.kwargs(world)))
    assert answer.status_code in (302, 303)
    assert answer["Location"].startswith("/account/bevestigen/")
