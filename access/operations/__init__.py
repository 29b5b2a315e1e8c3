"""Everything that changes who reads. Two of them (`expire`, `recompute`) are the clock's."""

from access.operations import police_decisions
from access.operations.exclusions import end_exclusion, exclude, step_aside
from access.operations.grants import end_grant, grant
from access.operations.participations import add_participation, end_participation
from access.operations.readers import expire, recompute
from access.operations.rooms import close_room, open_compartment, prepare_room, room_of_class

__all__ = [
    "add_participation",
    "close_room",
    "end_exclusion",
    "end_grant",
    "end_participation",
    "exclude",
    "expire",
    "grant",
    "open_compartment",
    "police_decisions",
    "prepare_room",
    "recompute",
    "room_of_class",
    "step_aside",
]
