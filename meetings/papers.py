"""What stands on a paper of a meeting, as one reader may read it. Knows no database any more."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from meetings.models import Topic
from meetings.proofs import Proof

LONGEST_WORD = 60
BREAK = "\u200b"  # a place where a line may end, that takes no room
MOST_LINES = 25


@dataclass(frozen=True)
class Agreed:
    """An action as the table agreed it."""

    text: str
    owner: str
    due: str
    number: int


@dataclass(frozen=True)
class Decided:
    """A decision and the words beside it."""

    title: str
    text: str


@dataclass(frozen=True)
class Point:
    """One youth on paper."""

    number: int
    youth_id: int
    name: str
    facts: str
    reasons: tuple[str, ...]
    question: str
    note: str
    decisions: tuple[Decided, ...]
    actions: tuple[Agreed, ...]
    present: tuple[str, ...]

    @property
    def paragraphs(self) -> list[list[str]]:
        """The note in paragraphs of few lines: one long block, or one endless word, lays out ever slower."""
        text = re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", rf"\1{BREAK}", self.note)
        blocks = [block.strip().split("\n") for block in re.split(r"\n\s*\n", text) if block.strip()]
        return [block[at : at + MOST_LINES] for block in blocks for at in range(0, len(block), MOST_LINES)]

    def texts(self) -> Iterable[str]:
        """Everything that a person wrote at this point."""
        yield from (*self.reasons, self.question, self.note)
        yield from (decided.text for decided in self.decisions)
        yield from (action.text for action in self.actions)
        yield from self.present


@dataclass(frozen=True)
class GroupOnPaper:
    """What was said of a group. It names no youth; only the whole has it."""

    id: int
    name: str
    question: str
    outcome: str


@dataclass(frozen=True)
class Minutes:
    """The minutes as one reader may read them; knows no database any more."""

    title: str
    code: str
    lead: str
    part_for: str
    facts: tuple[tuple[str, str], ...]
    attendance: tuple[tuple[str, str, str], ...]
    points: tuple[Point, ...]
    groups: tuple[GroupOnPaper, ...]
    seal: str  # the newest seal of the log, for the foot of the paper
    topics: tuple[Topic, ...] = ()  # of a partneroverleg, in place of points
    proof: Proof | None = None  # only what goes on paper has one

    @property
    def fingerprint(self) -> str:
        """Of all that people agree with when they agree with these minutes (SHA-256, hexadecimal)."""
        topics = [(topic.title, topic.question, topic.outcome) for topic in self.topics]
        said = repr((self.attendance, self.points, self.groups, topics))
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def youth_ids(self) -> list[int]:
        return sorted({point.youth_id for point in self.points})

    @property
    def actions(self) -> list[Agreed]:
        return [action for point in self.points for action in point.actions]

    def page_title(self) -> str:
        return f"{self.title}, deel voor {self.part_for}" if self.part_for else self.title


@dataclass(frozen=True)
class Paper:
    """A finished document."""

    pdf: bytes
    sha256: str
    pages: int
