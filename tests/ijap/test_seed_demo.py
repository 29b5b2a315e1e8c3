"""The demo: told the same way every time, told once, and made up from beginning to end."""

import os
import re
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.models import ActionState, LevelChangeState, SignalState
from ijap.demo.people import PASSWORD, PEOPLE
from ijap.seeds import demo
from ijap.seeds.demo_stage import Calendar
from meetings.models import DecisionKind, MeetingState
from meetings.rules.rhythm import is_working_day
from tests.conftest import as_superuser, point_at

FLOORS = ("accounts", "access", "cases", "meetings", "reports")
# When something was made for real, and what a PDF looks like inside, may differ from run to run.
MAY_DIFFER = {
    "password",
    "last_login",
    "date_joined",
    "assigned_at",
    "enabled_at",
    "confirmed_at",
    "counted_at",
    "content",
    "sha256",
    "readers",
}


# What is planned, and what the beheerder set up before the story.
# What is given as the cast comes in, before the story: counted from the moment at which that is done.
BY_THE_CLOCK = {
    "accounts_clearance": {"given_at", "until"},
    "access_policedecision": {"added_at"},
    "cases_measurekind": {"uuid"},
}
BESIDE_THE_STORY = {("meetings_meeting", "starts_at"), ("access_policedecision", "added_at")}


@contextmanager
def bare_database(blocker, name):
    """The template without the cast: what `./run` finds on a fresh machine."""
    before = connections.settings["default"]["NAME"]
    as_superuser(f"CREATE DATABASE {name} TEMPLATE {os.environ['IJAP_TEST_TEMPLATE']} OWNER ijap_owner")
    as_superuser(
        "DELETE FROM accounts_clearance",
        "DELETE FROM access_policerecipient",
        "DELETE FROM access_policedecision",
        "DELETE FROM accounts_roleassignment WHERE role <> 'robot'",
        "DELETE FROM accounts_user WHERE username NOT LIKE 'robot-%'",
        "DELETE FROM accounts_partner WHERE kind <> 'regie'",
        database=name,
    )
    point_at(name)
    try:
        with blocker.unblock():
            yield name
    finally:
        point_at(before)
        as_superuser(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The whole story in a database of its own, without the PDFs."""
    with bare_database(django_db_blocker, f"ijap_demo_{os.getpid()}"):
        yield demo.play(today=timezone.localdate(), documents=False, write=lambda line: None)


def ask(sql, *values):
    with connections["bulk"].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def content(*, without=MAY_DIFFER):
    """Every row of the domain, per table. The ids of figures are nobody's: they are counted anew each night."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in FLOORS:
            table = model._meta.db_table
            unlike = without | BY_THE_CLOCK.get(table, set()) if without else without
            columns = [f'"{f.column}"' for f in model._meta.local_concrete_fields if f.name not in unlike]
            if table == "reports_figure" and without:
                columns.remove('"id"')
            found[table] = sorted(ask(f"SELECT {', '.join(columns)} FROM {table}"), key=str)
    return found


def states(table):
    return {state for (state,) in ask(f"SELECT DISTINCT state FROM {table}")}


# --- the command ----------------------------------------------------------------------------------
def test_made_up_data_comes_in_a_demo_only(settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="DEMO_MODE"):
        call_command("seed_demo")


def test_the_story_has_already_happened():
    with pytest.raises(CommandError, match="toekomst"):
        call_command("seed_demo", today=timezone.localdate() + timedelta(days=1))


# --- the days -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "today", [date(2026, 11, 24), date(2026, 11, 28), date(2026, 12, 25), date(2026, 2, 16)]
)
def test_todays_meeting_is_today_and_the_others_keep_their_rhythm(today):
    calendar = Calendar(today)
    days = [calendar.meetings[number] for number in range(1, 9)]
    assert days == sorted(days) and days[6] == today
    others = days[:6] + days[7:]
    assert {day.weekday() for day in others} == {calendar.rhythm_on.weekday()}
    assert all(is_working_day(day, calendar.closed) for day in others)


# --- the story ------------------------------------------------------------------------------------
def test_every_state_is_told(told):
    assert states("cases_signal") == set(SignalState)
    assert states("cases_action") == set(ActionState)
    assert states("cases_levelchange") == set(LevelChangeState)
    assert states("meetings_meeting") == set(MeetingState) - {MeetingState.RUNNING, MeetingState.CANCELLED}
    kinds = {kind for (kind,) in ask("SELECT DISTINCT kind FROM meetings_decision")}
    assert kinds == set(DecisionKind) - {DecisionKind.DE_ESCALATE}  # the JPP has no lighter level
    assert ask("SELECT count(*) FROM cases_youth")[0][0] >= 35


def test_all_seven_municipalities_play(told):
    assert ask("SELECT count(DISTINCT municipality_id) FROM cases_case") == [(7,)]


def test_the_real_agenda_is_what_the_script_foresaw(told):
    assert told.surprises == ["meeting 5: yagmur was not on the agenda by itself"]


def test_todays_meeting_is_ready_and_says_why(told):
    reasons = ask(
        "SELECT i.reasons::text FROM meetings_agendaitem i JOIN meetings_meeting m ON m.id = i.meeting_id"
        " JOIN meetings_slot s ON s.id = i.slot_id WHERE m.state = 'agreed' AND s.withdrawn_at IS NULL"
    )
    assert len(reasons) == 12
    words = " ".join(text for (text,) in reasons)
    for kind in (
        "Nieuw signaal",
        "opnieuw te bespreken",
        "te laat",
        "kon niet",
        "niet gedaan",
        "op te schalen",
        "Paste",
    ):
        assert kind in words, kind


def test_the_group_got_its_names_in_step_2b(told):
    stage, named_at, names = ask(
        "SELECT g.stage, (SELECT max(made_at) FROM cases_groupstep WHERE new = 25),"
        " (SELECT min(noted_at) FROM cases_groupmember m WHERE m.group_id = g.id) FROM cases_group g"
    )[0]
    assert stage == 30
    assert named_at < names
    assert ask("SELECT count(*) FROM cases_groupmember WHERE ended_at IS NULL") == [(3,)]


def test_nothing_is_told_of_days_to_come(told):
    """Every moment lies before today, whatever the clock says; what is planned or lent is not a moment."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for model in apps.get_models():
        if model._meta.app_label in FLOORS[1:4]:
            for column in (
                f.column for f in model._meta.local_concrete_fields if f.name.endswith(("_at", "_since"))
            ):
                if (model._meta.db_table, column) not in BESIDE_THE_STORY:
                    latest = ask(f"SELECT max({column}) FROM {model._meta.db_table}")[0][0]
                    assert latest is None or latest < midnight, f"{model._meta.label}.{column}"


def test_a_second_run_changes_nothing(told):
    before = (
        content(without=()),
        ask("SELECT max(id), count(*) FROM audit_event"),
        ask("SELECT count(*) FROM jobs_job"),
    )
    again = demo.play(
        today=timezone.localdate() - timedelta(days=3), documents=False, write=lambda line: None
    )
    assert again.played == 0
    assert before == (
        content(without=()),
        ask("SELECT max(id), count(*) FROM audit_event"),
        ask("SELECT count(*) FROM jobs_job"),
    )


def test_everybody_of_the_cast_can_log_in_and_has_a_home(told):
    secrets = {user.password for user in User.objects.filter(username__in=[p.username for p in PEOPLE])}
    assert len(secrets) == 1, "one public password, hashed once"
    assert Client().login(username="regisseur", password=PASSWORD)
    for person in PEOPLE:
        client = Client()
        client.force_login(User.objects.get(username=person.username))
        assert client.get("/").status_code == 200, person.username


def test_nothing_looks_like_a_real_person(told):
    text = "\n".join(str(row) for rows in content(without=MAY_DIFFER | {"uuid"}).values() for row in rows)
    assert set(re.findall(r"@[\w.-]+", text)) == {"@example.nl"}
    assert not re.search(r"(?<![\w-])\d{9}(?!\w)", text), "no numbers of citizens"
    assert set(re.findall(r"\b0\d{1,3}-?\d{6,8}\b", text)) <= {"06-00000000"}


# --- the same story everywhere --------------------------------------------------------------------
@pytest.mark.full
def test_the_story_is_the_same_on_every_machine(told, django_db_blocker):
    here = content()
    with bare_database(django_db_blocker, f"ijap_demo_again_{os.getpid()}"):
        demo.play(today=timezone.localdate(), documents=False, write=lambda line: None)
        there = content()
    for table, rows in here.items():
        assert rows == there[table], table


@pytest.mark.full
def test_the_minutes_are_real_documents_of_their_day(django_db_setup, django_db_blocker):
    with bare_database(django_db_blocker, f"ijap_demo_papers_{os.getpid()}"):
        demo.play(today=timezone.localdate(), documents=True, write=lambda line: None)
        papers = ask(
            "SELECT m.confirmed_at, d.made_at, d.partner_id, substr(d.content, 1, 5) FROM meetings_document d"
            " JOIN meetings_meeting m ON m.id = d.meeting_id"
        )
        assert ask("SELECT count(*) FROM jobs_job WHERE state <> 'done'") == [(0,)]
        # The points of the first meeting were opened for the making only: they are closed again.
        assert ask(
            "SELECT count(*) FROM access_participation WHERE until > statement_timestamp() + interval '1 year'"
        ) == [(0,)]
        reads = ask(
            "SELECT count(*) FROM access_participation p JOIN meetings_agendaitem i USING (compartment_id)"
            " JOIN meetings_meeting m ON m.id = i.meeting_id WHERE p.until::date - m.starts_at::date NOT BETWEEN 28 AND 29"
        )
        assert reads == [(0,)]
    assert len({confirmed for confirmed, *_ in papers}) == 5
    assert sum(partner is None for *_, partner, _ in papers) == 5
    assert all(made - confirmed == timedelta(minutes=1) for confirmed, made, *_ in papers)
    assert {bytes(start) for *_, start in papers} == {b"%PDF-"}
