"""What is possible with a file that somebody sent. Pure."""

from cases.models import Attachment, Signal, SignalState
from foundation.errors import NotPossible

OPEN_STATES = {SignalState.DRAFT, SignalState.SUBMITTED, SignalState.MORE_ASKED}
MOST = 20


def check_takes_files(signal: Signal) -> None:
    """As long as nobody judged it. Afterwards a file goes to the case, or with a correction in words."""
    if signal.state not in OPEN_STATES:
        raise NotPossible(
            f"Dit signaal is al {signal.get_state_display()}. U kunt er geen bijlage meer bij doen."
        )


def check_has_room(standing: int) -> None:
    if standing >= MOST:
        raise NotPossible(f"Er staan hier al {MOST} bijlagen. Neem er eerst een terug.")


def check_can_open(attachment: Attachment) -> None:
    if attachment.withdrawn_at:
        raise NotPossible("Deze bijlage is teruggenomen en niet meer te openen.")
    if not attachment.can_open:
        raise NotPossible(f"Deze bijlage is niet te openen: {attachment.get_state_display()}.")


def check_stands(attachment: Attachment) -> None:
    if attachment.withdrawn_at:
        raise NotPossible("Deze bijlage is al teruggenomen.")
