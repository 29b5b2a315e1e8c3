"""A month in which nothing is wrong: ten people, twenty working days. It may raise two flags, no more."""

import random
from datetime import timedelta

from django.db import connections
from django.utils import timezone

from accounts.models import User
from accounts.robots import Robot, robot
from foundation.scope import acting_as
from oversight import operations
from oversight.models import Flag
from tests.factories import cases as factory
from tests.factories.oversight import row, write_rows

READERS = {  # how many cases each looks at on a day, about
    "regisseur": 12, "tweede_regisseur": 8, "lja_heerlen": 7, "lja_kerkrade": 6, "pga": 4,
    "agent": 8, "jongerenwerker": 6, "coach_lja": 4, "haltmedewerker": 5, "mentor": 1,
}  # fmt: skip
OFFICES = {name: f"192.0.{number}" for number, name in enumerate(READERS)}


def the_month(monday, at, cases):
    """Rows of eight weeks: four before, from which habits are known, and the four that are looked at."""
    chance = random.Random(20)
    people = {name: User.objects.get(username=name) for name in READERS}
    days = [day for day in range(-28, 28) if (monday + timedelta(days=day)).weekday() < 5]
    return [
        line for day in days for name, usual in READERS.items()
        for line in a_day(chance, at, day, people[name], usual, cases)
    ]  # fmt: skip


def a_day(chance, at, day, who, usual, cases):
    if chance.random() < 0.12:
        return  # a day off
    place = f"{OFFICES[who.username]}.{chance.randrange(1, 250)}" if chance.random() < 0.7 else "198.51.100.7"
    yield row(at(day, 8, chance.randrange(60)), "account.logged_in", who, ip=place)
    busy = 2 if chance.random() < 0.1 else 1
    for case in chance.sample(cases, min(len(cases), max(1, round(chance.gauss(usual, usual / 4))) * busy)):
        moment = at(day, chance.choice([8, 9, 10, 11, 13, 14, 15, 16]), chance.randrange(60))
        yield row(moment, "case.viewed", who, case=case)
        if chance.random() < 0.2:
            yield row(moment + timedelta(minutes=2), "document.downloaded", who, case=case, subject=case)
    if chance.random() < 0.05:  # an evening before the meeting
        for minute in range(3):
            yield row(at(day, 20, minute), "case.viewed", who, case=chance.choice(cases))
    if who.username == "regisseur":
        for hour in (9, 11, 15):
            yield row(
                at(day, hour, chance.randrange(50)), "youth.searched", who, youths=[chance.choice(cases)]
            )
        if (day // 7) % 2 == 0 and day % 7 == 3:  # the afternoon before a meeting: the whole agenda
            for item in range(40):
                yield row(at(day, 13, item), "agenda_item.viewed", who, case=1000 + item)


def test_a_normal_month_raises_at_most_two_flags(committed_db, monday, at, regisseur, partners):
    table = [partners["politie"], partners["jens"], partners["halt"]]
    with acting_as(regisseur):
        made = [
            factory.case(by=regisseur, partners=table, first_name=f"Jongere{number}", last_name="Gewoon")
            for number in range(10)
        ]
        for case in made[:8]:
            factory.action(by=regisseur, case=case, partner=partners["jens"], days=40)
    long_ago = timezone.now() - timedelta(days=200)
    with connections["bulk"].cursor() as cursor:
        cursor.execute("UPDATE cases_case SET opened_at = %s, level_since = %s", [long_ago] * 2)
        cursor.execute("UPDATE access_participation SET starts_at = %s", [long_ago])
    rows = list(the_month(monday, at, [*(case.pk for case in made), *range(900, 930)]))
    assert len(rows) > 3_000
    write_rows(rows)
    raised = raised_in(monday)
    assert len(raised) <= 2, raised
    with connections["bulk"].cursor() as cursor:
        cursor.execute(
            "UPDATE oversight_threshold SET value = 1 WHERE name IN ('factor', 'least', 'more_than', 'misses')"
        )
    assert len(raised_in(monday)) > 50, "the questions do see these rows"


def raised_in(monday):
    """Look at the four weeks; everything that was raised so far."""
    watcher = robot(Robot.OVERSIGHT)
    for day in range(28):
        with acting_as(watcher):
            operations.flags.look(day=monday + timedelta(days=day), by=watcher)
    with acting_as(watcher):
        flags = Flag.objects.select_related("person", "partner")
        return [(flag.kind, str(flag.person or flag.partner), flag.facts) for flag in flags]
