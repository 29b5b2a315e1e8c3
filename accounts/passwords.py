"""Passwords that are used once: shown to the beheerder, replaced by the user, kept nowhere."""

import secrets

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look like another (i l o 0 1)


def one_time_password() -> str:
    """Sixteen random letters in groups of four: easy to read out, too many to guess (79 bits)."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
