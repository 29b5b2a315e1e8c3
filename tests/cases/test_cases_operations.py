"""Cases: opening, planning, closing, opening again."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from access.models import Compartment, CompartmentKind
from accounts.models import User
from cases.models import Case, Closing, Youth
from cases.operations import actions, cases
from foundation.errors import NotAllowed, NotPossible, Refused, Stale
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

TODAY = timezone.localdate()
EVALUATION = {"evaluation": "Zes maanden rust", "helped": "Vaste coach", "aftercare": "JENS"}


def test_a_case_has_its_head_with_the_youth_and_its_content_in_a_room(regisseur):
    with acting_as(regisseur):
        case = make.case(by=regisseur, review_on=TODAY)
        assert case.compartment_id == case.youth.compartment_id
        assert (case.room.kind, case.room.within_id) == (CompartmentKind.CASE, case.compartment_id)
        assert case.municipality == case.youth.municipality
        with pytest.raises(NotPossible, match="al een dossier open"):
            cases.open_case(youth=case.youth, by=regisseur)
    assert [e.case_id for e in logged("case.opened")] == [case.pk]


@pytest.mark.parametrize("who", ["agent", "mentor", "manager", "beheerder", "lja_heerlen"])
def test_only_regie_opens_a_case(who, regisseur, request):
    user = request.getfixturevalue(who)
    with acting_as(regisseur):
        youth = make.youth(by=regisseur)
        assert youth.compartment  # read while it can be read
    with acting_as(user), pytest.raises(NotAllowed):
        cases.open_case(youth=youth, by=user)


def test_two_who_open_at_once_open_one(committed_db, regisseur):
    with acting_as(regisseur):
        youth = make.youth(by=regisseur)
    outcomes, gate = [], threading.Barrier(2)

    def open_it():
        user = User.objects.get(username="tweede_regisseur")
        gate.wait()
        try:
            with acting_as(user):
                cases.open_case(youth=Youth.objects.visible_to(user).get(pk=youth.pk), by=user)
            outcomes.append("opened")
        except NotPossible:
            outcomes.append("refused")
        finally:
            connection.close()

    run_together(open_it)
    assert sorted(outcomes) == ["opened", "refused"]


def test_a_proposal_and_a_new_partner_at_once_do_not_wait_for_each_other_for_ever(committed_db, regisseur):
    """Both refresh the readers of the same family; the order of the locks is the same."""
    from tests.cast import partners

    with acting_as(regisseur):
        made = [make.case(by=regisseur) for _ in range(6)]
    problems, gate = [], threading.Barrier(2)

    def work(what):
        try:
            user = User.objects.get(username="regisseur")
            gate.wait()
            for case in made:
                with acting_as(user):
                    what(Case.objects.visible_to(user).get(pk=case.pk), user)
        except Exception as problem:  # a thread tells what went wrong
            problems.append(problem)
        finally:
            connection.close()

    def propose(case, user):
        make.proposal(by=user, case=case)

    def add(case, user):
        from tests.factories.access import take_part

        take_part(case.room, partners()["politie"], by=user)

    threads = [threading.Thread(target=work, args=(what,)) for what in (propose, add)]
    [t.start() for t in threads]
    [t.join(30) for t in threads]
    assert problems == []


def run_together(work):
    threads = [threading.Thread(target=work) for _ in range(2)]
    [t.start() for t in threads]
    [t.join(20) for t in threads]


def test_planning_carries_what_was_seen(regisseur, tweede_regisseur, jongerenwerker):
    with acting_as(regisseur):
        case = make.case(by=regisseur)
        soon, later = TODAY + timedelta(days=14), TODAY + timedelta(days=60)
        cases.plan(case=case, casusregisseur=jongerenwerker, review_on=soon, seen=(None, None), by=regisseur)
    with acting_as(tweede_regisseur):
        with pytest.raises(Stale) as stale:
            cases.plan(
                case=case, casusregisseur=None, review_on=later, seen=(None, None), by=tweede_regisseur
            )
        assert (stale.value.current.casusregisseur, stale.value.current.review_on) == (jongerenwerker, soon)
        # The same once more, as a double click sends it, is no conflict.
        cases.plan(
            case=case, casusregisseur=jongerenwerker, review_on=soon, seen=(None, None), by=tweede_regisseur
        )
    assert len(logged("case.planned")) == 1


@pytest.mark.parametrize("who", ["agent", "mentor", "lja_heerlen", "pga"])
@pytest.mark.parametrize("what", ["plan", "close", "reopen"])
def test_only_regie_of_the_level_changes_a_case(who, what, regisseur, partners, request):
    user = request.getfixturevalue(who)
    with acting_as(regisseur):
        case = make.case(by=regisseur, partners=[partners["politie"]])
        if what == "reopen":
            make.close(by=regisseur, case=case)
    more = {
        "plan": {"casusregisseur": None, "review_on": TODAY, "seen": (None, None)},
        "close": EVALUATION,
        "reopen": {"reason": "Nieuw signaal", "review_on": TODAY},
    }[what]
    with acting_as(user), pytest.raises(Refused):
        getattr(cases, what)(case=case, **more, by=user)


def test_a_case_closes_when_nothing_runs_and_opens_again_with_a_reason(regisseur, jongerenwerker, partners):
    with acting_as(regisseur):
        case = make.case(by=regisseur, partners=[partners["jens"]])
        action = make.action(by=regisseur, case=case, partner=partners["jens"])
        with pytest.raises(NotPossible, match="loopt nog 1 actie"):
            cases.close(case=case, **EVALUATION, by=regisseur)
    with acting_as(jongerenwerker):
        actions.end(action=action, to="done", result="", by=jongerenwerker)
    with acting_as(regisseur):
        with pytest.raises(NotPossible, match="wat heeft geholpen"):
            cases.close(case=case, evaluation="x", helped=" ", aftercare="", by=regisseur)
        closing = cases.close(case=case, **EVALUATION, by=regisseur)
        assert closing.compartment_id == case.room_id
        with pytest.raises(NotPossible, match="gesloten"):
            cases.close(case=case, **EVALUATION, by=regisseur)
        with pytest.raises(NotPossible, match="gesloten"):
            make.action(by=regisseur, case=case, partner=partners["jens"])
        with pytest.raises(NotPossible, match="Zeg waarom"):
            cases.reopen(case=case, reason="", review_on=TODAY, by=regisseur)
        case = cases.reopen(case=case, reason="Nieuw signaal", review_on=TODAY, by=regisseur)
        assert (case.closed_at, case.closed_by, case.review_on) == (None, None, TODAY)
        closing.refresh_from_db()
        assert (closing.reopened_by, closing.reopened_because) == (regisseur, "Nieuw signaal")
        with pytest.raises(NotPossible, match="al open"):
            cases.reopen(case=case, reason="Nog eens", review_on=TODAY, by=regisseur)
        cases.close(case=case, **EVALUATION, by=regisseur)
        assert Closing.objects.count() == 2


def test_a_closed_case_stays_closed_when_a_newer_one_is_open(regisseur):
    with acting_as(regisseur):
        old = make.case(by=regisseur)
        make.close(by=regisseur, case=old)
        newer = cases.open_case(youth=old.youth, by=regisseur)
        assert newer.room_id != old.room_id
        assert Compartment.objects.visible_to(regisseur).filter(within=old.compartment_id).count() == 2
        with pytest.raises(NotPossible, match="al een dossier open"):
            cases.reopen(case=old, reason="Nieuw signaal", review_on=TODAY, by=regisseur)
