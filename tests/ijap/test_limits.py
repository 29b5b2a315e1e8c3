"""Whoever opens or searches far more than work asks is stopped, and that is written down."""

from datetime import timedelta

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from access.operations import add_participation
from accounts.models import User
from audit.models import Event
from foundation.scope import acting_as
from meetings.operations import live
from tests.factories import cases as factory


@pytest.fixture
def few(settings):
    settings.OPENED_SOON, settings.OPENED_DAY = 3, 4
    settings.SEARCHED_SOON, settings.SEARCHED_DAY = 2, 3
    return settings


@pytest.fixture
def five_cases(regisseur, partners):
    with acting_as(regisseur):
        return [
            factory.case(by=regisseur, partners=[partners["politie"]], first_name=f"Kind {number}")
            for number in range(5)
        ]


def opened(client, case):
    return client.get(reverse("cases:case_detail", args=[case.uuid]))


def limited():
    fg = User.objects.get(username="fg")
    with acting_as(fg):
        return [(e.outcome, e.details["page"]) for e in Event.objects.filter(kind="request.limited")]


def move_log(minutes):
    """Let all that happened have happened so much earlier."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_event SET at = at - make_interval(mins => %s)", [minutes])
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


def test_the_fourth_file_in_ten_minutes_is_refused(few, five_cases, client_of):
    client = client_of("agent")
    assert [opened(client, case).status_code for case in five_cases] == [200, 200, 200, 429, 429]
    answer = opened(client, five_cases[3])
    text = answer.content.decode()
    assert "U opende in tien minuten meer dan 3 dossiers." in text
    assert "Kind 3" not in text
    assert answer["Retry-After"] == "600"
    assert limited() == [("refused", "cases:case_detail")] * 3


def test_what_is_open_stays_open(few, five_cases, client_of):
    """Going back to the same files is no new opening, nor is saving in them."""
    client = client_of("regisseur")
    for case in [*five_cases[:3], *five_cases[:3]]:
        assert opened(client, case).status_code == 200
    assert opened(client, five_cases[4]).status_code == 429
    url = reverse("cases:case_close", args=[five_cases[0].uuid])
    assert client.get(url).status_code == 200
    assert client.post(url, {"evaluation": ""}).status_code == 400


def test_every_door_to_a_file_counts(few, five_cases, client_of):
    """There is no page of a file that does not count: they write the same rows."""
    client = client_of("regisseur")
    pages = ["cases:case_access", "cases:action_agree", "meetings:case_items", "cases:case_detail"]
    answers = [
        client.get(reverse(page, args=[case.uuid])).status_code
        for page, case in zip(pages, five_cases, strict=False)
    ]
    assert answers == [200, 200, 200, 429]


def test_it_is_counted_per_person(few, five_cases, client_of):
    """What somebody else opened is no part of it."""
    assert [opened(client_of("agent"), case).status_code for case in five_cases[:3]] == [200, 200, 200]
    assert [opened(client_of("regisseur"), case).status_code for case in five_cases[2:]] == [200, 200, 200]


def test_after_ten_minutes_it_goes_on_until_the_day_is_full(
    few, committed_db, regisseur, partners, client_of
):
    with acting_as(regisseur):
        cases = [factory.case(by=regisseur, partners=[partners["politie"]]) for _ in range(5)]
    client = client_of("agent")
    assert [opened(client, case).status_code for case in cases[:4]] == [200, 200, 200, 429]
    move_log(11)
    assert opened(client, cases[3]).status_code == 200
    refused = opened(client, cases[4])
    assert refused.status_code == 429
    assert "U opende vandaag al meer dan 4 dossiers." in refused.content.decode()
    move_log(24 * 60)
    assert opened(client, cases[4]).status_code == 200


def test_a_meeting_is_never_held_up(few, world, client_of):
    """Neither who leads nor who sits at the table: what is on the agenda of a running meeting does not count."""
    few.OPENED_SOON = few.OPENED_DAY = 0
    meeting = world.meeting_running
    regisseur, agent = client_of("regisseur"), client_of("agent")
    item = reverse("meetings:live_item", args=[meeting.uuid, world.item.uuid])
    assert regisseur.get(item).status_code == 200
    assert regisseur.get(reverse("meetings:live", args=[meeting.uuid])).status_code == 200
    assert opened(regisseur, world.case).status_code == 200
    assert opened(agent, world.case).status_code == 200
    assert opened(regisseur, world.proposed_case).status_code == 429
    leader = User.objects.get(username="regisseur")
    with acting_as(leader):
        live.close(meeting=meeting, by=leader)
    assert opened(client_of("tweede_regisseur"), world.case).status_code == 429


def test_searching_name_after_name_is_refused(few, world, client_of):
    """Judging a signal searches for the youth: a few times is work, a series is not."""
    client = client_of("regisseur")
    url = reverse("cases:triage_detail", args=[world.signal.uuid])
    assert [client.get(url).status_code for _ in range(3)] == [200, 200, 429]
    text = client.get(url).content.decode()
    assert "U zocht vaker naar een jongere dan bij gewoon werk past." in text
    assert "Fictief" not in text
    assert client.get(reverse("cases:case_list")).status_code == 200, "the rest of the work goes on"
    move_log(11)
    assert client.get(url).status_code == 200
    assert client.get(url).status_code == 429, "the day is full"


def test_only_who_may_can_search(world, client_of):
    url = reverse("cases:triage_detail", args=[world.signal.uuid])
    assert {client_of(who).get(url).status_code for who in ("agent", "mentor", "beheerder", "fg")} <= {
        403,
        404,
    }


def test_usual_work_meets_no_limit(five_cases, client_of):
    client = client_of("regisseur")
    assert [opened(client, case).status_code for case in five_cases * 2] == [200] * 10
    assert limited() == []


def test_the_count_is_only_of_oneself_and_gives_no_rows(five_cases, client_of, agent, regisseur):
    client_of("agent").get(reverse("cases:case_detail", args=[five_cases[0].uuid]))
    counted = {}
    for person in (agent, regisseur):
        with acting_as(person), connections["default"].cursor() as cursor:
            cursor.execute("SELECT * FROM ijap_opened(gen_random_uuid())")
            counted[person.username] = cursor.fetchone()
    assert counted["agent"][:4] == (1, 1, 1, 1)
    assert counted["regisseur"][:4] == (0, 0, 0, 0)


def test_a_partner_that_takes_part_later_is_counted_from_then(
    few, five_cases, regisseur, partners, client_of
):
    """Refused openings are no openings: who may not see a file does not use up a budget on it."""
    client = client_of("jongerenwerker")
    assert {opened(client, case).status_code for case in five_cases} == {404}
    with acting_as(regisseur):
        for case in five_cases[:3]:
            add_participation(
                compartment=case.room,
                partner=partners["jens"],
                ground="safety",
                reason="Voor de proef",
                until=timezone.now() + timedelta(days=3),
                by=regisseur,
            )
    assert [opened(client, case).status_code for case in five_cases[:3]] == [200, 200, 200]
