"""Everything the log can say about this floor."""

from enum import StrEnum


class AccountEvent(StrEnum):
    LOGGED_IN = "account.logged_in"
    LOGGED_OUT = "account.logged_out"
    LOGIN_FAILED = "account.login_failed"
    PARTNER_ADDED = "partner.added"
    PARTNER_CHANGED = "partner.changed"
    USER_ADDED = "user.added"
    USER_CHANGED = "user.changed"
    USER_DISABLED = "user.disabled"
    USER_ENABLED = "user.enabled"
    ROLE_ASSIGNED = "role.assigned"
    ROLE_ENDED = "role.ended"
    CLEARANCE_GIVEN = "clearance.given"
    CLEARANCE_ENDED = "clearance.ended"
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 (a word of the log)
    PASSWORD_RESET = "user.password_reset"  # noqa: S105 (a word of the log)
    FIRST_LINK_MADE = "user.first_link_made"
    PARTNER_CLOSED = "partner.closed"
    PARTNER_REOPENED = "partner.reopened"
