"""Every quarter: does everybody still need what they hold? It ends nothing by itself."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from access import operations as access
from access.models import Ground
from accounts import operations as accounts
from accounts.models import RoleAssignment, User
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from oversight import operations
from oversight.models import ReviewLine, ReviewRound, Verdict
from oversight.rules import due_of_review, first_of_quarter
from oversight.tasks import start_review
from tests.factories import cases as factory
from tests.factories.audit import logged


@pytest.fixture
def me(client, fg):
    client.force_login(fg)
    return client


@pytest.fixture
def review(fg):
    with acting_as(fg):
        return operations.reviews.start(day=timezone.localdate(), by=fg)


@pytest.mark.parametrize(
    ("day", "first"),
    [((2026, 1, 1), (2026, 1, 1)), ((2026, 3, 31), (2026, 1, 1)), ((2026, 11, 26), (2026, 10, 1))],
)
def test_the_quarter_of_a_day(day, first):
    assert first_of_quarter(date(*day)) == date(*first)
    assert due_of_review(date(*first)) == date(*first) + timedelta(days=42)


def test_a_round_has_a_line_for_every_role_and_every_account_without_one(db, review, agent):
    later = User.objects.create(username="zonder_rol", last_name="Test", partner=agent.partner, password="!")
    assert (
        review.lines.count()
        == RoleAssignment.objects.active().exclude(user__username__startswith="robot").count()
    )
    assert not review.lines.filter(user=later).exists(), "came later: stands in the next round"
    with acting_as(User.objects.get(username="fg")):
        following = operations.reviews.start(
            day=review.quarter + timedelta(days=95), by=User.objects.get(username="fg")
        )
    assert following.lines.get(user=later).assignment is None


def test_the_clock_begins_a_round_once_a_quarter(db, fg):
    start_review()
    start_review()
    assert ReviewRound.objects.count() == 1
    assert len(logged("review.started")) == 1


def test_a_line_is_decided_and_the_beheerder_sees_the_task(me, review, agent, beheerder, client):
    line = review.lines.get(user=agent)
    answer = me.post(f"/toezicht/rechten/regels/{line.uuid}/", {"verdict": "remove"})
    assert answer.status_code == 303
    assert RoleAssignment.objects.active().filter(user=agent).exists(), "nothing ends by itself"
    client.force_login(beheerder)
    assert "recht dat weg moet" in client.get("/").content.decode()
    page = client.get("/toezicht/rechten/weg/")
    assert [x.user for x in page.context["lines"]] == [agent]
    with acting_as(beheerder):
        accounts.roles.end(assignment=line.assignment, by=beheerder)
    assert client.get("/toezicht/rechten/weg/").context["lines"] == []
    assert [(e.details["person"], e.details["verdict"]) for e in logged("review.line_decided")] == [
        (agent.pk, "remove")
    ]


def test_nobody_decides_about_themself(db, review, fg):
    with acting_as(fg), pytest.raises(NotAllowed, match="gaat over u"):
        operations.reviews.decide(line=review.lines.get(user=fg), verdict=Verdict.KEEP, by=fg)


def test_a_round_is_closed_when_all_is_decided_and_then_stays(me, review, fg, agent):
    assert me.post(f"/toezicht/rechten/{review.uuid}/afronden/").status_code == 409
    review.lines.update(verdict=Verdict.KEEP, decided_at=timezone.now(), decided_by=fg)
    assert me.post(f"/toezicht/rechten/{review.uuid}/afronden/").status_code == 303
    line = review.lines.get(user=agent)
    with acting_as(fg), pytest.raises(NotPossible, match="afgerond"):
        operations.reviews.decide(line=line, verdict=Verdict.REMOVE, by=fg)


def test_a_late_round_is_said_aloud_at_home(me, review):
    ReviewRound.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "Over tijd: uiterlijk" in me.get("/").content.decode()
    assert "had uiterlijk op" in me.get(f"/toezicht/rechten/{review.uuid}/").content.decode()


def test_the_list_of_rights_counts_personal_access_without_saying_to_what(me, regisseur, partners, mentor):
    with acting_as(regisseur):
        case = factory.case(
            by=regisseur, partners=[partners["politie"]], first_name="Sem", last_name="Zegniet"
        )
        access.grant(
            compartment=case.room, user=mentor, until=timezone.now() + timedelta(days=30),
            ground=Ground.SAFETY, reason="Gaat mee op huisbezoek", by=regisseur,
        )  # fmt: skip
    page = me.get("/toezicht/rechten/")
    rights = {right.user.username: right for right in page.context["rights"]}
    assert rights["mentor"].grants == 1 and rights["agent"].grants == 0
    text = page.content.decode()
    assert "Zegniet" not in text and "huisbezoek" not in text


def test_the_pages_cost_the_same_however_many_users(me, review, agent, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as few:
        me.get(f"/toezicht/rechten/{review.uuid}/")
    for number in range(20):
        user = User.objects.create(
            username=f"u{number}", last_name="Test", partner=agent.partner, password="!"
        )
        role = RoleAssignment.objects.create(user=user, role="melder")
        ReviewLine.objects.create(round=review, user=user, assignment=role)
    with django_assert_max_num_queries(len(few)):
        me.get(f"/toezicht/rechten/{review.uuid}/")
    with django_assert_max_num_queries(60) as few:
        me.get("/toezicht/rechten/")
