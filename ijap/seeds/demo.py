"""The demo: three months of an approach that works, told through the operations themselves.

Whoever reads the code of the demo reads how the application is used. Nothing in here is real.
"""

import time
from collections.abc import Callable
from datetime import date

from django.db import connections
from django.utils import timezone

from ijap.seeds import (
    demo_cast,
    demo_figures,
    demo_groups,
    demo_levels,
    demo_measures,
    demo_meetings,
    demo_picture,
    demo_signals,
)
from ijap.seeds.demo_documents import make_documents
from ijap.seeds.demo_inbox import INBOX
from ijap.seeds.demo_meetings import CONFIRMED
from ijap.seeds.demo_stage import KIND, Calendar, Scene, Stage, fix_addresses, highest_ids
from ijap.seeds.demo_talks_1 import FIRST, SECOND
from ijap.seeds.demo_talks_2 import FOURTH, THIRD
from ijap.seeds.demo_talks_3 import FIFTH, SEVENTH, SIXTH
from ijap.seeds.demo_tips import TIPS
from jobs.models import Job
from reports.models import Figure

HELD = [FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH]
GATHERINGS = [*HELD, SEVENTH]
TOLD_ON = "told on "


def play(*, today: date, documents: bool, write: Callable[[str], None], meetings: int | None = None) -> Stage:
    """Add what is missing of the demo. The story is told once: a second run keeps the days of the first.

    With `meetings` it stops after so many: enough to try whether everything works; the next run goes on.
    """
    began = time.monotonic()

    def say(what: str) -> None:
        write(f"{time.monotonic() - began:6.1f} s  {what}")

    for alias in ("default", "bulk"):
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SET synchronous_commit TO off"
            )  # who loses the demo to a power cut makes it again
    calendar = Calendar(_told_on() or today)
    demo_cast.gather()
    above = highest_ids()
    demo_cast.plan_meetings(calendar, {gathering.number: gathering.minutes for gathering in GATHERINGS})
    stage = Stage(calendar)
    say("organisaties, mensen en overleggen")
    if not stage.is_played(f"{TOLD_ON}{calendar.today}"):
        stage.mark(f"{TOLD_ON}{calendar.today}")
    if not stage.is_played("the end"):
        is_whole = _tell(stage, say, meetings)
        fix_addresses(above)
        if is_whole:
            stage.mark("the end")
    if documents:
        made = sum(make_documents(number, stage) for number in CONFIRMED)
        say(f"verslagen als PDF: {made} nieuw")
    if stage.played or not Figure.objects.exists():
        demo_figures.count(calendar, timezone.localdate())
        say("cijfers geteld")
    return stage


def _told_on() -> date | None:
    """The day that was today when the story was told."""
    prefix = f"demo:{TOLD_ON}"
    key = Job.objects.filter(kind=KIND, key__startswith=prefix).values_list("key", flat=True).first()
    return date.fromisoformat(key.removeprefix(prefix)) if key else None


def _tell(stage: Stage, say: Callable[[str], None], meetings: int | None) -> bool:
    """Whether the story was told to its end."""
    scenes = sorted(_scenes(stage.calendar), key=lambda scene: scene.at)
    waiting = list(HELD)
    for scene in scenes:
        while waiting and demo_meetings.begins(waiting[0], stage.calendar) < scene.at:
            gathering = waiting.pop(0)
            demo_meetings.hold(gathering, stage)
            say(f"overleg van {stage.calendar.meetings[gathering.number]:%d-%m-%Y}")
            if len(HELD) - len(waiting) == meetings:
                return False
        stage.play(scene)
    say("het overleg van vandaag staat klaar")
    return True


def _scenes(calendar: Calendar) -> list[Scene]:
    scenes = [
        *demo_signals.scenes(TIPS + INBOX, calendar),
        *demo_levels.scenes(calendar, demo_signals.case_of),
        *demo_measures.scenes(calendar, demo_signals.case_of),
        *demo_picture.scenes(calendar, demo_signals.case_of),
        *demo_groups.scenes(calendar, demo_signals.case_of),
        demo_meetings.next_concept(calendar, SEVENTH.leads),
        *demo_meetings.topics(calendar, SEVENTH.leads),
    ]
    for gathering in GATHERINGS:
        scenes += demo_meetings.before(gathering, calendar)
        scenes += demo_meetings.scenes(gathering, calendar)
    return scenes
