"""The nouns of this floor, and the questions we ask about them."""

from accounts.models.partners import Municipality, Partner, PartnerKind
from accounts.models.users import Clearance, RoleAssignment, RoleAssignmentQuerySet, User
from accounts.models.ways_in import Change, ChangeNotice, IdentityProvider, Invitation, InvitationQuerySet

__all__ = [
    "Change",
    "ChangeNotice",
    "Clearance",
    "IdentityProvider",
    "Invitation",
    "InvitationQuerySet",
    "Municipality",
    "Partner",
    "PartnerKind",
    "RoleAssignment",
    "RoleAssignmentQuerySet",
    "User",
]
