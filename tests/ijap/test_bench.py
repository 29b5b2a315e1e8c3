"""A measurement that finds what may not happen fails, after it told everything else."""

import json
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from ijap.bench import matching
from ijap.bench.table import Writer


def bench(monkeypatch, count):
    def measure(report):
        report.must_be_none("regels die verloren gingen", count)
        report.say(f"{report.seconds} seconden")

    monkeypatch.setattr(matching, "measure", measure)
    said = StringIO()
    try:
        call_command("bench", "matching", "--seconds", "30", stdout=said)
    finally:
        lines = said.getvalue().splitlines()
    return lines


def test_a_line_that_is_lost_fails_the_measurement(monkeypatch, capsys):
    with pytest.raises(CommandError, match="regels die verloren gingen: 1"):
        bench(monkeypatch, 1)


def test_and_without_one_it_ends_with_a_line_for_machines(monkeypatch):
    lines = bench(monkeypatch, 0)
    assert "30 seconden" in lines
    [figure] = json.loads(lines[-1])["figures"]
    assert (figure["value"], figure["met"]) == (0, True)


class Hand:
    """A web that answers what it was told to answer."""

    def __init__(self, *answers):
        self.answers, self.sent = list(answers), []

    def save_note(self, item, text, version):
        self.sent.append((text, version))
        answer = self.answers.pop(0)
        if answer is None:
            raise ConnectionError
        return SimpleNamespace(status=answer[0], text=answer[1])


CONFLICT = '<div data-conflict-version="7"><blockquote data-conflict-theirs>R2.1 vader &amp; moeder</blockquote></div>'


def test_a_writer_sends_again_and_takes_over_what_another_wrote():
    hand = Hand(None, (500, ""), (409, CONFLICT), (200, '{"version": 8}'))
    writer = Writer(hand, None, 1, pace=1)
    writer.text = "R1.1 mijn regel"
    writer.save("R1.1", "R1.1 mijn regel")
    assert [text for text, _ in hand.sent[:3]] == ["R1.1 mijn regel"] * 3
    assert hand.sent[3] == ("R2.1 vader & moeder\nR1.1 mijn regel", 7)
    assert (writer.version, writer.conflicts, writer.refused) == (8, 1, 2)
