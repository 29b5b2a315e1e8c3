"""Meetings, their agenda, what was decided, and the documents made of it."""

from meetings.models.documents import Document
from meetings.models.items import AgendaItem, AgreedAction, Decision, DecisionKind, Note, Omission
from meetings.models.meetings import Attendance, Meeting, MeetingState, Presence, Slot
from meetings.models.series import ClosingDay, Series, StandingParticipant

__all__ = [
    "AgendaItem",
    "AgreedAction",
    "Attendance",
    "ClosingDay",
    "Decision",
    "DecisionKind",
    "Document",
    "Meeting",
    "MeetingState",
    "Note",
    "Omission",
    "Presence",
    "Series",
    "Slot",
    "StandingParticipant",
]
