"""The partner round: who says what beforehand, who reads it, and who is reminded."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from access import operations as access
from access.models import Compartment, Ground
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from meetings import tasks
from meetings.contribution_queries import readiness_of, unanswered
from meetings.models import AgendaItem, Answer, Audience, Contribution, Meeting, MeetingState
from meetings.operations import contributions
from tests.factories import cases as make_case
from tests.factories import meetings as make
from tests.factories.audit import logged


@pytest.fixture(autouse=True)
def addresses(agent, jongerenwerker, regisseur):
    for person in (agent, jongerenwerker, regisseur):
        person.email = f"{person.username}@example.nl"
        person.save(update_fields=["email"])


@pytest.fixture
def table(partners):
    return [partners["politie"], partners["jens"]]


@pytest.fixture
def meeting(regisseur, table):
    with acting_as(regisseur):
        made = make.agreed_meeting(by=regisseur)
        for name, at_table in (("Noor", table), ("Sem", table[1:])):
            case = make_case.case(by=regisseur, partners=at_table, first_name=name)
            item = make.point(by=regisseur, meeting=made, case=case, partners=at_table)
            for partner in at_table:
                item.invitations.get_or_create(compartment=item.compartment, partner=partner)
        return made


@pytest.fixture
def items(meeting, regisseur):
    with acting_as(regisseur):
        found = AgendaItem.objects.filter(meeting=meeting).select_related("slot", "meeting__series", "case__municipality", "case__youth")  # fmt: skip
        return {item.case.youth.first_name: item for item in found}


def say(item, *, by, answer=Answer.KNOWN, text="", audience=Audience.TABLE, ground=Ground.CONVENANT):
    with acting_as(by):
        return contributions.contribute(
            item=item, answer=answer, text=text, audience=audience, ground=ground, by=by
        )


def test_what_the_table_reads_names_no_youth_whom_it_may_not_know(items, jongerenwerker):
    """JENS reads both; at Noor sit the police, who may not know that Sem is discussed."""
    sem = items["Sem"].case.youth.name
    with pytest.raises(NotPossible, match="mag die naam niet zien"):
        say(items["Noor"], by=jongerenwerker, text=f"Trekt op met {sem}")
    assert say(items["Noor"], by=jongerenwerker, text=f"Trekt op met {sem}", audience=Audience.REGIE)
    assert say(items["Sem"], by=jongerenwerker, text=f"Trekt op met {items['Noor'].case.youth.name}")


def read_by(user):
    with acting_as(user):
        return [row.text for row in Contribution.objects.visible_to(user).filter(withdrawn_at=None)]


# --- saying it ----------------------------------------------------------------------------------------
def test_again_is_once_and_otherwise_replaces_it(items, agent):
    first = say(items["Noor"], by=agent, text="Hing er gisteren rond")
    assert say(items["Noor"], by=agent, text="Hing er gisteren rond").pk == first.pk
    say(items["Noor"], by=agent, answer=Answer.UNKNOWN)
    with acting_as(agent):
        kept = Contribution.objects.visible_to(agent).order_by("pk")
        assert [(row.answer, bool(row.withdrawn_at)) for row in kept] == [("known", True), ("unknown", False)]
    assert len(logged("contribution.given")) == 2


@pytest.mark.parametrize(
    "who", ["haltmedewerker", "mentor", "lja_heerlen", "regisseur", "beheerder", "manager"]
)
def test_only_who_is_invited_for_an_organisation_says_something(who, request, items):
    with pytest.raises((NotAllowed, NotPossible)):
        say(items["Noor"], by=request.getfixturevalue(who))


def test_only_at_the_points_one_is_invited_for(items, agent):
    with pytest.raises(NotAllowed, match="niet uitgenodigd"):
        say(items["Sem"], by=agent)


@pytest.mark.parametrize(
    ("state", "words"),
    [("draft", "nog niet vastgesteld"), ("closed", "niets meer inbrengen"), ("confirmed", "niets meer"), ("cancelled", "niets meer")],
)  # fmt: skip
def test_from_the_agreed_agenda_until_the_meeting_is_closed(state, words, items, meeting, agent):
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    with pytest.raises(NotPossible, match=words):
        say(items["Noor"], by=agent)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.RUNNING)
    assert say(items["Noor"], by=agent)


@pytest.mark.parametrize("answer", [Answer.UNKNOWN, Answer.NOTHING])
def test_who_has_nothing_and_who_may_not_look_alike(answer, items, agent):
    with pytest.raises(NotPossible, match="kies dan Bekend"):
        say(items["Noor"], by=agent, answer=answer, text="Mag ik niet delen")


# --- who reads it ---------------------------------------------------------------------------------------
def test_the_table_reads_what_is_for_the_table(items, agent, jongerenwerker, haltmedewerker, regisseur):
    say(items["Noor"], by=agent, text="Voor de tafel")
    assert read_by(regisseur) == read_by(agent) == read_by(jongerenwerker) == ["Voor de tafel"]
    assert read_by(haltmedewerker) == []


def test_only_regie_and_its_writer_read_what_is_for_regie(items, agent, jongerenwerker, regisseur):
    said = say(items["Noor"], by=agent, text="Alleen voor u", audience=Audience.REGIE)
    assert read_by(regisseur) == read_by(agent) == ["Alleen voor u"]
    assert read_by(jongerenwerker) == []
    with acting_as(jongerenwerker):
        assert not Contribution.objects.filter(pk=said.pk).exists()  # the database itself
        assert not Compartment.objects.filter(pk=said.compartment_id).exists()


def test_who_no_longer_reads_the_point_reads_no_contribution(items, agent, regisseur, tweede_regisseur):
    said = say(items["Noor"], by=agent, text="Alleen voor u", audience=Audience.REGIE)
    with acting_as(regisseur):
        access.exclude(compartment=items["Noor"].case.compartment, user=tweede_regisseur, reason="Familie", by=regisseur)  # fmt: skip
        from meetings.operations import points

        points.close_item(item=items["Noor"], by=regisseur)
    for person in (agent, tweede_regisseur):
        assert read_by(person) == []
        with acting_as(person):
            assert not Contribution.objects.filter(pk=said.pk).exists()
    assert read_by(regisseur) == ["Alleen voor u"]


def test_nobody_writes_at_a_point_that_is_hidden(items, agent, haltmedewerker):
    with acting_as(haltmedewerker), pytest.raises(DatabaseError), transaction.atomic():
        Contribution.objects.create(
            compartment_id=items["Noor"].compartment_id, item_id=items["Noor"].pk, answer="known",
            partner_id=haltmedewerker.partner_id, written_by=haltmedewerker,
        )  # fmt: skip


# --- how far ---------------------------------------------------------------------------------------------
def test_regie_sees_who_still_has_to_say_something(items, meeting, agent, jongerenwerker, regisseur, table):
    def waiting():
        with acting_as(regisseur):
            found = readiness_of(list(items.values()), regisseur)
            return found.asked, found.given, dict(found.waiting)

    assert waiting() == (3, 0, {table[0]: 1, table[1]: 2})
    say(items["Noor"], by=agent, audience=Audience.REGIE)
    say(items["Sem"], by=jongerenwerker, answer=Answer.NOTHING)
    assert waiting() == (3, 2, {table[1]: 1})
    for person, count in ((agent, 0), (jongerenwerker, 1)):
        with acting_as(person):
            assert unanswered(meeting, person) == count


def test_one_mail_two_days_before_with_a_number_and_no_name(items, meeting, agent, jongerenwerker):
    tasks.ask_contributions()
    assert not mail.outbox  # it began already
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() + timedelta(days=3))
    tasks.ask_contributions()
    assert not mail.outbox
    say(items["Noor"], by=agent)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() + timedelta(hours=40))
    for _ in range(2):
        tasks.ask_contributions()
    assert jongerenwerker.email in {to for one in mail.outbox for to in one.to}
    assert agent.email not in {to for one in mail.outbox for to in one.to}
    assert len({one.to[0] for one in mail.outbox}) == len(mail.outbox)
    [text] = {one.body for one in mail.outbox}
    assert "bij 2 van de jongeren" in text and "Noor" not in text and "Sem" not in text
    assert f"/overleg/{meeting.uuid}/inbreng/" in text
