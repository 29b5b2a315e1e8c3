"""Organisations, users and roles: what can be, who may, and that it is written down."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts import operations
from accounts.models import Partner, PartnerKind, RoleAssignment, User
from accounts.robots import Robot, people, robot
from accounts.roles import Level, Role
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from tests.factories import accounts as factory
from tests.factories.audit import logged


@pytest.fixture
def by(beheerder):
    with acting_as(beheerder):
        yield beheerder


# --- organisations --------------------------------------------------------------------------------
def test_adding_twice_with_one_key_is_adding_once(beheerder):
    key = uuid4()
    with acting_as(beheerder):
        first = factory.partner(by=beheerder, key=key)
        assert factory.partner(by=beheerder, key=key) == first
    assert [e.subject_id for e in logged("partner.added")] == [first.pk]


def test_two_organisations_never_have_one_name(by):
    factory.partner(by=by)
    with pytest.raises(NotPossible, match="Er is al een organisatie"):
        factory.partner(by=by)


def test_an_organisation_stops_when_nobody_can_log_in(by, partners):
    school = partners["school"]
    with pytest.raises(NotPossible, match="1 gebruiker kan nog inloggen"):
        operations.partners.close(partner=school, by=by)
    operations.users.disable(user=User.objects.get(username="mentor"), by=by)
    operations.partners.close(partner=school, by=by)
    operations.partners.close(partner=school, by=by)
    assert not Partner.objects.open().filter(pk=school.pk).exists()
    with pytest.raises(NotPossible, match="is gestopt"):
        operations.users.enable(user=User.objects.get(username="mentor"), by=by)
    operations.partners.reopen(partner=school, by=by)
    operations.users.enable(user=User.objects.get(username="mentor"), by=by)


def test_the_house_that_leads_neither_stops_nor_becomes_something_else(by):
    house = Partner.objects.get(kind=PartnerKind.REGIE)
    with pytest.raises(NotPossible, match="leidt de aanpak"):
        operations.partners.close(partner=house, by=by)
    with pytest.raises(NotPossible, match="één organisatie"):
        operations.partners.change(
            partner=house, name="X", short_name="X", kind=PartnerKind.POLICE, municipality=None, by=by
        )


# --- users ----------------------------------------------------------------------------------------
def test_a_new_user_gets_a_password_for_once(beheerder, partners):
    key = uuid4()
    with acting_as(beheerder):
        user, password = factory.user(by=beheerder, partner=partners["school"], key=key)
        assert user.check_password(password)
        assert user.is_password_temporary
        assert len(password) == 19
        assert factory.user(by=beheerder, partner=partners["school"], key=key) == (user, "")
    (event,) = logged("user.added")
    assert (event.subject_id, password in str(event.details)) == (user.pk, False)


def test_a_password_of_ones_own_is_nobody_elses_work(by, mentor):
    with pytest.raises(NotAllowed):
        operations.passwords.change(user=mentor, password="een-lange-zin-van-niemand", by=by)


def test_disabling_and_resetting_take_the_keys_away(by, agent):
    operations.users.disable(user=agent, by=by)
    assert User.objects.get(pk=agent.pk).session_keys() == []
    operations.users.enable(user=agent, by=by)
    operations.passwords.reset(user=agent, by=by)
    assert User.objects.get(pk=agent.pk).session_keys() == []


def test_robots_are_not_people(db):
    assert not people().filter(pk=robot(Robot.AGENDA).pk).exists()


# --- roles ----------------------------------------------------------------------------------------
def test_a_role_counts_at_once_and_so_does_its_end(beheerder, mentor, partners):
    before = mentor.session_keys()
    with acting_as(beheerder):
        held = factory.role(by=beheerder, user=mentor, role=Role.DEELNEMER, level=Level.JPP)
    assert len(User.objects.get(pk=mentor.pk).session_keys()) == len(before) + 1
    with acting_as(beheerder):
        operations.roles.end(assignment=held, by=beheerder)
        operations.roles.end(assignment=held, by=beheerder)
    assert User.objects.get(pk=mentor.pk).session_keys() == before
    assert [e.details["role"] for e in logged("role.assigned")] == ["deelnemer"]
    assert [e.details["role"] for e in logged("role.ended")] == ["deelnemer"]


@pytest.mark.parametrize(
    ("role", "level"),
    [
        (Role.REGISSEUR_JPP, None),
        (Role.REGISSEUR_LJA, None),
        (Role.REGISSEUR_PGA, None),
        (Role.DEELNEMER, Level.JPP),
        (Role.MELDER, None),
    ],
)
def test_a_beheerder_has_no_role_that_reads_a_case(by, manager, role, level, partners):
    factory.role(by=by, user=manager, role=Role.BEHEERDER)
    with pytest.raises(NotPossible, match="gaan niet samen"):
        factory.role(
            by=by, user=manager, role=role, level=level, municipality=partners["school"].municipality
        )


def test_a_disabled_or_new_beheerder_is_still_a_beheerder(by, manager):
    factory.role(by=by, user=manager, role=Role.BEHEERDER)
    User.objects.filter(pk=manager.pk).update(is_active=False, is_password_temporary=True)
    with pytest.raises(NotPossible, match="gaan niet samen"):
        factory.role(by=by, user=User.objects.get(pk=manager.pk), role=Role.REGISSEUR_JPP)


def test_a_regisseur_never_becomes_beheerder(by, regisseur):
    with pytest.raises(NotPossible, match="gaan niet samen"):
        factory.role(by=by, user=regisseur, role=Role.BEHEERDER)


def test_a_beheerder_leaves_their_own_account_alone(by):
    own = RoleAssignment.objects.get(user=by)
    for forbidden in (
        lambda: factory.role(by=by, user=by, role=Role.MELDER),
        lambda: operations.roles.end(assignment=own, by=by),
        lambda: operations.users.disable(user=by, by=by),
        lambda: operations.passwords.reset(user=by, by=by),
    ):
        with pytest.raises(NotAllowed, match="andere beheerder"):
            forbidden()
    own.refresh_from_db()
    assert own.ended_at is None


@pytest.mark.parametrize(
    ("role", "why"),
    [(Role.DEELNEMER, "kies JPP"), (Role.REGISSEUR_LJA, "kies een gemeente"), (Role.ROBOT, "de klok")],
)
def test_a_role_that_lacks_something(by, mentor, role, why):
    with pytest.raises(NotPossible, match=why):
        factory.role(by=by, user=mentor, role=role)


def test_a_role_is_held_once_and_until_a_day_to_come(by, mentor):
    with pytest.raises(NotPossible, match="heeft deze rol al"):
        factory.role(by=by, user=mentor, role=Role.MELDER)
    with pytest.raises(NotPossible, match="voorbij"):
        factory.role(by=by, user=mentor, role=Role.MANAGEMENT, until=timezone.now() - timedelta(minutes=1))


def test_only_a_beheerder_looks_after_anything(regisseur, fg, manager, mentor, partners):
    for who in (regisseur, fg, manager, mentor):
        with acting_as(who):
            for forbidden in (
                lambda who=who: factory.partner(by=who),
                lambda who=who: factory.user(by=who, partner=partners["school"]),
                lambda who=who: operations.users.disable(user=mentor, by=who),
                lambda who=who: factory.role(by=who, user=mentor, role=Role.DEELNEMER, level=Level.JPP),
            ):
                with pytest.raises(NotAllowed, match="beheerder"):
                    forbidden()
