"""A meeting of twenty points, played: who types, who writes at the same moment, who follows, and what breaks meanwhile.

Real processes: web, live, three Chromiums. Nothing that was written may be lost or stand there twice.
"""

import statistics
import time
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import CommandError

from foundation.scope import acting_as
from ijap.bench.databases import copy_of, filled_with
from ijap.bench.followers import Follower
from ijap.bench.machine import cpu_of, load, say_load
from ijap.bench.measure import Report, Timing
from ijap.bench.room import FOLLOWERS, ITEMS, LONG_AGENDA, Room, followers_of, room
from ijap.bench.screens import NOTE_WHAT_IS_SHOWN, Typist, browser, key_to_paint
from ijap.bench.table import Writer, kept

MANY = 200
LINE_EVERY = 1.25  # seconds: a typist stops for a second, and then the page saves
PACE = 0.9  # seconds between two lines of one of the three other writers: together five saves a second
CUT = 30  # seconds without a network
ARRIVES = 60  # seconds after the last line


def measure(report: Report) -> None:
    if report.seconds < 20:
        raise CommandError("Een overleg van minder dan 20 seconden zegt niets.")
    with filled_with(2_000, report.say) as name, copy_of(name), room() as here, browser() as chromium:
        report.say(f"\n  {ITEMS} punten, {report.seconds} seconden, belasting vooraf {load()}")
        followed_live(report, here, chromium)
        followed_by_asking(report, here)
        keys(report, here, chromium)
        many(report, here)


# --- with the live process, while things break ------------------------------------------------------
def followed_live(report: Report, here: Room, chromium: Any) -> None:
    from tests.journeys.conftest import Person

    writers = writers_of(here)
    typists = [
        Typist(Person(chromium, here.site, who), here.items[place], 100 + place)
        for who, place in (("regisseur", 4), ("tweede_regisseur", 6))
    ]
    screen = Person(chromium, here.site, "jongerenwerker")
    screen.go(f"/overleg/{here.meeting.uuid}/volgen/")
    screen.page.evaluate(NOTE_WHAT_IS_SHOWN)
    followers = followers_of(here, FOLLOWERS)
    time.sleep(2)  # all lines are there
    cpu, began = cpu_of(here.site.processes), time.monotonic()
    for writer in writers:
        writer.start()
    play(report, here, typists)
    spent = time.monotonic() - began
    end(writers)
    let_arrive(here, typists)
    say_load(report, here.site.processes, cpu, spent)
    tell_lost(report, here, [*writers, *typists], spent)
    tell_screens(report, here, writers, followers, "met het live-proces", wanted=True)
    shown = screen.page.evaluate("window.seen")
    tell_delays(report, delays(here, writers, [shown]), "tot op het scherm van Chromium", wanted=True)
    for person in (*(typist.person for typist in typists), screen):
        person.context.close()


def play(report: Report, here: Room, typists: list[Typist]) -> None:
    """Two type on; a session ends, a network goes, the web restarts, each at its moment."""
    whole = report.seconds
    cut = min(CUT, whole / 4)
    first, second = typists
    events = [
        (0.10 * whole, lambda: end_session(second)),
        (0.20 * whole, second.log_in_beside),
        (0.30 * whole, lambda: first.person.context.set_offline(True)),
        (0.30 * whole + cut, lambda: first.person.context.set_offline(False)),
        (0.75 * whole, lambda: restart(here)),
    ]
    began = time.monotonic()
    while (passed := time.monotonic() - began) < whole:
        while events and events[0][0] <= passed:
            events.pop(0)[1]()
        for typist in typists:
            typist.type_line()
        typists[0].page.wait_for_timeout(LINE_EVERY * 1000)
    report.say(f"  een sessie eindigde, een netwerk was {cut:.0f} s weg, de web-server herstartte")


def let_arrive(here: Room, typists: list[Typist]) -> None:
    """What is on the screens of who type is given its time to be saved; what does not come then is lost."""
    for typist in typists:
        typist.save()
    limit = time.monotonic() + ARRIVES
    while time.monotonic() < limit:
        marks, _, _ = kept(here.regie, here.items)
        if all(marks[mark] for typist in typists for mark in typist.marks):
            return
        typists[0].page.wait_for_timeout(500)


def end_session(typist: Typist) -> None:
    [cookie] = [c for c in typist.person.context.cookies() if c["name"] == "session"]
    assert Session.objects.filter(pk=cookie["value"]).delete()[0]


def restart(here: Room) -> None:
    gone = time.time()
    here.site.stop("web", 9)
    here.site.start("web")
    here.site.wait_until_it_answers()
    here.broken.append((gone - 1, time.time() + 1))


# --- without it ---------------------------------------------------------------------------------------
def followed_by_asking(report: Report, here: Room) -> None:
    here.site.stop("live", 9)
    writers, followers = writers_of(here, first=200), followers_of(here, FOLLOWERS)
    cpu, began = cpu_of(here.site.processes), time.monotonic()
    for writer in writers:
        writer.start()
    time.sleep(max(15, report.seconds / 4))
    spent = time.monotonic() - began
    end(writers)
    say_load(report, here.site.processes, cpu, spent)
    tell_lost(report, here, writers, spent)
    tell_screens(report, here, writers, followers, "door te vragen", wanted=False)
    here.site.start("live")


def writers_of(here: Room, first: int = 1) -> list[Writer]:
    """Three; the first two write at the same point, and must not lose each other's lines."""
    places = (("regisseur", 0), ("tweede_regisseur", 0), ("regisseur", 2))
    made = []
    for number, (who, place) in enumerate(places, start=first):
        writer = Writer(here.hand(who), here.items[place], number, PACE)
        with acting_as(here.regie):
            newest = here.items[place].notes.order_by("-version").first()
        writer.text, writer.version = (newest.text, newest.version) if newest else ("", 0)
        made.append(writer)
    return made


def end(writers: list[Writer]) -> None:
    for writer in writers:
        writer.stops.set()
    for writer in writers:
        writer.join()


# --- what came out --------------------------------------------------------------------------------------
def tell_lost(report: Report, here: Room, authors: list[Any], spent: float) -> None:
    marks, versions, repeated = kept(here.regie, here.items)
    written = [mark for author in authors for mark in author.marks]
    saves = [s for author in authors if isinstance(author, Writer) for s in author.seconds]
    conflicts = sum(author.conflicts for author in authors if isinstance(author, Writer))
    refused = sum(author.refused for author in authors if isinstance(author, Writer))
    report.say(f"  {len(written)} regels, {conflicts} keer samengevoegd, {refused} keer opnieuw gestuurd")
    report.figure("opgeslagen versies per seconde", (versions - here.versions) / spent, unit="")
    here.versions = versions
    report.timing("een notitie opslaan", Timing([s * 1000 for s in saves]))
    report.must_be_none("regels die verloren gingen", sum(marks[mark] == 0 for mark in written))
    report.must_be_none("regels die twee keer staan", sum(marks[mark] > 1 for mark in written) + repeated)


def tell_screens(
    report: Report, here: Room, writers: list[Writer], followers: list[Follower], how: str, *, wanted: bool
) -> None:
    time.sleep(4)  # who asks by itself asks every three seconds
    behind = sum(len(follower.behind()) for follower in followers)
    tell_delays(
        report, delays(here, writers, [f.seen for f in followers]), f"op andere schermen, {how}", wanted
    )
    asked = [s * 1000 for follower in followers for s in follower.seconds]
    report.timing("de pagina voor wie volgt", Timing(asked))
    report.must_be_none(f"regels die een scherm niet bereikten, {how}", behind)
    for follower in followers:
        follower.stop()


def delays(here: Room, writers: list[Writer], screens: list[dict[str, float]]) -> Timing:
    """Milliseconds from the sending of a save to the line on a screen; not of what was sent while the web was away."""
    sent = {
        mark: at
        for writer in writers
        for mark, at in writer.sent.items()
        if not any(begin < at < done for begin, done in here.broken)
    }
    return Timing([(seen[m] - sent[m]) * 1000 for seen in screens for m in seen.keys() & sent.keys()])


def tell_delays(report: Report, timing: Timing, how: str, wanted: bool) -> None:
    report.timing(f"van opslaan {how}", timing)
    report.figure(f"{how}: mediaan (ms)", timing.p50, wanted=100 if wanted else None, unit="ms")
    report.figure(f"{how}: p95 (ms)", timing.p95, wanted=300 if wanted else None, unit="ms")


# --- a key, and many who follow -----------------------------------------------------------------------
def keys(report: Report, here: Room, chromium: Any) -> None:
    from tests.journeys.conftest import Person

    person = Person(chromium, here.site, "regisseur")
    for where, timing in key_to_paint(person, here.long_item).items():
        report.timing(f"toets tot beeld, {LONG_AGENDA} punten, {where}", timing)
        report.figure(f"toets tot beeld {where}: mediaan (ms)", timing.p50, wanted=50, unit="ms")
    person.context.close()


def all_in(here: Room, count: int) -> list[Follower]:
    """So many who follow, coming in one after the other; until all have a line, or a machine that is busy gives up."""
    followers = []
    for number in range(count):
        followers += followers_of(here, (FOLLOWERS[number % len(FOLLOWERS)],))
        time.sleep(0.05)
    limit = time.monotonic() + ARRIVES
    while not all(f.is_heard and f.seen for f in followers) and time.monotonic() < limit:
        time.sleep(0.2)
    return followers


def many(report: Report, here: Room, rounds: int = 3, pages: int = 30) -> None:
    """The same page with two hundred who follow and with nobody, in turn. Nothing is written meanwhile."""
    lead, path = here.hand("regisseur"), f"/overleg/{here.meeting.uuid}/"
    times: dict[int, list[float]] = {0: [], MANY: []}
    connected: list[int] = []
    for _ in range(rounds):
        for count in times:
            followers = all_in(here, count)
            connected.append(sum(follower.is_heard for follower in followers) - count)
            for _ in range(pages):
                times[count].append(lead.get(path).seconds * 1000)
                time.sleep(0.1)
            for follower in followers:
                follower.stop()
            time.sleep(1)
    if any(connected):
        report.say(f"  niet alle lijnen kwamen tot stand: er ontbraken er {-min(connected)}")
    for count, found in times.items():
        report.timing(f"de agenda, {count} volgen mee", Timing(found))
    ratio = statistics.median(times[MANY]) / statistics.median(times[0])
    report.figure(f"de agenda: {MANY} volgen mee ÷ niemand", ratio, wanted=1.5)
