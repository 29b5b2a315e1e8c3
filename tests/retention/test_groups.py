"""A closed group has a term of its own: then it goes, with what meetings said of it, and nothing of others."""

import pytest
from django.db import connections
from django.urls import reverse

from cases.models import Group, GroupMember, Youth
from cases.operations import group_goals, groups
from foundation.scope import acting_as
from meetings.models import Document, GroupPoint, MeetingState
from meetings.operations import group_points
from meetings.operations.minutes import store_document
from meetings.papers import Paper
from retention.models import Certificate, Kind
from tests.factories import cases as make_case
from tests.factories import groups as make
from tests.factories import meetings as make_meeting
from tests.factories import retention as factory


@pytest.fixture
def old(committed_db, regisseur, partners):
    """Closed two years ago, discussed in a meeting of which there are minutes; and a group that goes on."""
    table = [partners["politie"], partners["jens"]]
    with acting_as(regisseur):
        group, other = (make.naming(by=regisseur, partners=table, name=name) for name in ("Oud", "Nieuw"))
        case = make_case.case(by=regisseur, partners=table)
        for each in (group, other):
            make.member(by=regisseur, group=each, youth=case.youth)
        goal = make.goal(by=regisseur, group=group, partner=partners["jens"])
        group_goals.report(goal=goal, result="Gelukt", by=regisseur)
        meeting = make_meeting.agreed_meeting(by=regisseur)
        for each in (group, other):
            group_points.put(meeting=meeting, group=each, question="Lukt het?", minutes=5, by=regisseur)
        groups.close(group=group, evaluation="Het is rustig", by=regisseur)
        type(meeting).objects.filter(pk=meeting.pk).update(
            state=MeetingState.CONFIRMED, confirmed_at=meeting.starts_at, confirmed_by=regisseur
        )
        meeting.refresh_from_db()
        store_document(
            meeting=meeting, partner=None, paper=Paper(b"%PDF", "0" * 64, 1), youth_ids=[], group_ids=[group.pk], by=regisseur
        )  # fmt: skip
    factory.long_ago("cases_group", group.pk, "closed_at", 24)
    return group, other


def test_a_closed_group_is_proposed_when_its_term_is_over(old):
    [proposal] = factory.propose()
    assert (proposal.kind, proposal.object_number, proposal.youth_number) == (Kind.GROUP, old[0].pk, None)
    assert proposal.extent == "alleen deze groep"


def test_all_of_it_goes_and_nothing_of_others(old, regisseur):
    group, other = old
    [proposal] = factory.propose()
    factory.approve(proposal)
    factory.destroy(proposal)
    with acting_as(regisseur):
        assert list(Group.objects.visible_to(regisseur)) == [other]
        assert [m.group_id for m in GroupMember.objects.visible_to(regisseur)] == [other.pk]
        assert [p.group_id for p in GroupPoint.objects.visible_to(regisseur)] == [other.pk]
        assert Youth.objects.visible_to(regisseur).count() == 1
        assert bytes(Document.objects.visible_to(regisseur).get().content) == b""
        counts = Certificate.objects.get().counts
    assert {"cases_group", "cases_groupgoal", "cases_groupstep", "cases_groupplace"} <= counts.keys()
    with connections["bulk"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_compartment WHERE id = %s", [group.compartment_id])
        assert cursor.fetchone() == (0,)


def test_an_open_group_has_no_term(old):
    with connections["bulk"].cursor() as cursor:
        cursor.execute("SELECT number FROM retention_clocks() WHERE kind = 'group'")
        assert cursor.fetchall() == [(old[0].pk,)]


def test_the_page_says_what_goes(client, old, regisseur):
    [proposal] = factory.propose()
    client.force_login(regisseur)
    page = client.get(reverse("retention:proposal_detail", args=[proposal.uuid]))
    assert "met plekken, plan, stappen" in page.content.decode()
