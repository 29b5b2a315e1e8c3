"""What is possible for a question to those above or beside the table, whoever asks."""

from datetime import date

from accounts.roles import Level
from cases.models import Advice
from foundation.errors import NotPossible

WITH_ADVICE = (Level.PGA,)


def check_has_advice(level: Level | int) -> None:
    if level not in WITH_ADVICE:
        raise NotPossible("Bestuurlijk opschalen en advies van de RAC horen bij de PGA.")


def check_awaited(advice: Advice) -> None:
    if advice.answered_at:
        raise NotPossible("Op deze vraag is al geantwoord.")


def check_answer(advice: Advice, answer: str, answered_on: date, *, asked_on: date, today: date) -> None:
    if not answer.strip():
        raise NotPossible("Schrijf op wat het antwoord is.")
    if not asked_on <= answered_on <= today:
        raise NotPossible("Het antwoord kwam op of na de dag van de vraag, en niet in de toekomst.")
