"""Everything that changes organisations, users, roles and passwords."""

from accounts.operations import clearances, first_link, partners, passwords, roles, users

__all__ = ["clearances", "first_link", "partners", "passwords", "roles", "users"]
