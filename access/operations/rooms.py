"""Everything that makes or closes a compartment."""

from django.db import connection

from access.models import Compartment, CompartmentKind
from accounts.models import Municipality, User
from accounts.roles import DataClass, Level


def open_compartment(
    *,
    kind: CompartmentKind,
    level: Level,
    municipality: Municipality | None,
    by: User,
    within: Compartment | None = None,
    author: User | None = None,
    is_private: bool = False,
    data_class: DataClass = DataClass.BASIS,
) -> Compartment:
    """Make the room in which rows will stand. The operation that fills it writes the log."""
    return Compartment.objects.create(
        kind=kind,
        level=level,
        municipality=municipality,
        within=within,
        author=author,
        is_private=is_private,
        data_class=data_class,
    )


def prepare_room(*, within: int, level: Level, municipality: Municipality | None, by: User) -> int:
    """Make the room of a case ready at another level and return its id. Its maker cannot look inside."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_prepare_room(%s, %s, %s)",
            [within, level, municipality.pk if municipality else None],
        )
        room: int = cursor.fetchone()[0]
    return room


def room_of_class(*, beside: int, data_class: DataClass, by: User) -> int:
    """The id of the room of this class beside this room of a case; made when it is not there yet.

    The room of class basis is the one one stands in. Its maker may not be able to look inside.
    """
    if data_class == DataClass.BASIS:
        return beside
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_room_of_class(%s, %s)", [beside, data_class])
        room: int = cursor.fetchone()[0]
    return room


def close_room(*, room: int, by: User) -> None:
    """Close a room for good: regie of its level no longer reads it. Takes the id: one may not see it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_close_room(%s, %s)", [room, by.pk])
