"""How the figures look: as charts, and as a summary on paper of at most four pages."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from accounts.models import Municipality
from audit.seals import newest_short
from foundation.charts import WIDTH, SeriesCount, line_chart, stacked_bar_chart
from foundation.errors import NotPossible
from foundation.pdf import PdfFailed, count_pages, render_pdf
from reports.periods import Period
from reports.queries import published
from reports.topics import EXPLANATION, HIDDEN, Topic, all_topics, key_figures

MOST_PAGES = 4
NARROW, NARROW_MONTHS = 340, 6  # as wide as a phone


@dataclass(frozen=True)
class Report:
    """The figures of one area and period, ready to be shown; knows no database any more."""

    area: str
    municipality_id: int | None
    period: Period
    key_figures: list[tuple[str, str]]
    topics: list[Topic]
    counted_at: datetime | None
    seal: str  # the newest seal of the log, for the foot of the paper

    @property
    def title(self) -> str:
        return f"Hoe gaat het in {self.area}?"

    @property
    def hides_something(self) -> bool:
        return any(HIDDEN in row.texts for topic in self.topics for row in topic.rows)

    @property
    def counted_words(self) -> str:
        return f"Geteld op {date_format(localtime(self.counted_at), 'j F Y')}." if self.counted_at else ""

    @property
    def explanation(self) -> str:
        return EXPLANATION


@dataclass(frozen=True)
class Paper:
    """A finished summary."""

    pdf: bytes
    sha256: str
    pages: int


def read_report(municipality: Municipality | None, period: Period) -> Report:
    figures = published(municipality.pk if municipality else None, period.months)
    return Report(
        area=municipality.name if municipality else "Parkstad",
        municipality_id=municipality.pk if municipality else None,
        period=period,
        key_figures=key_figures(figures, period),
        topics=all_topics(figures),
        counted_at=figures.counted_at,
        seal=newest_short(),
    )


def draw_topic(topic: Topic, *, is_narrow: bool = False, height: int = 300) -> SafeString:
    """The chart of a topic, as SVG. On a phone only the last half year is legible; the table has all of it."""
    first = max(0, len(topic.months) - NARROW_MONTHS) if is_narrow else 0
    labels = [date_format(month, "b") for month in topic.months[first:]]
    rows = [
        SeriesCount(topic.drawn[row.name], label, cell)
        for row in topic.rows
        if row.name in topic.drawn
        for label, cell in zip(labels, row.cells[first:], strict=True)
    ]
    make = line_chart if topic.is_lines else stacked_bar_chart
    return make(
        rows,
        title=topic.chart_title,
        description=topic.description,
        width=NARROW if is_narrow else WIDTH,
        height=height,
        withheld=HIDDEN,
    )


def to_html(report: Report) -> str:
    """The summary as a page for the printer."""
    blocks = [(topic, draw_topic(topic, height=165)) for topic in report.topics]
    values = {
        "report": report,
        "blocks": blocks,
        "seal": report.seal,
        "demo_mode": settings.DEMO_MODE,
    }
    return render_to_string("pdf/summary.html", values)


def make_paper(report: Report) -> Paper:
    """Lay out and print. Long, and without a database."""
    title = f"{report.title} {report.period.words}"
    try:
        pdf = render_pdf(to_html(report), title=title)
    except PdfFailed as failure:
        raise NotPossible(failure.reason) from failure
    pages = count_pages(pdf)
    if not 0 < pages <= MOST_PAGES:
        raise NotPossible("De samenvatting past niet op vier bladzijden. Meld dit bij de beheerder.")
    return Paper(pdf, hashlib.sha256(pdf).hexdigest(), pages)
