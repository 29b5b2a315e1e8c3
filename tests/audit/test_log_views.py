"""Reading the log on screen."""

import importlib
from enum import StrEnum
from types import SimpleNamespace

import pytest

from accounts.events import AccountEvent
from audit import words
from audit.log import record
from audit.models import Outcome
from foundation.scope import acting_as
from ijap.middleware import RequestEvent
from tests.factories.audit import logged

# Something with a youth in it, as the log sees it.
ABOUT = SimpleNamespace(pk=7, logged_youth_ids=[41], _meta=SimpleNamespace(label_lower="cases.case"))


@pytest.fixture
def me(client, fg):
    client.force_login(fg)
    return client


def kinds(answer):
    return [line.what for line in answer.context["lines"]]


def test_the_log_is_read_in_dutch_and_that_is_written_down(me, agent, fg):
    with acting_as(agent):
        record(AccountEvent.LOGGED_IN, by=agent)
    answer = me.get("/logboek/")
    page = answer.content.decode()
    assert kinds(answer) == ["Ingelogd"]
    assert "Agent Test" in page
    assert "Deelnemer" in page
    assert "Politie Heerlen" in page
    assert kinds(me.get("/logboek/")) == ["Logboek gelezen", "Ingelogd"]
    assert [e.details["shown"] for e in logged("log.read")] == [1, 2]


def test_every_filter_narrows(me, agent, mentor, fg):
    for user, outcome in ((agent, Outcome.DONE), (mentor, Outcome.REFUSED)):
        with acting_as(user):
            record(AccountEvent.LOGGED_IN, by=user)
            record(RequestEvent.REFUSED, by=user, outcome=outcome, about=ABOUT if user == agent else None)

    def found(query):
        return len(kinds(me.get(f"/logboek/?{query}")))

    assert found(f"persoon={agent.uuid}") == 2
    assert found(f"organisatie={mentor.partner.uuid}") == 2
    assert found("soort=account.logged_in") == 2
    assert found("uitkomst=refused") == 1
    assert found("jongere=41") == 1
    assert found("jongere=42") == 0
    assert found("tot=2020-01-01") == 0
    assert found(f"persoon={agent.uuid}&soort=request.refused&van=2020-01-01") == 1
    assert logged("log.read")[0].details["person"] == agent.pk


@pytest.mark.parametrize(
    "query", ["persoon=onzin", "jongere=-1", "jongere=x", "van=31-31-31", "soort=%00", "na=???"]
)
def test_a_filter_that_cannot_be_read_is_no_error(me, query):
    assert me.get(f"/logboek/?{query}").status_code == 200


def test_long_logs_come_in_pages_at_a_constant_cost(me, fg, django_assert_max_num_queries):
    with acting_as(fg):
        for _ in range(120):
            record(AccountEvent.LOGGED_OUT, by=fg)
    with django_assert_max_num_queries(20) as first:
        page = me.get("/logboek/")
    assert len(page.context["lines"]) == 50
    with django_assert_max_num_queries(len(first)):
        older = me.get("/logboek/" + page.context["page"].older_url)
    assert len(older.context["lines"]) == 50
    shown = {line.at for line in page.context["lines"]} & {line.at for line in older.context["lines"]}
    assert shown == set()


@pytest.mark.parametrize("who", ["regisseur", "agent", "mentor", "manager", "beheerder"])
def test_the_log_is_for_nobody_else(client, who, request):
    client.force_login(request.getfixturevalue(who))
    answer = client.get("/logboek/")
    assert answer.status_code == 403
    assert "functionaris gegevensbescherming" in answer.content.decode()


def every_event():
    floors = (
        "access",
        "accounts",
        "audit",
        "cases",
        "ijap",
        "jobs",
        "meetings",
        "oversight",
        "reports",
        "retention",
    )
    for floor in floors:
        try:
            module = importlib.import_module(f"{floor}.events")
        except ModuleNotFoundError:
            continue
        for enum in vars(module).values():
            if isinstance(enum, type) and issubclass(enum, StrEnum) and enum is not StrEnum:
                yield from (event.value for event in enum)
    yield from (event.value for event in RequestEvent)


def test_every_word_of_the_log_has_its_dutch():
    events = set(every_event())
    assert events - set(words.KINDS) == set(), "say it in Dutch in audit/words.py"
    assert set(words.KINDS) - events == set(), "nobody writes this any more: take it out of audit/words.py"
