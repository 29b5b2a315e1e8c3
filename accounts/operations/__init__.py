"""Everything that changes organisations, users, roles, and what people log in with."""

from accounts.operations import (
    confirmations,
    invitations,
    partners,
    passwords,
    providers,
    roles,
    second_factors,
    sessions,
    users,
)

__all__ = [
    "confirmations",
    "invitations",
    "partners",
    "passwords",
    "providers",
    "roles",
    "second_factors",
    "sessions",
    "users",
]
