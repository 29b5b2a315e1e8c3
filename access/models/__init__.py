"""The nouns of this floor, and the questions we ask about them."""

from access.models.compartments import (
    Compartment,
    CompartmentKind,
    ListedModel,
    ScopedModel,
    ScopedQuerySet,
    readable_by,
)
from access.models.police import PoliceData, PoliceDecision
from access.models.readers import (
    EndedGrant,
    Exclusion,
    Grant,
    Ground,
    Inclusion,
    Participation,
    ParticipationQuerySet,
)

__all__ = [
    "Compartment",
    "CompartmentKind",
    "EndedGrant",
    "Exclusion",
    "Grant",
    "Ground",
    "Inclusion",
    "ListedModel",
    "Participation",
    "ParticipationQuerySet",
    "PoliceData",
    "PoliceDecision",
    "ScopedModel",
    "ScopedQuerySet",
    "readable_by",
]
