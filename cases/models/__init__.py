"""The nouns of this floor, and the questions we ask about them."""

from cases.models.access_requests import AccessRequest, Need, RequestKind, Verdict
from cases.models.actions import Action, ActionState
from cases.models.cases import Case, Closing, LevelChange, LevelChangeState
from cases.models.measures import (
    AgeLimit,
    ClashAnswer,
    Measure,
    MeasureFamily,
    MeasureKind,
    MeasureNature,
    MeasureState,
    RuleTerm,
)
from cases.models.secrets import Reporter, Reveal, SecretAddress, SecretKind
from cases.models.signals import (
    BoaCapacity,
    Informed,
    Nature,
    Role,
    Signal,
    SignalGround,
    SignalNote,
    SignalNoteKind,
    SignalState,
    Theme,
    ToldSignal,
    Urgency,
)
from cases.models.youths import Youth

__all__ = [
    "AccessRequest",
    "Action",
    "ActionState",
    "AgeLimit",
    "BoaCapacity",
    "Case",
    "ClashAnswer",
    "Closing",
    "Informed",
    "LevelChange",
    "LevelChangeState",
    "Measure",
    "MeasureFamily",
    "MeasureKind",
    "MeasureNature",
    "MeasureState",
    "Nature",
    "Need",
    "Reporter",
    "RequestKind",
    "Reveal",
    "Role",
    "RuleTerm",
    "SecretAddress",
    "SecretKind",
    "Signal",
    "SignalGround",
    "SignalNote",
    "SignalNoteKind",
    "SignalState",
    "Theme",
    "ToldSignal",
    "Urgency",
    "Verdict",
    "Youth",
]
