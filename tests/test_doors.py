"""Every address × every person of the cast."""

import re
from collections import Counter

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests import cast
from tests.doors import ANYBODY, all_doors

DOORS = all_doors()


def named_addresses(resolver, namespace=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            yield f"{namespace}{entry.name}"
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from named_addresses(entry, inner)


def routes(resolver, before=""):
    """Every address as it is matched: names of what stands in it do not tell two apart."""
    for entry in resolver.url_patterns:
        here = before + re.sub(r"<(\w+):\w+>", r"<\1>", str(entry.pattern))
        yield from [here] if isinstance(entry, URLPattern) else routes(entry, here)


def test_no_address_stands_before_another():
    """Of two that match the same the second is never reached."""
    found = Counter(routes(get_resolver()))
    assert [route for route, times in found.items() if times > 1] == []


def test_every_address_is_in_the_table_and_every_row_is_an_address():
    assert set(named_addresses(get_resolver())) == set(DOORS), "put the address in tests/doors/"


@pytest.mark.parametrize("who", [*cast.PEOPLE, "nobody"])
def test_who_gets_in(who, world, client_of):
    """One login, every door. What somebody may not see is not there (404) or refused (403), never open."""
    client = client_of(who)
    wrong = []
    for name, door in DOORS.items():
        answer = client.generic(door.method, reverse(name, kwargs=door.kwargs(world)))
        wanted = expected(door, who)
        if answer.status_code not in wanted:
            wrong.append(f"{door.method} {name}: {answer.status_code}, wanted {sorted(wanted)}")
    assert not wrong, "\n".join(wrong)


def expected(door, who):
    if door.ok == ANYBODY:
        return {door.status}
    if who == "nobody":
        return {302}
    if who in door.ok:
        return {door.status}
    return {door.also.get(who, door.otherwise)}
