"""Who writes at the measured meeting without a browser, and what is left of it in the end."""

import html
import re
import threading
import time
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from accounts.models import User
from foundation.scope import acting_as
from meetings.models import AgendaItem, Note

MARK = re.compile(r"\bR\d+\.\d+\b")
THEIRS = re.compile(r"data-conflict-theirs>(.*?)</blockquote>", re.DOTALL)
PATIENCE = 0.2  # seconds before the same text is sent again
GIVES_UP = 60


class Writer(threading.Thread):
    """Writes a line at a fixed pace, and sends it again until it is acknowledged.

    Two of them may write at one point: who is refused takes over the other text and puts its own line under it.
    """

    def __init__(self, hand: Any, item: AgendaItem, number: int, pace: float) -> None:
        super().__init__(daemon=True)
        self.hand, self.item, self.number, self.pace = hand, item, number, pace
        self.text, self.version = "", 0
        self.marks: list[str] = []
        self.sent: dict[str, float] = {}  # when the sending that was acknowledged began
        self.seconds: list[float] = []
        self.conflicts = self.refused = 0
        self.stops = threading.Event()

    def run(self) -> None:
        due = time.monotonic()
        while not self.stops.is_set():
            mark = f"R{self.number}.{len(self.marks) + 1}"
            line = f"{mark} moeder belt morgen."
            self.text = f"{self.text}\n{line}".strip()
            self.marks.append(mark)
            self.save(mark, line)
            due = max(due + self.pace, time.monotonic())
            self.stops.wait(due - time.monotonic())

    def save(self, mark: str, line: str) -> None:
        limit = time.monotonic() + GIVES_UP
        while time.monotonic() < limit:
            began = time.time()
            status, text = self.post()
            if status == 200:
                self.version = int(re.findall(r'"version": (\d+)', text)[0])
                self.sent[mark] = began
                self.seconds.append(time.time() - began)
                return
            if status == 409 and (theirs := THEIRS.search(text)):
                self.conflicts += 1
                self.text = f"{html.unescape(theirs[1])}\n{line}".strip()
                self.version = int(re.findall(r'data-conflict-version="(\d+)"', text)[0])
            else:
                self.refused += 1
                time.sleep(PATIENCE)

    def post(self) -> tuple[int, str]:
        try:
            answer = self.hand.save_note(self.item, self.text, self.version)
        except OSError:
            return 0, ""
        return answer.status, answer.text


def kept(by: User, items: Iterable[AgendaItem]) -> tuple[Counter[str], int, int]:
    """How often each line stands in the newest notes, how many versions there are, and how many say nothing new."""
    marks: Counter[str] = Counter()
    versions = repeated = 0
    with acting_as(by):
        for item in items:
            texts = list(Note.objects.filter(item=item).order_by("version").values_list("text", flat=True))
            versions += len(texts)
            repeated += sum(one == next_one for one, next_one in pairwise(texts))
            marks.update(MARK.findall(texts[-1]) if texts else ())
    return marks, versions, repeated
