"""The words in which the demo is told: young people, tips, talks, deeds. Knows no database.

Days are counted from the meetings: meeting 7 is today, 1 to 6 were before, 8 is the next one.
"""

from dataclasses import dataclass, field

from accounts.roles import Level
from cases.models import ActionState, Nature, Role, SignalGround, Theme, Urgency
from cases.rules.signals import ReferTo, RejectReason
from meetings.models import DecisionKind

TODAY = 7
NEXT = 8


@dataclass(frozen=True)
class When:
    """So many working days before or after a meeting, at this time."""

    meeting: int
    days: int
    time: str = "10:00"


@dataclass(frozen=True)
class Young:
    """A youth of the demo. `days` is how long ago the last birthday was (below zero: it is still to come)."""

    key: str
    first_name: str
    prefix: str
    last_name: str
    age: int
    days: int
    town: str
    school: str = ""


# --- what happens to a tip ----------------------------------------------------------------------
@dataclass(frozen=True)
class Accepted:
    """Told at the table of its youth, and of the others it is also about. These partners take part."""

    at: When
    feedback: str
    partners: tuple[str, ...] = ()
    told: str = ""  # empty: in the words of the sender
    summary: str = ""  # what the whole table may know, when the signal is kept more strictly
    need: str = ""
    also: tuple[str, ...] = ()
    reopens: str = ""  # the reason, when the case was closed


@dataclass(frozen=True)
class Referred:
    at: When
    to: ReferTo
    feedback: str


@dataclass(frozen=True)
class Rejected:
    at: When
    reason: RejectReason
    feedback: str


@dataclass(frozen=True)
class Asked:
    """The regisseur wants to know more; perhaps the sender has answered."""

    at: When
    question: str
    answered_at: When | None = None
    answer: str = ""


@dataclass(frozen=True)
class Withdrawn:
    at: When


Outcome = Accepted | Referred | Rejected | Asked | Withdrawn | None


@dataclass(frozen=True)
class Tip:
    """A signal: who sent it about whom, what was seen, and what became of it. Without `sent` it is a draft."""

    key: str
    about: Young | str  # the key of a youth, or somebody only this signal knows
    by: str
    sent: When | None
    text: str
    nature: Nature | str = Nature.OBSERVED
    role: Role | str = Role.INVOLVED
    themes: tuple[Theme, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    ground: SignalGround = SignalGround.PUBLIC_TASK
    purpose: str = "Samen kijken wat nodig is, en wie contact houdt met het gezin."
    outcome: Outcome = None
    seen: int = 1  # days before it was sent
    informed: tuple[str, str] = ("yes", "yes")  # the youth, the parents
    because: str = ""
    description: str = ""
    is_birth_unknown: bool = False
    capacity: str = ""
    location: str = ""
    news_is_seen: bool = True


# --- what happens at the table ------------------------------------------------------------------
@dataclass(frozen=True)
class Choice:
    """What the table decided. `{tot}` in the text becomes the day of `until`."""

    kind: DecisionKind
    text: str = ""
    until: When | None = None
    to: Level | None = None
    tried: str = ""


@dataclass(frozen=True)
class Turn:
    """How an action went on, so many working days after the meeting."""

    to: ActionState
    days: int
    result: str = ""


@dataclass(frozen=True)
class Deed:
    """An agreed action: who does what, within so many days."""

    who: str
    text: str
    days: int
    turns: tuple[Turn, ...] = ()
    person: str = ""


@dataclass(frozen=True)
class Talk:
    """One point of a meeting."""

    about: str
    note: str
    choices: tuple[Choice, ...]
    deeds: tuple[Deed, ...] = ()
    review: When | None = None
    lead: str = ""  # who becomes casusregisseur
    closes: "Ending | None" = None


@dataclass(frozen=True)
class Ending:
    """How a case was closed after the meeting."""

    days: int
    evaluation: str
    helped: str
    aftercare: str


@dataclass(frozen=True)
class Gathering:
    """One meeting: its points, the questions put to the table beforehand, who was not there."""

    number: int
    talks: tuple[Talk, ...] = ()
    minutes: int = 120
    questions: dict[str, str] = field(default_factory=dict)
    taken_off: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    leads: str = "regisseur"
    pause_after: int = 0  # ten minutes after the point with this number


def done(days: int, result: str) -> tuple[Turn, ...]:
    """An action that was simply done."""
    return (Turn(ActionState.DONE, days, result),)
