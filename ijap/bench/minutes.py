"""Minutes of 42 items and the parts of eight partners: what everything around WeasyPrint costs beside WeasyPrint itself."""

import time
from unittest import mock

from accounts.models import Partner, User
from foundation.pdf import Rendering, measure_pdf
from foundation.scope import acting_as
from ijap.bench.databases import copy_of, filled_with
from ijap.bench.lists import READERS
from ijap.bench.measure import Report, Timing
from jobs import operations as jobs
from meetings import documents
from meetings.documents import read_minutes, to_html
from meetings.models import Document, Meeting
from meetings.operations import minutes

ITEMS = 42
PARTS = 8
ROUNDS = 5


def measure(report: Report) -> None:
    """Make the whole minutes a few times; then all documents once, as the worker makes them after confirming."""
    # The builder of a full meeting stands with the tests: it is made-up data, as this is.
    from tests.factories.meetings import full_meeting

    with filled_with(2_000, report.say) as name, copy_of(name):
        regisseur = User.objects.get(username=READERS["regisseur"])
        partners = list(Partner.objects.at_the_table().filter(name__startswith="Meetpartner")[:PARTS])
        with acting_as(regisseur):
            meeting = full_meeting(by=regisseur, partners=partners, items=ITEMS)
            around, printing, peak = _whole(meeting, regisseur)
        report.timing(f"lezen en opmaken, {ITEMS} punten", around)
        report.timing("WeasyPrint zelf", printing)
        report.figure("alles rond WeasyPrint ÷ WeasyPrint", around.p50 / printing.p50, wanted=0.1)
        report.figure("grootste geheugen van het PDF-proces", peak / 1024**2, unit="MiB")
        _all_documents(report, meeting, regisseur)


def _whole(meeting: Meeting, regisseur: User) -> tuple[Timing, Timing, float]:
    around, printing, peak = [], [], 0.0
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        made = read_minutes(meeting, regisseur)
        html = to_html(made)
        rendering = measure_pdf(html, title="Verslag")
        total = time.perf_counter() - began
        around.append((total - rendering.seconds_in_weasyprint) * 1000)
        printing.append(rendering.seconds_in_weasyprint * 1000)
        peak = max(peak, rendering.peak_bytes)
    return Timing(around[1:]), Timing(printing[1:]), peak  # the first one also started the helper


def _all_documents(report: Report, meeting: Meeting, regisseur: User) -> None:
    """Confirm, and do every job that this asks for: read, make and store."""
    made: list[Rendering] = []

    def keep(*args: object, **options: object) -> Rendering:
        made.append(measure_pdf(*args, **options))  # type: ignore[arg-type]
        return made[-1]

    with acting_as(regisseur):
        asked = minutes.confirm(meeting=meeting, by=regisseur)
    with mock.patch.object(documents, "measure_pdf", keep):
        began = time.perf_counter()
        done = [jobs.run(job.pk) for job in asked]
        total = time.perf_counter() - began
    with acting_as(regisseur):
        kept = Document.objects.visible_to(regisseur).filter(meeting=meeting).count()
    printing = sum(one.seconds_in_weasyprint for one in made)
    report.say(
        f"\n  {len(asked)} documenten van {sum(one.pages for one in made)} bladzijden in {total:.1f} s"
    )
    report.must_be_none(
        "documenten die niet precies één keer zijn gemaakt", done.count(False) + abs(kept - len(asked))
    )
    report.figure("alle documenten: totale tijd ÷ tijd van WeasyPrint", total / printing, wanted=1.1)
    report.figure(
        "grootste geheugen van het PDF-proces, alle documenten",
        max(one.peak_bytes for one in made) / 1024**2,
        unit="MiB",
    )
