"""The strip of measures as rows of a table and as bars of a picture."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from cases.models import Case, Measure, MeasureState, RuleTerm
from cases.models.measures import PLANNED
from cases.permissions.measures import check_can_answer
from cases.permissions.table import check_may_write
from cases.queries import open_clashes
from cases.rules.measures import is_stale
from cases.rules.situations import is_current
from foundation.errors import allows
from foundation.span_charts import Span

STALE = "bevestigen"  # RuleTerm.code
STATE_KINDS = {
    MeasureState.PROPOSED: "info",
    MeasureState.REQUESTED: "info",
    MeasureState.RUNNING: "positive",
    MeasureState.ENDED_WELL: "neutral",
    MeasureState.ENDED_BADLY: "warning",
    MeasureState.BROKEN_OFF: "warning",
    MeasureState.REFUSED: "neutral",
}


def strip_of(case: Case, user: User, measures: list[Measure]) -> dict[str, Any]:
    """What the case page shows of measures: those of now first, the warnings, and what this reader may do."""
    found, answers = open_clashes(case, user, measures)
    days = dict(RuleTerm.objects.filter(code=STALE).values_list("code", "days")).get(STALE, 0)
    today = timezone.localdate()
    current = [m for m in measures if is_current(m)]
    ended = [m for m in measures if not is_current(m)]
    return {
        "measures": [_row(m, is_old=bool(days) and is_stale(m, today, days)) for m in current],
        "ended_measures": [_row(m, is_old=False) for m in reversed(ended)],
        "has_strip": any(m.starts_on for m in measures),
        "clashes": [(clash, ",".join(map(str, clash.measure_ids))) for clash in found],
        "clash_answers": answers,
        "may_note_measure": not case.closed_at and allows(check_may_write, user, case),
        "may_answer_clash": allows(check_can_answer, user, case),
    }


def _row(measure: Measure, *, is_old: bool) -> dict[str, Any]:
    return {
        "measure": measure,
        "period": _period(measure),
        "kind": STATE_KINDS[MeasureState(measure.state)],
        "is_old": is_old,
    }


def _period(measure: Measure) -> str:
    if measure.starts_on is None:
        return "nog geen datum"
    start = date_format(measure.starts_on, "j b Y")
    return f"{start} t/m {date_format(measure.ends_on, 'j b Y')}" if measure.ends_on else f"vanaf {start}"


def spans_of(measures: list[Measure], *, is_narrow: bool = False) -> list[Span]:
    """The bars: dark what runs, open what is on its way, pale what is over."""
    return [_span(m, is_narrow) for m in measures if m.starts_on]


def _span(measure: Measure, is_narrow: bool) -> Span:
    strength = "outline" if measure.state in PLANNED else "solid" if is_current(measure) else "pale"
    assert measure.starts_on
    ended = timezone.localdate(measure.ended_at) if measure.ended_at else None
    until = measure.ends_on if is_current(measure) else ended or measure.ends_on
    text = (
        str(measure.owner_partner) if is_narrow else f"{measure.owner_partner}, {measure.get_state_display()}"
    )
    return Span(measure.label, measure.starts_on, until and max(until, measure.starts_on), strength, text)
