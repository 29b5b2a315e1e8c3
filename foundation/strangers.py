"""How often one place may ask what is open to everybody."""

import time
from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest

from foundation.errors import TooMuch
from foundation.http import address_of

HOUSEHOLD = 64  # bits of an IPv6 address: one home or office has all that come after


def check_not_too_often(request: HttpRequest, what: str, *, most: int, seconds: int) -> None:
    """Raise TooMuch when this address asked for this more than `most` times in the running `seconds`.

    Counted in the cache that all processes share. Two at the same moment may count as one: what it guards is not
    guessed in so few.
    """
    key = f"often:{what}:{int(time.time()) // seconds}:{_place(request)}"
    cache.add(key, 0, seconds)
    if cache.incr(key) > most:
        raise TooMuch("Dit is vanaf uw plek te vaak gevraagd. Wacht een minuut.")


def _place(request: HttpRequest) -> str:
    try:
        address = ip_address(address_of(request))
    except ValueError:
        return "nowhere"
    return str(ip_network(f"{address}/{HOUSEHOLD}", strict=False) if address.version == 6 else address)
