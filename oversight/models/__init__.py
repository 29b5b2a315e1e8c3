"""Flags on unusual reading, papers for who asks, and rounds of review."""

from oversight.models.flags import Flag, FlagKind, FlagOutcome, Threshold
from oversight.models.papers import Paper, PaperKind, WithheldGround
from oversight.models.reviews import ReviewLine, ReviewRound, Verdict

__all__ = [
    "Flag",
    "FlagKind",
    "FlagOutcome",
    "Paper",
    "PaperKind",
    "ReviewLine",
    "ReviewRound",
    "Threshold",
    "Verdict",
    "WithheldGround",
]
