"""Papers of the privacy officer: asked for, made once by the worker, stored, and emptied after their term."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from audit.log import record
from foundation.errors import NotPossible
from jobs import operations as jobs
from jobs.models import Job
from jobs.tasks import ring
from oversight.documents import Draft, Made
from oversight.events import OversightEvent
from oversight.models import Paper, PaperKind, WithheldGround
from oversight.permissions import check_may_oversee
from oversight.queries import KIND
from oversight.rules import PAPER_DAYS, check_can_store

FIRST_YEAR = 2020


@transaction.atomic
def ask_subject(*, youth_id: int, withheld: Sequence[int], ground: WithheldGround | None, by: User) -> Job:
    """Ask for "wie zag uw gegevens" about one youth. What is withheld is counted on the paper, with its ground."""
    check_may_oversee(by)
    if withheld and ground is None:
        raise NotPossible("Kies op welke grond u deze organisaties niet noemt.")
    paper = Paper.objects.create(
        kind=PaperKind.SUBJECT,
        youth_id=youth_id,
        withheld=sorted(withheld),
        withheld_ground=ground.value if withheld and ground else "",
        asked_by=by,
    )
    return _ask(paper, by)


@transaction.atomic
def ask_year(*, year: int, by: User) -> Job:
    """Ask for the overview of a year."""
    check_may_oversee(by)
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise NotPossible("Van dit jaar is er geen overzicht.")
    return _ask(Paper.objects.create(kind=PaperKind.YEAR, year=year, asked_by=by), by)


def _ask(paper: Paper, by: User) -> Job:
    job = jobs.ask(kind=KIND, subject_id=paper.pk, by=by, key=f"{KIND}:{paper.pk}")
    record(
        OversightEvent.PAPER_ASKED,
        by=by,
        about=paper,
        withheld=paper.withheld,
        because=paper.withheld_ground,
    )
    ring(job)
    return job


@transaction.atomic
def store(*, paper: Paper, draft: Draft, made: Made, by: User) -> None:
    """Keep a finished paper as it was made, until its term."""
    check_may_oversee(by)
    paper = Paper.objects.select_for_update().defer("content").get(pk=paper.pk)
    check_can_store(paper)
    Paper.objects.filter(pk=paper.pk).update(
        content=made.pdf,
        sha256=made.sha256,
        pages=made.pages,
        seal=draft.seal,
        made_at=Now(),
        expires_at=timezone.now() + timedelta(days=PAPER_DAYS),
    )
    record(OversightEvent.PAPER_MADE, by=by, about=paper, pages=made.pages, seal=draft.seal)


@transaction.atomic
def clear(*, by: User) -> int:
    """Take the content out of papers past their term. That they were made, and their digest, stays."""
    check_may_oversee(by)
    over = Paper.objects.filter(expires_at__lte=timezone.now()).exclude(content=b"")
    cleared = over.update(content=b"")
    if cleared:
        record(OversightEvent.PAPERS_CLEARED, by=by, papers=cleared)
    return cleared
