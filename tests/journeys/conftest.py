"""A running site for the browser: real web server, real worker, real clock, a database of its own."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password

from accounts.models import User
from foundation.scope import acting_as
from meetings.models import AgendaItem
from tests import cast
from tests.conftest import own_database
from tests.factories import meetings as factory
from tests.idp.running import free_port
from tools.processes import dies_with_us

ROOT = Path(__file__).parent.parent.parent
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text()
PASSWORD = "een-lang-wachtwoord-voor-de-proef"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def queue_of_this_process():
    """Sites that run side by side each have a queue: a number of the one Redis."""
    return 1 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


class Site:
    """The processes of one site, and where it answers. `log`: a file for what they say; otherwise it is on the screen."""

    def __init__(self, database, log=None):
        self.log = log
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.env = {**os.environ, **_databases(database), "BASE_URL": self.url, "DEMO_MODE": "1"}
        self.env["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{queue_of_this_process()}"
        self.env |= {"PLAIN_STATIC": "1", "LOG_LEVEL": "WARNING", "DEBUG": ""}
        self.live_port = free_port()
        self.env["LIVE_URL"] = f"http://localhost:{self.live_port}/live/"
        as_live = self.env["DATABASE_URL"].replace("ijap_app", "ijap_live")
        self.live_env = {"PATH": os.environ["PATH"], "LIVE_DATABASE_URL": as_live, "BASE_URL": self.url}
        self.live_env |= {"LIVE_WEB_URL": f"http://127.0.0.1:{self.port}", "LIVE_ASK_SECONDS": "1"}
        self.processes = {}
        self.web_workers = 1

    def start(self, name):
        commands = {
            "web": [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port",
                    str(self.port), "--workers", str(self.web_workers), "--blocking-threads", "4", "--no-ws",
                    "ijap.wsgi:application"],
            "live": [sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--port",
                     str(self.live_port), "--no-ws", "live.app:app"],
            "worker": [sys.executable, "-m", "celery", "-A", "ijap", "worker", "--concurrency", "1",
                       "--loglevel", "WARNING", "-Q", "celery"],
            "beat": [sys.executable, "-m", "celery", "-A", "ijap", "beat", "--loglevel", "WARNING",
                     "--schedule", f"/tmp/ijap-beat-{self.port}"],
        }  # fmt: skip
        self.processes[name] = subprocess.Popen(
            commands[name],
            env=self.live_env if name == "live" else self.env,
            cwd=ROOT,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
            preexec_fn=dies_with_us(signal.SIGTERM),
        )

    def stop(self, name, number=15):
        process = self.processes.pop(name)
        os.killpg(process.pid, number)
        process.wait(timeout=30)

    def wait_until_it_answers(self):
        for _ in range(150):
            try:
                if urllib.request.urlopen(f"{self.url}/gereed/", timeout=2).status == 200:
                    return
            except OSError:
                time.sleep(0.2)
        pytest.fail("the site does not answer")


def _databases(name):
    """The addresses of the databases, with another name in them."""
    addresses = {}
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BULK_URL"):
        front, _, options = os.environ[variable].partition("?")
        addresses[variable] = f"{front.rsplit('/', 1)[0]}/{name}" + (f"?{options}" if options else "")
    return addresses


def give_passwords():
    """One hash for all, of the real kind: the site that we start does not know the quick one of the tests."""
    hashed = make_password(PASSWORD, hasher=PBKDF2PasswordHasher())
    User.objects.filter(username__in=cast.PEOPLE).update(password=hashed)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """One site per module, with the cast; everybody has the same password."""
    with own_database(django_db_blocker) as name:
        give_passwords()
        running = Site(name)
        try:
            for process in ("web", "worker", "beat"):
                running.start(process)
            running.wait_until_it_answers()
            yield running
        finally:
            for process in list(running.processes):
                running.stop(process, 9)


@pytest.fixture(scope="session")
def chromium():
    """A real browser. Without one these tests do not run: loudly, and in CI that is a failure."""
    path = os.environ.get("CHROMIUM", "")
    if not path:
        message = "GEEN CHROMIUM: de browsertests zijn NIET gedraaid"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        executable = None if path == "playwright" else path
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


def run_axe(page):
    """What axe has against this page."""
    page.evaluate(AXE)
    return page.evaluate(
        "async () => (await axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa',"
        "'best-practice']})).violations.map(v => ({id: v.id, nodes: v.nodes.map(n => n.html).slice(0, 3)}))"
    )


@pytest.fixture(scope="session")
def axe():
    return run_axe


class Person:
    """Somebody of the cast behind a browser."""

    def __init__(self, browser, site, username, *, width=1280, height=800):
        self.site, self.username = site, username
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale="nl-NL", accept_downloads=True
        )
        self.page = self.context.new_page()
        self.violations = []
        self.page.on("console", self._listen)
        self.log_in()

    def _listen(self, message):
        if "Content Security Policy" in message.text:
            self.violations.append(message.text)

    def log_in(self):
        self.go("/inloggen/")
        self.page.get_by_label("Gebruikersnaam").fill(self.username)
        self.page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Inloggen").click()
        self.page.wait_for_url(f"{self.site.url}/")

    def go(self, path):
        answer = self.page.goto(self.site.url + path)
        return answer.status if answer else None

    def press(self, name, exact=False):
        """What takes the page with it is waited for: a form that looks first whether somebody is logged in (session.js)."""
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        self.page.locator("form[data-looking]").wait_for(state="detached")

    def follow(self, name):
        self.page.get_by_role("link", name=name).first.click()

    def check_accessible(self):
        """axe finds nothing on this page."""
        found = run_axe(self.page)
        assert found == [], f"{self.page.url}: {json.dumps(found, indent=1)}"
        assert self.violations == []

    def picture(self, name):
        """A screenshot, when PICTURES names a folder."""
        if folder := os.environ.get("PICTURES"):
            self.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.fixture
def person(chromium, site):
    """`person("regisseur")` logs somebody in and gives their browser."""
    opened = []

    def enter(username, **size):
        somebody = Person(chromium, site, username, **size)
        opened.append(somebody)
        return somebody

    yield enter
    for somebody in opened:
        somebody.context.close()


@pytest.fixture(scope="module")
def regie(site):
    return User.objects.get(username="regisseur")


@pytest.fixture
def items(regie):
    with acting_as(regie):
        meeting = factory.running_meeting(by=regie, partners=[cast.partners()["politie"]], items=2)
        found = AgendaItem.objects.filter(meeting=meeting).on_agenda()
        return list(found.select_related("case__youth", "meeting__series", "slot"))


@pytest.fixture
def writer(person, items):
    somebody = person("regisseur")
    somebody.go(f"/overleg/{items[0].meeting.uuid}/leiden/{items[0].uuid}/")
    return somebody


@pytest.fixture
def asked(writer):
    """The questions before leaving; each is answered with staying."""
    found = []

    def stay(dialog):
        found.append(dialog.type)
        dialog.dismiss()

    writer.page.on("dialog", stay)
    return found
