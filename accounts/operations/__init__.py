"""Everything that changes organisations, users, roles and passwords."""

from accounts.operations import clearances, partners, passwords, roles, users

__all__ = ["clearances", "partners", "passwords", "roles", "users"]
