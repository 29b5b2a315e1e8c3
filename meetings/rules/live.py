"""What a meeting allows while it runs and when it ends, whoever asks."""

from collections.abc import Sequence

from accounts.roles import Level
from cases.models import Case
from foundation.errors import NotPossible
from meetings.models import AgendaItem, DecisionKind, Meeting, MeetingState, Slot

NEEDS_DATE = {DecisionKind.MONITOR, DecisionKind.POSTPONE_INFORMING}
NEEDS_TEXT = {
    DecisionKind.POSTPONE_INFORMING: "Vul de reden in.",
    DecisionKind.ESCALATE: "Vul de reden in.",
    DecisionKind.DE_ESCALATE: "Vul de reden in.",
    DecisionKind.HAND_OVER: "Schrijf aan wie.",
    DecisionKind.ADVISE_MAYOR: "Schrijf de vraag aan de burgemeester.",
    DecisionKind.GROUP: "Schrijf om welke groep of plek het gaat, zonder namen.",
}
# Somebody has to do something, or the decision is only paper.
NEEDS_ACTION = {
    DecisionKind.PARTNER_ACTS,
    DecisionKind.HAND_OVER,
    DecisionKind.PROTECTION_TABLE,
    DecisionKind.VEILIG_THUIS,
}
MOVES = {DecisionKind.ESCALATE, DecisionKind.DE_ESCALATE}


def check_can_start(meeting: Meeting) -> None:
    if meeting.state in (MeetingState.PLANNED, MeetingState.DRAFT):
        raise NotPossible("De agenda is nog niet vastgesteld. Doe dat eerst.")
    if meeting.state != MeetingState.AGREED:
        raise NotPossible(f"Dit overleg kan niet beginnen: {meeting.get_state_display()}.")


def check_is_running(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CONFIRMED:
        raise NotPossible("Het verslag is vastgesteld. Er verandert niets meer.")
    if meeting.state == MeetingState.CLOSED:
        raise NotPossible("Dit overleg is gesloten.")
    if meeting.state != MeetingState.RUNNING:
        raise NotPossible("Dit overleg is nog niet begonnen.")


def check_is_not_final(meeting: Meeting) -> None:
    """Notes and attendance may be corrected until the minutes are confirmed."""
    if meeting.state != MeetingState.CLOSED:
        check_is_running(meeting)


def places_of(meeting: Meeting) -> list[Slot]:
    """The places on the agenda, in order; also the breaks."""
    return list(meeting.slots.filter(withdrawn_at=None).order_by("position", "pk"))


def numbers_of(slots: Sequence[Slot]) -> dict[int, int]:
    """The number that everybody sees, by slot: the slots are the same for all, whoever may see what is in them.

    A break has no number.
    """
    points = (slot for slot in slots if not slot.is_break)
    return {slot.pk: number for number, slot in enumerate(points, start=1)}


def undecided(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """The items without a standing decision. Ask with `with_decided()`."""
    return [item for item in items if not item.is_decided]


def check_can_close(meeting: Meeting, items: Sequence[AgendaItem], slots: Sequence[Slot]) -> None:
    check_is_running(meeting)
    check_sees_everything(items, slots)
    numbers = numbers_of(slots)
    if open_items := undecided(items):
        points = _in_words([str(numbers[item.slot_id]) for item in open_items])
        raise NotPossible(f"Nog zonder besluit: punt {points}. Neem eerst een besluit.")


def check_sees_everything(items: Sequence[AgendaItem], slots: Sequence[Slot]) -> None:
    """Who is kept out of an item cannot vouch for the whole."""
    seen = {item.slot_id for item in items}
    hidden = [str(number) for slot_id, number in numbers_of(slots).items() if slot_id not in seen]
    if hidden:
        raise NotPossible(f"U kunt punt {_in_words(hidden)} niet zien. Vraag een collega om dit te doen.")


def check_can_decide(case: Case, kind: DecisionKind, to: Level | None) -> None:
    """Whether the level that was asked for lies in the direction that was decided."""
    if kind == DecisionKind.ESCALATE and (to is None or to <= case.level):
        raise NotPossible("Opschalen gaat naar een hoger niveau.")
    if kind == DecisionKind.DE_ESCALATE and (to is None or to >= case.level):
        raise NotPossible("Afschalen gaat naar een lager niveau.")


def _in_words(numbers: list[str]) -> str:
    if len(numbers) == 1:
        return numbers[0]
    return f"{', '.join(numbers[:-1])} en {numbers[-1]}"


def check_has_begun(meeting: Meeting) -> None:
    if meeting.state not in (MeetingState.RUNNING, MeetingState.CLOSED, MeetingState.CONFIRMED):
        raise NotPossible("Dit overleg is nog niet begonnen. Er is nog niets afgesproken.")


def check_can_follow(meeting: Meeting) -> None:
    """From the agreed agenda until the minutes are final: then there are the minutes."""
    if meeting.state in (MeetingState.PLANNED, MeetingState.DRAFT):
        raise NotPossible("De agenda is nog niet vastgesteld.")
    if meeting.state == MeetingState.CANCELLED:
        raise NotPossible("Dit overleg gaat niet door.")
    if meeting.state == MeetingState.CONFIRMED:
        raise NotPossible("Het verslag is vastgesteld. Lees het verslag.")
