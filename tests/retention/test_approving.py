"""Two different people, each in the own name; and only then, and only what is over."""

from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, IntegrityError, ProgrammingError
from django.utils import timezone

from accounts.models import RoleAssignment, User
from accounts.robots import Robot, robot
from cases.models import Signal
from cases.operations import cases as case_operations
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from jobs import operations as jobs
from jobs.models import Job, State
from retention import operations
from retention.models import Approval, Certificate, Proposal, RefusalGround, SignalTrace
from tests.conftest import as_superuser
from tests.factories import cases as case_factory
from tests.factories import retention as factory
from tests.factories.jobs import finish

WHY = "De ouders maakten bezwaar bij de rechter"


def is_there(case):
    """Asked as who sees every row."""
    with connections["bulk"].cursor() as cursor:
        cursor.execute(
            "SELECT id FROM cases_case WHERE id = %s AND youth_id IN (SELECT id FROM cases_youth)", [case.pk]
        )
        return bool(cursor.fetchall())


def refuse(proposal, person, days=30):
    with acting_as(person):
        operations.proposals.refuse(
            proposal=proposal, ground=RefusalGround.LAWSUIT, explanation=WHY,
            postponed_until=timezone.localdate() + timedelta(days=days), by=person,
        )  # fmt: skip


# --- it works -------------------------------------------------------------------------------------
def test_two_say_yes_and_it_is_done_with_a_certificate(old_case, proposal, regisseur, fg):
    assert factory.approve(proposal, "regisseur") is None
    assert is_there(old_case)
    job = factory.approve(proposal, "fg")
    factory.work()

    job.refresh_from_db()
    assert job.state == State.DONE
    assert not is_there(old_case)
    with acting_as(fg):
        certificate = Certificate.objects.get()
        assert (certificate.regie_by, certificate.privacy_by) == (regisseur, fg)
        assert certificate.pages and bytes(certificate.content).startswith(b"%PDF")
        assert "Oudegeest" not in str(certificate.counts)


def test_either_may_be_the_first(proposal, old_case):
    factory.approve(proposal, "fg", "regisseur")
    factory.work()
    assert not is_there(old_case)


def test_proposing_twice_is_proposing_once(proposal):
    assert [p.pk for p in factory.propose()] == [proposal.pk]


def test_destroying_twice_is_destroying_once(proposal, old_case, fg):
    factory.approve(proposal)
    assert factory.destroy(proposal).pk == factory.destroy(proposal).pk
    straight(proposal)
    with acting_as(fg):
        assert Certificate.objects.count() == 1
    assert factory.propose() == []


# --- who ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["lja_heerlen", "pga", "agent", "mentor", "beheerder", "manager"])
def test_others_do_not_even_find_it(who, proposal, request):
    person = request.getfixturevalue(who)
    with acting_as(person), pytest.raises(Proposal.DoesNotExist):
        operations.proposals.approve(proposal=proposal, by=person)
    with acting_as(person):
        assert not Proposal.objects.visible_to(person).exists()
        assert not Proposal.objects.exists()  # the second lock, without the first
    assert not _approvals()


def _approvals():
    with acting_as(User.objects.get(username="fg")):
        return list(Approval.objects.values_list("person__username", flat=True))


def test_the_same_person_does_not_say_yes_twice(proposal, regisseur):
    factory.approve(proposal, "regisseur")
    with pytest.raises(NotPossible):
        factory.approve(proposal, "regisseur")
    assert _approvals() == ["regisseur"]


def test_somebody_who_is_both_counts_once(proposal, old_case, fg):
    """Regie and privacy officer in one person: still one person."""
    RoleAssignment.objects.create(user=fg, role="regisseur_jpp")
    both = User.objects.get(pk=fg.pk)
    factory.approve(proposal, "fg")
    with acting_as(both), pytest.raises(NotPossible):
        operations.proposals.approve(proposal=proposal, by=both)
    with acting_as(both), pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(proposal=proposal, side="regie", person=both)
    assert is_there(old_case)


def test_two_of_regie_are_not_two(proposal, old_case):
    factory.approve(proposal, "regisseur")
    with pytest.raises(NotPossible):
        factory.approve(proposal, "tweede_regisseur")
    with pytest.raises(NotPossible):
        factory.destroy(proposal)
    assert is_there(old_case)


def test_only_the_clock_destroys_and_proposes(proposal, regisseur, old_case):
    factory.approve(proposal)
    with acting_as(regisseur):
        with pytest.raises(NotAllowed):
            operations.destroying.destroy(proposal=proposal, by=regisseur)
        with pytest.raises(NotAllowed):
            operations.proposals.propose(by=regisseur)
    assert is_there(old_case)


def test_an_approval_is_taken_in_the_own_name_only(proposal, regisseur, fg):
    with (
        acting_as(regisseur),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Approval.objects.create(proposal=proposal, side="privacy", person=fg)
    assert _approvals() == []


# --- the database itself --------------------------------------------------------------------------
def straight(proposal):
    """The function, past our own checks."""
    with acting_as(robot(Robot.RETENTION)), connection.cursor() as cursor:
        cursor.execute("SELECT retention_destroy(%s)", [proposal.pk])


@pytest.mark.parametrize("said", [[], ["regisseur"], ["fg"]])
def test_without_two_approvals_the_database_refuses(said, proposal, old_case):
    if said:
        factory.approve(proposal, *said)
    with pytest.raises(ProgrammingError, match="not approved by two"):
        straight(proposal)
    assert is_there(old_case)


@pytest.mark.parametrize("role", ["regisseur_jpp", "privacy_officer"])
def test_who_lost_the_role_does_not_count(role, proposal, old_case, beheerder):
    factory.approve(proposal)
    RoleAssignment.objects.filter(role=role, user__username__in=["regisseur", "fg"]).update(
        ended_at=timezone.now(), ended_by=beheerder
    )
    with pytest.raises(ProgrammingError, match="not approved by two"):
        straight(proposal)
    assert is_there(old_case)


def test_two_approvals_of_one_side_are_refused_by_the_database(
    proposal, old_case, regisseur, tweede_regisseur
):
    factory.approve(proposal, "regisseur")
    with acting_as(tweede_regisseur):
        Approval.objects.create(proposal=proposal, side="privacy", person=tweede_regisseur)
    with pytest.raises(ProgrammingError, match="not approved by two"):
        straight(proposal)
    assert is_there(old_case)


def test_what_is_opened_again_meanwhile_is_not_destroyed(proposal, old_case, regisseur):
    factory.approve(proposal)
    with acting_as(regisseur):
        case_operations.reopen(case=old_case, reason="Nieuw signaal", review_on=None, by=regisseur)
    with pytest.raises(ProgrammingError, match="not over"):
        straight(proposal)
    assert factory.propose() == []
    assert is_there(old_case)


def test_a_youth_about_whom_a_signal_waits_stays(old_case, mentor):
    with acting_as(mentor):
        case_factory.signal(by=mentor, first_name="mus", last_name="oudegeest")
    assert factory.propose() == []


def denied(sql, person):
    """InsufficientPrivilege, and not because of row security."""
    try:
        with acting_as(person), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


FORBIDDEN = [
    "cases_youth",
    "cases_case",
    "cases_signal",
    "access_compartment",
    "retention_proposal",
    "retention_certificate",
]


@pytest.mark.parametrize("table", FORBIDDEN)
def test_the_application_deletes_nothing(table, proposal, fg):
    assert denied(f"DELETE FROM {table}", fg)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE retention_proposal SET destroyed_at = now()",
        "INSERT INTO retention_certificate (uuid) VALUES (gen_random_uuid())",
        "UPDATE retention_approval SET person_id = 1",
        "SELECT retention_remove('{}', 'cases_case', 'id', '{}')",
        "SELECT retention_clocks()",
    ],
)
def test_the_application_cannot_write_its_own_proof(sql, proposal, fg):
    assert denied(sql, fg)


# --- halfway, and not at all ----------------------------------------------------------------------
def test_killed_halfway_nothing_happened_and_the_next_try_does_it(proposal, old_case, monkeypatch):
    job = factory.approve(proposal)
    real = operations.destroying.record

    def killed(*args, **kwargs):
        raise RuntimeError("the power went out")

    monkeypatch.setattr(operations.destroying, "record", killed)
    assert jobs.run(job.pk) is False
    assert is_there(old_case)
    with acting_as(User.objects.get(username="fg")):
        assert not Certificate.objects.exists()
    monkeypatch.setattr(operations.destroying, "record", real)
    assert jobs.run(job.pk) is True
    assert not is_there(old_case)


def test_the_night_finds_what_the_queue_lost(proposal, old_case):
    from retention.tasks import destroy_approved

    factory.approve(proposal)
    Job.objects.filter(kind="retention.destroy").update(state=State.FAILED, problem="weg")
    destroy_approved()
    finish(kind="retention.destroy")
    assert not is_there(old_case)


def test_a_new_table_that_nobody_named_makes_it_stop(proposal, old_case, committed_db):
    as_superuser(
        "CREATE TABLE new_thing (id bigint, case_id bigint REFERENCES cases_case (id))",
        "ALTER TABLE new_thing OWNER TO ijap_owner",
        database=committed_db,
    )
    factory.approve(proposal)
    with pytest.raises(DatabaseError, match="new_thing"):
        factory.destroy(proposal)
    assert is_there(old_case)


@pytest.mark.parametrize("who", ["regisseur", "fg"])
def test_either_holds_it_back_also_after_the_other_approved(who, proposal, old_case, request):
    factory.approve(proposal, "fg" if who == "regisseur" else "regisseur")
    refuse(proposal, request.getfixturevalue(who))
    assert factory.propose() == []
    with pytest.raises(NotPossible):
        factory.destroy(proposal)
    with pytest.raises(ProgrammingError, match="does not stand"):
        straight(proposal)
    assert is_there(old_case)


def test_after_the_new_day_it_is_proposed_again(proposal, fg):
    refuse(proposal, fg, days=1)
    as_superuser(
        "UPDATE retention_proposal SET postponed_until = current_date",
        database=connection.settings_dict["NAME"],
    )
    (again,) = factory.propose()
    assert again.pk != proposal.pk


# --- a signal -------------------------------------------------------------------------------------
def test_a_rejected_signal_leaves_a_number_and_what_was_counted(old_signal, mentor):
    (proposal,) = factory.propose()
    assert (proposal.kind, proposal.object_number) == ("signal", old_signal.pk)
    factory.approve(proposal)
    factory.destroy(proposal)
    with acting_as(mentor):
        assert not Signal.objects.visible_to(mentor).exists()
        trace = SignalTrace.objects.get()
    assert (trace.signal_number, trace.state, str(trace.municipality)) == (
        old_signal.pk,
        "rejected",
        "Heerlen",
    )
    assert trace.submitted_month.day == trace.decided_month.day == 1
    assert {f.name for f in SignalTrace._meta.fields} == {
        "id", "signal_number", "state", "municipality", "submitted_month", "decided_month"
    }  # fmt: skip


@pytest.mark.parametrize("months", [1, 5])
def test_a_signal_within_its_term_stays(old_signal, months):
    factory.long_ago("cases_signal", old_signal.pk, "decided_at", months)
    assert factory.propose() == []
