"""A name is found however it is written; a first name alone, or a part of a word, is no name."""

import pytest

from cases.models import Youth
from meetings.rules.minutes import mentions, slips_between, ways_to_write

LUKASZ = Youth(pk=1, first_name="Łukasz", prefix="", last_name="Żółtowski")
NOOR = Youth(pk=2, first_name="Noor", prefix="van der", last_name="Proef-Demo")


@pytest.mark.parametrize(
    ("text", "youth", "found"),
    [
        ("Was met Łukasz Żółtowski op het plein.", LUKASZ, True),
        ("was met LUKASZ ZOLTOWSKI", LUKASZ, True),
        ("Żółtowski, Łukasz kwam later", LUKASZ, True),
        ("Łukasz\nŻółtowski", LUKASZ, True),
        ("Łukasz kwam later", LUKASZ, False),
        ("De heer Żółtowski (vader)", LUKASZ, False),
        ("Noor van der Proef-Demo", NOOR, True),
        ("Noor Proef Demo", NOOR, True),
        ("van der Proef-Demo, Noor", NOOR, True),
        ("Eleanoor van der Proef-Demo", NOOR, False),
    ],
)
def test_names_are_found_as_whole_words(text, youth, found):
    assert mentions(text, ways_to_write(youth)) is found


def test_a_slip_is_only_where_a_stranger_reads():
    texts = {1: "Samen met Noor van der Proef-Demo", 2: "Kent Łukasz Żółtowski"}
    youths = {1: LUKASZ, 2: NOOR}
    slips = slips_between(texts, youths, {1: {7: "JENS", 8: "HALT"}, 2: {7: "JENS"}})
    assert [str(slip) for slip in slips] == [
        "Bij punt 1 staat de naam van de jongere van punt 2. HALT mag die naam niet zien."
    ]


def test_two_youths_of_one_name_do_not_stop_each_other():
    twin = Youth(pk=3, first_name="Łukasz", prefix="", last_name="Żółtowski")
    texts = {1: "Łukasz Żółtowski kwam zelf", 2: ""}
    assert slips_between(texts, {1: LUKASZ, 2: twin}, {1: {7: "JENS"}, 2: {}}) == []
