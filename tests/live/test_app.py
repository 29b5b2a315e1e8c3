"""The live process says "version N" to who may hear it, and nothing else; and it may read nothing."""

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection

from access.models import Participation
from access.operations import end_participation
from foundation.scope import acting_as
from live import app as live
from live.bell import LOOK, Bell
from meetings.models import AgendaItem, Meeting
from meetings.operations import desk
from tests.conftest import as_superuser
from tests.factories import meetings as factory

MEETING = "0b0e8a52-8a55-4a3c-9f0f-3b8a4c7f3d01"


class Browser:
    """One request to the process, as its server makes it."""

    def __init__(self, path=f"/live/{MEETING}/", method="GET", **headers):
        pairs = [
            (name.encode(), value.encode()) for name, value in ({"cookie": "session=x"} | headers).items()
        ]
        self.scope = {"type": "http", "path": path, "method": method, "headers": pairs}
        self.sent, self.leaves = [], asyncio.Event()

    async def receive(self):
        await self.leaves.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def text(self):
        return b"".join(m.get("body", b"") for m in self.sent).decode()

    async def hears(self, words):
        for _ in range(200):
            if words in self.text:
                return True
            await asyncio.sleep(0.01)
        return False


def run(coroutine):
    """In a thread of its own: a browser test before this one may have left a loop in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@pytest.fixture(autouse=True)
def own_bell(monkeypatch):
    """Nobody to listen to: the tests ring themselves."""
    bell = Bell("")

    async def silence():
        await asyncio.Event().wait()

    monkeypatch.setattr(bell, "listen", silence)
    monkeypatch.setattr(live, "bell", bell)
    return bell


@pytest.fixture
def web(monkeypatch):
    """What the web answers, and what it was asked."""
    answers = {"may": True, "asked": []}

    def ask(meeting, cookie):
        answers["asked"].append((meeting, cookie))
        return answers["may"]

    monkeypatch.setattr(live, "ask_web", ask)
    return answers


def follow(check, **about):
    """Open the stream, let `check` look at it, and leave."""

    async def play():
        browser = Browser(**about)
        task = asyncio.create_task(live.app(browser.scope, browser.receive, browser.send))
        await check(browser)
        browser.leaves.set()
        await asyncio.wait_for(task, 3)
        return browser

    return run(play())


def test_who_may_hears_versions_and_only_versions(web, own_bell):
    async def check(browser):
        assert await browser.hears("retry")
        own_bell.ring(MEETING, "7")
        assert await browser.hears("version 7")
        own_bell.ring("another meeting", "8")

    browser = follow(check)
    assert web["asked"] == [(MEETING, "session=x")]
    assert browser.text == "retry: 2000\n\ndata: version 7\n\n"
    assert dict(browser.sent[0]["headers"])[b"cache-control"] == b"no-store"
    assert own_bell.count == 0  # who left keeps no place


def test_who_is_slow_hears_the_newest(web, own_bell):
    async def check(browser):
        await browser.hears("retry")
        for version in range(5):
            own_bell.ring(MEETING, str(version))
        assert await browser.hears("version 4")

    assert "version 3" not in follow(check).text


@pytest.mark.parametrize(
    "about",
    [
        {"path": "/live/"},
        {"path": "/live/not-a-meeting/"},
        {"path": f"/live/{MEETING}/../"},
        {"method": "POST"},
        {"origin": "https://elders.example"},
    ],
)
def test_everything_else_is_not_there(web, about):
    async def check(browser):
        await asyncio.sleep(0.01)

    assert follow(check, **about).status == 404
    assert web["asked"] == []


def test_who_may_not_hears_nothing(web):
    web["may"] = False

    async def check(browser):
        await asyncio.sleep(0.05)

    browser = follow(check)
    assert (browser.status, browser.text) == (404, "")


def test_a_right_that_ends_ends_the_line(web, monkeypatch):
    monkeypatch.setattr(live.settings, "ASK_AGAIN", 0.02)

    async def check(browser):
        await browser.hears("retry")
        web["may"] = False
        assert await browser.hears("event: einde")

    follow(check)


def test_also_in_a_busy_meeting(web, own_bell, monkeypatch):
    monkeypatch.setattr(live.settings, "ASK_AGAIN", 0.05)

    async def check(browser):
        await browser.hears("retry")
        web["may"] = False
        for version in range(100):
            own_bell.ring(MEETING, str(version))
            await asyncio.sleep(0.005)
        assert "event: einde" in browser.text

    follow(check)


def test_a_web_that_is_away_for_a_while_ends_nothing(web, own_bell, monkeypatch):
    monkeypatch.setattr(live.settings, "ASK_AGAIN", 0.02)

    async def check(browser):
        await browser.hears("retry")
        web["may"] = None
        await asyncio.sleep(0.1)
        own_bell.ring(MEETING, "9")
        assert await browser.hears("version 9")

    assert "einde" not in follow(check).text


def test_without_a_cookie_nobody_is_asked(web):
    async def check(browser):
        await asyncio.sleep(0.01)

    assert follow(check, cookie="").status == 404
    assert web["asked"] == []


def test_too_many_is_said_at_once(web, monkeypatch):
    monkeypatch.setattr(live.settings, "MOST", 0)

    async def check(browser):
        await asyncio.sleep(0.01)

    assert follow(check).status == 503


def test_a_web_that_does_not_answer_is_neither_yes_nor_no(monkeypatch):
    monkeypatch.setattr(live.settings, "WEB", "http://127.0.0.1:1")
    assert live.ask_web(MEETING, "session=x") is None


# --- the database --------------------------------------------------------------------------------
def address_of_live():
    told = connection.get_connection_params()
    return {key: told[key] for key in ("host", "port", "dbname") if key in told} | {"user": "ijap_live"}


def test_it_may_read_nothing(committed_db):
    with psycopg.connect(**address_of_live()) as line:
        for table in ("meetings_meeting", "cases_youth", "accounts_user", "django_session", "jobs_job"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), line.transaction():
                line.execute(f"SELECT 1 FROM public.{table}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege), line.transaction():
            line.execute("SELECT public.app_keys()")


def test_a_save_rings_on_commit_and_a_refusal_does_not(committed_db, regisseur, partners):
    with acting_as(regisseur):
        meeting = factory.running_meeting(by=regisseur, partners=[partners["politie"]], items=2)
        item = AgendaItem.objects.filter(meeting=meeting).on_agenda().first()
    with psycopg.connect(**address_of_live(), autocommit=True) as line:
        line.execute("LISTEN ijap_meeting")
        with acting_as(regisseur):
            desk.save_note(item=item, text="Belt morgen", version=0, by=regisseur)
        heard = [notify.payload for notify in line.notifies(timeout=1)]
        with contextlib.suppress(RuntimeError), acting_as(regisseur):
            desk.save_note(item=item, text="Toch niet", version=1, by=regisseur)
            raise RuntimeError("the save is undone")
        silent = list(line.notifies(timeout=0.3))
    version = Meeting.objects.get(pk=meeting.pk).version
    assert heard[-1] == f"{meeting.uuid} {version}"
    assert silent == []


def test_readers_that_change_ring_with_zero(committed_db, regisseur, partners):
    with acting_as(regisseur):
        meeting = factory.running_meeting(by=regisseur, partners=[partners["politie"]], items=1)
        item = AgendaItem.objects.filter(meeting=meeting).select_related("case").get()
    with psycopg.connect(**address_of_live(), autocommit=True) as line:
        line.execute("LISTEN ijap_meeting")
        with acting_as(regisseur):
            seat = Participation.objects.active().get(
                compartment=item.case.room_id, partner=partners["politie"]
            )
            end_participation(participation=seat, by=regisseur)
        assert f"{meeting.uuid} 0" in [notify.payload for notify in line.notifies(timeout=1)]


def test_after_the_database_was_away_everybody_looks(committed_db):
    async def play():
        bell = Bell(psycopg.conninfo.make_conninfo(**address_of_live()))
        with bell.place(MEETING) as place:
            assert await asyncio.wait_for(place.get(), 5) == LOOK
            bell_pid = await asyncio.to_thread(_cut)
            assert bell_pid
            assert await asyncio.wait_for(place.get(), 10) == LOOK
        bell.task.cancel()

    run(play())


def _cut():
    as_superuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ijap_live'")
    return True
