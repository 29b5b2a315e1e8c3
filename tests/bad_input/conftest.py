"""One world per module: read by all, changed only inside `undone` or by who must not be able to."""

import logging

import pytest
from django.db import connections, transaction
from django.test import Client

from accounts.models import User
from foundation.scope import protected_tables
from tests.bad_input.browser import forms_of
from tests.conftest import own_database


@pytest.fixture(autouse=True)
def quiet():
    """Thousands of refusals are what we ask for here; a failure shows its own."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def shared_world(world_made, django_db_blocker):
    name, made = world_made
    with own_database(django_db_blocker, like=name, kind="shared"):
        yield made


@pytest.fixture
def undone(shared_world):
    """What this test writes is rolled back."""
    with transaction.atomic():
        yield shared_world
        transaction.set_rollback(True)


@pytest.fixture
def fingerprint():
    """Every row of every protected table that is committed, as {(table, id): hash}."""

    def take():
        rows = {}
        with connections["bulk"].cursor() as cursor:
            for table in sorted(protected_tables()):
                cursor.execute(f"SELECT id, md5(row::text) FROM {table} row")
                rows |= {(table, pk): stamp for pk, stamp in cursor.fetchall()}
        return rows

    return take


@pytest.fixture(scope="module")
def regie_forms(shared_world):
    """Every form that the regisseur meets."""
    client = Client()
    client.force_login(User.objects.get(username="regisseur"))
    return forms_of(client, shared_world)
