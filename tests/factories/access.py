"""Compartments as the operations make them. Call inside the scope of somebody who leads."""

from access import operations
from access.models import CompartmentKind, Ground
from accounts.models import Municipality
from accounts.roles import Level


def compartment(*, by, kind=CompartmentKind.CASE, level=Level.JPP, town="Heerlen", within=None, author=None):
    municipality = Municipality.objects.get(name=town) if town else None
    return operations.open_compartment(
        kind=kind, level=level, municipality=municipality, by=by, within=within, author=author
    )


def youth_with_room(*, by, level=Level.JPP, town="Heerlen"):
    """The compartment of a youth and the room of its case within it."""
    youth = compartment(by=by, kind=CompartmentKind.YOUTH, level=level, town=town)
    return youth, compartment(by=by, level=level, town=town, within=youth)


def take_part(room, partner, *, by, until=None):
    return operations.add_participation(
        compartment=room, partner=partner, ground=Ground.CONVENANT, reason="Zit aan tafel", until=until, by=by
    )


def readers_of(compartment):
    """The readers as they are stored now."""
    compartment.refresh_from_db(fields=["readers", "excluded", "valid_until"])
    return set(compartment.readers)


def room_elsewhere(youth, *, by, level=Level.LJA, town="Heerlen"):
    """A room at another level than one's own: only its id comes back."""
    municipality = Municipality.objects.get(name=town) if town else None
    return operations.prepare_room(within=youth.pk, level=level, municipality=municipality, by=by)
