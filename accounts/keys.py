"""What a session carries.

A key is a small integer that a session carries and a compartment names as one of its readers. There
are three kinds, each in its own range, made by the three functions below and nowhere else (the same
three stand in access/sql/readers.sql; a test compares them):

* a partner's seat: one per (partner, level, class), held only by that partner's *deelnemers* at that
  level. A melder of the police does not see the cases of the police;
* regie: one per (level, municipality, class). The regisseurs of JPP and PGA hold those of all
  municipalities, a regisseur LJA only its own;
* a person: one per user, for what somebody sent in and for named grants.

Seat and regie have a key per class of data: that of `basis` comes with the role, those of the stricter
classes only while a clearance runs.

Two kinds stand apart and open the log, nothing else: PRIVACY all of it (and who asked for access), and the key
of a partner's privacy contact the rows of that partner (audit/sql/reading.sql).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from accounts.roles import REGIE_LEVELS, DataClass, Level, Role

if TYPE_CHECKING:
    from accounts.models import RoleAssignment, User

PRIVACY = 1
CONTACT_FROM = 900_000_000
REGIE_FROM = 1_000_000_000
PERSON_FROM = 1_500_000_000
ROBOT_CLASSES = (DataClass.BASIS, DataClass.WPG, DataClass.ZORG)
ANYWHERE = 0  # the municipality of a youth who lives outside Parkstad, or nobody knows where


def partner_key(partner_id: int, level: int, data_class: int = DataClass.BASIS) -> int:
    """The key of a partner's seat at a level for a class."""
    return partner_id * 100 + level * 10 + data_class


def regie_key(municipality_id: int | None, level: int, data_class: int = DataClass.BASIS) -> int:
    """The key of regie at a level for a municipality and a class."""
    return REGIE_FROM + (municipality_id or ANYWHERE) * 100 + level * 10 + data_class


def person_key(user_id: int) -> int:
    """The key of one person."""
    return PERSON_FROM + user_id


def contact_key(partner_id: int) -> int:
    """The key of a partner's privacy contact: what this partner's people did, as far as the log knows."""
    return CONTACT_FROM + partner_id


def keys_of(user: "User") -> list[int]:
    """All keys this user carries now, sorted. Without a password of one's own, or disabled: none."""
    if not user.is_active or user.is_password_temporary:
        return []
    keys = {person_key(user.pk)}
    for assignment in user.active_roles:
        keys.update(_keys_of_role(user, assignment))
    return sorted(keys)


def _keys_of_role(user: "User", held: "RoleAssignment") -> set[int]:
    role = Role(held.role)
    if role == Role.PRIVACY_OFFICER:
        return {PRIVACY}
    if role == Role.PRIVACY_CONTACT:
        return {contact_key(user.partner_id)}
    if role == Role.ROBOT:
        # Robots count that something was told and pass nothing on.
        return _regie_keys(user.municipality_ids, Level(held.level or Level.JPP), ROBOT_CLASSES)
    classes = [DataClass.BASIS, *user.cleared_classes]
    if role == Role.DEELNEMER and held.level:
        return {partner_key(user.partner_id, held.level, c) for c in classes}
    if role == Role.REGISSEUR_LJA:
        return {regie_key(held.municipality_id, Level.LJA, c) for c in classes}
    if role in REGIE_LEVELS:
        return _regie_keys(user.municipality_ids, REGIE_LEVELS[role], classes)
    return set()


def _regie_keys(municipality_ids: Iterable[int], level: Level, classes: Iterable[DataClass]) -> set[int]:
    towns = [ANYWHERE, *municipality_ids]
    return {regie_key(m, level, c) for m in towns for c in classes}
