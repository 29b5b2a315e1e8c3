"""Levels: what moves, who may, what stays behind."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from access.models import Compartment
from accounts import keys
from accounts.models import User
from accounts.roles import Level
from cases.models import Case, LevelChange, LevelChangeState
from cases.operations import cases, levels
from foundation.errors import NotAllowed, NotPossible, Refused
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

SOON = timezone.localdate() + timedelta(days=30)


def at_level(level, request):
    """A case that stands at this level, moved there by the operations."""
    regisseur = request.getfixturevalue("regisseur")
    with acting_as(regisseur):
        case = make.case(by=regisseur)
        if level == Level.JPP:
            return case
        change = make.proposal(by=regisseur, case=case, to=level)
    receiver = request.getfixturevalue("lja_heerlen" if level == Level.LJA else "pga")
    with acting_as(receiver):
        return levels.accept(change=change, answer="", by=receiver)


JPP, LJA, PGA = Level.JPP, Level.LJA, Level.PGA
PEOPLE = [
    "regisseur",
    "lja_heerlen",
    "lja_kerkrade",
    "pga",
    "agent",
    "coach_lja",
    "mentor",
    "manager",
    "beheerder",
]
MAY_PROPOSE = {JPP: {"regisseur"}, LJA: {"lja_heerlen"}, PGA: {"pga"}}


@pytest.mark.parametrize("old", Level)
@pytest.mark.parametrize("new", Level)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_proposes_what(old, new, who, request):
    case = at_level(old, request)
    user = request.getfixturevalue(who)
    with acting_as(user):
        if who in MAY_PROPOSE[old] and old != new:
            change = make.proposal(by=user, case=case, to=new)
            assert (change.old, change.new, change.state) == (old, new, LevelChangeState.PROPOSED)
        else:
            with pytest.raises(Refused):
                make.proposal(by=user, case=case, to=new)
            assert not LevelChange.objects.filter(state=LevelChangeState.PROPOSED).exists()


MAY_ANSWER = {JPP: {"regisseur", "tweede_regisseur"}, LJA: {"lja_heerlen"}, PGA: {"pga"}}


@pytest.mark.parametrize(("old", "new"), [(o, n) for o in Level for n in Level if o != n])
@pytest.mark.parametrize("who", [*PEOPLE, "tweede_regisseur"])
@pytest.mark.parametrize("answer", ["accept", "refuse"])
def test_who_answers(old, new, who, answer, request):
    case = at_level(old, request)
    proposer = request.getfixturevalue(next(iter(MAY_PROPOSE[old])))
    with acting_as(proposer):
        change = make.proposal(by=proposer, case=case, to=new)
    user = request.getfixturevalue(who)
    operation = getattr(levels, answer)
    with acting_as(user):
        if who in MAY_ANSWER[new]:
            operation(change=change, answer="Dat past hier", by=user)
        else:
            with pytest.raises(Refused):
                operation(change=change, answer="Dat past hier", by=user)
    with acting_as(proposer):
        change.refresh_from_db()
        case.refresh_from_db()
        wanted = {"accept": "accepted", "refuse": "refused"}[answer] if who in MAY_ANSWER[new] else "proposed"
        assert change.state == wanted
        assert case.level == (new if wanted == "accepted" else old)


def test_accepting_moves_the_case_into_the_new_room_with_regie_only(
    regisseur, lja_heerlen, agent, coach_lja, partners
):
    with acting_as(regisseur):
        case = make.case(by=regisseur, partners=[partners["politie"], partners["jens"]])
        action = make.action(by=regisseur, case=case, partner=partners["politie"])
        change = make.proposal(by=regisseur, case=case)
        assert not Compartment.objects.visible_to(regisseur).filter(pk=change.room_id).exists()
    old_room = case.room_id
    with acting_as(lja_heerlen):
        case = levels.accept(change=change, answer="Wij nemen het over", by=lja_heerlen)
        assert (case.level, case.room_id, case.review_on) == (LJA, change.room_id, change.review_on)
        assert case.level_since > case.opened_at
        heerlen = case.municipality_id
        assert case.room.readers == [keys.regie_key(heerlen, LJA)]
        assert not type(action).objects.filter(pk=action.pk).exists()  # stays behind, with its owner
    [event] = logged("level.accepted")
    assert (event.actor_id, event.details, event.case_id) == (
        lja_heerlen.pk,
        {"old": JPP, "new": LJA},
        case.pk,
    )
    with acting_as(agent):
        assert Case.objects.visible_to(agent).get().level == LJA  # the head; through the old room
        assert Compartment.objects.visible_to(agent).filter(pk=old_room).exists()
        assert not Compartment.objects.visible_to(agent).filter(pk=change.room_id).exists()
    with acting_as(coach_lja):
        assert not Case.objects.visible_to(coach_lja).exists()


@pytest.mark.parametrize("ending", ["refuse", "withdraw"])
def test_a_proposal_that_ends_closes_its_room(ending, regisseur, tweede_regisseur, lja_heerlen):
    with acting_as(regisseur):
        case = make.case(by=regisseur)
        change = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        assert Case.objects.visible_to(lja_heerlen).exists()
        if ending == "refuse":
            with pytest.raises(NotPossible, match="antwoord"):
                levels.refuse(change=change, answer=" ", by=lja_heerlen)
            levels.refuse(change=change, answer="Eerst nog een gesprek", by=lja_heerlen)
    if ending == "withdraw":
        with acting_as(tweede_regisseur):
            levels.withdraw(change=change, by=tweede_regisseur)
            levels.withdraw(change=change, by=tweede_regisseur)
    with acting_as(lja_heerlen):
        assert not Case.objects.visible_to(lja_heerlen).exists()
    with acting_as(regisseur):
        change.refresh_from_db()
        assert change.decided_at is not None
        make.proposal(by=regisseur, case=case)  # and the next one can be made
    assert len(logged(f"level.{change.state}")) == 1


def test_only_regie_of_the_present_level_withdraws(regisseur, lja_heerlen, agent, partners):
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=make.case(by=regisseur, partners=[partners["politie"]]))
    for user in (lja_heerlen, agent):
        with acting_as(user), pytest.raises(NotAllowed):
            levels.withdraw(change=change, by=user)


def test_guards(regisseur, lja_heerlen, lja_kerkrade):
    with acting_as(regisseur):
        case = make.case(by=regisseur)
        nowhere = make.case(by=regisseur, town=None)
        with pytest.raises(NotPossible, match="woongemeente"):
            make.proposal(by=regisseur, case=nowhere)
        make.proposal(by=regisseur, case=nowhere, to=PGA)
        with pytest.raises(NotPossible, match="Vul in: reden"):
            levels.propose(case=case, to=LJA, reason=" ", tried="x", review_on=SOON, by=regisseur)
        change = make.proposal(by=regisseur, case=case)
        with pytest.raises(NotPossible, match="ligt al een voorstel"):
            make.proposal(by=regisseur, case=case, to=PGA)
        with pytest.raises(NotPossible, match="ligt een voorstel"):
            cases.close(case=case, evaluation="Rust", helped="Coach", aftercare="", by=regisseur)
        closed = make.case(by=regisseur)
        cases.close(case=closed, evaluation="Rust", helped="Coach", aftercare="", by=regisseur)
        with pytest.raises(NotPossible, match="gesloten"):
            make.proposal(by=regisseur, case=closed)
    with acting_as(lja_heerlen):
        levels.accept(change=change, answer="", by=lja_heerlen)
        with pytest.raises(NotPossible, match="al besloten"):
            levels.accept(change=change, answer="", by=lja_heerlen)
        with pytest.raises(NotPossible, match="al besloten"):
            levels.refuse(change=change, answer="Toch niet", by=lja_heerlen)


def test_nobody_accepts_their_own_proposal(regisseur):
    regisseur.assignments.create(role="regisseur_pga")
    both = User.objects.get(pk=regisseur.pk)
    with acting_as(both):
        change = make.proposal(by=both, case=make.case(by=both), to=PGA)
        for answer in (levels.accept, levels.refuse):
            with pytest.raises(NotAllowed, match="Een ander"):
                answer(change=change, answer="Ja", by=both)


def test_access_by_name_is_not_regie(regisseur, lja_heerlen, lja_kerkrade, request):
    """A regisseur of another town who may look into the room does not lead it."""
    from access.operations import grant

    case = at_level(LJA, request)
    with acting_as(lja_heerlen):
        until = timezone.now() + timedelta(days=2)
        grant(
            compartment=case.room,
            user=lja_kerkrade,
            until=until,
            ground="case_need",
            reason="x",
            by=lja_heerlen,
        )
    with acting_as(lja_kerkrade):
        assert Compartment.objects.visible_to(lja_kerkrade).filter(pk=case.room_id).exists()
        with pytest.raises(NotAllowed):
            make.proposal(by=lja_kerkrade, case=case, to=PGA)


def test_the_same_key_is_one_proposal(regisseur):
    from uuid import uuid4

    key = uuid4()
    with acting_as(regisseur):
        case = make.case(by=regisseur)
        texts = {"reason": "Herhaling", "tried": "Coach", "review_on": SOON}
        first = levels.propose(case=case, to=LJA, by=regisseur, key=key, **texts)
        assert levels.propose(case=case, to=LJA, by=regisseur, key=key, **texts) == first
        assert LevelChange.objects.count() == 1


def test_two_answers_at_once_are_one(committed_db, regisseur, lja_heerlen):
    with acting_as(regisseur):
        case = make.case(by=regisseur)
        change = make.proposal(by=regisseur, case=case)
    outcomes, gate = [], threading.Barrier(2)

    def answer():
        user = User.objects.get(username="lja_heerlen")
        gate.wait()
        try:
            with acting_as(user):
                levels.accept(
                    change=LevelChange.objects.visible_to(user).get(pk=change.pk), answer="Ja", by=user
                )
            outcomes.append("accepted")
        except NotPossible as refusal:
            outcomes.append(refusal.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer) for _ in range(2)]
    [t.start() for t in threads]
    [t.join(20) for t in threads]
    assert sorted(outcomes) == ["Over dit voorstel is al besloten: overgenomen.", "accepted"]
    assert len(logged("level.accepted")) == 1
