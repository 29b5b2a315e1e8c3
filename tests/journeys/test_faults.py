"""IJAP loses nothing when its parts break: worker, doorbell, database, clock, mail server, PDF helper.

Real processes, on a database and a doorbell of their own. The guards these tests stand for are named in
each test; take one away and the test fails.
"""

import hashlib
import io
import os
import random
import re
import signal
import threading
import time
from datetime import timedelta
from uuid import uuid4

import pypdf
import pytest
from django.db import connection
from django.utils import timezone
from kombu import Connection

from access import operations as access
from access.models import Compartment, Participation
from accounts.models import User
from cases.models import Action, Signal, SignalState
from cases.tasks import remind_owners
from foundation.scope import acting_as
from jobs.models import Heartbeat, Job, State
from meetings.models import AgendaItem, Document, Meeting, Note
from meetings.operations import series as rhythm
from tests import cast
from tests.conftest import as_superuser, own_database
from tests.factories import cases as cases
from tests.factories import meetings as factory
from tests.journeys.parts import BreakableSite, Hand, end_sessions, wait_until

# They kill and wait: minutes on a busy machine. The whole run is for ./run test --full.
pytestmark = pytest.mark.full

LONGEST_SAVE = 2
SIGNALS = 50
PARTS = ("web", "worker", "beat")


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    with own_database(django_db_blocker) as name:
        running = BreakableSite(name, tmp_path_factory.mktemp("site"))
        try:
            for part in PARTS:
                running.start(part)
            running.wait_until_it_answers()
            yield running
        finally:
            running.end()


@pytest.fixture(scope="module")
def regie(site):
    return User.objects.get(username="regisseur")


@pytest.fixture(scope="module")
def table(site):
    return cast.partners()


@pytest.fixture
def hand(site):
    return lambda username: Hand(site, username)


def closed_meeting(by, partners, items=3):
    with acting_as(by):
        made = factory.full_meeting(by=by, partners=partners, items=items)
        factory.signed(by=by, meeting=made)
        return made


def confirm(hand, meeting):
    seen = Meeting.objects.get(pk=meeting.pk).approved_text
    answer = hand("regisseur").post(f"/overleg/{meeting.uuid}/verslag/vaststellen/", seen=seen)
    assert answer.status == 303, answer.text
    return answer


def jobs_of(meeting):
    return Job.objects.filter(key__startswith=f"minutes:{meeting.pk}:")


def are_done(jobs):
    return not jobs.exclude(state=State.DONE).exists()


def documents_of(meeting, by):
    """Every document of a meeting, each exactly once and whole."""
    with acting_as(by):
        made = list(Document.objects.visible_to(by).filter(meeting=meeting).select_related("partner"))
    assert len({one.partner_id for one in made}) == len(made)
    for one in made:
        content = bytes(one.content)
        assert hashlib.sha256(content).hexdigest() == one.sha256
        assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == one.pages > 0
    return {one.partner.short_name if one.partner else None: one for one in made}


def text_of(document):
    pages = pypdf.PdfReader(io.BytesIO(bytes(document.content))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


# --- the worker -----------------------------------------------------------------------------------
def kill_while_it_works(site, meeting, seconds):
    """Kill the worker so long after it began with a document of this meeting, and start another."""
    running = jobs_of(meeting).filter(state=State.RUNNING, lease_until__gt=timezone.now())
    wait_until(lambda: running.exists() or are_done(jobs_of(meeting)), 40, "a job that runs")
    time.sleep(seconds)
    site.kill_worker()
    site.start("worker")


def check_all_made(site, hand, meeting, by, partners):
    wait_until(lambda: are_done(jobs_of(meeting)), 60, "all documents made")
    assert set(documents_of(meeting, by)) == {None, *(one.short_name for one in partners)}
    assert (
        "De documenten worden gemaakt" not in hand("regisseur").get(f"/overleg/{meeting.uuid}/verslag/").text
    )
    site.stop("worker")  # politely: now nothing may be left of those that were killed
    wait_until(lambda: not site.helpers(), 10, "all helpers gone")
    assert list(site.folder.glob("ijap-pdf-*")) == []
    site.start("worker")


def test_a_killed_worker_leaves_whole_documents(site, hand, regie, table):
    """Guards: the lease in `claimable`, the sweep of the clock, document and DONE in one transaction."""
    partners = [table["politie"], table["jens"], table["halt"]]
    meeting = closed_meeting(regie, partners)
    confirm(hand, meeting)
    for seconds in (0, 0.4):
        kill_while_it_works(site, meeting, seconds)
        page = hand("regisseur").get(f"/overleg/{meeting.uuid}/verslag/")
        assert re.search(r"De documenten worden gemaakt: [0-3] van 4 klaar", page.text)
    check_all_made(site, hand, meeting, regie, partners)
    assert max(jobs_of(meeting).values_list("tries", flat=True)) > 1


@pytest.mark.full
@pytest.mark.parametrize("seed", range(5))
def test_a_worker_killed_at_random_moments(site, hand, regie, table, seed):
    chance = random.Random(seed)
    partners = list(table.values())
    meeting = closed_meeting(regie, partners, items=6)
    confirm(hand, meeting)
    for _ in range(4):
        kill_while_it_works(site, meeting, chance.uniform(0, 2))
    check_all_made(site, hand, meeting, regie, partners)


# --- the doorbell ---------------------------------------------------------------------------------
def stop_redis(site):
    site.redis.server.stop()


def freeze_redis(site):
    os.kill(site.redis.server.process.pid, signal.SIGSTOP)


def wake_redis(site):
    if site.redis.server.is_alive:
        os.kill(site.redis.server.process.pid, signal.SIGCONT)
    else:
        site.redis.server.start()


@pytest.fixture(params=[stop_redis, pytest.param(freeze_redis, marks=pytest.mark.full)])
def silence(request, site):
    yield request.param
    wake_redis(site)


def planned_meeting(table):
    keeper = User.objects.get(username="beheerder")
    with acting_as(keeper):
        made = factory.series(by=keeper, name=f"JPP {uuid4()}", seats=[table["politie"]])
        return rhythm.plan_ahead(series=made, until=made.first_on + timedelta(weeks=4), by=keeper)[0]


def quick(answer, status):
    assert (answer.status, answer.seconds < LONGEST_SAVE) == (status, True), answer
    return answer


def send_signal(mentor):
    key = uuid4()
    quick(mentor.post("/signalen/nieuw/", key=key), 303)
    with acting_as(User.objects.get(username="mentor")):
        made = Signal.objects.latest("pk")
        content = cases.signal_content(first_name="Bel")
    form = {name: value for name, value in content.items() if value not in ("", None, False)}
    form |= {"municipality": content["municipality"].pk, "version": made.version, "action": "submit"}
    quick(mentor.post(f"/signalen/{made.uuid}/bewerken/", **form), 303)
    return made


def test_a_silent_doorbell_holds_up_no_save(site, hand, regie, table, silence):
    """Guards: the bell is rung for half a second and once; the job is a row; the clock finds it."""
    lead, mentor = hand("regisseur"), hand("mentor")
    closed, coming = closed_meeting(regie, [table["politie"], table["jens"]]), planned_meeting(table)
    with acting_as(regie):
        busy = factory.running_meeting(by=regie, partners=[table["politie"]], items=1)
        item = AgendaItem.objects.select_related("meeting").get(meeting=busy)
    silence(site)
    sent = [send_signal(mentor).pk for _ in range(SIGNALS)]
    quick(lead.save_note(item, "Zonder bel", 0), 200)
    quick(lead.post(f"/overleg/{coming.uuid}/agenda/maken/", key=uuid4()), 303)
    quick(confirm(hand, closed), 303)
    asked = jobs_of(closed) | Job.objects.filter(key__startswith=f"agenda:{coming.pk}:")
    assert [job.state for job in asked] == [State.WAITING] * 4
    assert ">wacht<" in re.sub(r"\s+", "", lead.get(f"/overleg/{coming.uuid}/").text)
    assert "0 van 3 klaar" in lead.get(f"/overleg/{closed.uuid}/verslag/").text
    wake_redis(site)
    wait_until(lambda: are_done(asked), 60, "everything done that was asked")
    assert set(documents_of(closed, regie)) == {None, "Politie Heerlen", "JENS"}
    with acting_as(regie):
        assert Signal.objects.filter(pk__in=sent, state=SignalState.SUBMITTED).count() == SIGNALS
        assert Note.objects.get(item=item).text == "Zonder bel"


# --- the database ---------------------------------------------------------------------------------
class Writer(threading.Thread):
    """Types on, and sends the same text with the same version again until it is acknowledged."""

    def __init__(self, hand, item, lines):
        super().__init__()
        self.hand, self.item, self.lines = hand, item, lines
        self.acknowledged, self.refused = [], 0

    def run(self):
        text, version = "", 0
        for number in range(self.lines):
            text = f"{text}Regel {number}.\n"
            for _ in range(50):
                answer = self.hand.save_note(self.item, text, version)
                if answer.status == 200:
                    version = int(re.search(r'"version": (\d+)', answer.text)[1])
                    self.acknowledged.append((version, text.strip()))
                    break
                self.refused += 1
                if answer.status < 500:
                    return
                time.sleep(0.05)


def test_a_database_that_restarts_loses_no_acknowledged_save(site, hand, regie, table):
    """Guards: the check of the pool; the same text again is no new version, a longer one goes on."""
    with acting_as(regie):
        meeting = factory.running_meeting(by=regie, partners=[table["politie"]], items=4)
        items = list(AgendaItem.objects.filter(meeting=meeting).select_related("meeting"))
    writers = [Writer(hand("regisseur"), item, 25) for item in items]
    for writer in writers:
        writer.start()
    for _ in range(4):
        time.sleep(0.4)
        end_sessions()
    for writer in writers:
        writer.join()
        assert len(writer.acknowledged) == writer.lines
        with acting_as(regie):
            kept = dict(Note.objects.filter(item=writer.item).values_list("version", "text"))
        assert kept == dict(writer.acknowledged)
    assert sum(writer.refused for writer in writers) > 0  # it did hurt
    # Nobody was busy when the database went: nobody notices.
    end_sessions()
    assert [hand("regisseur").get("/overleg/").status for _ in range(6)] == [200] * 6
    coming = planned_meeting(table)
    end_sessions()
    hand("regisseur").post(f"/overleg/{coming.uuid}/agenda/maken/", key=uuid4())
    asked = Job.objects.filter(key__startswith=f"agenda:{coming.pk}:")
    wait_until(lambda: asked and are_done(asked), 40, "work of a worker that found its database again")


def test_a_database_that_is_away_gives_a_quick_answer_and_its_return_is_noticed(site, hand):
    """Guards: the page for our own faults asks the database nothing; the pool does not wait ever longer."""
    lead, name = hand("regisseur"), connection.settings_dict["NAME"]
    as_superuser(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    try:
        end_sessions()
        gone = time.monotonic()
        while time.monotonic() < gone + 10:
            answer = lead.get("/overleg/")
            assert (answer.status, answer.seconds < 7) == (500, True), answer
            assert "Er ging bij ons iets mis" in answer.text
    finally:
        as_superuser(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    wait_until(lambda: lead.get("/overleg/").status == 200, 8, "the site back")
    wait_until(hears_the_clock(), 20, "the worker back")


# --- the clock ------------------------------------------------------------------------------------
def test_a_clock_that_stands_still_leaves_no_door_open(site, hand, regie, table):
    """Guard: past `valid_until` both locks ask the participations themselves."""
    site.stop("beat")
    try:
        with acting_as(regie):
            one = cases.case(by=regie, first_name="Verloop")
            access.add_participation(
                compartment=one.room, partner=table["politie"], ground="convenant", reason="Kort",
                until=timezone.now() + timedelta(seconds=5), by=regie,
            )  # fmt: skip
        agent = hand("agent")
        assert agent.get(f"/dossiers/{one.uuid}/").status == 200
        assert "Verloop" in agent.get("/dossiers/").text
        time.sleep(5)
        assert agent.get(f"/dossiers/{one.uuid}/").status == 404
        assert "Verloop" not in agent.get("/dossiers/").text
        with acting_as(regie):  # the derived readers do not know it yet
            room = Compartment.objects.get(pk=one.room_id)
        assert set(room.readers) & set(User.objects.get(username="agent").session_keys())
    finally:
        site.start("beat")


# --- who may no longer read -----------------------------------------------------------------------
def test_what_is_ended_is_closed_at_once_also_for_work_that_waits(site, hand, regie, table):
    """Guard: each document is read in the scope of its own reader, when it is made."""
    site.stop("worker")
    agent, lead = hand("agent"), hand("regisseur")
    meeting = closed_meeting(regie, [table["politie"], table["halt"]], items=4)
    with acting_as(regie):
        items = list(AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("case__youth"))
        police, halt = ({i.pk for i in items if _takes_part(i, table[who])} for who in ("politie", "halt"))
        ended = next(i for i in items if i.pk in police)
        action = Action.objects.filter(case=ended.case).first()
    paths = [
        f"/dossiers/{ended.case.uuid}/",
        f"/acties/{action.uuid}/",
        f"/overleg/dossier/{ended.case.uuid}/",
    ]
    assert [agent.get(path).status for path in paths] == [200] * len(paths)
    confirm(hand, meeting)
    with acting_as(regie):
        for item, who in [(ended, "politie"), *((i, "halt") for i in items if i.pk in halt)]:
            seat = Participation.objects.filter(
                compartment=item.case.room_id, partner=table[who], ended_at=None
            )
            access.end_participation(participation=seat.get(), by=regie)
    assert [agent.get(path).status for path in paths] == [404] * len(paths)
    assert agent.post(f"/acties/{action.uuid}/stand/", to="done", result="Gedaan").status == 404
    assert str(ended.case.youth) not in agent.get(f"/overleg/{meeting.uuid}/").text
    site.start("worker")
    finished = jobs_of(meeting).filter(state__in=[State.DONE, State.FAILED])
    wait_until(lambda: finished.count() == 3, 60, "three jobs finished")
    made = documents_of(meeting, regie)
    assert set(made) == {None, "Politie Heerlen"}
    assert str(ended.case.youth) in text_of(made[None])
    assert str(ended.case.youth) not in text_of(made["Politie Heerlen"])
    assert len(made["Politie Heerlen"].youth_ids) == len(police) - 1 > 0
    assert "kan geen enkel punt" in jobs_of(meeting).get(state=State.FAILED).problem
    page = lead.get(f"/overleg/{meeting.uuid}/verslag/").text
    assert "Deel voor HALT" not in page and "Niet gelukt" not in page  # nobody waits for it any more


def _takes_part(item, partner):
    return Participation.objects.active().filter(compartment=item.compartment_id, partner=partner).exists()


# --- the mail server ------------------------------------------------------------------------------
def ring_the_morning(site):
    with Connection(site.env["REDIS_URL"]) as line:
        remind_owners.apply_async(connection=line)


def hears_the_clock():
    """A worker heard the clock just now."""
    asked = timezone.now()
    return lambda: Heartbeat.objects.filter(beat_at__gt=asked).exists()


def test_a_mail_server_that_fails_stops_nothing_and_nobody_gets_two(site, regie, table):
    """Guards: one failed mail is one failed mail; a mail server that hangs is left; marked before sent."""
    people = ["agent", "jongerenwerker"]
    for name in people:
        User.objects.filter(username=name).update(email=f"{name}@example.nl")
    today = timezone.localdate()
    with acting_as(regie):
        Action.objects.update(reminded_at=timezone.now(), due_on=today)  # of other tests: heard of already
        one = cases.case(by=regie, partners=[table["politie"], table["jens"]], first_name="Postje")
        mine = [
            cases.action(by=regie, case=one, partner=table[who], text="Belt moeder", days=2)
            for who in ("politie", "politie", "jens")
        ]
    mine = Action.objects.filter(pk__in=[action.pk for action in mine])
    for manner in ("refuses", "hangs"):
        site.post.manner, site.post.callers = manner, 0
        with acting_as(regie):
            mine.update(reminded_at=None)
        ring_the_morning(site)
        wait_until(lambda: site.post.callers == len(people), 20, f"both mails tried while it {manner}")
        wait_until(hears_the_clock(), 15, f"the worker at work again after it {manner}")
    site.post.manner = "accepts"
    ring_the_morning(site)  # the same morning: what was lost is lost, nothing goes out twice
    wait_until(hears_the_clock(), 15, "the worker at work")
    assert site.post.mails == []
    with acting_as(regie):  # some days later the day has passed: the second reminder makes up for it
        mine.update(due_on=today - timedelta(days=1), reminded_at=timezone.now() - timedelta(days=3))
    ring_the_morning(site)
    wait_until(lambda: len(site.post.mails) == len(people), 15, "one mail for each")
    ring_the_morning(site)
    wait_until(hears_the_clock(), 15, "the worker at work")
    assert sorted(re.search(r"^To: (\S+?)@", mail, re.M)[1] for mail in site.post.mails) == people
    for mail in site.post.mails:
        assert not re.search("Postje|Voorbeeld|Belt|moeder|Heerlen|JENS", mail), mail


def reminders(site):
    """The mails that are no invitation to the meetings of other tests."""
    return [mail for mail in site.post.mails if "BEGIN:VCALENDAR" not in mail]


def test_a_mail_server_that_drops_the_line_after_taking_a_mail_gets_it_once(site, regie, table):
    """Guards: marked before sent, and an answer that got lost is no reason to send again."""
    User.objects.update(email="")
    User.objects.filter(username="agent").update(email="agent@example.nl")
    with acting_as(regie):
        Action.objects.update(reminded_at=timezone.now(), due_on=timezone.localdate())
        one = cases.case(by=regie, partners=[table["politie"]], first_name="Postje")
        cases.action(by=regie, case=one, partner=table["politie"], text="Belt moeder", days=2)
    site.post.manner, site.post.mails = "drops", []
    ring_the_morning(site)
    wait_until(lambda: reminders(site), 30, "a mail that was taken")
    wait_until(hears_the_clock(), 15, "the worker at work again")
    site.post.manner = "accepts"
    for _ in range(2):
        ring_the_morning(site)
        wait_until(hears_the_clock(), 15, "the worker at work")
    assert len(reminders(site)) == 1


# --- the PDF helper -------------------------------------------------------------------------------
@pytest.mark.parametrize("which", [0, 1], ids=["helper", "its child"])
def test_a_killed_pdf_helper_costs_time_and_nothing_else(site, hand, regie, table, which):
    """Guards: another helper at once, and when that is killed too the job is tried again."""
    meeting = closed_meeting(regie, [table["politie"]], items=12)
    confirm(hand, meeting)
    jobs = jobs_of(meeting)
    while not jobs.filter(tries=2).exists():  # once is made up for within the same try
        assert not are_done(jobs), "nothing was killed twice"
        if found := site.busy_helper():
            os.kill(found[which], signal.SIGKILL)
    wait_until(lambda: are_done(jobs), 60, "all documents made")
    assert set(documents_of(meeting, regie)) == {None, "Politie Heerlen"}
