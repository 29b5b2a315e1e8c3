"""Everything that changes organisations, users, roles, and what people log in with."""

from accounts.operations import (
    clearances,
    confirmations,
    first_link,
    invitations,
    notices,
    partners,
    passwords,
    providers,
    roles,
    second_factors,
    sessions,
    users,
)

__all__ = [
    "clearances",
    "confirmations",
    "first_link",
    "invitations",
    "notices",
    "partners",
    "passwords",
    "providers",
    "roles",
    "second_factors",
    "sessions",
    "users",
]
