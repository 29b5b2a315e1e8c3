"""What happens at the same moment: revoking wins, and what is stored equals what is true."""

import threading
import time

import pytest
from django.db import connection, connections
from django.test import Client

from access import operations
from access.models import Participation
from accounts import keys
from accounts.models import User
from accounts.roles import Level
from foundation.scope import acting_as
from tests import cast
from tests.factories import cases as make_case
from tests.factories.access import readers_of, take_part, youth_with_room


def at_the_same_time(*works):
    """Run each work in a thread with a connection of its own; all begin at the same moment."""
    barrier, problems = threading.Barrier(len(works)), []

    def run(work):
        try:
            barrier.wait(timeout=10)
            work()
        except Exception as problem:  # told to the test below
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert problems == []


def slow_down_lock_by(seconds):
    """Let every refresh wait a little after its lock, so that two of them surely overlap."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('access_refresh(bigint[])'::regprocedure)")
        body = cursor.fetchone()[0].replace(
            "  UPDATE access_compartment c", f"  PERFORM pg_sleep({seconds});\n  UPDATE access_compartment c"
        )
        cursor.execute("SET ROLE ijap_readers")
        cursor.execute(body)
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize("rounds", [5, pytest.param(50, marks=pytest.mark.full)])
def test_revoking_and_adding_at_the_same_moment(committed_db, rounds):
    regisseur = User.objects.get(username="regisseur")
    partners = cast.partners()
    slow_down_lock_by(0.02)
    for _ in range(rounds):
        with acting_as(regisseur):
            _, room = youth_with_room(by=regisseur)
            police = take_part(room, partners["politie"], by=regisseur)

        def revoke(police=police):
            with acting_as(regisseur):
                operations.end_participation(participation=police, by=regisseur)

        def add(room=room):
            with acting_as(regisseur):
                take_part(room, partners["jens"], by=regisseur)

        at_the_same_time(revoke, add)
        with acting_as(regisseur):
            readers = readers_of(room)
            assert keys.partner_key(partners["politie"].pk, Level.JPP) not in readers
            assert keys.partner_key(partners["jens"].pk, Level.JPP) in readers
            assert operations.recompute(by=regisseur) == 0


def test_adding_the_same_partner_twice_at_once_is_adding_once(committed_db):
    regisseur = User.objects.get(username="regisseur")
    partners = cast.partners()
    with acting_as(regisseur):
        _, room = youth_with_room(by=regisseur)
    refused = []

    def add():
        try:
            with acting_as(regisseur):
                take_part(room, partners["jens"], by=regisseur)
        except Exception as problem:  # which of the two it hits is chance
            refused.append(problem)

    at_the_same_time(add, add)
    assert len(refused) == 1
    with acting_as(regisseur):
        assert Participation.objects.filter(compartment=room).count() == 1


def test_migrating_a_filled_table_sees_its_rows(committed_db):
    """Adding a foreign key to a filled table with forced row security works, and no row is overlooked."""
    regisseur = User.objects.get(username="regisseur")
    with acting_as(regisseur):
        youth_with_room(by=regisseur)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE access_compartment ADD COLUMN trial_id bigint")
        cursor.execute("UPDATE access_compartment SET trial_id = id")
        assert cursor.rowcount == 2
        cursor.execute(
            "ALTER TABLE access_compartment ADD CONSTRAINT trial FOREIGN KEY (trial_id)"
            " REFERENCES access_compartment (id)"
        )


def test_a_plain_set_does_not_reach_the_next_user_of_a_pooled_connection(committed_db):
    """The second lock behind transaction-local settings: the pool clears what should never be there."""
    from psycopg_pool import ConnectionPool

    from foundation.pool import forget_scope

    where = connection.settings_dict
    with ConnectionPool(
        kwargs={"dbname": where["NAME"], "user": where["USER"], **_socket(where)},
        min_size=1,
        max_size=1,
        reset=forget_scope,
        open=True,
    ) as pool:
        with pool.connection() as first:
            first.execute("SET ijap.keys = '{1}'")
        with pool.connection() as second:
            assert second.execute("SELECT current_setting('ijap.keys', true)").fetchone()[0] == ""


def _socket(where):
    return {"host": where["HOST"] or where["OPTIONS"].get("host"), "port": where["PORT"] or None}


def test_a_slow_revoke_does_not_forget_who_came_in_meanwhile(committed_db):
    """Its statement began before the other partner's; what it computes at its end must still be the truth."""
    regisseur = User.objects.get(username="regisseur")
    partners = cast.partners()
    with acting_as(regisseur):
        _, room = youth_with_room(by=regisseur)
        police = take_part(room, partners["politie"], by=regisseur)
    slow = """WITH nap AS (SELECT pg_sleep(1)) UPDATE access_participation p
              SET ended_at = statement_timestamp(), ended_by_id = %s FROM nap WHERE p.id = %s"""

    def revoke():
        with acting_as(regisseur), connection.cursor() as cursor:
            cursor.execute(slow, [regisseur.pk, police.pk])

    def add():
        time.sleep(0.3)
        with acting_as(regisseur):
            take_part(room, partners["jens"], by=regisseur)

    at_the_same_time(revoke, add)
    with acting_as(regisseur):
        assert keys.partner_key(partners["politie"].pk, Level.JPP) not in readers_of(room)
        assert keys.partner_key(partners["jens"].pk, Level.JPP) in readers_of(room)


# --- a page that is being made while a right ends ------------------------------------------------------
def pause_before(table, *, reached, go_on):
    """Hold the first question about this table until we say so; its request has begun long before."""

    def hold(execute, sql, *rest):
        if f'FROM "{table}"' in sql and not reached.is_set():
            reached.set()
            assert go_on.wait(20)
        return execute(sql, *rest)

    return hold


def test_a_page_under_way_when_a_right_ends_shows_nothing_any_more(committed_db):
    """Guard: row security compares with the readers as they are at each question, not as they were when it began."""
    regisseur, agent = (User.objects.get(username=name) for name in ("regisseur", "agent"))
    with acting_as(regisseur):
        one = make_case.case(by=regisseur, partners=[cast.partners()["politie"]], first_name="Noor")
        seat = Participation.objects.active().get(compartment=one.room_id, partner=agent.partner)
    client, given = Client(), []
    client.force_login(agent)
    assert "Noor" in client.get(f"/dossiers/{one.uuid}/").content.decode()
    reached, go_on = threading.Event(), threading.Event()

    def read():
        with connection.execute_wrapper(pause_before("cases_case", reached=reached, go_on=go_on)):
            given.append(client.get(f"/dossiers/{one.uuid}/"))

    def revoke():
        assert reached.wait(20)
        with acting_as(regisseur):
            operations.end_participation(participation=seat, by=regisseur)
            make_case.remark(by=regisseur, case=one, text="Geschreven na het einde")
        go_on.set()

    at_the_same_time(read, revoke)
    [answer] = given
    assert answer.status_code == 404
    assert "Noor" not in answer.content.decode() and "na het einde" not in answer.content.decode()
