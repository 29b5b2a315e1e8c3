"""Everything the log can say about this floor."""

from enum import StrEnum


class AccessEvent(StrEnum):
    PARTICIPATION_ADDED = "participation.added"
    PARTICIPATION_ENDED = "participation.ended"
    GRANTED = "grant.given"
    GRANT_ENDED = "grant.ended"
    EXCLUDED = "exclusion.added"
    EXCLUSION_ENDED = "exclusion.ended"
    STEPPED_ASIDE = "exclusion.stepped_aside"
    POLICE_DECISION_ADDED = "police_decision.added"
    POLICE_DECISION_ENDED = "police_decision.ended"
    READERS_EXPIRED = "readers.expired"
    READERS_RECOMPUTED = "readers.recomputed"
