"""Meetings in everybody's own calendar: sent once, changed when they change, gone when they are cancelled."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from foundation.scope import acting_as
from meetings import tasks
from meetings.models import CalendarNotice, Meeting, MeetingState
from meetings.operations import series as operations
from tests.factories import cases as make_case
from tests.factories import meetings as make


@pytest.fixture(autouse=True)
def addresses(agent, jongerenwerker, regisseur):
    for person in (agent, jongerenwerker, regisseur):
        person.email = f"{person.username}@example.nl"
        person.save(update_fields=["email"])


@pytest.fixture
def meeting(regisseur, beheerder, partners, jongerenwerker):
    """In a week; JENS has a seat, and a youth is on the agenda."""
    with acting_as(regisseur):
        made = make.agreed_meeting(by=regisseur, days=7)
        case = make_case.case(
            by=regisseur, partners=[partners["jens"]], first_name="Noor", last_name="Verzonnen"
        )
        make.point(by=regisseur, meeting=made, case=case, partners=[partners["jens"]])
    with acting_as(beheerder):
        operations.add_standing(series=made.series, partner=partners["jens"], person=None, by=beheerder)
    return made


def sent_to(person):
    """What this person got, oldest first: (method, event)."""
    found = []
    for one in mail.outbox:
        if one.to == [person.email]:
            [(name, content, kind)] = one.attachments
            calendar = Calendar.from_ical(content)
            [event] = calendar.walk("VEVENT")
            assert name == "overleg.ics" and f"method={calendar['method']}" in kind
            found.append((str(calendar["method"]), event))
    return found


def test_who_has_a_seat_gets_it_once(meeting, jongerenwerker, agent, regisseur):
    for _ in range(2):
        tasks.send_calendars()
    [(method, event)] = sent_to(jongerenwerker)
    assert (method, int(event["sequence"])) == ("REQUEST", 0)
    assert str(event["uid"]).startswith(str(meeting.uuid))
    assert event.decoded("dtstart") == meeting.starts_at
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=meeting.minutes)
    assert len(sent_to(regisseur)) == 1 and sent_to(agent) == []


def test_no_youth_stands_in_it(meeting, jongerenwerker):
    tasks.send_calendars()
    for one in mail.outbox:
        assert "Noor" not in f"{one.body}{one.subject}{one.attachments[0][1]}"


def test_another_time_is_a_higher_version_of_the_same(meeting, jongerenwerker):
    tasks.send_calendars()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=meeting.starts_at + timedelta(hours=1))
    tasks.send_calendars()
    (_, first), (method, second) = sent_to(jongerenwerker)
    assert (method, int(second["sequence"]), second["uid"]) == ("REQUEST", 1, first["uid"])
    assert second.decoded("dtstart") == meeting.starts_at + timedelta(hours=1)


def test_a_video_link_stands_in_the_calendar_and_nowhere_else(meeting, jongerenwerker, regisseur):
    def send(link):
        with acting_as(regisseur):
            operations.change_place(meeting=meeting, location="Heerlen", video_url=link, by=regisseur)
        for _ in range(2):
            tasks.send_calendars()
        return sent_to(jongerenwerker)[-1]

    tasks.send_calendars()
    (_, first) = sent_to(jongerenwerker)[-1]
    assert "conference" not in first and "video" not in first["description"]
    for number, link in enumerate(("https://video.example/eerste", "https://video.example/tweede"), start=1):
        method, event = send(link)
        assert (method, int(event["sequence"]), str(event["conference"])) == ("REQUEST", number, link)
        assert dict(event["conference"].params) == {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Videolink"}
        assert link in event["description"]
    assert len(sent_to(jongerenwerker)) == 3
    assert not [one for one in mail.outbox if "video.example" in f"{one.body}{one.subject}"]


def test_who_is_not_expected_any_more_gets_no_new_link(meeting, jongerenwerker, beheerder, regisseur):
    tasks.send_calendars()
    with acting_as(regisseur):
        operations.change_place(
            meeting=meeting, location="", video_url="https://video.example/1", by=regisseur
        )
    with acting_as(beheerder):
        operations.end_standing(seat=meeting.series.standing_participants.get(), by=beheerder)
    tasks.send_calendars()
    [_, (method, event)] = sent_to(jongerenwerker)
    assert method == "CANCEL" and "conference" not in event and "video" not in event["description"]


def test_cancelled_is_taken_out_once(meeting, jongerenwerker, regisseur):
    tasks.send_calendars()
    with acting_as(regisseur):
        operations.cancel_meeting(meeting=meeting, reason="Carnaval", by=regisseur)
    for _ in range(2):
        tasks.send_calendars()
    (_, _), (method, event) = sent_to(jongerenwerker)
    assert (method, str(event["status"]), int(event["sequence"])) == ("CANCEL", "CANCELLED", 1)


def test_who_gives_the_seat_up_loses_it_from_the_calendar(meeting, jongerenwerker, beheerder):
    tasks.send_calendars()
    with acting_as(beheerder):
        operations.end_standing(seat=meeting.series.standing_participants.get(), by=beheerder)
    tasks.send_calendars()
    assert [method for method, _ in sent_to(jongerenwerker)] == ["REQUEST", "CANCEL"]


def test_only_what_is_near_and_still_to_come(meeting, jongerenwerker):
    for moved in (timedelta(weeks=7), -timedelta(days=1)):
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() + moved)
        tasks.send_calendars()
    assert not mail.outbox and not CalendarNotice.objects.exists()


def test_never_sent_for_what_was_cancelled_before(meeting):
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED, cancelled_at=timezone.now(), cancelled_by=meeting.agreed_by)  # fmt: skip
    tasks.send_calendars()
    assert not mail.outbox
