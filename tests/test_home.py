"""The first page: what asks for attention, per person; at a constant cost, and written down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cases.models import Action, Case, LevelChange, Signal, SignalState, Urgency
from foundation.scope import acting_as
from meetings.models import Meeting, MeetingState
from tests import cast
from tests.factories import cases, meetings
from tests.factories.audit import logged


@pytest.fixture
def home(client):
    def open_home(user):
        client.force_login(User.objects.get(pk=user.pk))
        return client.get("/")

    return open_home


def tasks(answer):
    """What there is to do, by its first words."""
    return {task["title"]: task["count"] for task in answer.context["tasks"]}


def a_case(regisseur, partners, name="Sem", town="Heerlen"):
    table = [partners["politie"], partners["jens"]]
    return cases.case(by=regisseur, partners=table, first_name=name, last_name="Fictief", town=town)


@pytest.mark.parametrize("name", cast.PEOPLE)
def test_everybody_has_a_first_page_even_when_there_is_nothing(home, name, db):
    answer = home(User.objects.get(username=name))
    assert answer.status_code == 200
    assert "Wat vraagt nu aandacht?" in answer.content.decode()


# --- who tells ------------------------------------------------------------------------------------
def test_a_melder_sees_news_about_own_signals_only(home, mentor, wijkagent):
    for who, name in ((mentor, "Daan"), (wijkagent, "Fenna")):
        with acting_as(who):
            signal = cases.signal(by=who, first_name=name)
            Signal.objects.filter(pk=signal.pk).update(state=SignalState.MORE_ASKED, news_at=timezone.now())
    answer = home(mentor)
    page = answer.content.decode()
    assert tasks(answer) == {"signaal met nieuws": 1}
    assert "Daan Voorbeeld" in page
    assert "Fenna" not in page
    assert "Signaal aanmelden" in page


def test_news_that_was_seen_is_no_news(home, mentor):
    with acting_as(mentor):
        signal = cases.signal(by=mentor)
        now = timezone.now()
        Signal.objects.filter(pk=signal.pk).update(news_at=now, news_seen_at=now)
    answer = home(mentor)
    assert tasks(answer) == {"signalen met nieuws": 0}
    assert "Er is geen nieuws" in answer.content.decode()


# --- who sits at the table ------------------------------------------------------------------------
def test_a_deelnemer_sees_own_actions_the_late_ones_first(home, regisseur, jongerenwerker, agent, partners):
    with acting_as(regisseur):
        case = a_case(regisseur, partners)
        for text, days in (("Later", 20), ("Te laat", 3), ("Binnenkort", 5)):
            cases.action(by=regisseur, case=case, partner=partners["jens"], text=text, days=days)
        Action.objects.filter(text="Te laat").update(due_on=timezone.localdate() - timedelta(days=1))
    answer = home(jongerenwerker)
    assert [line["action"].text for line in answer.context["actions"]] == ["Te laat", "Binnenkort", "Later"]
    assert tasks(answer)["eigen actie over tijd"] == 1
    assert "Over tijd" in answer.content.decode()
    assert "Te laat" not in home(agent).content.decode()


def test_a_deelnemer_counts_the_youths_of_the_next_meeting(home, regisseur, agent, haltmedewerker, partners):
    with acting_as(regisseur):
        meeting = meetings.agreed_meeting(by=regisseur, days=1)
        case = a_case(regisseur, partners)
        meetings.point(by=regisseur, meeting=meeting, case=case, partners=[partners["politie"]])
    assert "U bespreekt 1 jongere" in home(agent).content.decode()
    assert "waarbij u betrokken bent" in home(haltmedewerker).content.decode()


# --- who leads ------------------------------------------------------------------------------------
def test_the_regisseur_sees_urgent_signals_first(home, mentor, regisseur):
    for name, urgency in (("Rustig", Urgency.NORMAL), ("Direct", Urgency.TODAY), ("Gauw", Urgency.SOON)):
        with acting_as(mentor):
            cases.signal(by=mentor, first_name=name, urgency=urgency)
    answer = home(regisseur)
    assert [line["signal"].first_name for line in answer.context["waiting"]] == ["Direct", "Gauw", "Rustig"]
    assert tasks(answer)["signalen te beoordelen"] == 3
    assert "1 met direct gevaar" in answer.content.decode()


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (MeetingState.PLANNED, "Bereid de agenda voor"),
        (MeetingState.DRAFT, "Stel de agenda vast"),
        (MeetingState.AGREED, "Begin het overleg"),
        (MeetingState.RUNNING, "Ga verder met het overleg"),
    ],
)
def test_the_regisseur_sees_the_next_step_of_the_next_meeting(home, regisseur, agent, state, says):
    with acting_as(regisseur):
        meetings.agreed_meeting(by=regisseur, days=2)
        Meeting.objects.update(state=state)
    assert says in home(regisseur).content.decode()
    assert says not in home(agent).content.decode()


def test_minutes_that_wait_and_actions_of_partners(home, regisseur, partners):
    with acting_as(regisseur):
        meetings.agreed_meeting(by=regisseur)
        Meeting.objects.update(state=MeetingState.CLOSED)
        case = a_case(regisseur, partners)
        cases.action(by=regisseur, case=case, partner=partners["jens"])
        Action.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    todo = tasks(home(regisseur))
    assert todo["verslag wacht op vaststelling"] == 1
    assert todo["actie van partners over tijd"] == 1


def test_the_receiving_regisseur_sees_the_proposal(home, regisseur, lja_heerlen, lja_kerkrade, partners):
    with acting_as(regisseur):
        cases.proposal(by=regisseur, case=a_case(regisseur, partners))
    answer = home(lja_heerlen)
    assert tasks(answer)["niveauwissel wacht op uw antwoord"] == 1
    assert "Sem Fictief" in answer.content.decode()
    for other in (regisseur, lja_kerkrade):
        assert tasks(home(other))["niveauwissels wachten op uw antwoord"] == 0


def test_lja_sees_what_is_due_to_be_looked_at_again(home, regisseur, lja_heerlen, partners):
    with acting_as(regisseur):
        change = cases.proposal(by=regisseur, case=a_case(regisseur, partners), days=5)
    with acting_as(lja_heerlen):
        from cases.operations import levels

        levels.accept(change=LevelChange.objects.get(pk=change.pk), answer="Goed", by=lja_heerlen)
    assert tasks(home(lja_heerlen))["dossier opnieuw bekijken"] == 1
    with acting_as(lja_heerlen):
        Case.objects.update(review_on=timezone.localdate() + timedelta(days=90))
    assert tasks(home(lja_heerlen))["dossiers opnieuw bekijken"] == 0


# --- who looks after the house --------------------------------------------------------------------
def test_the_privacy_officer_sees_refusals(home, client, agent, fg):
    client.force_login(agent)
    assert client.get("/logboek/").status_code == 403
    answer = home(fg)
    assert tasks(answer)["weigering in dertig dagen"] == 1
    assert "Agent Test" in answer.content.decode()


def test_the_beheerder_sees_accounts_that_need_something(home, beheerder, mentor):
    mentor.assignments.update(until=timezone.now() + timedelta(days=3))
    User.objects.filter(username="agent").update(is_password_temporary=True)
    todo = tasks(home(beheerder))
    assert todo["gebruiker met een rol die bijna eindigt"] == 1
    assert todo["gebruiker met een tijdelijk wachtwoord"] == 1
    assert todo["gebruikers zonder rol"] == 0


def test_management_sees_no_youth(home, regisseur, manager, partners):
    with acting_as(regisseur):
        a_case(regisseur, partners, name="Kanarie")
    page = home(manager).content.decode()
    assert "Kanarie" not in page
    assert "Bekijk de cijfers" in page


# --- for all --------------------------------------------------------------------------------------
def test_what_was_shown_is_written_down(home, regisseur, jongerenwerker, partners):
    with acting_as(regisseur):
        case = a_case(regisseur, partners)
        cases.action(by=regisseur, case=case, partner=partners["jens"])
    home(jongerenwerker)
    (event,) = logged("home.viewed")
    assert (event.actor_id, event.youth_ids, event.details) == (
        jongerenwerker.pk,
        [case.youth_id],
        {"shown": 1},
    )


def test_the_number_of_queries_does_not_grow(
    home, regisseur, mentor, partners, django_assert_max_num_queries
):
    def fill(count):
        for number in range(count):
            with acting_as(mentor):
                cases.signal(by=mentor, first_name=f"Nummer {number}")
            with acting_as(regisseur):
                case = a_case(regisseur, partners, name=f"Nummer {number}")
                cases.action(by=regisseur, case=case, partner=partners["jens"])

    with acting_as(regisseur):
        meetings.agreed_meeting(by=regisseur, days=2)
    fill(1)
    home(regisseur)
    with django_assert_max_num_queries(47) as few:
        home(regisseur)
    fill(8)
    with django_assert_max_num_queries(len(few)):
        home(regisseur)
