"""Everything that changes organisations, users, roles and passwords."""

from accounts.operations import partners, passwords, roles, users

__all__ = ["partners", "passwords", "roles", "users"]
