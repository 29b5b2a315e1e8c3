"""An action in one line. What is understood moves to its place; what is not stays as it was typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.rules.one_line import Line, read_line

TODAY = date(2026, 11, 26)  # a Thursday
NEXT = date(2026, 12, 10)
ORGANISATIONS = {"JENS": "1", "Politie": "2", "Politie Heerlen": "3", "Gemeente Heerlen": "4"}
PEOPLE = {
    "1-7": ["Sanne", "de Vries", "Sanne de Vries"],
    "1-8": ["Mo", "Yılmaz", "Mo Yılmaz"],
    "2-9": ["Sanne", "Jansen", "Sanne Jansen"],
}


def read(line, next_on=NEXT):
    return read_line(line, ORGANISATIONS, PEOPLE, today=TODAY, next_on=next_on, table="JPP")


@pytest.mark.parametrize(
    ("line", "owner", "text", "due_on"),
    [
        ("JENS huisbezoek @Mo voor volgende JPP", "1-8", "huisbezoek", NEXT),
        ("jens: huisbezoek", "1", "huisbezoek", None),
        ("Politie Heerlen belt vader", "3", "belt vader", None),
        ("Politie belt vader voor vrijdag", "2", "belt vader", date(2026, 11, 27)),
        ("JENS @sanne belt school", "1-7", "belt school", None),  # of JENS, so one Sanne
        ("@Sanne belt school", "", "@Sanne belt school", None),  # two have that name
        ("@Sanne Jansen belt school", "2-9", "belt school", None),
        ("@de Vries belt school uiterlijk 12 december", "1-7", "belt school", date(2026, 12, 12)),
        ("Politie @Mo belt", "2", "@Mo belt", None),  # Mo is of another organisation
        ("Jensen belt school", "", "Jensen belt school", None),
        ("Belt school voor donderdag", "", "Belt school", date(2026, 12, 3)),
        ("Belt school voor morgen", "", "Belt school", date(2026, 11, 27)),
        ("Belt school voor over 3 weken", "", "Belt school", date(2026, 12, 17)),
        ("Belt school voor 5-1", "", "Belt school", date(2027, 1, 5)),
        ("Belt school voor 5-1-2027", "", "Belt school", date(2027, 1, 5)),
        ("Belt school voor 31 februari", "", "Belt school voor 31 februari", None),
        ("Zoekt een plek voor Sem", "", "Zoekt een plek voor Sem", None),
        (
            "Gemeente Heerlen zoekt een plek voor hem voor volgend overleg",
            "4",
            "zoekt een plek voor hem",
            NEXT,
        ),
        (
            "JENS @Sanne Jansen belt school",
            "1",
            "@Sanne Jansen belt school",
            None,
        ),  # the Sanne of another organisation
        ("JENS @Sanne de Wit belt", "1", "@Sanne de Wit belt", None),
        ("Politie-inzet bespreken", "", "Politie-inzet bespreken", None),
        ("JENS/Halt overleggen", "", "JENS/Halt overleggen", None),
        ("Politie en JENS bellen samen", "", "Politie en JENS bellen samen", None),
        ("Belt school voor volgende LJA", "", "Belt school voor volgende LJA", None),  # another table
        ("Belt school voor volgende keer", "", "Belt school", NEXT),
        ("Belt school voor 5-1-2020", "", "Belt school voor 5-1-2020", None),
        ("Belt school voor 1-1-9999", "", "Belt school voor 1-1-9999", None),
        ("", "", "", None),
    ],
)
def test_who_what_and_before_when(line, owner, text, due_on):
    assert read(line) == Line(text, owner, due_on)


def test_a_day_that_was_chosen_beside_it_leaves_the_words_alone():
    assert read("JENS belt voor vrijdag", next_on=None) == Line("belt voor vrijdag", "1", None)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read(line):
    found = read(line)
    assert found.owner in {"", *ORGANISATIONS.values(), *PEOPLE}
    assert len(found.text) <= len(line)
    assert found.due_on is None or found.due_on.year >= 1


@given(st.text(alphabet="abcdefg ", max_size=80))
def test_words_that_say_nothing_to_us_stay(line):
    assert read(line).text == " ".join(line.split())
