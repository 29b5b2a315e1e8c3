"""Doors that belong to no noun."""

from tests import cast
from tests.doors import ANYBODY, Door

DOORS = {
    "foundation:live": Door(ok=ANYBODY),
    "foundation:ready": Door(ok=ANYBODY),
    "foundation:security_txt": Door(ok=ANYBODY),
    "foundation:gallery": Door(ok=set(cast.PEOPLE)),
    "foundation:gallery_meeting": Door(ok=set(cast.PEOPLE)),
    "jobs:job_status": Door(kwargs=lambda w: {"uuid": w.job.uuid}, ok={"regisseur"}),
}
