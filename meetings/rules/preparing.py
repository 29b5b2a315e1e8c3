"""How one point of an agenda is prepared."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Prepared:
    """A point as it was prepared: what two people could each want otherwise."""

    question: str
    minutes: int
    partners: frozenset[int]

    @property
    def mark(self) -> str:
        """Tells two of these apart; a form carries it to say what was on the screen."""
        said = f"{self.minutes} {sorted(self.partners)} {self.question}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]
