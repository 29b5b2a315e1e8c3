"""What is possible in a plan van aanpak, whoever asks."""

from accounts.roles import Level
from cases.models import PlanGoal
from foundation.errors import NotPossible

WITH_PLAN = (Level.LJA, Level.PGA)


def check_has_plan(level: Level | int) -> None:
    """At the JPP actions are enough; LJA and PGA work with a plan."""
    if level not in WITH_PLAN:
        raise NotPossible("Een plan van aanpak hoort bij LJA en PGA. Spreek op dit niveau een actie af.")


def check_running(goal: PlanGoal) -> None:
    if goal.evaluated_at:
        raise NotPossible("Dit doel is al geëvalueerd.")
