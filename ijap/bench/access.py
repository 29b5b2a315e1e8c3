"""What safety costs a page: everything on against everything off, at 200,000 youths."""

from collections.abc import Callable
from typing import Any

from accounts.models import User
from cases.models import Case
from foundation.scope import acting_as
from ijap.bench.databases import filled_with
from ijap.bench.lists import APP, READERS, ROUNDS
from ijap.bench.measure import Report, in_turn
from ijap.bench.requests import as_role, browser_of, opens, without_guards

YOUTHS = 200_000


def measure(report: Report) -> None:
    """Scope, row security, the read log and the limits on, and all of them off, in turn."""
    with filled_with(YOUTHS, report.say):
        works = _works()
        timings = in_turn(works, rounds=ROUNDS)
    for name, timing in timings.items():
        report.timing(name, timing)
    for page in {name.partition(", ")[0]: None for name in works}:
        value = timings[f"{page}, aan"].p50 / timings[f"{page}, uit"].p50
        report.figure(f"{page}: alles aan ÷ alles uit", value, wanted=1.3)


def _works() -> dict[str, Callable[[], Any]]:
    client = browser_of(READERS["regisseur"])
    works: dict[str, Callable[[], Any]] = {}
    for page, address in _addresses().items():
        works[f"{page}, aan"] = as_role(APP, opens(client, address))
        works[f"{page}, uit"] = without_guards(opens(client, address))
    return works


def _addresses() -> dict[str, str]:
    user = User.objects.get(username=READERS["regisseur"])
    with acting_as(user):
        case = Case.objects.visible_to(user).order_by("-opened_at", "-id")[20]
    return {
        "dossiers": "/dossiers/",
        "signalen": "/signalen/ingebracht/",
        "dossier": f"/dossiers/{case.uuid}/",
        "toegang": f"/dossiers/{case.uuid}/toegang/",
    }
