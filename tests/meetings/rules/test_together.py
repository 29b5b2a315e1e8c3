"""Who belongs together, and what is said of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.models import Relative, RelativeKind, Youth
from meetings.rules.together import Bond, Tie, beside_words, clusters, group_mates, siblings

BORN = date(2011, 3, 4)
NOOR = Youth(pk=1, first_name="Noor", prefix="van den", last_name="Żółtowski", birth_on=BORN)
SEM = Youth(pk=2, first_name="Sem", last_name="Fictief", birth_on=date(2012, 5, 6))


def brother(of, birth_on=None, first="Noor", prefix="van den", last="Zoltowski"):
    return Relative(
        youth=of,
        kind=RelativeKind.BROTHER,
        first_name=first,
        prefix=prefix,
        last_name=last,
        birth_on=birth_on,
    )


@pytest.mark.parametrize(
    ("relative", "is_one"),
    [
        (brother(SEM), True),
        (brother(SEM, BORN), True),
        (brother(SEM, date(2009, 3, 4)), False),  # a namesake
        (brother(SEM, first=""), False),  # somebody of that family, and nobody knows who
        (brother(SEM, prefix=""), False),
        (brother(NOOR), False),  # nobody is the brother of oneself
    ],
)
def test_only_who_is_noted_by_the_full_name_is_brother_or_sister(relative, is_one):
    found = siblings([NOOR, SEM], [relative])
    assert found == ({Tie(frozenset((1, 2)), Bond.SIBLING)} if is_one else set())


def test_members_of_one_group_belong_together_and_of_two_groups_do_not():
    assert {tie.youths for tie in group_mates([(7, 1), (7, 2), (7, 3), (8, 4)])} == {
        frozenset(pair) for pair in ((1, 2), (1, 3), (2, 3))
    }


@given(st.sets(st.integers(1, 9)), st.lists(st.frozensets(st.integers(1, 9), min_size=1, max_size=2)))
def test_who_belongs_to_one_belongs_to_all_of_them(ids, pairs):
    head = clusters(ids, pairs)
    assert head.keys() == ids and set(head.values()) <= ids
    assert all(len({head[pk] for pk in pair}) == 1 for pair in pairs if pair <= ids)


def test_it_is_said_at_both_and_of_nobody_between():
    ties = {Tie(frozenset((1, 2)), Bond.SIBLING), Tie(frozenset((1, 2)), Bond.GROUP)}
    noor, sem = (
        "Staat naast Sem Fictief: broer of zus en zelfde groep",
        "Staat naast Noor van den Żółtowski: ",
    )
    assert beside_words([NOOR, SEM], ties) == [[noor], [f"{sem}broer of zus en zelfde groep"]]
    assert beside_words([NOOR, None, SEM], ties) == [[], [], []]
    assert beside_words([NOOR, None], ties) == [[], []]
    assert beside_words([NOOR, SEM], set()) == [[], []]
