"""Who was there corrects the concept; two make it final; afterwards there are numbered addenda."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from access import operations as access
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from meetings.models import Addendum, AgendaItem, Meeting, MeetingState, MinutesRemark, Presence
from meetings.operations import corrections, desk, minutes, presence
from tests.factories import meetings as factory


@pytest.fixture
def closed(regisseur, partners):
    """Three points: the first read by the police and JENS, the others by the police alone."""
    with acting_as(regisseur):
        return factory.full_meeting(by=regisseur, partners=[partners["politie"], partners["jens"]])


def _items(meeting):
    found = AgendaItem.objects.filter(meeting=meeting).on_agenda()
    return list(found.select_related("case__youth", "meeting__series", "slot"))


def _remark(item, by, key=None):
    with acting_as(by):
        return corrections.remark(item=item, text="Het was dinsdag", key=key or uuid4(), by=by)


def _state(meeting):
    return Meeting.objects.get(pk=meeting.pk).state


@pytest.fixture
def items(regisseur, closed):
    with acting_as(regisseur):
        return _items(closed)


def test_a_remark_must_be_answered_first(regisseur, agent, closed, items):
    made = _remark(items[0], agent)
    with acting_as(regisseur):
        with pytest.raises(NotPossible, match="opmerking bij punt 1"):
            factory.confirm(meeting=closed, by=regisseur)
        with pytest.raises(NotPossible, match="waarom"):
            corrections.answer(remark=made, is_taken=False, words="", by=regisseur)
        for _ in range(2):
            corrections.answer(remark=made, is_taken=False, words="Het was maandag", by=regisseur)
        assert factory.confirm(meeting=closed, by=regisseur)


def test_the_same_remark_twice_is_one(agent, jongerenwerker, items):
    key = uuid4()
    assert _remark(items[0], agent, key) == _remark(items[0], agent, key)
    with acting_as(jongerenwerker):
        assert MinutesRemark.objects.visible_to(jongerenwerker).count() == 1  # JENS sat at this point too


def test_who_does_not_read_the_point_reads_no_remark(agent, jongerenwerker, items):
    _remark(items[1], agent)
    with acting_as(jongerenwerker):
        assert not MinutesRemark.objects.visible_to(jongerenwerker).exists()
        with pytest.raises(NotPossible):
            corrections.remark(item=items[1], text="Ik ook", key=uuid4(), by=jongerenwerker)


def test_only_who_was_there_remarks(regisseur, partners, agent, closed, items):
    with acting_as(regisseur):
        seen = [presence.Seen(partners["politie"], Presence.EXCUSED)]
        presence.note_attendance(meeting=closed, seen=seen, by=regisseur)
    with acting_as(agent), pytest.raises(NotPossible, match="niet bij dit punt"):
        corrections.remark(item=items[0], text="Het was dinsdag", key=uuid4(), by=agent)


def test_a_remark_and_its_answer_name_no_other_youth(regisseur, agent, items):
    other = items[1].case.youth.name  # the police read both points, JENS reads only the first
    with acting_as(agent), pytest.raises(NotPossible, match="JENS mag die naam niet zien"):
        corrections.remark(item=items[0], text=f"Het was {other}", key=uuid4(), by=agent)
    made = _remark(items[0], agent)
    with acting_as(regisseur), pytest.raises(NotPossible, match="JENS mag die naam niet zien"):
        corrections.answer(remark=made, is_taken=True, words=f"Dat was {other}", by=regisseur)


def test_who_is_kept_out_of_a_point_is_not_waited_for(regisseur, tweede_regisseur, closed, items):
    with acting_as(regisseur):
        access.exclude(compartment=items[0].compartment, user=tweede_regisseur, reason="Buren", by=regisseur)
        assert minutes.confirm(meeting=closed, by=regisseur)  # nobody else can vouch for the whole


def test_regie_answers_and_a_participant_does_not(agent, items):
    made = _remark(items[0], agent)
    with acting_as(agent), pytest.raises(NotAllowed):
        corrections.answer(remark=made, is_taken=True, words="", by=agent)


def test_two_people_make_minutes_final(regisseur, tweede_regisseur, closed):
    with acting_as(regisseur):
        assert minutes.confirm(meeting=closed, by=regisseur) == []
        assert _state(closed) == MeetingState.CLOSED
        with pytest.raises(NotPossible, match="Een andere regisseur"):
            minutes.confirm(meeting=closed, by=regisseur)
    with acting_as(tweede_regisseur):
        assert minutes.confirm(meeting=closed, by=tweede_regisseur)
    kept = Meeting.objects.get(pk=closed.pk)
    assert (kept.approved_by, kept.confirmed_by) == (regisseur, tweede_regisseur)


def test_what_changes_after_the_first_makes_the_next_the_first(regisseur, tweede_regisseur, closed, items):
    with acting_as(regisseur):
        minutes.confirm(meeting=closed, by=regisseur)
        desk.save_note(item=items[0], text="Toch anders", version=items[0].note_version, by=regisseur)
    with acting_as(tweede_regisseur):
        assert minutes.confirm(meeting=closed, by=tweede_regisseur) == []
    assert _state(closed) == MeetingState.CLOSED
    with acting_as(regisseur):
        assert minutes.confirm(meeting=closed, by=regisseur)


def test_where_nobody_else_leads_one_suffices(regisseur, tweede_regisseur, closed):
    with acting_as(regisseur):
        assert minutes.confirm(meeting=closed, by=regisseur) == []  # two lead: the first of two
    tweede_regisseur.assignments.update(ended_at=timezone.now(), ended_by=regisseur)
    with acting_as(regisseur):
        assert minutes.confirm(meeting=closed, by=regisseur)
    kept = Meeting.objects.get(pk=closed.pk)
    assert (kept.approved_by, kept.confirmed_by) == (None, regisseur)


def test_the_database_wants_two_as_well(regisseur, closed):
    both = {"approved_at": closed.closed_at, "confirmed_at": closed.closed_at}
    with pytest.raises(IntegrityError, match="meeting_confirmed_by_two"), transaction.atomic():
        Meeting.objects.filter(pk=closed.pk).update(approved_by=regisseur, confirmed_by=regisseur, **both)


def test_addenda_are_numbered_and_never_change(regisseur, agent, jongerenwerker, closed, items):
    with acting_as(regisseur):
        with pytest.raises(NotPossible, match="nog niet vastgesteld"):
            corrections.add(item=items[0], text="Te vroeg", key=uuid4(), by=regisseur)
        factory.confirm(meeting=closed, by=regisseur)
        key = uuid4()
        first = corrections.add(item=items[0], text="Het was dinsdag", key=key, by=regisseur)
        assert corrections.add(item=items[0], text="Het was dinsdag", key=key, by=regisseur) == first
        second = corrections.add(item=items[1], text="Moeder was er ook", key=uuid4(), by=regisseur)
        assert (first.number, second.number) == (1, 2)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Addendum.objects.filter(pk=first.pk).update(text="Iets anders")
    for reader, numbers in ((agent, [1, 2]), (jongerenwerker, [1])):
        with acting_as(reader):
            read = Addendum.objects.visible_to(reader).values_list("number", flat=True)
            assert list(read) == numbers


def test_an_addendum_names_no_other_youth(regisseur, closed, items):
    with acting_as(regisseur):
        factory.confirm(meeting=closed, by=regisseur)
        other = items[1].case.youth  # not read by JENS, who reads the first point
        with pytest.raises(NotPossible, match="JENS mag die naam niet zien"):
            corrections.add(item=items[0], text=f"Samen met {other.name}", key=uuid4(), by=regisseur)


def test_a_participant_adds_nothing_to_final_minutes(regisseur, agent, closed, items):
    with acting_as(regisseur):
        factory.confirm(meeting=closed, by=regisseur)
    with acting_as(agent):
        with pytest.raises(NotAllowed):
            corrections.add(item=items[0], text="Iets", key=uuid4(), by=agent)
        with pytest.raises(NotPossible, match="addendum"):
            corrections.remark(item=items[0], text="Iets", key=uuid4(), by=agent)
