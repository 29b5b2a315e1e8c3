"""Looking for a youth by a name that is spelled otherwise, among 2,000 and among 200,000."""

import random
from itertools import cycle

from accounts.models import User
from cases.models import Youth
from cases.operations import youths
from cases.rules.youths import Identity
from foundation.scope import acting_as
from ijap.bench.databases import filled_with
from ijap.bench.lists import APP, READERS, SIZES
from ijap.bench.measure import Report, Timing, in_turn
from ijap.bench.requests import as_role

ROUNDS, ASKED = 200, 50


def measure(report: Report) -> None:
    """The query, the judging and the row in the log; each time for another name, swapped and misspelled."""
    found: dict[int, Timing] = {}
    for size in SIZES:
        with filled_with(size, report.say):
            user = User.objects.get(username=READERS["regisseur"])
            asked = cycle(_asked(user))

            def look(user: User = user, asked: "cycle[Identity]" = asked) -> None:
                with acting_as(user):
                    youths.find(asked=next(asked), by=user)

            found[size] = in_turn({"zoeken": as_role(APP, look)}, rounds=ROUNDS)["zoeken"]
            report.timing(f"zoeken onder {size} jongeren", found[size])
    small, large = (found[size].p50 for size in SIZES)
    report.figure("zoeken: 200.000 ÷ 2.000", large / small, wanted=1.5)
    report.figure("zoeken onder 200.000: p95", found[SIZES[-1]].p95, unit="ms")


def _asked(user: User) -> list[Identity]:
    """Names that are there, with first and last swapped and a vowel doubled."""
    with acting_as(user):
        known = Youth.objects.visible_to(user).order_by("pk")
        some = list(known.values_list("first_name", "last_name", "birth_on")[:2000])
    pick = random.Random(7).sample(some, ASKED)
    return [
        Identity(first_name=last, last_name=first.replace("a", "aa"), birth_on=born)
        for first, last, born in pick
    ]
