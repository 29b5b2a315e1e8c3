"""The log at five million rows: who saw this youth, sealing, verifying, and what a row costs a page."""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import Partner, PartnerKind, RoleAssignment, User
from accounts.roles import Role
from audit import log
from audit.chain import Checker
from audit.models import Seal
from foundation.scope import acting_as
from ijap.bench.databases import filled_with, look_at
from ijap.bench.measure import Report, in_turn
from ijap.bench.requests import as_role, browser_of, opens
from oversight.who_saw import ASKED, read

ROWS = 5_000_000
MONTHS = 12
YOUTHS = 200_000
CHUNK = 500_000
TRANSACTIONS = 600  # below the first number of any cluster, so that all of it can be sealed
ROUNDS = 200
APP = "ijap_app"

# One row in five is a list that showed twenty-five youths; the others are about one.
_FILL = """
INSERT INTO audit_event (at, transaction_id, kind, outcome, actor_id, actor_partner_id, actor_role, subject_type,
  subject_id, case_id, youth_ids, data_classes, ground, recipients, ip, session_hash, request_id, details)
SELECT now() - make_interval(secs => (%(rows)s - n) * %(step)s), 3 + n * %(transactions)s / %(rows)s,
  CASE WHEN n %% 5 = 0 THEN 'case.listed' ELSE 'case.viewed' END, 'done', n %% 900, n %% 60, 'deelnemer',
  CASE WHEN n %% 5 = 0 THEN '' ELSE 'cases.case' END, CASE WHEN n %% 5 > 0 THEN n %% 200000 END,
  CASE WHEN n %% 5 > 0 THEN n %% 200000 END,
  CASE WHEN n %% 5 = 0 THEN (SELECT array_agg(1 + (n * 7919 + k * 104729) %% %(youths)s) FROM generate_series(1, 25) k)
       ELSE ARRAY[1 + (n * 7919) %% %(youths)s] END,
  '{0}', '', '{}', '192.0.2.1', md5(n::text), gen_random_uuid(), '{"shown": 1}'
FROM generate_series(%(first)s::bigint, %(last)s::bigint) n
"""
_PARTITION = """
DO $$ BEGIN
  FOR i IN 1..{months} LOOP
    EXECUTE format('CREATE TABLE audit_event_%s PARTITION OF audit_event FOR VALUES FROM (%L) TO (%L)',
      to_char(date_trunc('month', now()) - make_interval(months => i), 'YYYY_MM'),
      date_trunc('month', now()) - make_interval(months => i), date_trunc('month', now()) - make_interval(months => i - 1));
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_event_%s FOR EACH STATEMENT'
      ' EXECUTE FUNCTION audit_refuse()', to_char(date_trunc('month', now()) - make_interval(months => i), 'YYYY_MM'));
  END LOOP;
END $$
"""


def measure(report: Report) -> None:
    with filled_with(2_000, report.say) as name, log_of(name, report.say):
        fg = privacy_officer()
        report.say(f"\n  {ROWS} regels in {MONTHS} maanden, {YOUTHS} jongeren")
        measure_who_saw(report, fg)
        measure_pages(report)
        measure_seals(report)


@contextmanager
def log_of(name: str, say: Callable[[str], Any]) -> Iterator[None]:
    """A copy of this database with the whole log in it, made once."""
    copy = name.replace("ijap_bench", "ijap_log")
    look_at("postgres")
    with _superuser() as outside:
        if not outside.execute("SELECT 1 FROM pg_database WHERE datname = %s", [copy]).fetchone():
            say(f"  logboek met {ROWS} regels vullen …")
            outside.execute(f'DROP DATABASE IF EXISTS "{copy}_half" WITH (FORCE)')
            outside.execute(f'CREATE DATABASE "{copy}_half" TEMPLATE "{name}"')
            fill(copy + "_half")
            outside.execute(f'ALTER DATABASE "{copy}_half" RENAME TO "{copy}"')
    look_at(copy)
    try:
        yield
    finally:
        look_at(name)


def _superuser(name: str = "postgres") -> psycopg.Connection[Any]:
    return psycopg.connect(os.environ["DATABASE_SUPERUSER_URL"], dbname=name, autocommit=True)


def fill(name: str) -> None:
    """Indexes after the rows: five of them on five million rows one by one would take an hour."""
    with _superuser(name) as inside:
        inside.execute(_PARTITION.format(months=MONTHS))
        names = ("youths", "actor", "partner", "transaction")
        made = [
            inside.execute("SELECT pg_get_indexdef(%s::regclass)", [f"audit_event_{n}"]).fetchone()
            for n in names
        ]
        for one in names:
            inside.execute(f"DROP INDEX audit_event_{one}")
        step = MONTHS * 29 * 86_400 / ROWS
        for first in range(0, ROWS, CHUNK):
            values = {
                "rows": ROWS, "step": step, "transactions": TRANSACTIONS, "youths": YOUTHS,
                "first": first, "last": first + CHUNK - 1,
            }  # fmt: skip
            inside.execute(_FILL, values)
        for definition in made:
            assert definition
            inside.execute(definition[0].replace(" ON ONLY ", " ON "))
        inside.execute("ANALYZE audit_event")


def privacy_officer() -> User:
    house = Partner.objects.get(kind=PartnerKind.REGIE)
    user, is_new = User.objects.get_or_create(
        username="meting-fg", defaults={"last_name": "Meting", "partner": house, "password": "!"}
    )
    if is_new:
        RoleAssignment.objects.create(user=user, role=Role.PRIVACY_OFFICER)
    return user


def measure_who_saw(report: Report, fg: User) -> None:
    """The rows of a youth against one row by its primary key, both as the application in the scope of the officer."""
    chance = random.Random(5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, at FROM audit_event TABLESAMPLE SYSTEM (0.01) LIMIT 400")
        keys = cursor.fetchall()

    def asks(sql: str, values: Callable[[], list[Any]]) -> Callable[[], None]:
        def ask() -> None:
            with connection.cursor() as cursor:
                cursor.execute(sql, values())
                assert cursor.fetchall()

        return ask

    by_key = asks("SELECT * FROM audit_event WHERE id = %s AND at = %s", lambda: list(chance.choice(keys)))
    by_number = asks("SELECT * FROM audit_event WHERE id = %s", lambda: [chance.choice(keys)[0]])
    who_saw = asks(
        f"SELECT {', '.join(ASKED)} FROM audit_of_youth(%s)", lambda: [chance.randrange(1, YOUTHS)]
    )

    def whole_answer() -> None:
        assert read(chance.randrange(1, YOUTHS), with_people=True).events

    works = {"sleutel": by_key, "nummer": by_number, "wie zag": who_saw, "antwoord": whole_answer}
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {APP}")
    with acting_as(fg):
        found = in_turn(works, rounds=ROUNDS, warm_up=50)
        events = read(7, with_people=True).events
    report.timing("één regel op primaire sleutel (nummer en moment)", found["sleutel"])
    report.timing("één regel op nummer, in alle maanden", found["nummer"])
    report.timing(f"alle regels van een jongere (zo'n {events})", found["wie zag"])
    report.timing("het hele antwoord: gronden, namen, samengevoegd", found["antwoord"])
    ratio = found["wie zag"].p50 / found["sleutel"].p50
    report.figure("wie zag deze jongere ÷ één regel op primaire sleutel", ratio, wanted=10)


def measure_pages(report: Report) -> None:
    """The same page with its row in the log, with the copy as well, and without."""
    client = browser_of("meting-regisseur")
    page = opens(client, reverse("cases:case_list"))

    def without_row() -> Any:
        with mock.patch.object(log, "_write", return_value=None):
            return page()

    def with_copy() -> Any:
        with mock.patch.object(settings, "AUDIT_COPY", True), mock.patch("audit.copy.sys.stdout", _Nowhere()):
            return page()

    works = {"met": page, "met kopie": with_copy, "zonder": without_row}
    found = in_turn({name: as_role(APP, work) for name, work in works.items()}, rounds=ROUNDS)
    for name, timing in found.items():
        report.timing(f"lijst van dossiers, {name} regel in het logboek", timing)
    report.figure("pagina met ÷ zonder regel", found["met"].p50 / found["zonder"].p50, wanted=1.15)
    report.figure(
        "pagina met regel en kopie ÷ zonder regel", found["met kopie"].p50 / found["zonder"].p50, wanted=1.15
    )


class _Nowhere:
    def write(self, text: str) -> None:
        pass

    def flush(self) -> None:
        pass


def measure_seals(report: Report) -> None:
    """Seal all of it, verify all of it, and roll the seals back."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    with transaction.atomic():
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("SELECT audit_seal_now()")
        sealing = time.perf_counter() - began
        rows = sum(Seal.objects.values_list("rows", flat=True))
        began = time.perf_counter()
        verdict = Checker("default").run()
        verifying = time.perf_counter() - began
        transaction.set_rollback(True)
    report.say(f"  {rows} regels verzegeld in {sealing:.1f} s, nagerekend in {verifying:.1f} s")
    for problem in verdict.problems:
        report.say(f"  {problem}")
    report.figure("verzegelen, regels per seconde", rows / sealing, unit="")
    report.figure("nakijken, regels per seconde", verdict.rows / verifying, unit="")
