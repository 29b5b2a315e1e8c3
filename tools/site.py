"""The whole site: PostgreSQL, Redis, web, live, worker and beat, filled with the demo data."""

import json
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.backing import Backing
from tools.places import PYTHON, ROOT
from tools.processes import Child
from tools.redis import free_port
from tools.screen import Failed, say, step

BIN = Path(PYTHON).parent
STATIC_MARK = "made-from"
DOCUMENTS_MARK = "documents-made"


def prepare(here: Backing) -> None:
    """Tables and static files, side by side: neither needs the other."""
    with ThreadPoolExecutor() as beside:
        static = beside.submit(collect_static, here)
        with step("Database bijwerken; stijl, scripts en lettertypen klaarzetten"):
            here.manage("migrate", "--database=owner", "--no-input", "-v0")
            static.result()


def fill(here: Backing, *, briefly: bool) -> None:
    """The story of the demo. Running it again adds only what is missing."""
    with step("Voorbeeldgegevens aanvullen"):
        short = ["--meetings", "1"] if briefly else []
        here.manage("seed_demo", *short, *([] if has_documents(here) else ["--no-documents"]))


def has_documents(here: Backing) -> bool:
    return (here.folder / DOCUMENTS_MARK).exists()


def make_documents(here: Backing) -> None:
    """The PDFs of meetings that are over take longest, so the first time they come when the site already answers.

    Before worker and clock start: these would take the same jobs.
    """
    if not has_documents(here):
        with step("Eenmalig: de verslagen van eerdere overleggen maken"):
            here.manage("seed_demo")
        (here.folder / DOCUMENTS_MARK).touch()


def collect_static(here: Backing) -> None:
    """Only when a file changed: compressing takes longer than everything else together."""
    files = sorted(p for p in (ROOT / "static").rglob("*") if p.is_file())
    now = "\n".join(f"{p.relative_to(ROOT)} {p.stat().st_mtime_ns} {p.stat().st_size}" for p in files)
    mark = here.static / STATIC_MARK
    if mark.exists() and mark.read_text() == now:
        return
    here.manage("collectstatic", "--no-input", "--clear", "-v0")
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(now)


def processes(here: Backing, port: int, live_port: int, schedule: Path) -> list[Child]:
    env = here.for_web_and_worker()
    web = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    web += ["--blocking-threads", "4", "--no-ws", "--workers-kill-timeout", "5s", "ijap.wsgi:application"]
    live = ["--interface", "asginl", "--host", "127.0.0.1", "--port", str(live_port), "--workers", "1"]
    live += ["--no-ws", "--workers-kill-timeout", "2s", "live.app:app"]
    celery = [PYTHON, "-m", "celery", "-A", "ijap"]
    worker = ["worker", "--concurrency", "2", "--max-tasks-per-child", "200", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle"]
    return [
        Child("web", [str(BIN / "granian"), *web], env=env, log=here.logs / "web.log"),
        Child("live", [str(BIN / "granian"), *live], env=here.for_live(), log=here.logs / "live.log"),
        # Asked to stop it ends its work first; when we are gone there is nothing left to work with.
        Child(
            "worker",
            [*celery, *worker],
            env=env,
            log=here.logs / "worker.log",
            dies_with=signal.SIGQUIT,
        ),
        Child(
            "beat",
            [*celery, "beat", "--schedule", str(schedule), "--pidfile", "", "--loglevel", "INFO"],
            env=env,
            log=here.logs / "beat.log",
        ),
    ]


class Site:
    """Web, live, worker and beat."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.web, *self.workers = children

    def start_work(self) -> None:
        with step("Live, worker en beat starten"):
            for child in self.workers:
                child.start()


@contextmanager
def site(here: Backing, *, first_port: int, briefly: bool = False) -> Iterator[Site]:
    """The first page has answered; worker and beat are still to be started. Ends in the opposite order."""
    port = free_port(first_port)
    here.base_url, here.probe_url = f"http://localhost:{port}", f"http://127.0.0.1:{port}"
    live_port = free_port(port + 1)
    here.live_url = f"http://localhost:{live_port}/live/"
    prepare(here)
    running = Site(processes(here, port, live_port, here.folder / "beat-schedule"))
    try:
        running.web.start()  # it needs its time, and so does the demo
        fill(here, briefly=briefly)
        with step("Web starten"):
            running.web.wait_until(lambda: status_of(f"{here.probe_url}/gereed/") == 200, 60)
        yield running
    finally:
        for child in running.children:
            child.ask_to_stop()
        for child in running.children:
            child.stop()


def status_of(address: str) -> int:
    """The status with which a page answers; 0 when nobody does."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def demo_accounts(here: Backing) -> list[dict[str, Any]]:
    command = [PYTHON, str(ROOT / "manage.py"), "demo_accounts", "--json"]
    answer = subprocess.run(
        command, cwd=ROOT, env=here.for_commands(), capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        raise Failed(f"De lijst van demo-accounts lukt niet:\n{answer.stderr[-2000:]}")
    accounts: list[dict[str, Any]] = json.loads(answer.stdout)
    return accounts


def keep_alive(children: list[Child]) -> None:
    """Wait for ever. Who falls is put up again; who keeps falling ends it all."""
    while True:
        time.sleep(0.5)
        for child in children:
            if child.is_alive:
                continue
            recent = [moment for moment in child.starts if moment > time.monotonic() - 60]
            if len(recent) >= 5:
                raise Failed(f"{child.name} valt steeds om. Het einde van {child.log}:\n{child.last_words()}")
            say(
                f"  {child.name} is gevallen (code {child.exit_code}) en wordt opnieuw gestart; zie {shown(child.log)}"
            )
            child.stop()
            child.start()


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def print_accounts(accounts: list[dict[str, Any]]) -> None:
    if not accounts:
        return
    columns = ("username", "password", "role", "partner")
    rows = [{c: str(account.get(c) or "") for c in columns} for account in accounts]
    heads = dict(zip(columns, ("Gebruikersnaam", "Wachtwoord", "Rol", "Partner"), strict=True))
    widths = {c: max(len(row[c]) for row in [heads, *rows]) for c in columns}
    say()
    for row in [heads, *rows]:
        say("  " + "  ".join(row[c].ljust(widths[c]) for c in columns).rstrip())
