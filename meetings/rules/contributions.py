"""What organisations may say beforehand, whoever asks; and who still has to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import Partner
from foundation.errors import NotPossible
from meetings.models import Answer, Meeting, MeetingState

OPEN = (MeetingState.AGREED, MeetingState.RUNNING)
REMIND_BEFORE = timedelta(days=2)


def check_is_open(meeting: Meeting) -> None:
    if meeting.state in OPEN:
        return
    if meeting.state in (MeetingState.PLANNED, MeetingState.DRAFT):
        raise NotPossible("De agenda is nog niet vastgesteld.")
    raise NotPossible(f"U kunt niets meer inbrengen: {meeting.get_state_display()}.")


def check_text(answer: Answer, text: str) -> None:
    """Only who knows the youth has something to tell; an empty answer stays as short as that of who may not tell."""
    if text and answer != Answer.KNOWN:
        raise NotPossible("Schrijft u er iets bij, kies dan Bekend.")


@dataclass(frozen=True)
class Readiness:
    """How many answers were asked for a meeting, how many are there, and of whom how many are not."""

    asked: int
    given: int
    waiting: list[tuple[Partner, int]]

    @property
    def is_complete(self) -> bool:
        return self.given == self.asked


def readiness(invited: Mapping[int, Collection[Partner]], given: Collection[tuple[int, int]]) -> Readiness:
    """`invited`: the organisations by point; `given`: point and organisation of each answer. Most to give first."""
    waiting: dict[Partner, int] = {}
    asked = 0
    for item, partners in invited.items():
        for partner in partners:
            asked += 1
            if (item, partner.pk) not in given:
                waiting[partner] = waiting.get(partner, 0) + 1
    order = sorted(waiting.items(), key=lambda line: (-line[1], str(line[0])))
    return Readiness(asked, asked - sum(waiting.values()), order)
