"""What a partneroverleg is for, whoever asks."""

from foundation.errors import NotPossible
from meetings.models import Meeting


def check_holds_youths(meeting: Meeting) -> None:
    if meeting.is_with_partners:
        raise NotPossible("In een partneroverleg worden geen jongeren besproken.")


def check_holds_topics(meeting: Meeting) -> None:
    if not meeting.is_with_partners:
        raise NotPossible("Onderwerpen horen bij een partneroverleg.")
