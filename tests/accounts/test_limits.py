"""Guessing gets slower; nobody is locked out by somebody else."""

import datetime
import threading
import time

import pytest
import time_machine
from axes.models import AccessFailureLog, AccessLog
from django.db import connections
from django.test import Client

from accounts.limits import LONGEST, seconds_after
from accounts.models import User

PASSWORD = "een-lange-zin-van-niemand"
NOON = datetime.datetime(2026, 11, 26, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def plain_login_page(settings):
    settings.DEMO_MODE = settings.MFA_REQUIRED = False


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def member(mentor):
    mentor.set_password(PASSWORD)
    mentor.save()
    return mentor


def attempt(name="mentor", password="fout", address="192.0.2.1"):
    return (
        Client(REMOTE_ADDR=address).post("/inloggen/", {"username": name, "password": password}).status_code
    )


def fail(times, address="192.0.2.1", name="mentor", clock=None):
    for _ in range(times):
        if clock:
            clock.shift(LONGEST + 1)
        attempt(name=name, address=address)


def test_each_failure_costs_more():
    waits = [seconds_after(failures, 4) for failures in range(17)]
    assert waits == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_who_guesses_waits_and_then_may_go_on(member, clock):
    fail(5)
    assert attempt(password=PASSWORD) == 429
    clock.shift(1)
    assert attempt(password=PASSWORD) == 302


def test_while_waiting_nothing_is_looked_at(member, clock):
    fail(5)
    before = AccessFailureLog.objects.count()
    assert {attempt() for _ in range(20)} == {429}
    assert AccessFailureLog.objects.count() == before


def test_nobody_is_locked_out_by_somebody_else(member, clock):
    """Known here: a storm from elsewhere changes nothing."""
    assert attempt(password=PASSWORD, address="198.51.100.7") == 302
    for number in range(40):
        attempt(address=f"203.0.113.{number}")
    assert attempt(password=PASSWORD, address="203.0.113.200") == 429  # unknown there: waits
    assert attempt(password=PASSWORD, address="198.51.100.7") == 302


def test_a_storm_from_the_same_house_does_not_lock_out_who_logged_in_there(member, clock):
    """An office has one address for all."""
    assert attempt(password=PASSWORD) == 302
    for number in range(40):
        attempt(name=f"naam{number}")
    assert attempt(name="nog-iemand") == 429
    assert attempt(password=PASSWORD) == 302


def test_one_password_on_every_name_waits_as_well(db, clock):
    for number in range(31):
        attempt(name=f"naam{number}")
    assert attempt(name="weer-een") == 429


def test_a_right_password_wipes_out_the_typing_errors(member, clock):
    assert attempt(password=PASSWORD) == 302
    fail(4)
    assert attempt(password=PASSWORD) == 302
    clock.shift(1)
    fail(4)
    assert attempt(password=PASSWORD) == 302


def test_unknown_known_and_disabled_wait_alike(member, agent, clock):
    User.objects.filter(pk=agent.pk).update(is_active=False)
    seen = {
        name: [attempt(name=name, address=f"192.0.2.{number}") for _ in range(8)]
        for number, name in enumerate(("mentor", "agent", "niemand"))
    }
    assert len({tuple(statuses) for statuses in seen.values()}) == 1
    assert seen["niemand"] == [400] * 5 + [429] * 3


def test_what_was_typed_as_a_name_is_not_stored(db):
    attempt(name="mijn-geheime-wachtwoord")
    assert "geheim" not in str(list(AccessFailureLog.objects.values_list()))
    assert AccessFailureLog.objects.get().ip_address == "192.0.2.1"


def test_the_table_that_keeps_what_was_sent_stays_empty(member):
    from axes.models import AccessAttempt

    attempt()
    attempt(password=PASSWORD)
    assert AccessLog.objects.count() == 1
    with pytest.raises(Exception, match="permission denied"):
        AccessAttempt.objects.count()


def test_many_at_once_are_not_let_through_together(committed_db):
    """Ten at the same moment: five are looked at, the others wait a second; on a busy machine that may pass."""
    statuses, began = [], time.monotonic()

    def one():
        try:
            statuses.append(attempt())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    looked_at, waited = statuses.count(400), statuses.count(429)
    assert looked_at + waited == 10
    assert 5 <= looked_at <= 5 + int(time.monotonic() - began)


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),  # the first is what the browser says of itself
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (1, "", "192.0.2.1"),
        (1, "rommel", "192.0.2.1"),
    ],
)
def test_the_address_is_what_our_own_proxy_saw(rf, settings, proxies, told, address):
    from foundation.http import address_of

    settings.PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": told})
    assert address_of(request) == address


# --- what an answer gives away ---------------------------------------------------------------------------
def _mann_whitney(one, other):
    """The chance, by the normal approximation, that two samples like these come from one distribution."""
    import math

    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    rank_sum = sum(rank for rank, (_, which) in enumerate(ranked, start=1) if which == 0)
    n, m = len(one), len(other)
    u = rank_sum - n * (n + 1) / 2
    z = (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))


def test_the_measure_itself_sees_a_difference():
    assert _mann_whitney([1.0 + n / 100 for n in range(40)], [1.2 + n / 100 for n in range(40)]) < 0.01
    assert _mann_whitney([1.0 + n / 100 for n in range(40)], [1.001 + n / 100 for n in range(40)]) > 0.5


@pytest.mark.full
def test_time_does_not_tell_who_is_known(member, agent, settings):
    """The real hasher, forty attempts on each, in turns and each from an address of its own."""
    import time

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    for user in (member, agent):
        user.set_password(PASSWORD)
        user.save()
    User.objects.filter(pk=agent.pk).update(is_active=False)
    times = {"mentor": [], "agent": [], "niemand": []}
    for number in range(40):
        for name in times:
            started = time.perf_counter()
            attempt(name=name, address=f"10.{list(times).index(name)}.0.{number}")
            times[name].append(time.perf_counter() - started)
            AccessFailureLog.objects.all().delete()
    for name in ("mentor", "agent"):
        chance = _mann_whitney(times[name], times["niemand"])
        assert chance > 0.01, f"{name}: p = {chance}"
