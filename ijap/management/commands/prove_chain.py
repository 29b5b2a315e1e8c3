"""`prove_chain`: does the running system work from end to end? Used by `./run check`."""

import hashlib
import io
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import RoleAssignment, User
from accounts.robots import Robot, robot
from accounts.roles import ROLE_PERMISSIONS, Permission, Role
from foundation.scope import acting_as
from jobs.models import Heartbeat, Job, State
from reports.documents import MOST_PAGES
from reports.models import Figure, Summary
from reports.operations import ask_summary
from reports.tasks import count_figures

HEARTBEAT_SECONDS = 20
PDF_SECONDS = 60


class Broken(Exception):
    """A proof failed. The reason is in Dutch, for the screen."""


class Command(BaseCommand):
    help = "Bewijst dat pagina's, klok, werker, database en PDF's samen werken."

    def handle(self, *args: Any, **options: Any) -> None:
        held = [self.hold(proof) for proof in (prove_pages, prove_clock, prove_pdf)]
        if not all(held):
            raise CommandError("De keten werkt niet helemaal.", returncode=1)

    def hold(self, proof: Callable[[], str]) -> bool:
        """Run one proof and say in one line how it went."""
        began = time.monotonic()
        try:
            word, told = "goed", proof()
        except Broken as broken:
            word, told = "fout", str(broken)
        self.stdout.write(f"{word}: {told} ({time.monotonic() - began:.1f} s)")
        return word == "goed"


def prove_pages() -> str:
    """The web process answers."""
    for path in ("/gezond/", "/inloggen/"):
        address = settings.BASE_URL.rstrip("/") + path
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 (our own address)
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        except OSError as error:
            raise Broken(f"{address} antwoordt niet: {error}") from error
        if status != 200:
            raise Broken(f"{address} antwoordt met {status}")
    return f"de pagina's antwoorden op {settings.BASE_URL}"


def prove_clock() -> str:
    """The heartbeat moves: beat sent a task, the worker heard it and wrote it down."""
    before = heartbeat()
    if not wait(lambda: heartbeat() != before, HEARTBEAT_SECONDS):
        raise Broken(
            f"de hartslag bewoog niet binnen {HEARTBEAT_SECONDS} s: klok, werker of Redis staat stil"
        )
    return "klok, werker en database werken samen"


def prove_pdf() -> str:
    """The worker makes a summary, and what is stored is that summary."""
    if not Figure.objects.exists():
        count_figures()
    reader = some_reader()
    with acting_as(reader):
        job = ask_summary(by=reader)
    if not wait(lambda: state_of(job) in (State.DONE, State.FAILED), PDF_SECONDS):
        raise Broken(f"de werker maakte geen PDF binnen {PDF_SECONDS} s")
    job.refresh_from_db()
    if job.state == State.FAILED:
        raise Broken(f"de PDF is niet gelukt: {job.problem}")
    summary = Summary.objects.filter(made_by=reader, made_at__gte=job.asked_at).order_by("made_at").first()
    if summary is None:
        raise Broken("de taak is klaar, maar de PDF is niet bewaard")
    return f"de werker maakte een PDF van {summary.pages} bladzijden; {read_again(summary)}"


def read_again(summary: Summary) -> str:
    content = bytes(summary.content)
    if hashlib.sha256(content).hexdigest() != summary.sha256:
        raise Broken("de bewaarde PDF heeft een andere vingerafdruk dan toen hij werd gemaakt")
    if not content.startswith(b"%PDF") or not 0 < summary.pages <= MOST_PAGES:
        raise Broken(f"de bewaarde PDF klopt niet ({summary.pages} bladzijden)")
    try:
        import pypdf
    except ImportError:
        return "vingerafdruk klopt, tekst niet nagelezen (pypdf ontbreekt)"
    sheets = pypdf.PdfReader(io.BytesIO(content)).pages
    text = "".join(sheet.extract_text() for sheet in sheets).replace("\0", "")
    if len(sheets) != summary.pages or "Hoe gaat het in Parkstad?" not in text:
        raise Broken("de tekst van de PDF is niet die van de samenvatting")
    return "vingerafdruk en tekst kloppen"


def some_reader() -> User:
    """Somebody who may read figures, management first; without such a user the robot that counts them."""
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.FIGURES_READ in allowed]
    held = RoleAssignment.objects.active().filter(role__in=roles, user__is_password_temporary=False)
    first = held.filter(role=Role.MANAGEMENT).first() or held.first()
    return first.user if first else robot(Robot.FIGURES)


def heartbeat() -> Any:
    return Heartbeat.objects.values_list("beat_at", flat=True).first()


def state_of(job: Job) -> str:
    return str(Job.objects.values_list("state", flat=True).get(pk=job.pk))


def wait(is_done: Callable[[], bool], seconds: int) -> bool:
    """Ask again and again until it is so, or the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_done():
            return True
        time.sleep(0.25)
    return False
