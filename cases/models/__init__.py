"""The nouns of this floor, and the questions we ask about them."""

from cases.models.access_requests import AccessRequest, Need, RequestKind, Verdict
from cases.models.actions import Action, ActionState
from cases.models.advice import Advice, AdviceKind
from cases.models.around import SIBLINGS, Custody, Place, PlaceKind, Relative, RelativeKind
from cases.models.attachments import Attachment, AttachmentKind, AttachmentState
from cases.models.cases import Case, Closing, HandOver, LevelChange, LevelChangeState
from cases.models.corrections import Correction, CorrectionKind, CorrectionTask
from cases.models.finding import CaseExport, ExportPurpose, KeptList, SavedView
from cases.models.groups import (
    ConvenantKind,
    FinderThreshold,
    Group,
    GroupGoal,
    GroupMember,
    GroupPlace,
    GroupStep,
    Stage,
)
from cases.models.informing import Audience, Channel, Informing, InformOutcome, PostponeGround
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
from cases.models.merges import YouthMerge
from cases.models.picture import VOICES, LifeArea, Remark, RemarkKind
from cases.models.plans import GoalResult, PlanGoal
from cases.models.regimes import LevelCriterion, LevelRegime
from cases.models.secrets import CitizenNumber, Reporter, Reveal, SecretAddress, SecretKind
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
from cases.models.wrong_youths import WrongYouth, WrongYouthReader
from cases.models.youths import Youth

__all__ = [
    "SIBLINGS",
    "VOICES",
    "AccessRequest",
    "Action",
    "ActionState",
    "Advice",
    "AdviceKind",
    "AgeLimit",
    "Attachment",
    "AttachmentKind",
    "AttachmentState",
    "Audience",
    "BoaCapacity",
    "Case",
    "CaseExport",
    "Channel",
    "CitizenNumber",
    "ClashAnswer",
    "Closing",
    "ConvenantKind",
    "Correction",
    "CorrectionKind",
    "CorrectionTask",
    "Custody",
    "ExportPurpose",
    "FinderThreshold",
    "GoalResult",
    "Group",
    "GroupGoal",
    "GroupMember",
    "GroupPlace",
    "GroupStep",
    "HandOver",
    "InformOutcome",
    "Informed",
    "Informing",
    "KeptList",
    "LevelChange",
    "LevelChangeState",
    "LevelCriterion",
    "LevelRegime",
    "LifeArea",
    "Measure",
    "MeasureFamily",
    "MeasureKind",
    "MeasureNature",
    "MeasureState",
    "Nature",
    "Need",
    "Place",
    "PlaceKind",
    "PlanGoal",
    "PostponeGround",
    "Relative",
    "RelativeKind",
    "Remark",
    "RemarkKind",
    "Reporter",
    "RequestKind",
    "Reveal",
    "Role",
    "RuleTerm",
    "SavedView",
    "SecretAddress",
    "SecretKind",
    "Signal",
    "SignalGround",
    "SignalNote",
    "SignalNoteKind",
    "SignalState",
    "Stage",
    "Theme",
    "ToldSignal",
    "Urgency",
    "Verdict",
    "WrongYouth",
    "WrongYouthReader",
    "Youth",
    "YouthMerge",
]
