"""Doors of who can see a case. A deelnemer reads the page; only regie changes it."""

from tests.doors import Door
from tests.doors.cases import ONLY_READ, READERS, REGIE, _case

DOORS = {
    "cases:case_access": Door(kwargs=_case, ok=READERS),
    "cases:participation_add": Door(kwargs=_case, ok=REGIE, also=ONLY_READ),
    "cases:participation_end": Door(kwargs=_case, ok=REGIE, also=ONLY_READ, method="POST", status=400),
    "cases:grant_give": Door(kwargs=_case, ok=REGIE, also=ONLY_READ),
    "cases:grant_end": Door(kwargs=_case, ok=REGIE, also=ONLY_READ, method="POST", status=400),
}
