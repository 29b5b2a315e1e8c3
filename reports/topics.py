"""What is told with the figures: five questions with their table, and the few numbers on top."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from accounts.roles import Level
from foundation.charts import text_of
from reports.models import Measure
from reports.periods import Period
from reports.queries import Cell, Published

HIDDEN = "*"
NOTHING = "–"
NOT_SHOWN = "niet getoond"
EXPLANATION = (
    "Niet getoond: het gaat om een aantal van 1 tot en met 4, of zo'n aantal is ermee uit te rekenen. "
    "Zo wijst geen getal naar één jongere."
)


@dataclass(frozen=True)
class Row:
    """One count through the months, as numbers and as words."""

    name: str
    cells: Sequence[Cell]
    texts: Sequence[str]


@dataclass(frozen=True)
class Topic:
    """One question with its figures. The chart draws the rows that `drawn` names, under the names it gives them."""

    slug: str
    title: str
    text: str
    months: Sequence[date]
    rows: Sequence[Row]
    chart_title: str
    drawn: dict[str, str]
    is_lines: bool = False

    @property
    def description(self) -> str:
        kind = "Lijndiagram" if self.is_lines else "Staafdiagram"
        return f"{kind}: {self.chart_title[0].lower()}{self.chart_title[1:]}. Dezelfde cijfers staan in de tabel."


def row(name: str, cells: Sequence[Cell]) -> Row:
    return Row(name, cells, [text_of(cell, HIDDEN) for cell in cells])


def signals(figures: Published) -> Topic:
    told = {
        "Ontvangen": Measure.SIGNALS_IN,
        "Geaccepteerd": Measure.SIGNALS_ACCEPTED,
        "Doorverwezen": Measure.SIGNALS_REFERRED,
        "Afgewezen": Measure.SIGNALS_REJECTED,
    }
    return Topic(
        slug="signalen",
        title="Hoeveel signalen komen binnen?",
        text="Een signaal telt in de maand waarin het is ingediend, een oordeel in de maand waarin het is gegeven.",
        months=figures.months,
        rows=[row(name, figures.row(measure, Level.JPP)) for name, measure in told.items()],
        chart_title="Ontvangen signalen per maand",
        drawn={"Ontvangen": "Ontvangen signalen"},
    )


def discussed(figures: Published) -> Topic:
    return Topic(
        slug="besproken",
        title="Hoeveel jongeren zijn besproken?",
        text="Een jongere telt per maand één keer op elk niveau waarop het overleg over hem of haar sprak.",
        months=figures.months,
        rows=[row(level.label, figures.row(Measure.YOUTHS_DISCUSSED, level)) for level in Level],
        chart_title="Besproken jongeren per maand en niveau",
        drawn={level.label: level.label for level in Level},
    )


def stock(figures: Published) -> Topic:
    return Topic(
        slug="dossiers",
        title="Hoeveel dossiers staan open?",
        text="Geteld aan het eind van de maand, op het niveau van dat moment.",
        months=figures.months,
        rows=[row(level.label, figures.row(Measure.STOCK, level)) for level in Level],
        chart_title="Open dossiers per niveau aan het eind van de maand",
        drawn={level.label: level.label for level in Level},
    )


def flow(figures: Published) -> Topic:
    kinds = {"erbij": Measure.INFLOW, "eraf": Measure.OUTFLOW}
    return Topic(
        slug="in-en-uit",
        title="Wat komt erbij en wat gaat eraf?",
        text="Een dossier dat van niveau wisselt, gaat er bij het ene niveau af en komt er bij het andere bij.",
        months=figures.months,
        rows=[
            row(f"{level.label} {word}", figures.row(measure, level))
            for level in Level
            for word, measure in kinds.items()
        ],
        chart_title="Dossiers erbij en eraf bij het JPP per maand",
        drawn={"JPP erbij": "Erbij", "JPP eraf": "Eraf"},
        is_lines=True,
    )


def actions(figures: Published) -> Topic:
    in_time, due = figures.row(Measure.ACTIONS_IN_TIME), figures.row(Measure.ACTIONS_DUE)
    pairs = list(zip(in_time, due, strict=True))
    late = [None if a is None or b is None else b - a for a, b in pairs]
    shares = Row("Deel op tijd", [], [share_text(a, b) for a, b in pairs])
    return Topic(
        slug="acties",
        title="Komen acties op tijd klaar?",
        text="Een actie telt in de maand waarin zij klaar moest zijn. Ingetrokken acties tellen niet mee.",
        months=figures.months,
        rows=[row("Op tijd", in_time), row("Niet op tijd", late), shares],
        chart_title="Acties per maand, op tijd klaar of niet",
        drawn={"Op tijd": "Op tijd", "Niet op tijd": "Niet op tijd"},
    )


TOPICS: dict[str, Callable[[Published], Topic]] = {
    "signalen": signals,
    "besproken": discussed,
    "dossiers": stock,
    "in-en-uit": flow,
    "acties": actions,
}


def all_topics(figures: Published) -> list[Topic]:
    return [make(figures) for make in TOPICS.values()]


def key_figures(figures: Published, period: Period) -> list[tuple[str, str]]:
    """The few numbers on top. A sum is made of months that are shown; what is hidden makes it "of meer"."""
    last = date_format(period.last, "F Y")
    pairs = zip(figures.row(Measure.ACTIONS_IN_TIME), figures.row(Measure.ACTIONS_DUE), strict=True)
    shown = [(a, b) for a, b in pairs if a is not None and b is not None]
    return [
        ("Signalen ontvangen", sum_text(figures.row(Measure.SIGNALS_IN, Level.JPP))),
        (f"Jongeren besproken in {last}", per_level(figures, Measure.YOUTHS_DISCUSSED)),
        (f"Open dossiers eind {last}", per_level(figures, Measure.STOCK)),
        ("Erbij bij het JPP", sum_text(figures.row(Measure.INFLOW, Level.JPP))),
        ("Eraf bij het JPP", sum_text(figures.row(Measure.OUTFLOW, Level.JPP))),
        ("Acties op tijd klaar", actions_text(shown, len(period.months))),
    ]


def share_text(part: Cell, whole: Cell) -> str:
    if part is None or whole is None:
        return HIDDEN
    return f"{100 * part / whole:.0f} %" if whole else NOTHING


def sum_text(cells: Sequence[Cell]) -> str:
    shown = [cell for cell in cells if cell is not None]
    if len(shown) == len(cells):
        return text_of(sum(shown), HIDDEN)
    return f"{text_of(sum(shown), HIDDEN)} of meer" if sum(shown) else NOT_SHOWN


def per_level(figures: Published, measure: Measure) -> str:
    """The last month, level by level: "JPP 85, LJA 12, PGA niet getoond"."""
    words = [f"{level.label} {text_of(figures.row(measure, level)[-1], NOT_SHOWN)}" for level in Level]
    return ", ".join(words)


def actions_text(shown: Sequence[tuple[int, int]], months: int) -> str:
    in_time, due = (sum(counts) for counts in zip(*shown, strict=True)) if shown else (0, 0)
    if not due:
        return NOT_SHOWN if len(shown) < months else "er hoefde niets klaar te zijn"
    text = f"{share_text(in_time, due)} van {text_of(due, HIDDEN)}"
    return text if len(shown) == months else f"{text}, in {len(shown)} van de {months} maanden"
