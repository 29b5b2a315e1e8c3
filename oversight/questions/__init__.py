"""The questions that are asked of the log each night: one function per kind of flag.

Each gets a `Day` and the thresholds of its kind, and returns what stands out. All run in the scope of a reader
with the key of the privacy officer.
"""

from collections.abc import Callable

from oversight.models import FlagKind
from oversight.questions import people, reading, work
from oversight.questions.day import Day, Finding
from oversight.rules import Limits

Question = Callable[[Day, Limits], list[Finding]]

QUESTIONS: dict[FlagKind, Question] = {
    FlagKind.MUCH_MORE: reading.much_more,
    FlagKind.NO_REASON: work.no_reason,
    FlagKind.SAME_NAME: people.same_name,
    FlagKind.ODD_HOURS: reading.odd_hours,
    FlagKind.CROWD: reading.crowd,
    FlagKind.SEARCHES: reading.searches,
    FlagKind.AFTER_END: work.after_end,
    FlagKind.PAPERS: reading.papers,
    FlagKind.BREAK_GLASS: work.break_glass,
    FlagKind.LEAVER: people.leaver,
    FlagKind.NEW_PLACE: people.new_place,
    FlagKind.KEEPER_READS: people.keeper_reads,
}

__all__ = ["QUESTIONS", "Day", "Finding"]
