"""Several people at one note, in any order, also when an answer gets lost: no sentence disappears unseen."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.errors import Stale
from foundation.scope import acting_as
from meetings.models import AgendaItem, Note
from meetings.operations import desk
from tests.factories import meetings as factory

WRITERS = 3
DEEDS = ("types below", "types above", "saves", "saves and hears nothing", "reads again")


@pytest.fixture
def item(regisseur, partners):
    with acting_as(regisseur):
        meeting = factory.running_meeting(by=regisseur, partners=[partners["jens"]], items=1)
        return AgendaItem.objects.select_related("case", "meeting__series").get(meeting=meeting)


class Screen:
    """What one person has on the screen, and what of that is not known to be saved."""

    def __init__(self, item, by):
        self.item, self.by, self.unsaved = item, by, []
        self.read()

    def read(self):
        newest = newest_of(self.item)
        self.text, self.version = (newest.text, newest.version) if newest else ("", 0)

    def type(self, sentence, *, above):
        lines = [sentence, self.text] if above else [self.text, sentence]
        self.text = "\n".join(line for line in lines if line)
        self.unsaved.append(sentence)

    def save(self, *, is_heard=True):
        try:
            version = desk.save_note(item=self.item, text=self.text, version=self.version, by=self.by)
        except Stale as stale:
            # Both texts lie side by side: this person puts what is missing under what was stored.
            known = stale.current.text.split("\n")
            missing = [sentence for sentence in self.unsaved if sentence not in known]
            self.text, self.version = "\n".join([*known, *missing]), stale.current.version
            return False
        if is_heard:
            self.version, self.unsaved = version, []
        return True


def newest_of(item):
    return Note.objects.filter(item=item).order_by("-version").first()


def sentences(item):
    newest = newest_of(item)
    return newest.text.split("\n") if newest and newest.text else []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(st.tuples(st.integers(0, WRITERS - 1), st.sampled_from(DEEDS)), max_size=25))
def test_every_sentence_is_in_the_result_once(plan, item, regisseur, tweede_regisseur):
    people = [regisseur, tweede_regisseur, regisseur]
    with acting_as(regisseur):
        newest = newest_of(item)
        desk.save_note(item=item, text="", version=newest.version if newest else 0, by=regisseur)
        screens = [Screen(item, by) for by in people]
        typed = 0
        for who, deed in [*plan, *((n, "saves") for n in range(WRITERS))]:
            screen, before = screens[who], set(sentences(item))
            if deed.startswith("types"):
                typed += 1
                screen.type(f"Zin {typed}.", above=deed == "types above")
            elif deed.startswith("saves"):
                screen.save(is_heard=deed == "saves")
            elif not screen.unsaved:
                screen.read()
            assert before <= set(sentences(item)), "a save took away what its writer had not seen"
        for screen in screens:
            while not screen.save():
                pass
        assert sorted(sentences(item)) == sorted(f"Zin {number}." for number in range(1, typed + 1))
