"""How long a point takes, learned from what a table did before."""

import pytest

from meetings.rules.pace import USUAL, Held, minutes_per_point


@pytest.mark.parametrize(
    ("past", "minutes"),
    [
        ([], USUAL),
        ([(120, 10), (120, 10)], USUAL),  # two meetings say too little
        ([(120, 10), (110, 11), (121, 11)], 11),
        ([(120, 10), (110, 11), (1440, 10)], 12),  # closed the next day
        ([(60, 60)] * 3, 4),
        ([(240, 2)] * 3, 20),
        ([(120, 0), (0, 10), (120, 10)], USUAL),
    ],
)
def test_the_middle_of_what_a_point_took(past, minutes):
    assert minutes_per_point([Held(*one) for one in past]) == minutes
