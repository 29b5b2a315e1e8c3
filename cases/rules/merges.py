"""Whether two youths can be said to be one, whoever asks."""

from cases.models import Case, Youth
from foundation.errors import NotPossible

ABSORBED, KEPT = "absorbed", "kept"  # what cases_merge_role says of a youth


def check_not_absorbed(role: str) -> None:
    """Nothing new begins with a youth who is another one too."""
    if role == ABSORBED:
        raise NotPossible("Deze jongere is samengevoegd met een andere. Ga daar verder.")


def check_two(kept: Youth, absorbed: Youth) -> None:
    if kept.pk == absorbed.pk:
        raise NotPossible("Dit is al dezelfde jongere.")


def check_no_chain(*, kept_role: str, absorbed_role: str) -> None:
    """Who is absorbed keeps nobody, and who keeps is absorbed by nobody: one step leads to who it is."""
    if ABSORBED in (kept_role, absorbed_role):
        raise NotPossible("Een van deze jongeren is al samengevoegd. Maak dat eerst ongedaan.")
    if absorbed_role == KEPT:
        raise NotPossible("In deze jongere ging al een andere op. Laat deze jongere blijven.")


def check_open_case_stays(kept: Case | None, absorbed: Case | None) -> None:
    """The one open case of two goes on as the case of who stays."""
    if absorbed and not kept:
        raise NotPossible("Alleen de andere jongere heeft een open dossier. Laat die blijven.")


def check_no_proposal(has_proposal: bool) -> None:
    if has_proposal:
        raise NotPossible(
            "Bij het dossier dat sluit ligt een voorstel om van niveau te wisselen. Wacht op antwoord of trek het in."
        )
