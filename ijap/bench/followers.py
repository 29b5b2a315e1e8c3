"""Who follows the measured meeting without a browser, asking exactly when the page (static/js/follow.js) asks."""

import contextlib
import http.client
import random
import re
import socket
import threading
import time
from http.client import HTTPConnection
from typing import Any

from ijap.bench.table import MARK

ASK, LOOK, SLOWEST, RETRY = 3.0, 30.0, 30.0, 2.0  # as in follow.js; RETRY is told by the live process
REST = 1.0  # at most, and twice as long as the last answer took
ALL = "0"
VERSION = re.compile(r'data-version="(\d+)"')


class Follower:
    """One screen: a line to the live process in one thread, asking the web in another."""

    def __init__(self, hand: Any, meeting: Any, live_port: int) -> None:
        self.hand, self.page, self.live_port = hand, f"/overleg/{meeting.uuid}/volgen/", live_port
        self.live_page = f"/live/{meeting.uuid}/"
        self.known, self.failures, self.took = ALL, 0, 0.0
        self.is_heard = self.is_over = False
        self.seen: dict[str, float] = {}
        self.seconds: list[float] = []
        self.looked = time.monotonic() - random.uniform(0, LOOK)  # not everybody at the same moment
        self.bell, self.stops = threading.Event(), threading.Event()
        self.line: HTTPConnection | None = None

    def start(self) -> "Follower":
        for work in (self.listen, self.keep_asking):
            threading.Thread(target=work, daemon=True).start()
        return self

    def stop(self) -> None:
        self.stops.set()
        self.bell.set()
        if self.line and self.line.sock:
            with contextlib.suppress(OSError):
                self.line.sock.shutdown(socket.SHUT_RDWR)

    def listen(self) -> None:
        while not self.stops.is_set() and not self.is_over:
            wait = RETRY
            try:
                self.line = HTTPConnection("127.0.0.1", self.live_port, timeout=60)
                self.line.request("GET", self.live_page, headers={"Cookie": self.hand.cookie})
                answer = self.line.getresponse()
                if answer.status == 200:
                    self.hear(answer)
                else:
                    wait = LOOK * random.uniform(0.5, 1.5)
            except (OSError, http.client.HTTPException, ValueError):
                pass  # the web goes on being asked; the line is tried again
            self.is_heard = False
            self.bell.set()
            self.stops.wait(wait)

    def hear(self, answer: http.client.HTTPResponse) -> None:
        self.is_heard = True
        self.bell.set()
        while line := answer.readline():
            if line.startswith(b"data: version"):
                if line.strip().endswith(b" 0"):
                    self.known = ALL
                self.bell.set()
            elif line.startswith(b"event: einde"):
                return

    def keep_asking(self) -> None:
        while not self.stops.is_set() and not self.is_over:
            self.ask()
            slower = min(ASK * 2**self.failures, SLOWEST)
            self.stops.wait(min(self.took * 2, REST))
            self.bell.wait(slower if self.failures else LOOK if self.is_heard else ASK)
            self.bell.clear()

    def ask(self) -> None:
        began = time.monotonic()
        self.fetch()
        self.took = time.monotonic() - began

    def fetch(self) -> None:
        is_look = time.monotonic() - self.looked > LOOK
        try:
            answer = self.hand.get(f"{self.page}{ALL if is_look else self.known}/")
        except OSError:
            self.failures = min(self.failures + 1, 5)
            return
        self.failures = min(self.failures + 1, 5) if answer.status >= 500 else 0
        self.is_over = answer.status in (302, 303, 403, 404, 409)
        if answer.status == 200:
            now = time.time()
            self.seconds.append(answer.seconds)
            self.known = VERSION.findall(answer.text)[0]
            if "data-part" not in answer.text:
                self.looked = time.monotonic()
            for mark in MARK.findall(answer.text):
                self.seen.setdefault(mark, now)

    def behind(self) -> set[str]:
        """What this person may read by now and this screen never showed."""
        return set(MARK.findall(self.hand.get(f"{self.page}{ALL}/").text)) - self.seen.keys()
