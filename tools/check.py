"""`./run check`: does everything start and work together? On free ports, in a folder that is thrown away."""

import re
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message

from tools.backing import Backing, backing
from tools.places import PYTHON, ROOT
from tools.postgres import UNSAFE
from tools.screen import Failed, say, seconds_since
from tools.site import site


def check(arguments: list[str]) -> int:
    """One line per proof; 0 when all hold."""
    if arguments:
        raise Failed("`./run check` kent geen opties.")
    begin = time.monotonic()
    with backing("", UNSAFE) as here, site(here, first_port=0, briefly=True) as running:
        running.start_work()
        say()
        proofs: list[Callable[[Backing], bool]] = [page_answers, files_arrive, chain_works]
        held = [proof(here) for proof in proofs]
    say(f"\n  {'Alles werkt' if all(held) else 'Niet alles werkt'}; klaar na {seconds_since(begin)}.")
    return 0 if all(held) else 1


def told(holds: bool, what: str) -> bool:
    say(f"  {'✓' if holds else '✗'} {what}")
    return holds


def fetch(address: str) -> tuple[int, str, Message]:
    """Status, text and headers, whatever the answer is."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.read().decode(errors="replace"), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, "", error.headers


def page_answers(here: Backing) -> bool:
    """Who is not logged in is led to the login page."""
    status, text, _ = fetch(f"{here.probe_url}/")
    return told(status == 200 and 'type="password"' in text, f"de inlogpagina antwoordt ({status})")


def files_arrive(here: Backing) -> bool:
    """The page's own style sheet, under its lasting name."""
    found = re.search(r'href="(/static/[^"]+\.css)"', fetch(f"{here.probe_url}/")[1])
    if not found:
        return told(False, "de pagina noemt geen stijlblad")
    status, _, headers = fetch(f"{here.probe_url}{found[1]}")
    holds = status == 200 and "immutable" in headers.get("Cache-Control", "")
    return told(holds, f"het stijlblad komt aan onder een blijvende naam ({status})")


def chain_works(here: Backing) -> bool:
    """beat → worker → database, and a PDF made and read again: told by the project itself."""
    command = [PYTHON, str(ROOT / "manage.py"), "prove_chain"]
    answer = subprocess.run(
        command, cwd=ROOT, env=here.for_commands(), capture_output=True, text=True, check=False
    )
    for line in answer.stdout.splitlines():
        word, _, what = line.partition(": ")
        say(f"  {'✓' if word == 'goed' else '✗'} {what}")
    if answer.returncode != 0:
        say(answer.stderr[-3000:])
        for log in ("worker", "beat"):
            say((here.logs / f"{log}.log").read_text()[-1500:])
    return answer.returncode == 0
