"""What the tests of broken parts share: a site whose parts can be broken, a hand at the keyboard, a post office."""

import contextlib
import http.client
import os
import signal
import socketserver
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection
from django.test import Client

from accounts.models import User
from foundation.scope import acting_as
from tests.conftest import as_superuser
from tests.journeys.conftest import Site
from tools.redis import Redis

TOKEN = "t" * 32
HALF = "Half uitgeschreven zin"


def wait_until(is_so, seconds, what):
    """Look again and again; what never comes true is a failure that says what."""
    limit = time.monotonic() + seconds
    while not (answer := is_so()):
        assert time.monotonic() < limit, f"after {seconds} s: not {what}"
        time.sleep(0.05)
    return answer


def address_of(item):
    return f"/overleg/{item.meeting.uuid}/leiden/{item.uuid}/"


def decision_text(page):
    return page.get_by_label("Toelichting of reden")


def note(page):
    return page.get_by_label("Notitie").first


def stored(model, by):
    with acting_as(by):
        return [row.text for row in model.objects.visible_to(by).order_by("-pk")[:2]]


def hold(page, address):
    """Keeps the next answer back; what it returns lets it go."""
    held = []
    page.route(address, lambda route: held.append(route), times=1)

    def let_go():
        wait_until(lambda: held or page.wait_for_timeout(20), 10, "sent")
        held[0].continue_()

    return let_go


def end_sessions():
    """As when the database restarts: every session of the site is gone. Ours stays."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [ours] = cursor.fetchone()
    name = connection.settings_dict["NAME"]
    as_superuser(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{name}' AND backend_type = 'client backend' AND pid <> {ours}"
    )


@dataclass
class Answer:
    status: int
    text: str
    seconds: float


class Hand:
    """Somebody of the cast, without a browser: what goes over the line and what comes back."""

    def __init__(self, site, username):
        client = Client()
        client.force_login(User.objects.get(username=username))
        self.site, self.cookie = site, f"session={client.cookies['session'].value}; csrf={TOKEN}"

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, headers=None, **data):
        body = urlencode({**data, "csrfmiddlewaretoken": TOKEN}, doseq=True)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, body, form | (headers or {}))

    def save_note(self, item, text, version):
        path = f"/overleg/{item.meeting.uuid}/leiden/{item.uuid}/notitie/"
        autosave = {"X-Requested-With": "autosave", "Accept": "application/json"}
        return self.post(path, autosave, text=text, version=version)

    def _ask(self, method, path, body=None, headers=None):
        line = http.client.HTTPConnection("localhost", self.site.port, timeout=60)
        started = time.monotonic()
        try:
            line.request(method, path, body, {"Cookie": self.cookie, **(headers or {})})
            answer = line.getresponse()
            return Answer(answer.status, answer.read().decode(), time.monotonic() - started)
        finally:
            line.close()


class BreakableSite(Site):
    """A site with a doorbell, a post office and a folder for unfinished work of its own."""

    def __init__(self, database, folder):
        super().__init__(database)
        self.redis, self.post, self.folder = Redis(folder / "redis.log"), PostOffice(), folder
        self.redis.start()
        self.env |= {
            "REDIS_URL": self.redis.address,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.post.port}",
            "EMAIL_TIMEOUT": "1",
            "DATABASE_POOL": "true",
            "DATABASE_POOL_SIZE": "4",
            "JOB_LEASE_SECONDS": "5",
            "TMPDIR": str(folder),
        }

    def kill_worker(self):
        """The whole process group at once, as when a machine is taken away."""
        self.stop("worker", signal.SIGKILL)

    def helpers(self):
        """The processes of this site that make PDFs, by id."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                words = (folder / "cmdline").read_bytes().split(b"\0")
                workplace = os.fsdecode(words[-2]) if len(words) > 2 else ""
                if b"foundation.pdf_server" in words and Path(workplace).parent == self.folder:
                    found.append(int(folder.name))
        return found

    def busy_helper(self):
        """The helper that makes a document at this moment, and the child that does it."""
        for helper in self.helpers():
            with contextlib.suppress(OSError):
                for child in Path(f"/proc/{helper}/task/{helper}/children").read_text().split():
                    # Not what a library starts for a moment, to find another library.
                    if b"foundation.pdf_server" in Path(f"/proc/{child}/cmdline").read_bytes():
                        return helper, int(child)
        return None

    def end(self):
        for process in list(self.processes):
            self.stop(process, signal.SIGKILL)
        self.redis.stop()
        self.post.close()


class PostOffice:
    """A mail server on loopback that can refuse, hang, drop the line after it took a mail, or do its work."""

    def __init__(self):
        self.manner, self.mails, self.callers = "accepts", [], 0
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def _handler(self):
        office = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                office.callers += 1
                if office.manner == "hangs":
                    self.rfile.read()  # until the caller gives up
                if office.manner in ("accepts", "drops"):
                    with contextlib.suppress(ConnectionError):
                        self.converse()

            def say(self, words):
                self.wfile.write(f"{words}\r\n".encode())

            def converse(self):
                self.say("220 proef")
                while line := self.rfile.readline().decode().strip():
                    if line.upper() == "DATA":
                        self.say("354 ga door")
                        mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                        office.mails.append(mail.decode())
                        if office.manner == "drops":
                            return
                    self.say("221 dag" if line.upper() == "QUIT" else "250 goed")

        return Handler
