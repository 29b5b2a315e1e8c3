"""A meeting as an invitation that any calendar understands (iCalendar, RFC 5545). It names no youth."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText, vUri

from accounts.models import User
from meetings.models import Meeting
from meetings.rules.notices import Notice


def method_of(notice: Notice) -> str:
    return "CANCEL" if notice.is_cancelled else "REQUEST"


def invitation(meeting: Meeting, person: User, notice: Notice) -> bytes:
    """The file for this person. The same UID and a higher SEQUENCE make a calendar change or remove what is there."""
    event = Event()
    event.add("uid", f"{meeting.uuid}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("sequence", notice.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", str(meeting.series))
    event.add("location", meeting.location)
    event.add("url", address_of(meeting))
    event.add("description", _description(meeting, notice))
    if _has_video(meeting, notice):
        about = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Videolink"}
        event.add("conference", vUri(meeting.video_url), parameters=about)  # RFC 7986, 5.11
    event.add("status", "CANCELLED" if notice.is_cancelled else "CONFIRMED")
    event.add("class", "CONFIDENTIAL")
    event["organizer"] = _who("IJAP", settings.DEFAULT_FROM_EMAIL)
    event.add("attendee", _who(str(person), person.email))
    calendar = Calendar()
    calendar.add("prodid", "-//IJAP//overleg//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method_of(notice))
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _has_video(meeting: Meeting, notice: Notice) -> bool:
    """Who is not expected (any more) does not get the link: it may be another one than before."""
    return bool(meeting.video_url) and not notice.is_cancelled


def _description(meeting: Meeting, notice: Notice) -> str:
    words = f"De agenda staat in IJAP: {address_of(meeting)}"
    return f"{words}\nDeelnemen per video: {meeting.video_url}" if _has_video(meeting, notice) else words


def address_of(meeting: Meeting) -> str:
    return f"{settings.BASE_URL}{reverse('meetings:meeting_detail', args=[meeting.uuid])}"


def _who(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["cn"] = vText(name)
    return address
