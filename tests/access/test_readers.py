"""Readers are derived by the database, and both locks agree about them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.utils import timezone

from access import operations
from access.models import Compartment, CompartmentKind, EndedGrant, Grant, Ground, Participation
from accounts import keys
from accounts.models import Municipality, User
from accounts.roles import Level
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import ScopeMissing, ScopeNested, acting_as
from tests import cast
from tests.factories.access import compartment, readers_of, room_elsewhere, take_part, youth_with_room


def visible_both_ways(user):
    """What Python's lock shows this user, and what PostgreSQL's lock shows. They must be equal."""
    with acting_as(user):
        python = set(Compartment.objects.visible_to(user).values_list("pk", flat=True))
        postgres = set(Compartment.objects.values_list("pk", flat=True))
    assert python == postgres
    return python


def test_keys_are_the_same_in_python_and_postgres(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_partner_key(7, 2, 1), access_regie_key(3, 1, 0), access_person_key(12)")
        assert cursor.fetchone() == (keys.partner_key(7, 2, 1), keys.regie_key(3, 1), keys.person_key(12))
        cursor.execute("SELECT access_regie_key(NULL, 1, 0)")
        assert cursor.fetchone() == (keys.regie_key(None, 1),)


def test_insert_comes_back_to_its_maker(regisseur, mentor):
    with acting_as(regisseur):
        assert readers_of(compartment(by=regisseur)) == {keys.regie_key(_heerlen().pk, Level.JPP)}
    with acting_as(mentor):
        signal = compartment(by=mentor, kind=CompartmentKind.SIGNAL, author=mentor)
        assert keys.person_key(mentor.pk) in readers_of(signal)


def test_a_participation_opens_for_deelnemers_only(regisseur, agent, wijkagent, jongerenwerker, partners):
    with acting_as(regisseur):
        youth, room = youth_with_room(by=regisseur)
        take_part(room, partners["politie"], by=regisseur)
    assert visible_both_ways(agent) == {youth.pk, room.pk}
    assert visible_both_ways(wijkagent) == set()
    assert visible_both_ways(jongerenwerker) == set()


def test_every_person_sees_the_same_through_both_locks(regisseur, lja_heerlen, agent, partners):
    with acting_as(regisseur):
        youth, room = youth_with_room(by=regisseur)
        room_elsewhere(youth, by=regisseur)
        take_part(room, partners["politie"], by=regisseur)
        take_part(room, partners["jens"], by=regisseur, until=timezone.now() + timedelta(days=1))
        operations.exclude(compartment=youth, user=agent, reason="Kent de jongere privé", by=regisseur)
    seen = {name: len(visible_both_ways(User.objects.get(username=name))) for name in cast.PEOPLE}
    # Both regisseurs JPP see youth and room; regie of LJA Heerlen sees its room and the youth it is in.
    assert seen["regisseur"] == seen["tweede_regisseur"] == 2
    assert seen["lja_heerlen"] == 2
    assert seen["jongerenwerker"] == 2
    assert {name for name, count in seen.items() if count} == {
        "regisseur", "tweede_regisseur", "lja_heerlen", "jongerenwerker"
    }  # fmt: skip


def test_ending_a_participation_closes_at_once(regisseur, agent, partners):
    with acting_as(regisseur):
        youth, room = youth_with_room(by=regisseur)
        participation = take_part(room, partners["politie"], by=regisseur)
    assert visible_both_ways(agent)
    with acting_as(regisseur):
        operations.end_participation(participation=participation, by=regisseur)
        operations.end_participation(participation=participation, by=regisseur)
    assert visible_both_ways(agent) == set()
    # Who leads keeps seeing who took part.
    with acting_as(regisseur):
        assert Participation.objects.visible_to(regisseur).get().ended_by == regisseur


def test_a_lapsed_participation_is_closed_before_any_job_ran(regisseur, agent, committed_db):
    partner = cast.partners()["politie"]
    with acting_as(regisseur):
        _, room = youth_with_room(by=regisseur)
        take_part(room, partner, by=regisseur, until=timezone.now() + timedelta(seconds=1))
    assert len(visible_both_ways(agent)) == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(1.2)")
    assert visible_both_ways(agent) == set()
    with acting_as(regisseur):
        assert keys.partner_key(partner.pk, Level.JPP) in readers_of(room)  # the job is late
        assert operations.expire(by=regisseur) == 2
        assert keys.partner_key(partner.pk, Level.JPP) not in readers_of(room)
        assert operations.recompute(by=regisseur) == 0


def test_a_grant_is_for_one_person_and_guardian_agrees(regisseur, wijkagent, agent):
    with acting_as(regisseur):
        youth, room = youth_with_room(by=regisseur)
        given = _grant(room, wijkagent, by=regisseur)
    assert visible_both_ways(wijkagent) == {youth.pk, room.pk}
    assert visible_both_ways(agent) == set()
    with acting_as(wijkagent):
        assert User.objects.get(pk=wijkagent.pk).has_perm("access.view_compartment", room)
    with acting_as(regisseur):
        operations.end_grant(grant=given, by=regisseur)
        assert not Grant.objects.exists()
        assert EndedGrant.objects.get().user == wijkagent
    assert visible_both_ways(wijkagent) == set()
    with acting_as(wijkagent):
        assert not User.objects.get(pk=wijkagent.pk).has_perm("access.view_compartment", room)


def test_only_regie_gives_access_and_not_to_itself(regisseur, agent, mentor, partners):
    with acting_as(regisseur):
        _, room = youth_with_room(by=regisseur)
        take_part(room, partners["politie"], by=regisseur)
        with pytest.raises(NotPossible, match="uzelf"):
            _grant(room, regisseur, by=regisseur)
        with pytest.raises(NotPossible, match="neemt al deel"):
            take_part(room, partners["politie"], by=regisseur)
    with acting_as(agent), pytest.raises(NotAllowed):
        _grant(room, mentor, by=agent)
    with acting_as(mentor), pytest.raises(NotAllowed):
        take_part(room, partners["jens"], by=mentor)


def test_a_room_elsewhere_is_for_its_own_regie_until_it_is_closed(regisseur, pga):
    with acting_as(regisseur):
        youth, room = youth_with_room(by=regisseur)
        other = room_elsewhere(youth, by=regisseur, level=Level.PGA)
    assert visible_both_ways(pga) == {youth.pk, other}
    assert visible_both_ways(regisseur) == {youth.pk, room.pk}
    with acting_as(regisseur):
        operations.close_room(room=other, by=regisseur)
    assert visible_both_ways(pga) == set()


def test_moving_to_another_municipality_moves_regie(regisseur, lja_heerlen, lja_kerkrade):
    with acting_as(regisseur):
        youth, _ = youth_with_room(by=regisseur)
        room = room_elsewhere(youth, by=regisseur)
    with acting_as(lja_heerlen):
        kerkrade = Municipality.objects.get(name="Kerkrade")
        Compartment.objects.filter(pk=room).update(municipality=kerkrade)
    assert visible_both_ways(lja_heerlen) == set()
    assert visible_both_ways(lja_kerkrade) == {youth.pk, room}


def test_a_private_compartment_is_its_authors_until_it_is_opened(mentor, regisseur):
    with acting_as(mentor):
        draft = operations.open_compartment(
            kind=CompartmentKind.SIGNAL,
            level=Level.JPP,
            municipality=None,
            author=mentor,
            is_private=True,
            by=mentor,
        )
    assert visible_both_ways(mentor) == {draft.pk}
    assert visible_both_ways(regisseur) == set()
    with acting_as(mentor):
        Compartment.objects.filter(pk=draft.pk).update(is_private=False)
    assert visible_both_ways(regisseur) == {draft.pk}


def test_leaving_a_case_closes_its_agenda_items_too(regisseur, agent, partners):
    with acting_as(regisseur):
        youth, room = youth_with_room(by=regisseur)
        item = compartment(by=regisseur, kind=CompartmentKind.AGENDA_ITEM, within=youth)
        participation = take_part(room, partners["politie"], by=regisseur)
        take_part(item, partners["politie"], by=regisseur)
        take_part(item, partners["jens"], by=regisseur)
        operations.end_participation(participation=participation, by=regisseur)
        assert keys.partner_key(partners["jens"].pk, Level.JPP) in readers_of(item)
    assert visible_both_ways(agent) == set()


def test_the_application_cannot_set_readers_or_delete(regisseur):
    with acting_as(regisseur):
        room = compartment(by=regisseur)
    for statement in (
        "UPDATE access_compartment SET readers = '{1}'",
        "DELETE FROM access_compartment",
        "DELETE FROM access_participation",
        "TRUNCATE access_participation",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(regisseur):
            connection.cursor().execute(statement)
    with acting_as(regisseur):
        assert readers_of(room) == {keys.regie_key(_heerlen().pk, Level.JPP)}


def test_a_forgotten_scope_raises_in_python_and_in_postgres(db):
    with pytest.raises(ScopeMissing):
        Compartment.objects.count()
    with pytest.raises(DatabaseError, match="no access scope"):
        connection.cursor().execute("SELECT count(app_keys())")


def test_scopes_do_not_nest_and_leave_nothing_behind(regisseur, agent):
    with acting_as(regisseur), pytest.raises(ScopeNested), acting_as(agent):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('ijap.keys', true)")
        assert cursor.fetchone()[0] in (None, "")


def test_a_disabled_user_carries_no_keys(regisseur):
    with acting_as(regisseur):
        compartment(by=regisseur)
    User.objects.filter(pk=regisseur.pk).update(is_active=False)
    assert visible_both_ways(User.objects.get(pk=regisseur.pk)) == set()


def test_a_role_that_ended_carries_no_key(agent, partners):
    with time_machine.travel(timezone.now(), tick=False):
        assert keys.partner_key(partners["politie"].pk, Level.JPP) in agent.session_keys()
    agent.assignments.update(until=timezone.now() - timedelta(seconds=1))
    assert User.objects.get(pk=agent.pk).session_keys() == [keys.person_key(agent.pk)]


def _heerlen():
    return Municipality.objects.get(name="Heerlen")


def _grant(room, user, *, by):
    return operations.grant(
        compartment=room,
        user=user,
        until=timezone.now() + timedelta(days=7),
        ground=Ground.SAFETY,
        reason="Gaat morgen op huisbezoek",
        by=by,
    )
