"""Brothers, sisters and members of a group beside each other, told only to who reads both youths and what ties them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.robots import Robot, robot
from foundation.scope import acting_as
from meetings.models import AgendaItem
from meetings.operations import agenda, points
from tests.factories import cases, groups, meetings
from tests.factories.audit import logged

FAMILY = "Verzonnen"


@pytest.fixture
def meeting(beheerder):
    return meetings.meeting(by=beheerder, minutes=120)


@pytest.fixture
def youths(regisseur, partners):
    """Five cases of Heerlen in this order of weight. JENS sits at all, the police at the first only."""
    tables = [[partners["politie"], partners["jens"]], *[[partners["jens"]]] * 4]
    with acting_as(regisseur):
        return [
            cases.case(
                by=regisseur,
                partners=table,
                first_name=f"K{n}",
                last_name=FAMILY,
                review_on=timezone.localdate() - timedelta(days=99 - n),
            )
            for n, table in enumerate(tables)
        ]


@pytest.fixture
def tied(regisseur, youths, partners):
    """K0 has a brother K3; K1 and K4 are in one group, of which JENS is not."""
    with acting_as(regisseur):
        cases.relative(by=regisseur, case=youths[0], kind="brother", first_name="K3", last_name=FAMILY)
        group = groups.naming(by=regisseur, partners=[partners["politie"]])
        for case in (youths[1], youths[4]):
            groups.member(by=regisseur, group=group, youth=case.youth)
    return youths


def order(meeting, regisseur):
    with acting_as(regisseur):
        found = AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("case__youth")
        return [item.case.youth.first_name for item in found]


def text_of(client, user, meeting):
    client.force_login(user)
    answer = client.get(f"/overleg/{meeting.uuid}/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_without_a_row_that_says_so_a_name_ties_nobody(meeting, youths, regisseur):
    with acting_as(regisseur):
        agenda.build_agenda(meeting=meeting, by=regisseur)
    assert order(meeting, regisseur) == ["K0", "K1", "K2", "K3", "K4"]


@pytest.mark.parametrize("maker", ["regisseur", "robot"])
def test_who_belongs_together_stands_together(meeting, tied, regisseur, maker):
    by = regisseur if maker == "regisseur" else robot(Robot.AGENDA)
    with acting_as(by):
        agenda.build_agenda(meeting=meeting, by=by)
    assert order(meeting, regisseur) == ["K0", "K3", "K1", "K4", "K2"]


def test_who_comes_later_joins_the_brother(meeting, tied, regisseur):
    with acting_as(regisseur):
        for n in (1, 0, 2, 3):
            points.add(meeting=meeting, case=tied[n], by=regisseur)
    assert order(meeting, regisseur) == ["K1", "K0", "K3", "K2"]


def test_it_is_told_to_who_reads_both_youths_and_the_tie(
    client, meeting, tied, regisseur, agent, jongerenwerker
):
    with acting_as(regisseur):
        agenda.build_agenda(meeting=meeting, by=regisseur)
    text = text_of(client, regisseur, meeting)
    for words in (
        "naast K3 Verzonnen: broer",
        "naast K0 Verzonnen: broer",
        "naast K4 Verzonnen: zelfde groep",
    ):
        assert words in text
    with acting_as(regisseur):
        agenda.agree(meeting=meeting, by=regisseur)
        told = [reason for item in AgendaItem.objects.filter(meeting=meeting) for reason in item.reasons]
    assert told and not [reason for reason in told if "naast" in reason]  # all at the point read those
    text = text_of(client, jongerenwerker, meeting)  # reads all youths, and not the group
    assert "naast K3 Verzonnen: broer" in text and "groep" not in text
    assert "naast" not in text_of(client, agent, meeting)  # reads K0 and the group, and not the brother


def test_what_tied_them_stands_in_the_log(client, meeting, tied, regisseur):
    with acting_as(regisseur):
        agenda.build_agenda(meeting=meeting, by=regisseur)
    text_of(client, regisseur, meeting)
    [event] = logged("meeting.agenda_viewed")
    assert event.details["shown"] == 5 + 3  # the points, one relative, two members
