"""What a signal must hold before it is sent, and what can happen to it, whoever asks."""

import re
from collections.abc import Container, Iterator
from datetime import date

from django.db import models

from accounts.models import PartnerKind
from accounts.roles import DataClass
from cases.models import BoaCapacity, Informed, Signal, SignalGround, SignalState
from foundation.errors import NotPossible

S = SignalState

# From each state to the next. A question that stays unanswered does not hold a signal up for ever: regie
# can decide without the answer. Spoed is a mark on the signal, not a state.
NEXT_STATES: dict[SignalState, set[SignalState]] = {
    S.DRAFT: {S.SUBMITTED, S.WITHDRAWN},
    S.SUBMITTED: {S.MORE_ASKED, S.ACCEPTED, S.REFERRED, S.REJECTED, S.WITHDRAWN},
    S.MORE_ASKED: {S.SUBMITTED, S.ACCEPTED, S.REFERRED, S.REJECTED, S.WITHDRAWN},
    S.ACCEPTED: set(),
    S.REFERRED: set(),
    S.REJECTED: set(),
    S.WITHDRAWN: set(),
}
AWAITING = [S.SUBMITTED, S.MORE_ASKED]

OLDEST_AGE = 26
OUTSIDE = "Deze jongere woont niet in Parkstad. Zeg waarom het overleg er toch over gaat."


class RejectReason(models.TextChoices):
    """Why a signal does not go to the table. The words go to the sender."""

    NO_YOUTH = "no_youth", "Het signaal gaat niet over een jongere die te herkennen is"
    OWN_CHAIN = "own_chain", "De eigen organisatie of de gewone zorg kan dit zelf oppakken"
    TOO_LITTLE = "too_little", "Er is te weinig bekend om mee te wegen"
    NO_GROUND = "no_ground", "Er is geen grondslag om dit te delen"
    OUTSIDE = "outside", "De jongere woont buiten Parkstad"
    TOO_OLD = "too_old", "De persoon is te oud voor de jeugdaanpak"
    DOUBLE = "double", "U had dit signaal al eerder ingediend"


class ReferTo(models.TextChoices):
    """Where a signal belongs instead."""

    SAFE_HOME = "Veilig Thuis", "Veilig Thuis"
    LOCAL_TEAM = "Lokale toegang", "Lokale toegang van de gemeente"
    VIOS = "VIOS", "VIOS (veiligheid in en om scholen)"
    GROUP = "Groepsaanpak", "Groepsaanpak"
    ZLZVH = "ZLZVH", "Zorg- en Veiligheidshuis Zuid-Limburg (ZLZVH)"
    POLICE = "Politie", "Politie"
    SCHOOL = "School", "School: eigen zorgstructuur"


def check_can_move(signal: Signal, to: SignalState) -> None:
    """Whether a signal can go to this state now."""
    state = SignalState(signal.state)
    if to in NEXT_STATES[state]:
        return
    if state == S.DRAFT:
        raise NotPossible("Dit signaal is nog niet ingediend.")
    if to == S.SUBMITTED and state == S.SUBMITTED:
        raise NotPossible("Dit signaal is al ingediend.")
    if to == S.MORE_ASKED and state == S.MORE_ASKED:
        raise NotPossible("Er is al een vraag gesteld. Wacht op antwoord.")
    raise NotPossible(f"Dit signaal is al {state.label}. U kunt het niet meer veranderen.")


def check_can_write(signal: Signal) -> None:
    """Only a draft can be written in: what was sent stays as it was sent."""
    if signal.state != S.DRAFT:
        raise NotPossible(
            f"Dit signaal is al {SignalState(signal.state).label}. U kunt het niet meer veranderen."
        )


def check_can_answer(signal: Signal) -> None:
    if signal.state != S.MORE_ASKED:
        raise NotPossible("Er staat geen vraag open.")


def check_can_tell_again(signal: Signal) -> None:
    """A signal about several youths is told once per youth, after it was accepted for the first."""
    if signal.state != S.ACCEPTED:
        raise NotPossible("Dit signaal is nog niet geaccepteerd.")
    if signal.taken_back_at:
        raise NotPossible("De bron nam dit signaal terug.")


def class_of(signal: Signal) -> DataClass:
    """How strictly this signal is kept.

    What a boa saw while investigating is police data (Wpg art. 46), what it saw on patrol is not. Else it is
    what the organisation of the sender brings.
    """
    if signal.boa_capacity == BoaCapacity.INVESTIGATION:
        return DataClass.WPG
    return DataClass(signal.sender_partner.brings)


def missing_for_submit(
    signal: Signal, kind: str, today: date, provided: Container[str]
) -> list[tuple[str, str]]:
    """What lacks or cannot be right, as (field, what to do). Empty: it can be sent.

    `provided` tells about whom police data may be provided today.
    """
    return [
        *_missing_youth(signal, today),
        *_missing_story(signal, kind, today),
        *_missing_informed(signal),
        *_missing_for_police(signal, provided),
    ]


def _missing_for_police(signal: Signal, provided: Container[str]) -> list[tuple[str, str]]:
    """Police data ask for a ground, and for a decision that covers them (Wpg art. 20)."""
    if class_of(signal) != DataClass.WPG:
        return []
    missing = []
    if signal.ground and signal.ground != SignalGround.WPG_20:
        text = "Dit zijn politiegegevens. Kies de grond 'Politiegegevens volgens het besluit (Wpg art. 20)'."
        missing.append(("ground", text))
    if signal.role and signal.role not in provided:
        text = (
            f"Er is geen geldig besluit om politiegegevens te delen over wie {signal.get_role_display().lower()} is "
            "(Wpg artikel 20). Uw concept blijft bewaard. Vraag uw privacyfunctionaris."
        )
        missing.append(("role", text))
    return missing


QUOTE = 8  # so many words in the same order are a quotation


def check_own_words(summary: str, *originals: str) -> None:
    """What the whole table reads does not quote what only some may read."""
    quoted = {run for text in originals for run in _runs(text)}
    if any(run in quoted for run in _runs(summary)):
        raise NotPossible(
            "De tekst voor de hele tafel neemt zinnen over uit gegevens die niet iedereen mag lezen. "
            "Zeg het in eigen woorden, of laat dit leeg."
        )


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return zip(*(words[start:] for start in range(QUOTE)), strict=False)


def _missing_youth(signal: Signal, today: date) -> list[tuple[str, str]]:
    missing = []
    if not signal.first_name and not signal.last_name:
        missing.append(("first_name", "Vul een voornaam of een achternaam in."))
    if signal.birth_on is None and not signal.is_birth_unknown:
        missing.append(("birth_on", "Vul de geboortedatum in, of kies 'onbekend'."))
    if signal.birth_on and not is_young(signal.birth_on, today):
        missing.append(("birth_on", f"Vul een datum in van iemand van 0 tot en met {OLDEST_AGE} jaar."))
    is_vague = signal.birth_on is None or not signal.first_name or not signal.last_name
    if is_vague and not signal.description:
        text = "Omschrijf de jongere: u weet de naam of de geboortedatum niet helemaal."
        missing.append(("description", text))
    return missing


def _missing_story(signal: Signal, kind: str, today: date) -> list[tuple[str, str]]:
    missing = []
    if not signal.observed:
        missing.append(("observed", "Schrijf op wat er is gezien of gehoord."))
    if signal.observed_on is None:
        missing.append(("observed_on", "Vul in wanneer dit was."))
    elif signal.observed_on > today:
        missing.append(("observed_on", "Deze datum is nog niet geweest."))
    if not signal.nature:
        missing.append(("nature", "Kies wat voor informatie dit is."))
    if not signal.role:
        missing.append(("role", "Kies de rol van de jongere."))
    if kind == PartnerKind.ENFORCEMENT and not signal.boa_capacity:
        missing.append(("boa_capacity", "Kies toezicht of opsporing."))
    if not signal.ground:
        missing.append(("ground", "Kies op welke grond u dit deelt."))
    if not signal.purpose:
        missing.append(("purpose", "Schrijf op wat het overleg moet bereiken."))
    return missing


def _missing_informed(signal: Signal) -> list[tuple[str, str]]:
    missing = []
    if not signal.youth_informed:
        missing.append(("youth_informed", "Kies of de jongere dit weet."))
    if not signal.parents_informed:
        missing.append(("parents_informed", "Kies of de ouders dit weten."))
    if Informed.NO in (signal.youth_informed, signal.parents_informed) and not signal.not_informed_because:
        missing.append(("not_informed_because", "Schrijf op waarom zij het nog niet weten."))
    return missing


def is_young(birth_on: date, today: date) -> bool:
    """Born, and not older than the approach is for."""
    age = today.year - birth_on.year - ((today.month, today.day) < (birth_on.month, birth_on.day))
    return birth_on <= today and age <= OLDEST_AGE


def missing_for_accept(
    *, has_name: bool, has_birth_or_description: bool, in_parkstad: bool, exception: str
) -> list[tuple[str, str]]:
    """What lacks before a new youth can be discussed, as (field, what to do)."""
    missing = []
    if not has_name:
        missing.append(("last_name", "Vul voornaam en achternaam in. Weet u die niet? Vraag het de melder."))
    if not has_birth_or_description:
        missing.append(("birth_on", "Vul de geboortedatum in, of omschrijf de jongere."))
    if not in_parkstad and not exception:
        missing.append(("exception", OUTSIDE))
    return missing
