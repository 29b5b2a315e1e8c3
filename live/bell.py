"""Hears from the database which meeting changed, and wakes who waits for it."""

import asyncio
import contextlib
import logging
from collections import defaultdict

import psycopg

logger = logging.getLogger(__name__)
CHANNEL = "ijap_meeting"
LOOK = "0"  # not known what changed: look
LONGEST_WAIT = 15


class Bell:
    """One line to the database for all. Each who waits has a place for one version: only the newest counts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.waiting: dict[str, set[asyncio.Queue[str]]] = defaultdict(set)
        self.task: asyncio.Task[None] | None = None

    @property
    def count(self) -> int:
        return sum(len(places) for places in self.waiting.values())

    @contextlib.contextmanager
    def place(self, meeting: str):  # type: ignore[no-untyped-def]
        """A queue in which the versions of this meeting arrive."""
        if self.task is None or self.task.done():
            self.task = asyncio.get_running_loop().create_task(self.listen())
        place: asyncio.Queue[str] = asyncio.Queue(maxsize=1)
        self.waiting[meeting].add(place)
        try:
            yield place
        finally:
            self.waiting[meeting].discard(place)
            if not self.waiting[meeting]:
                del self.waiting[meeting]

    async def listen(self) -> None:
        """Listen for ever. The database may be away for a while: afterwards everybody looks once."""
        wait = 1
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self.address, autocommit=True) as line:
                    await line.execute(f"LISTEN {CHANNEL}")
                    wait = 1
                    for meeting in list(self.waiting):
                        self.ring(meeting, LOOK)
                    async for heard in line.notifies():
                        meeting, _, version = heard.payload.partition(" ")
                        self.ring(meeting, version)
            except psycopg.OperationalError as error:
                logger.warning("no line to the database: %s", type(error).__name__)
                await asyncio.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)

    def ring(self, meeting: str, version: str) -> None:
        for place in self.waiting.get(meeting, ()):
            with contextlib.suppress(asyncio.QueueEmpty):
                place.get_nowait()
            place.put_nowait(version)
