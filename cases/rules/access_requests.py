"""What is possible with a request for access, whoever asks."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cases.models import AccessRequest, Case, RequestKind
from foundation.errors import NotPossible

SHORTEST_REASON = 20


def check_reason(reason: str) -> None:
    """A few words are no reason; the next person must understand it."""
    if len(" ".join(reason.split())) < SHORTEST_REASON:
        raise NotPossible(f"Leg uit waarom dit nodig is, in minstens {SHORTEST_REASON} tekens.")


def check_none_overdue(overdue: int) -> None:
    """Who used break-glass must have been looked at before using it again."""
    if overdue:
        raise NotPossible(
            "Uw vorige noodtoegang is nog niet beoordeeld. Tot dan kunt u geen noodtoegang gebruiken. "
            "Bel de regisseur."
        )


def check_can_answer(request: AccessRequest) -> None:
    if request.kind == RequestKind.ACUTE:
        raise NotPossible("Acute noodtoegang wordt achteraf beoordeeld.")
    if request.answered_at:
        raise NotPossible("Dit verzoek is al beantwoord.")


def check_is_open(case: Case) -> None:
    if case.closed_at:
        raise NotPossible("Dit dossier is gesloten. Heropen het eerst.")


def check_can_open(request: AccessRequest) -> None:
    """Acute at once; else within a day of the approval. A request opens once."""
    if not request.is_break_glass:
        raise NotPossible("Dit is geen noodtoegang.")
    if request.opened_at:
        raise NotPossible("Deze noodtoegang is al gebruikt. Vraag opnieuw als het nog nodig is.")
    if request.kind == RequestKind.EMERGENCY and not request.is_granted:
        raise NotPossible("Een regisseur moet dit eerst goedkeuren.")
    last = timezone.now() - timedelta(hours=settings.BREAK_GLASS_REVIEW_HOURS)
    if request.answered_at and request.answered_at < last:
        raise NotPossible("De goedkeuring is verlopen. Vraag opnieuw als het nog nodig is.")


def check_can_review(request: AccessRequest) -> None:
    if not request.opened_at:
        raise NotPossible("Deze noodtoegang is niet gebruikt. Er valt niets te beoordelen.")
    if request.reviewed_at:
        raise NotPossible("Deze noodtoegang is al beoordeeld.")
