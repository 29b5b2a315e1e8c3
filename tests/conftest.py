"""The database of the tests, and the cast: named people with a role."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings

from accounts.models import User
from tests import cast

SUPERUSER = os.environ.get("DATABASE_SUPERUSER_URL", "")
_log_in_by_force = Client.force_login


def force_login(client, user, *args, second_factor=True, **kwargs):
    """A login in a test is a whole one, with a second factor, just now. `second_factor=False` for one without."""
    _log_in_by_force(client, user, *args, **kwargs)
    session = client.session
    shown = [{"method": "password", "at": time.time()}]
    shown += [{"method": "mfa", "type": "webauthn", "at": time.time()}] if second_factor else []
    session["account_authentication_methods"] = shown
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


Client.force_login = force_login


@pytest.fixture(autouse=True, scope="session")
def quick_passwords():
    """The real hasher is slow on purpose. What starts a site of its own hashes with the real one."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def second_factor_required(settings):
    """As in production, not as in the demo."""
    settings.MFA_REQUIRED = True


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="also the long tests")


LONG = ("tests/journeys/", "tests/bad_input/", "tests/test_", "tests/ijap/")


def pytest_collection_modifyitems(config, items):
    # The files that take longest come first: whichever process is ready helps with the rest.
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))
    if config.getoption("--full"):
        return
    for item in items:
        if item.get_closest_marker("full"):
            item.add_marker(pytest.mark.skip(reason="lang: draait met ./run test --full"))


def as_superuser(*statements, database="postgres"):
    """Run statements as the superuser of the test cluster, outside any transaction."""
    if not SUPERUSER:
        pytest.exit("DATABASE_SUPERUSER_URL is missing: start the tests with ./run test", returncode=2)
    with psycopg.connect(SUPERUSER, dbname=database, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def point_at(name):
    """Let every alias look at this database."""
    for alias in connections:
        connections[alias].close()
        connections.settings[alias]["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """One migrated template with the cast in it; the tests of this process use a copy of it."""
    template, copy = f"ijap_template_{os.getpid()}", f"ijap_test_{os.getpid()}"
    as_superuser(f"CREATE DATABASE {template} OWNER ijap_owner")
    with open("docker/postgres-database.sql") as rights:
        as_superuser(rights.read(), database=template)
    point_at(template)
    with django_db_blocker.unblock():
        call_command("migrate", database="owner", verbosity=0)
        cast.gather()
    point_at(copy)
    as_superuser(f"CREATE DATABASE {copy} TEMPLATE {template} OWNER ijap_owner")
    os.environ["IJAP_TEST_TEMPLATE"] = template
    yield
    point_at("postgres")
    as_superuser(f"DROP DATABASE {copy} WITH (FORCE)", f"DROP DATABASE {template} WITH (FORCE)")


@contextmanager
def own_database(blocker, *, like: str = "", kind: str = "own") -> Iterator[str]:
    """A database of one's own, for what must really be committed: threads, processes, a browser."""
    before = connections.settings["default"]["NAME"]
    name = f"ijap_{kind}_{os.getpid()}"
    point_at("postgres" if like else before)  # nobody may look at a database that is copied
    template = like or os.environ["IJAP_TEST_TEMPLATE"]
    as_superuser(f"CREATE DATABASE {name} TEMPLATE {template} OWNER ijap_owner")
    point_at(name)
    try:
        with blocker.unblock():
            yield name
    finally:
        point_at(before)
        as_superuser(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def world_made(django_db_setup, django_db_blocker):
    """One of everything, made once per process in a database that is only copied."""
    from tests import world

    before = connections.settings["default"]["NAME"]
    name = f"ijap_world_{os.getpid()}"
    as_superuser(f"CREATE DATABASE {name} TEMPLATE {os.environ['IJAP_TEST_TEMPLATE']} OWNER ijap_owner")
    point_at(name)
    with django_db_blocker.unblock():
        made = world.gather()
    point_at(before)
    yield name, made
    as_superuser(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def world(world_made, django_db_blocker):
    """The world of tests/world.py, in a copy that the test may change."""
    name, made = world_made
    with own_database(django_db_blocker, like=name, kind="copy"):
        yield made


@pytest.fixture
def client_of():
    """`client_of("agent")`: a browser in which this person is logged in; "nobody" is not."""

    def enter(who):
        client = Client(raise_request_exception=False)
        if who != "nobody":
            client.force_login(User.objects.get(username=who))
        return client

    return enter


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker):
    with own_database(django_db_blocker) as name:
        yield name


def _database_of(request):
    """The transaction of the test, or the database of its own that it asked for."""
    request.getfixturevalue("committed_db" if "committed_db" in request.fixturenames else "db")


def _member(name):
    @pytest.fixture(name=name)
    def member(request):
        _database_of(request)
        return User.objects.get(username=name)

    return member


for _name in cast.PEOPLE:
    globals()[_name] = _member(_name)


@pytest.fixture
def partners(request):
    _database_of(request)
    return cast.partners()
