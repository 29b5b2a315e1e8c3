"""Actions: agreeing, taking on, three endings, and the reminder of the clock."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from access import operations as access
from accounts.models import User
from accounts.roles import Role
from cases.models import Action, ActionState
from cases.operations import actions, levels
from cases.rules.actions import NEXT_STATES
from cases.tasks import remind_owners
from foundation.errors import NotAllowed, NotPossible, Refused
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

TODAY = timezone.localdate()
RUNNING = [ActionState.OPEN, ActionState.ACCEPTED, ActionState.IN_PROGRESS]


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=[partners["politie"], partners["jens"]])


@pytest.fixture
def action(case, regisseur, partners):
    with acting_as(regisseur):
        return make.action(by=regisseur, case=case, partner=partners["jens"])


def test_only_who_takes_part_owns_an_action(case, regisseur, agent, coach_lja, wijkagent, partners):
    with acting_as(regisseur):
        with pytest.raises(NotPossible, match="neemt nu niet deel"):
            make.action(by=regisseur, case=case, partner=partners["halt"])
        for stranger in (coach_lja, wijkagent, agent):  # another level, a melder, another organisation
            with pytest.raises(NotPossible, match="aan tafel"):
                make.action(by=regisseur, case=case, partner=partners["jens"], person=stranger)
        make.action(by=regisseur, case=case, partner=partners["politie"], person=agent)
        with pytest.raises(NotPossible, match="afgesproken"):
            make.action(by=regisseur, case=case, partner=partners["jens"], text=" ")
    [event] = logged("action.agreed")
    assert event.recipients == [partners["politie"].pk]


@pytest.mark.parametrize("who", ["agent", "jongerenwerker", "mentor", "lja_heerlen"])
def test_only_regie_agrees(who, case, partners, request):
    user = request.getfixturevalue(who)
    with acting_as(user), pytest.raises(Refused):
        make.action(by=user, case=case, partner=partners["jens"])


def test_the_same_key_is_one_action(case, regisseur, partners):
    key = uuid4()
    what = {"case": case, "text": "Belt vader", "owner_partner": partners["jens"], "owner_person": None}
    with acting_as(regisseur):
        first = actions.agree(**what, due_on=TODAY, key=key, by=regisseur)
        assert actions.agree(**what, due_on=TODAY, key=key, by=regisseur) == first
        assert Action.objects.count() == 1


def change(action, to, by):
    if to in (ActionState.ACCEPTED, ActionState.IN_PROGRESS, ActionState.OPEN):
        return actions.move(action=action, to=to, by=by)
    return actions.end(action=action, to=to, result="Sprak vader twee keer", by=by)


MAY_CHANGE = {"regisseur", "jongerenwerker"}
PEOPLE = ["regisseur", "jongerenwerker", "agent", "mentor", "haltmedewerker"]


@pytest.mark.parametrize("old", ActionState)
@pytest.mark.parametrize("who", PEOPLE)
def test_who_moves_an_action_where(old, who, case, regisseur, partners, request):
    """State × role × new state."""
    user = request.getfixturevalue(who)
    for new in ActionState:
        with acting_as(regisseur):
            action = make.action(by=regisseur, case=case, partner=partners["jens"])
            if old != ActionState.OPEN:
                action = change(action, old, regisseur)
        may = who in ({"regisseur"} if new == ActionState.WITHDRAWN else MAY_CHANGE)
        is_moved = may and new in NEXT_STATES[old]
        with acting_as(user):
            if is_moved:
                change(action, new, user)
            elif old != new:
                with pytest.raises(Refused):
                    change(action, new, user)
        with acting_as(regisseur):
            action.refresh_from_db()
            assert action.state == (new if is_moved else old)
            assert (action.ended_at is None) == (action.state in RUNNING)


@pytest.mark.parametrize("to", ["could_not", "did_not", "withdrawn"])
def test_an_action_that_failed_says_why(to, action, regisseur):
    with acting_as(regisseur):
        with pytest.raises(NotPossible, match="Zeg waarom"):
            actions.end(action=action, to=to, result=" ", by=regisseur)
        actions.end(action=action, to=to, result="De vader nam niet op", by=regisseur)
        # Twice the same is once; something else is too late.
        actions.end(action=action, to=to, result="De vader nam niet op", by=regisseur)
        with pytest.raises(NotPossible, match="al afgerond"):
            actions.end(action=action, to="done", result="", by=regisseur)
    assert len(logged("action.ended")) == 1


def test_who_no_longer_takes_part_no_longer_changes_its_action(action, regisseur, jongerenwerker, partners):
    from access.models import Participation

    with acting_as(regisseur):
        part = Participation.objects.get(compartment=action.compartment_id, partner=partners["jens"])
        access.end_participation(participation=part, by=regisseur)
    with acting_as(jongerenwerker), pytest.raises(Refused):
        actions.end(action=action, to="done", result="", by=jongerenwerker)


def test_actions_stay_behind_with_their_owner_when_the_case_moves(
    action, case, regisseur, jongerenwerker, lja_heerlen
):
    with acting_as(regisseur):
        proposal = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        levels.accept(change=proposal, answer="", by=lja_heerlen)
        assert not Action.objects.visible_to(lja_heerlen).exists()
        with pytest.raises(NotPossible, match="niet meer zien"):
            actions.end(action=action, to="done", result="", by=lja_heerlen)
    with acting_as(jongerenwerker):
        actions.end(action=action, to="done", result="", by=jongerenwerker)
    with acting_as(regisseur), pytest.raises(NotAllowed):
        make.action(by=regisseur, case=case, partner=jongerenwerker.partner)


# --- reminders ------------------------------------------------------------------------------------
@pytest.fixture
def with_mail(regisseur):
    for user in User.objects.exclude(username__startswith="robot"):
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.nl")


def run_on(day, mailoutbox):
    """The task as the clock runs it that morning; the mails it sent."""
    mailoutbox.clear()
    with time_machine.travel(timezone.now() + timedelta(days=(day - TODAY).days), tick=False):
        remind_owners()
    return {mail.to[0]: mail for mail in mailoutbox}


def test_one_mail_with_a_count_and_never_a_name(case, regisseur, agent, partners, with_mail, mailoutbox):
    with acting_as(regisseur):
        for text in ("Belt vader", "Gaat langs"):
            make.action(by=regisseur, case=case, partner=partners["jens"], text=text, days=3)
        make.action(by=regisseur, case=case, partner=partners["politie"], person=agent, days=2)
        make.action(by=regisseur, case=case, partner=partners["politie"], days=9)  # not yet
    mails = run_on(TODAY, mailoutbox)
    assert set(mails) == {"jongerenwerker@example.nl", "agent@example.nl"}  # not the coach of another level
    mail = mails["jongerenwerker@example.nl"]
    assert mail.subject == "IJAP: 2 acties vragen aandacht"
    assert "/acties/" in mail.body
    for word in ("Belt", "vader", "Testjongere", "Voorbeeld", str(case.uuid)):
        assert word not in mail.body + mail.subject
    assert run_on(TODAY, mailoutbox) == {}  # a second run sends nothing
    [event] = logged("action.reminded")
    assert event.details == {"shown": 3}


def test_three_days_before_and_once_after(case, regisseur, partners, with_mail, mailoutbox):
    with acting_as(regisseur):
        make.action(by=regisseur, case=case, partner=partners["jens"], days=10)
    sent = [n for n in range(15) if run_on(TODAY + timedelta(days=n), mailoutbox)]
    assert sent == [7, 11]


def test_a_missed_turn_is_made_up(case, regisseur, partners, with_mail, mailoutbox):
    with acting_as(regisseur):
        make.action(by=regisseur, case=case, partner=partners["jens"], days=10)
    assert run_on(TODAY + timedelta(days=9), mailoutbox)
    assert run_on(TODAY + timedelta(days=20), mailoutbox)
    assert not run_on(TODAY + timedelta(days=21), mailoutbox)


def test_no_mail_for_what_ended_nor_to_who_left(
    case, regisseur, jongerenwerker, partners, with_mail, mailoutbox
):
    with acting_as(regisseur):
        ended = make.action(by=regisseur, case=case, partner=partners["politie"], days=1)
        actions.end(action=ended, to="done", result="", by=regisseur)
        make.action(by=regisseur, case=case, partner=partners["jens"], person=jongerenwerker, days=1)
    colleague = User.objects.create(username="collega", partner=partners["jens"], email="collega@example.nl")
    colleague.assignments.create(role=Role.DEELNEMER, level=1)
    User.objects.filter(pk=jongerenwerker.pk).update(is_active=False)
    assert set(run_on(TODAY, mailoutbox)) == {"collega@example.nl"}


def test_a_mail_server_that_is_away_stops_nobody_else(case, regisseur, partners, with_mail, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with acting_as(regisseur):
        make.action(by=regisseur, case=case, partner=partners["jens"], days=1)
        make.action(by=regisseur, case=case, partner=partners["politie"], days=1)
    remind_owners()
    assert caplog.text.count("could not be sent") == 2
    assert "example.nl" not in caplog.messages[0]
