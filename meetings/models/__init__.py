"""Meetings, their agenda, what was decided, and the documents made of it."""

from meetings.models.contributions import Answer, Audience, Contribution
from meetings.models.corrections import Addendum, MinutesRemark
from meetings.models.deputies import Absence, Deputy
from meetings.models.documents import Document, DocumentCopy
from meetings.models.group_points import GroupPoint
from meetings.models.invitations import ItemInvitation
from meetings.models.items import (
    AgendaItem,
    AgreedAction,
    DecidedAudience,
    Decision,
    DecisionKind,
    Note,
    Omission,
    OmissionKind,
)
from meetings.models.meetings import Attendance, Meeting, MeetingState, Presence, Slot
from meetings.models.notices import CalendarNotice
from meetings.models.presences import ItemPresence
from meetings.models.series import ClosingDay, Series, SeriesKind, StandingParticipant
from meetings.models.topics import Topic

__all__ = [
    "Absence",
    "Addendum",
    "AgendaItem",
    "AgreedAction",
    "Answer",
    "Attendance",
    "Audience",
    "CalendarNotice",
    "ClosingDay",
    "Contribution",
    "DecidedAudience",
    "Decision",
    "DecisionKind",
    "Deputy",
    "Document",
    "DocumentCopy",
    "GroupPoint",
    "ItemInvitation",
    "ItemPresence",
    "Meeting",
    "MeetingState",
    "MinutesRemark",
    "Note",
    "Omission",
    "OmissionKind",
    "Presence",
    "Series",
    "SeriesKind",
    "Slot",
    "StandingParticipant",
    "Topic",
]
