"""When a BSN may be used, and which number is one, whoever asks."""

from stdnum.nl import bsn

from foundation.errors import NotPossible

TEST_RANGE = "9999"  # RvIG gives these to nobody


def check_in_use(ground: str) -> None:
    """A BSN needs a ground laid down by law (UAVG 46, Wabb 10): without one, it is off."""
    if not ground:
        raise NotPossible("Er is geen wettelijke grond ingesteld om een BSN te gebruiken.")


def plain(number: str) -> str:
    """Digits only, without the blanks and dots that people write. Raises NotPossible when it cannot be a BSN."""
    digits: str = bsn.compact(number)
    if not bsn.is_valid(digits):
        raise NotPossible("Dit is geen BSN. Kijk de cijfers na.")
    return digits


def check_is_test_number(digits: str, *, is_demo: bool) -> None:
    """In a demo nobody types the number of a real person, also not by accident."""
    if is_demo and not digits.startswith(TEST_RANGE):
        raise NotPossible(f"Gebruik in de demo een test-BSN: dat begint met {TEST_RANGE}.")
