"""The copy outside the house: one line for each row that was committed, and an alarm when it fails."""

import json
import logging

import pytest
from django.db import transaction

from accounts.events import AccountEvent
from audit.copy import CopyHandler, alarm
from audit.copy import logger as copies
from audit.log import record
from cases.events import CaseEvent
from tests.factories.audit import logged
from tests.factories.seals import ABOUT


@pytest.fixture
def lines(committed_db, settings, capsys):
    settings.AUDIT_COPY = True

    def printed():
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return printed


def test_a_committed_row_is_one_line_with_every_column(lines, agent):
    with transaction.atomic():
        record(CaseEvent.CASE_VIEWED, by=agent, about=ABOUT)
        assert lines() == [], "not before it is committed"
    (line,) = lines()
    (row,) = logged("case.viewed")
    from audit.models import Event

    assert set(line) == {field.column for field in Event._meta.concrete_fields}
    assert (line["id"], line["actor_id"], line["youth_ids"]) == (row.pk, agent.pk, [41])
    assert line["at"] == str(row.at) and line["transaction_id"] == row.transaction_id


def test_what_was_rolled_back_is_not_copied(lines, agent):
    with transaction.atomic():
        record(AccountEvent.LOGGED_IN, by=agent)
        transaction.set_rollback(True)
    with transaction.atomic():
        try:
            with transaction.atomic():
                record(AccountEvent.LOGGED_IN, by=agent)
                raise ZeroDivisionError
        except ZeroDivisionError:
            record(AccountEvent.LOGGED_OUT, by=agent)
    assert [line["kind"] for line in lines()] == ["account.logged_out"]


def test_a_whole_request_is_copied_with_its_reference(lines, client, fg):
    client.force_login(fg)
    answer = client.get("/logboek/")
    assert answer.status_code == 200
    (line,) = [line for line in lines() if line["kind"] == "log.read"]
    assert line["request_id"] == str(answer.wsgi_request.reference)


def test_the_copy_can_be_switched_off(lines, settings, agent):
    settings.AUDIT_COPY = False
    record(AccountEvent.LOGGED_IN, by=agent)
    assert lines() == []


def test_a_line_that_cannot_be_written_is_an_alarm(lines, agent, monkeypatch, caplog):
    class Full:
        def write(self, text):
            raise OSError("no space left")

        def flush(self):
            pass

    monkeypatch.setattr(alarm, "propagate", True)
    monkeypatch.setattr("audit.copy.sys.stdout", Full())
    with caplog.at_level(logging.CRITICAL):
        record(AccountEvent.LOGGED_IN, by=agent)
    assert "was not copied" in caplog.text and "no space left" in caplog.text
    assert [e.actor_id for e in logged("account.logged_in")] == [agent.pk], "the row itself is there"


def test_the_copy_has_a_handler_of_its_own():
    assert CopyHandler in [type(handler) for handler in copies.handlers]
    assert not copies.propagate
