"""A meeting begins, is written in, and ends; nothing is decided silently."""

import pytest

from audit.models import Event
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from meetings.models import Attendance, MeetingState, Presence
from meetings.operations import live, presence
from tests.factories import meetings as factory


@pytest.fixture
def meeting(regisseur, partners):
    with acting_as(regisseur):
        return factory.running_meeting(by=regisseur, partners=[partners["politie"], partners["jens"]])


def test_starting_twice_is_starting_once(regisseur, tweede_regisseur, meeting):
    with acting_as(tweede_regisseur):
        again = live.start(meeting=meeting, by=tweede_regisseur)
    assert (again.state, again.started_by) == (MeetingState.RUNNING, regisseur)


def test_a_meeting_starts_only_after_its_agenda_was_agreed(regisseur):
    with acting_as(regisseur):
        draft = factory.agreed_meeting(by=regisseur, state=MeetingState.DRAFT)
        with pytest.raises(NotPossible, match="agenda is nog niet vastgesteld"):
            live.start(meeting=draft, by=regisseur)


@pytest.mark.parametrize("who", ["agent", "pga", "lja_heerlen", "mentor", "beheerder", "manager"])
def test_only_the_regisseur_of_the_table_leads(who, request, meeting):
    user = request.getfixturevalue(who)
    with acting_as(user), pytest.raises((NotAllowed, NotPossible)):
        live.close(meeting=meeting, by=user)


def test_closing_is_refused_and_names_the_points(regisseur, meeting):
    with acting_as(regisseur):
        with pytest.raises(NotPossible, match="punt 1, 2 en 3"):
            live.close(meeting=meeting, by=regisseur)
        factory.decide_all(by=regisseur, meeting=meeting)
        assert live.close(meeting=meeting, by=regisseur).state == MeetingState.CLOSED
        assert live.close(meeting=meeting, by=regisseur).closed_by == regisseur


def test_who_is_kept_out_of_a_point_cannot_close(regisseur, tweede_regisseur, meeting):
    from access import operations as access

    with acting_as(regisseur):
        factory.decide_all(by=regisseur, meeting=meeting)
        item = meeting.items.on_agenda().first()
        access.exclude(
            compartment=item.compartment, user=tweede_regisseur, reason="Kent de jongere privé", by=regisseur
        )
    with acting_as(tweede_regisseur), pytest.raises(NotPossible, match="punt 1 niet zien"):
        live.close(meeting=meeting, by=tweede_regisseur)


def test_attendance_is_written_once_and_only_what_differs(regisseur, partners, meeting):
    seen = [
        presence.Seen(partners["politie"], Presence.PRESENT, "Kim"),
        presence.Seen(partners["jens"], Presence.EXCUSED),
    ]
    with acting_as(regisseur):
        assert presence.note_attendance(meeting=meeting, seen=seen, by=regisseur) == 2
        assert presence.note_attendance(meeting=meeting, seen=seen, by=regisseur) == 0
        changed = [presence.Seen(partners["jens"], Presence.ABSENT)]
        assert presence.note_attendance(meeting=meeting, seen=changed, by=regisseur) == 1
    assert Attendance.objects.filter(meeting=meeting).count() == 2


def test_the_log_tells_what_happened_without_a_word_of_it(regisseur, fg, meeting):
    with acting_as(regisseur):
        factory.decide_all(by=regisseur, meeting=meeting, text="KANARIE in de notitie")
        live.close(meeting=meeting, by=regisseur)
    with acting_as(fg):
        kinds = set(Event.objects.values_list("kind", flat=True))
        assert {
            "meeting.started",
            "note.saved",
            "decision.taken",
            "agreed_action.added",
            "meeting.closed",
        } <= kinds
        assert not any("KANARIE" in str(row) for row in Event.objects.values_list("details", "subject_type"))
