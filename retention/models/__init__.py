"""The nouns of this floor, and the questions we ask about them."""

from retention.models.certificates import Certificate, SignalTrace
from retention.models.proposals import Approval, Kind, Proposal, RefusalGround, Side
from retention.models.terms import Extension, RetentionTerm, TermCode

__all__ = [
    "Approval",
    "Certificate",
    "Extension",
    "Kind",
    "Proposal",
    "RefusalGround",
    "RetentionTerm",
    "Side",
    "SignalTrace",
    "TermCode",
]
