"""Doors for who holds a paper: open to everybody, and silent about what stands in it."""

from tests.doors import ANYBODY, Door


def _paper(world):
    return {"code": world.document_whole.code}


DOORS = {
    "meetings:proof_find": Door(ok=ANYBODY),
    "meetings:proof": Door(kwargs=_paper, ok=ANYBODY),
    "meetings:proof_compare": Door(kwargs=_paper, ok=ANYBODY, method="POST", status=400),
}
