"""Everything the log can say about this floor."""

from enum import StrEnum


class RetentionEvent(StrEnum):
    TERMS_VIEWED = "retention_term.listed"
    TERM_CHANGED = "retention_term.changed"
    CLOCK_VIEWED = "retention_clock.viewed"
    EXTENDED = "retention_clock.extended"
    PROPOSALS_MADE = "destruction.proposed"
    PROPOSALS_LISTED = "destruction.listed"
    PROPOSAL_VIEWED = "destruction.viewed"
    APPROVED = "destruction.approved"
    REFUSED = "destruction.refused"
    DESTROYED = "destruction.done"
    CERTIFICATES_LISTED = "certificate.listed"
    CERTIFICATE_MADE = "certificate.made"
    CERTIFICATE_DOWNLOADED = "certificate.downloaded"
