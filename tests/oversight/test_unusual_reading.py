"""For each kind of flag a trace that raises it, and one beside it that does not."""

from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from access import operations as access
from accounts.models import RoleAssignment
from foundation.scope import acting_as
from oversight.models import Flag
from tests.factories import cases as factory
from tests.factories.oversight import row


def opened(by, at, cases):
    return [row(at, "case.viewed", by, case=case) for case in cases]


# --- V1 -------------------------------------------------------------------------------------------
def test_reading_three_times_as_much_as_usual_raises_a_flag(look, at, agent, haltmedewerker):
    rows = []
    for day in range(-10, 0):
        rows += opened(agent, at(day), range(1, 6)) + opened(haltmedewerker, at(day), range(1, 11))
    rows += opened(agent, at(0), range(1, 27)) + opened(haltmedewerker, at(0), range(1, 27))
    assert look(rows) == [("much_more", "agent")]
    with acting_as(agent):
        assert not Flag.objects.exists(), "nobody but the privacy officer sees a flag"


def test_much_for_oneself_but_less_than_25_cases_is_nothing(look, at, agent):
    rows = [line for day in range(-10, 0) for line in opened(agent, at(day), [1, 2])]
    assert look(rows + opened(agent, at(0), range(1, 25))) == []


# --- V2 -------------------------------------------------------------------------------------------
@pytest.fixture
def quiet_cases(regisseur, partners, committed_db):
    """Four cases in which nothing has happened for months."""
    with acting_as(regisseur):
        made = [
            factory.case(by=regisseur, partners=[partners["politie"]], first_name=name, last_name="Stil")
            for name in ("Sem", "Noor", "Bo", "Lot")
        ]
    long_ago = timezone.now() - timedelta(days=200)
    with connections["bulk"].cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case SET opened_at = %s, level_since = %s, review_on = NULL", [long_ago] * 2
        )
        cursor.execute("UPDATE access_participation SET starts_at = %s", [long_ago])
    return made


def test_opening_quiet_cases_raises_a_flag(look, at, agent, quiet_cases):
    rows = opened(agent, at(0), [case.pk for case in quiet_cases[:3]])
    assert look(rows) == [("no_reason", "agent")]
    assert look([]) == [("no_reason", "agent")], "looking twice raises it once"


def test_two_quiet_cases_or_cases_with_a_reason_are_nothing(
    look, at, agent, regisseur, partners, quiet_cases
):
    with acting_as(regisseur):
        factory.action(by=regisseur, case=quiet_cases[0], partner=partners["politie"])
    assert look(opened(agent, at(0), [case.pk for case in quiet_cases[:3]])) == []


# --- V3 -------------------------------------------------------------------------------------------
def test_reading_about_a_namesake_raises_a_flag(look, at, agent, regisseur, partners):
    with acting_as(regisseur):
        namesake = factory.case(by=regisseur, partners=[partners["politie"]], last_name="Test")
        other = factory.case(by=regisseur, partners=[partners["politie"]], last_name="Anders")
    rows = [row(at(0), "case.viewed", agent, case=c.pk, youths=[c.youth_id]) for c in (namesake, other)]
    assert look(rows) == [("same_name", "agent")]


# --- V4 -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "hour", "expected"), [(0, 22, 1), (0, 6, 1), (5, 12, 1), (0, 7, 0), (0, 19, 0)]
)
def test_reading_at_night_or_in_the_weekend_raises_a_flag(look, at, agent, days, hour, expected):
    rows = [row(at(days, hour, minute), "case.viewed", agent, case=1) for minute in range(5)]
    assert look(rows, days=days) == [("odd_hours", "agent")] * expected


def test_four_looks_at_night_are_nothing(look, at, agent):
    assert look([row(at(0, 23, minute), "case.viewed", agent, case=1) for minute in range(4)]) == []


# --- V5 -------------------------------------------------------------------------------------------
def colleagues(agent, count):
    from accounts.models import User

    return [
        User.objects.create(username=f"collega{n}", last_name="X", partner=agent.partner, password="!")
        for n in range(count)
    ]


def test_one_case_with_many_readers_of_one_partner_raises_a_flag(look, at, agent, mentor):
    readers = [agent, *colleagues(agent, 5)]
    rows = [row(at(-1, 15 + n), "case.viewed", who, case=9) for n, who in enumerate(readers[:3])]
    rows += [row(at(0, 8 + n), "case.viewed", who, case=9) for n, who in enumerate(readers[3:])]
    rows += [row(at(0), "case.viewed", mentor, case=9)]
    assert look(rows) == [("crowd", "Politie Heerlen")]


def test_six_readers_in_more_than_a_day_are_nothing(look, at, agent):
    readers = [agent, *colleagues(agent, 5)]
    rows = [row(at(-1, 9), "case.viewed", who, case=9) for who in readers[:3]]
    rows += [row(at(0, 10), "case.viewed", who, case=9) for who in readers[3:]]
    assert look(rows) == []


# --- V6 -------------------------------------------------------------------------------------------
def searched(by, at, count, *, found=True, term=None):
    return [
        row(at + timedelta(seconds=20 * n), "youth.searched", by, youths=[1] if found else [],
            details={"term": term} if term else None)
        for n in range(count)
    ]  # fmt: skip


def test_sixteen_searches_in_ten_minutes_raise_a_flag(look, at, regisseur):
    assert look(searched(regisseur, at(0), 16)) == [("searches", "regisseur")]


def test_ten_searches_that_found_nobody_raise_a_flag(look, at, regisseur):
    rows = [line for hour in range(8, 18) for line in searched(regisseur, at(0, hour), 1, found=False)]
    assert look(rows) == [("searches", "regisseur")]


def test_the_same_search_again_and_again_is_one_search(look, at, regisseur):
    assert look(searched(regisseur, at(0), 16, term="a1b2")) == []
    assert look(searched(regisseur, at(1), 15), days=1) == []


# --- V7 -------------------------------------------------------------------------------------------
def test_trying_a_case_after_the_part_in_it_ended_raises_a_flag(
    look, at, agent, haltmedewerker, regisseur, partners
):
    from access.models import Participation

    with acting_as(regisseur):
        case = factory.case(by=regisseur, partners=[partners["politie"]])
        seat = Participation.objects.get(compartment=case.room_id, partner=partners["politie"])
        access.end_participation(participation=seat, by=regisseur)
    with connections["bulk"].cursor() as cursor:
        cursor.execute("UPDATE access_participation SET starts_at = %s, ended_at = %s", [at(-30), at(-20)])
    rows = [
        row(at(0, hour), "request.refused", who, outcome="not_found", details={"record": str(case.uuid)})
        for who in (agent, haltmedewerker)
        for hour in (10, 11)
    ]
    assert look(rows) == [("after_end", "agent")]


# --- V8 -------------------------------------------------------------------------------------------
def test_many_papers_on_a_day_raise_a_flag(look, at, agent):
    rows = [row(at(0), "document.downloaded", agent, case=1, subject=n) for n in range(1, 22)]
    assert look(rows) == [("papers", "agent")]


def test_the_same_paper_many_times_is_one_paper(look, at, agent):
    assert look([row(at(0), "document.downloaded", agent, case=1, subject=5) for _ in range(30)]) == []


# --- V9 -------------------------------------------------------------------------------------------
def test_emergency_access_for_the_third_time_in_a_month_raises_one_flag(look, monday, at, agent):
    first = at(0) - timedelta(days=monday.day - 1)
    rows = [row(first + timedelta(minutes=n), "break_glass.opened", agent, case=n) for n in range(1, 4)]
    offset = -(monday.day - 1)
    assert look(rows, days=offset) == [("break_glass", "agent")]
    assert look([], days=offset + 1) == [("break_glass", "agent")], "once a month, not once a day"


def test_emergency_access_twice_is_nothing(look, at, agent):
    assert look([row(at(0, hour), "break_glass.opened", agent, case=1) for hour in (9, 10)]) == []


# --- V10 ------------------------------------------------------------------------------------------
def test_much_reading_before_an_announced_end_raises_a_flag(look, at, agent):
    RoleAssignment.objects.filter(user=agent).update(until=at(10))
    rows = [line for day in range(-8, 0) for line in opened(agent, at(day), range(1, 5))]
    assert look(rows + opened(agent, at(0), range(1, 12))) == [("leaver", "agent")]


def test_much_reading_is_found_afterwards_when_somebody_suddenly_left(look, at, agent, beheerder):
    RoleAssignment.objects.filter(user=agent).update(ended_at=at(9), ended_by=beheerder)
    rows = [line for day in range(-8, 0) for line in opened(agent, at(day), range(1, 5))]
    assert look(rows + opened(agent, at(1), range(1, 12)), days=9) == [("leaver", "agent")]


def test_who_stays_is_no_leaver(look, at, agent):
    rows = [line for day in range(-8, 0) for line in opened(agent, at(day), range(1, 5))]
    assert look(rows + opened(agent, at(0), range(1, 12))) == []


# --- V11 ------------------------------------------------------------------------------------------
def logged_in(by, at, ip):
    return row(at, "account.logged_in", by, ip=ip)


def test_logging_in_from_a_network_never_seen_raises_a_flag(look, at, agent):
    rows = [logged_in(agent, at(day), "192.0.2.10") for day in range(-6, 0)]
    assert look([*rows, logged_in(agent, at(0), "192.0.2.99")]) == [], "the same network"
    assert look([logged_in(agent, at(1), "203.0.113.9")], days=1) == [("new_place", "agent")]


def test_a_newcomer_has_no_known_place_yet(look, at, agent):
    rows = [logged_in(agent, at(day), "192.0.2.10") for day in (-2, -1)]
    assert look([*rows, logged_in(agent, at(0), "203.0.113.9")]) == []


# --- V12 ------------------------------------------------------------------------------------------
def test_a_beheerder_who_read_about_a_youth_raises_a_flag(look, at, beheerder):
    assert look([row(at(0), "case.viewed", beheerder, case=1)]) == [("keeper_reads", "beheerder")]


# --- the whole ------------------------------------------------------------------------------------
def test_robots_raise_no_flag(look, at, committed_db):
    from accounts.robots import Robot, robot

    maker = robot(Robot.AGENDA)
    assert look(opened(maker, at(0, 3), range(1, 60))) == []
