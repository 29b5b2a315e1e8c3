"""Minutes of 42 items: what everything around WeasyPrint costs beside WeasyPrint itself."""

import time

from django.db import transaction

from accounts.models import Partner, User
from foundation.pdf import measure_pdf
from foundation.scope import acting_as
from ijap.bench.databases import filled_with
from ijap.bench.lists import READERS
from ijap.bench.measure import Report, Timing
from meetings.documents import read_minutes, to_html
from meetings.models import Meeting

ITEMS = 42
ROUNDS = 5


def measure(report: Report) -> None:
    """Make the whole minutes a few times; read and HTML against WeasyPrint's own time."""
    # The builder of a full meeting stands with the tests: it is made-up data, as this is.
    from tests.factories.meetings import full_meeting

    with filled_with(2_000, report.say):
        regisseur = User.objects.get(username=READERS["regisseur"])
        partners = list(Partner.objects.at_the_table().filter(name__startswith="Meetpartner")[:8])
        with acting_as(regisseur):
            meeting = full_meeting(by=regisseur, partners=partners, items=ITEMS)
            around, printing, peak = _whole(meeting, regisseur)
            transaction.set_rollback(True)
    report.timing(f"lezen en opmaken, {ITEMS} punten", around)
    report.timing("WeasyPrint zelf", printing)
    report.figure("alles rond WeasyPrint ÷ WeasyPrint", around.p50 / printing.p50, wanted=0.1)
    report.figure("grootste geheugen van het PDF-proces", peak / 1024**2, unit="MiB")


def _whole(meeting: Meeting, regisseur: User) -> tuple[Timing, Timing, float]:
    around, printing, peak = [], [], 0.0
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        minutes = read_minutes(meeting, regisseur)
        html = to_html(minutes)
        rendering = measure_pdf(html, title="Verslag")
        total = time.perf_counter() - began
        around.append((total - rendering.seconds_in_weasyprint) * 1000)
        printing.append(rendering.seconds_in_weasyprint * 1000)
        peak = max(peak, rendering.peak_bytes)
    return Timing(around[1:]), Timing(printing[1:]), peak  # the first one also started the helper
