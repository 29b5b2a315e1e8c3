"""Flags on screen: late ones loudly, each with an owner, closed with an explanation by somebody else."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError
from django.utils import timezone

from accounts.models import RoleAssignment, User
from accounts.robots import Robot, robot
from accounts.roles import Role
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from oversight import operations
from oversight.models import Flag, FlagKind, FlagOutcome, Threshold
from oversight.queries import limits_of
from oversight.rules import THRESHOLDS
from tests.factories.audit import logged
from tests.factories.oversight import flag, row, write_rows


@pytest.fixture
def me(client, fg):
    client.force_login(fg)
    return client


@pytest.fixture
def second_fg(fg):
    other = User.objects.create(username="tweede_fg", last_name="Test", partner=fg.partner, password="!")
    RoleAssignment.objects.create(user=other, role=Role.PRIVACY_OFFICER)
    return other


def test_late_flags_stand_first_and_are_said_aloud(me, agent, mentor):
    flag(person=agent, days=5)
    flag(person=mentor, days=-1)
    page = me.get("/toezicht/vlaggen/")
    assert [line[0].person.username for line in page.context["lines"]] == ["mentor", "agent"]
    assert [line[2] for line in page.context["lines"]] == [True, False]
    assert "had al bekeken moeten zijn" in page.content.decode()
    home = me.get("/").content.decode()
    assert "vlag over tijd" in home and "over tijd</" in home


def test_a_flag_is_closed_with_an_outcome_and_an_explanation(me, agent, fg):
    one = flag(person=agent)
    address = f"/toezicht/vlaggen/{one.uuid}/"
    answer = me.post(address, {"outcome": "talked", "explanation": "kort"})
    assert answer.status_code == 400 and "kort" in answer.content.decode()
    answer = me.post(address, {"outcome": "talked", "explanation": "Was de waarneming van een collega."})
    assert answer.status_code == 303
    with acting_as(fg):
        one.refresh_from_db()
    assert (one.outcome, one.closed_by, one.explanation) == (
        FlagOutcome.TALKED, fg, "Was de waarneming van een collega.",
    )  # fmt: skip
    assert [e.details["result"] for e in logged("flag.closed")] == ["talked"]
    assert "Was de waarneming" in me.get(address).content.decode()
    assert me.post(address, {"outcome": "talked", "explanation": "Nog een keer gezegd"}).status_code == 409
    assert me.get("/toezicht/vlaggen/?afgehandeld=1").context["lines"]


def test_nobody_closes_or_takes_a_flag_about_themself(db, fg):
    one = flag(person=fg)
    with acting_as(fg):
        with pytest.raises(NotAllowed, match="gaat over u"):
            operations.flags.close(
                flag=one, outcome=FlagOutcome.NOT_RIGHT, explanation="Ik deed niets verkeerd", by=fg
            )
        with pytest.raises(NotPossible, match="gaat over u"):
            operations.flags.take(flag=one, by=fg)


def test_another_privacy_officer_can_take_a_flag_over(me, agent, fg, second_fg, client):
    one = flag(person=agent)
    client.force_login(second_fg)
    assert client.post(f"/toezicht/vlaggen/{one.uuid}/overnemen/").status_code == 303
    with acting_as(fg):
        one.refresh_from_db()
    assert one.owner == second_fg
    assert [e.actor_id for e in logged("flag.taken")] == [second_fg.pk]


def test_a_flag_about_a_privacy_officer_goes_to_another(committed_db, fg, second_fg):
    at = timezone.now().replace(hour=22) - timedelta(days=1)
    write_rows([row(at - timedelta(minutes=n), "case.viewed", fg, case=1) for n in range(6)])
    watcher = robot(Robot.OVERSIGHT)
    with acting_as(watcher):
        raised = operations.flags.look(day=timezone.localdate(at), by=watcher, kinds=[FlagKind.ODD_HOURS])
        assert [(one.person, one.owner) for one in raised] == [(fg, second_fg)]
    assert [e.details["person"] for e in logged("flag.raised")] == [fg.pk]


def test_nobody_but_the_clock_picks_whom_to_look_at(db, fg):
    with acting_as(fg), pytest.raises(NotAllowed):
        operations.flags.look(day=timezone.localdate(), by=fg)


def test_the_database_shows_flags_to_the_privacy_officer_only(db, agent, regisseur, beheerder, fg):
    flag(person=agent)
    for user in (agent, regisseur, beheerder):
        with acting_as(user):
            assert not Flag.objects.exists()
            with pytest.raises(DatabaseError, match="row-level security"):
                from django.db import transaction

                with transaction.atomic():
                    Flag.objects.create(
                        key="x", kind="papers", partner=agent.partner, starts_at=timezone.now(),
                        ends_at=timezone.now(), due_on=timezone.localdate(),
                    )  # fmt: skip
    with acting_as(fg):
        assert Flag.objects.count() == 1


def test_a_closed_flag_without_an_outcome_cannot_be(db, agent, fg):
    one = flag(person=agent)
    with acting_as(fg), pytest.raises(IntegrityError, match="flag_closed_has_outcome"):
        Flag.objects.filter(pk=one.pk).update(closed_at=timezone.now(), closed_by=fg)


# --- thresholds -----------------------------------------------------------------------------------
def test_every_threshold_of_the_page_is_in_the_database_with_its_first_value(db):
    stored = {(t.kind, t.name): t.value for t in Threshold.objects.all()}
    assert stored == {(k.value, n): v for k, names in THRESHOLDS.items() for n, (_, v) in names.items()}
    assert set(THRESHOLDS) == set(FlagKind)


def form_values(**changes):
    values = {f"{t.kind}.{t.name}": t.value for t in Threshold.objects.all()}
    return values | {name.replace("__", "."): value for name, value in changes.items()}


def test_a_threshold_is_changed_on_a_page_and_counts(me, fg):
    assert me.get("/toezicht/drempels/").status_code == 200
    assert me.post("/toezicht/drempels/", form_values(papers__more_than=5)).status_code == 303
    assert limits_of(FlagKind.PAPERS)["more_than"] == 5
    assert Threshold.objects.get(kind="papers", name="more_than").changed_by == fg
    events = logged("threshold.changed")
    assert [(e.details["flag"], e.details["old"], e.details["new"]) for e in events] == [("papers", 20, 5)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"papers__more_than": 0},
        {"papers__more_than": "veel"},
        {"odd_hours__from_hour": 21},
        {"leaver__days": 9999},
    ],
)
def test_a_threshold_that_makes_no_sense_is_refused_and_nothing_changes(me, wrong):
    answer = me.post("/toezicht/drempels/", form_values(crowd__more_than=9, **wrong))
    assert answer.status_code == 400
    assert limits_of(FlagKind.CROWD)["more_than"] == 5
