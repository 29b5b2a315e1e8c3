"""Who comes when somebody cannot: named by the beheerder, at that table already, and told by the calendar."""

import pytest
from django.core import mail
from icalendar import Calendar

from accounts.models import RoleAssignment
from accounts.roles import Level
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from meetings import tasks
from meetings.models import Absence, Deputy
from meetings.operations import deputies
from meetings.operations import series as rhythm
from tests.factories import accounts, meetings
from tests.factories.audit import logged


@pytest.fixture
def meeting(beheerder, partners, jongerenwerker):
    """JENS sends a fixed person; a colleague has a seat at the same table."""
    made = meetings.meeting(by=beheerder, weeks=1)  # no other one is near: one letter each
    rhythm.add_standing(series=made.series, partner=partners["jens"], person=jongerenwerker, by=beheerder)
    return made


@pytest.fixture
def seat(meeting):
    return meeting.series.standing_participants.select_related("series", "partner").get()


@pytest.fixture
def colleague(partners, jongerenwerker):
    made = accounts.deelnemer(partners["jens"], username="collega")
    for person in (made, jongerenwerker):
        person.email = f"{person.username}@example.nl"
        person.save(update_fields=["email"])
    return made


def got(person):
    """What this person was sent: REQUEST or CANCEL, oldest first."""
    letters = [one for one in mail.outbox if one.to == [person.email] and one.attachments]
    return [str(Calendar.from_ical(one.attachments[0][1])["method"]) for one in letters]


def say(meeting, seat, by, *, is_coming):
    with acting_as(by):
        deputies.note_absence(meeting=meeting, seat=seat, is_coming=is_coming, by=by)
    tasks.send_calendars()


def test_the_deputy_gets_it_instead_and_gives_it_back(
    meeting, seat, colleague, jongerenwerker, regisseur, beheerder
):
    deputies.name_deputy(seat=seat, person=colleague, by=beheerder)
    tasks.send_calendars()
    assert (got(jongerenwerker), got(colleague)) == (["REQUEST"], [])
    for _ in range(2):
        say(meeting, seat, regisseur, is_coming=False)
    assert (got(jongerenwerker), got(colleague)) == (["REQUEST", "CANCEL"], ["REQUEST"])
    for _ in range(2):
        say(meeting, seat, regisseur, is_coming=True)
    assert (got(jongerenwerker), got(colleague)) == (["REQUEST", "CANCEL", "REQUEST"], ["REQUEST", "CANCEL"])
    assert len(logged("meeting.absence_noted")) == 2 and Absence.objects.count() == 1


def test_a_deputy_without_a_seat_at_the_table_gets_nothing(meeting, seat, colleague, regisseur, beheerder):
    deputies.name_deputy(seat=seat, person=colleague, by=beheerder)
    RoleAssignment.objects.filter(user=colleague).update(level=Level.LJA)
    say(meeting, seat, regisseur, is_coming=False)
    assert got(colleague) == []


def test_a_deputy_is_named_once_and_ended_once(seat, colleague, beheerder):
    for _ in range(2):
        deputy = deputies.name_deputy(seat=seat, person=colleague, by=beheerder)
    assert Deputy.objects.count() == 1
    for _ in range(2):
        deputies.end_deputy(deputy=deputy, by=beheerder)
    assert [len(logged(kind)) for kind in ("deputy.named", "deputy.ended")] == [1, 1]


def test_only_a_colleague_at_the_same_table_stands_in(seat, jongerenwerker, agent, coach_lja, beheerder):
    for person in (jongerenwerker, agent, coach_lja):
        with pytest.raises(NotPossible):
            deputies.name_deputy(seat=seat, person=person, by=beheerder)


def test_who_keeps_the_rhythm_names_and_who_leads_says_who_comes(
    meeting, seat, colleague, agent, regisseur, beheerder
):
    with acting_as(regisseur), pytest.raises(NotAllowed):
        deputies.name_deputy(seat=seat, person=colleague, by=regisseur)
    with acting_as(agent), pytest.raises(NotAllowed):
        deputies.note_absence(meeting=meeting, seat=seat, is_coming=False, by=agent)
    other = meetings.meeting(by=beheerder, name="Ander")
    with acting_as(regisseur), pytest.raises(NotPossible):
        deputies.note_absence(meeting=other, seat=seat, is_coming=False, by=regisseur)
    assert not Absence.objects.exists()
