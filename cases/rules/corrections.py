"""What the source can still take back or correct, and what regie can still word."""

from cases.models import Correction, CorrectionKind, Signal, SignalState
from foundation.errors import NotPossible


def check_can_correct(signal: Signal) -> None:
    """Only what was told at a table: before that the sender withdraws the signal itself."""
    if signal.state != SignalState.ACCEPTED:
        raise NotPossible("Dit signaal is niet ingebracht. Er is niets om te verbeteren.")
    if signal.taken_back_at:
        raise NotPossible("U nam dit signaal al terug.")


def check_standing(correction: Correction) -> None:
    if correction.replaced_at:
        raise NotPossible("De bron heeft intussen iets anders gezegd. Kijk naar wat er nu staat.")


def check_can_word(correction: Correction) -> None:
    check_standing(correction)
    if correction.kind == CorrectionKind.WITHDRAWN:
        raise NotPossible("De bron nam dit terug. Er is geen juiste tekst.")
    if correction.text:
        raise NotPossible("Bij deze verbetering staat de juiste tekst al.")
