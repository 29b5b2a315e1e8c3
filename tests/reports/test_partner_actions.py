"""How organisations do with what they agreed: per organisation and month, never per person."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Partner, User
from cases.models import Action, ActionState
from foundation.scope import acting_as
from reports.partner_actions import last_months, own_trend, topic_of, trends_for
from tests.factories import cases as make
from tests.factories.audit import logged

NOW = timezone.make_aware(datetime(2026, 11, 20, 10))
FIRST = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=[partners["politie"], partners["jens"]])


@pytest.fixture
def contact(jongerenwerker, partners):
    """Who speaks for JENS."""
    Partner.objects.filter(pk=partners["jens"].pk).update(contact=jongerenwerker)
    return User.objects.get(pk=jongerenwerker.pk)


def agreed(case, by, partner, on, state="open", *, days_after=0, count=1, person=None):
    """Actions agreed on this day, due a week later, and ended so many days after that."""
    at = timezone.make_aware(datetime.combine(on, datetime.min.time())) + timedelta(hours=9)
    due = on + timedelta(days=7)
    with acting_as(by):
        for _ in range(count):
            made = make.action(by=by, case=case, partner=partner, person=person)
            ended = at + timedelta(days=7 + days_after) if state not in ("open", "accepted") else None
            Action.objects.filter(pk=made.pk).update(
                agreed_at=at,
                due_on=due,
                state=state,
                result="Omdat",
                ended_at=ended,
                ended_by=by if ended else None,
            )


def as_(user):
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def detail(partner):
    return reverse("reports:partner_detail", args=[partner.uuid])


def cells(html, name):
    (row,) = re.findall(rf'<th scope="row">{name}</th>(.*?)</tr>', html, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", c).strip() for c in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]


def test_each_ending_counts_in_the_month_of_agreeing(case, regisseur, partners):
    jens, october = partners["jens"], date(2026, 10, 5)
    agreed(case, regisseur, jens, october, "done")
    agreed(case, regisseur, jens, october, "done", days_after=1, count=2)
    agreed(case, regisseur, jens, october, "could_not")
    agreed(case, regisseur, jens, october, "did_not", count=3)
    agreed(case, regisseur, jens, date(2026, 11, 1), "accepted")
    agreed(case, regisseur, jens, date(2026, 11, 1), "withdrawn")
    agreed(case, regisseur, jens, date(2026, 5, 31))  # too long ago
    agreed(case, regisseur, partners["politie"], october)
    html = as_(regisseur).get(detail(jens)).text
    assert cells(html, "Afgesproken") == ["0", "0", "0", "0", "7", "1"]
    assert cells(html, "Op tijd gedaan")[4] == "1"
    assert cells(html, "Te laat gedaan")[4] == "2"
    assert cells(html, "Kon niet")[4] == "1"
    assert cells(html, "Niet gedaan")[4] == "3"
    assert cells(html, "Loopt nog") == ["0", "0", "0", "0", "0", "1"]


def test_regie_sees_every_organisation_in_a_line(case, regisseur, partners):
    agreed(case, regisseur, partners["jens"], date(2026, 9, 1), "done", count=2)
    agreed(case, regisseur, partners["politie"], date(2026, 9, 1))
    html = as_(regisseur).get(reverse("reports:partner_list")).text
    assert re.sub(r"<[^>]+>", " ", html).split("JENS")[1].split()[:6] == ["2", "2", "0", "0", "0", "0"]
    assert detail(partners["politie"]) in html
    assert [e.details for e in logged("figures.trends_viewed")] == [{"partners": 2}]


def test_the_regie_of_another_level_counts_only_what_it_sees(case, regisseur, lja_heerlen, partners):
    agreed(case, regisseur, partners["jens"], date(2026, 9, 1))
    assert "Er is niets afgesproken" in as_(lja_heerlen).get(reverse("reports:partner_list")).text
    assert cells(as_(lja_heerlen).get(detail(partners["jens"])).text, "Afgesproken") == ["0"] * 6


def test_nobody_is_named(case, regisseur, contact, agent, partners):
    agreed(case, regisseur, partners["politie"], date(2026, 9, 1), person=agent)
    agreed(case, regisseur, partners["jens"], date(2026, 9, 1), person=contact)
    pages = [(regisseur, reverse("reports:partner_list")), (contact, detail(partners["jens"]))]
    pages += [(regisseur, detail(partners[name])) for name in ("jens", "politie")]
    for who, page in pages:
        main = as_(who).get(page).text.partition("<main")[2].partition("</main")[0]
        for word in ("Agent", "Jongerenwerker", "Testjongere", "Gaat op huisbezoek"):
            assert word not in main


# --- the contact person ---------------------------------------------------------------------------------
def test_a_contact_sees_the_own_organisation_with_small_numbers_hidden(case, regisseur, contact, partners):
    jens = partners["jens"]
    agreed(case, regisseur, jens, date(2026, 10, 5), "done", count=9)
    agreed(case, regisseur, jens, date(2026, 10, 5), "did_not", count=2)
    agreed(case, regisseur, jens, date(2026, 10, 5), count=6)
    agreed(case, regisseur, jens, date(2026, 9, 5), count=5)
    html = as_(contact).get(detail(jens)).text
    assert cells(html, "Niet gedaan")[4] == "*niet getoond"
    assert cells(html, "Loopt nog")[3:5] == ["5", "*niet getoond"]  # else 17 - 9 - 6 tells it
    assert cells(html, "Afgesproken")[3:5] == ["5", "17"]
    assert cells(html, "Op tijd gedaan")[4] == "9"
    assert "Wat betekent * ?" in html


def test_regie_sees_small_numbers(case, regisseur, partners):
    agreed(case, regisseur, partners["jens"], date(2026, 10, 5), "did_not", count=2)
    assert cells(as_(regisseur).get(detail(partners["jens"])).text, "Niet gedaan")[4] == "2"


def test_a_contact_is_sent_to_the_own_organisation_and_finds_no_other(contact, partners):
    answer = as_(contact).get(reverse("reports:partner_list"))
    assert (answer.status_code, answer["Location"]) == (303, detail(partners["jens"]))
    assert as_(contact).get(detail(partners["politie"])).status_code == 404
    chart = reverse("reports:partner_chart", args=[partners["politie"].uuid])
    assert as_(contact).get(chart).status_code == 404


def test_a_contact_without_a_case_counts_the_same(case, regisseur, contact, mentor, partners):
    """The database counts what the contact need not read, and only of the organisation for which this person speaks."""
    agreed(case, regisseur, partners["jens"], date(2026, 10, 5), "done", count=6)
    months = last_months(timezone.localdate())
    contact.assignments.update(ended_at=timezone.now(), ended_by=regisseur)
    alone = User.objects.get(pk=contact.pk)
    with acting_as(alone):
        assert own_trend(alone, months).months == {
            date(2026, 10, 1): {"in_time": 6, "late": 0, "could_not": 0, "did_not": 0, "running": 0}
        }
    with acting_as(mentor):  # speaks for nobody
        assert own_trend(mentor, months).months == {}


def test_both_ways_of_counting_agree(case, regisseur, contact, partners):
    jens = partners["jens"]
    for state in ActionState:
        agreed(case, regisseur, jens, date(2026, 10, 31), state)
        agreed(case, regisseur, jens, date(2026, 11, 1), state, days_after=3)
    months = last_months(timezone.localdate())
    with acting_as(regisseur):
        (of_regie,) = trends_for(regisseur, months)
    with acting_as(contact):
        assert own_trend(contact, months).months == of_regie.months
    assert months[0] == FIRST


@pytest.mark.parametrize("who", ["agent", "mentor", "manager", "fg", "beheerder", "privacycontact"])
def test_nobody_else_reads_it(who, partners, request):
    browser = as_(request.getfixturevalue(who))
    for page in (
        reverse("reports:partner_list"),
        detail(partners["jens"]),
        reverse("reports:partner_chart", args=[partners["jens"].uuid]),
    ):
        assert browser.get(page).status_code == 403


# --- the picture, the cost, the way there ---------------------------------------------------------------
def test_the_picture_has_the_same_in_the_table(case, regisseur, partners):
    agreed(case, regisseur, partners["jens"], date(2026, 10, 5), "done")
    page = as_(regisseur).get(detail(partners["jens"])).text
    assert "Dezelfde cijfers staan in de tabel." in page
    answer = as_(regisseur).get(
        reverse("reports:partner_chart", args=[partners["jens"].uuid]) + "?breed=smal"
    )
    assert answer["Content-Type"] == "image/svg+xml"
    assert "Op tijd gedaan" in answer.text


def test_what_is_hidden_is_not_drawn(case, regisseur, contact, partners):
    agreed(case, regisseur, partners["jens"], date(2026, 10, 5), "did_not", count=2)
    months = last_months(timezone.localdate())
    with acting_as(contact):
        topic = topic_of(own_trend(contact, months), months, hides_small=True)
    drawn = {row.name: row.cells for row in topic.rows if row.name in topic.drawn}
    assert drawn["Niet gedaan"][4] is None


def test_the_page_costs_the_same_however_much_there_is(case, regisseur, partners):
    agreed(case, regisseur, partners["jens"], date(2026, 10, 5))
    pages = [reverse("reports:partner_list"), detail(partners["jens"])]

    def costs():
        browser, found = as_(regisseur), []
        for page in pages:
            browser.get(page)
            with CaptureQueriesContext(connection) as asked:
                browser.get(page)
            found.append(len(asked))
        return found

    before = costs()
    for month in range(6, 12):
        for name in ("jens", "politie"):
            agreed(case, regisseur, partners[name], date(2026, month, 3), "done", count=2)
    assert costs() == before


def test_the_way_there(regisseur, contact, agent):
    link = reverse("reports:partner_list")
    for who, sees in ((regisseur, True), (contact, True), (agent, False)):
        assert (link in as_(who).get(reverse("cases:action_list")).text) is sees
