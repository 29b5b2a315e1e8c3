"""Everything that changes organisations, users, roles and passwords."""

from accounts.operations import first_link, partners, passwords, roles, users

__all__ = ["first_link", "partners", "passwords", "roles", "users"]
