"""A youth as the privacy officer knows one: a number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """Says to the log which youth something was about."""

    number: int

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.number]
