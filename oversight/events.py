"""Everything the log can say about this floor."""

from enum import StrEnum


class OversightEvent(StrEnum):
    # who saw this youth
    SUBJECT_SEARCHED = "subject.searched"
    SUBJECT_VIEWED = "subject.viewed"
    PAPER_ASKED = "paper.asked"
    PAPER_MADE = "paper.made"
    PAPER_DOWNLOADED = "paper.downloaded"
    PAPERS_CLEARED = "paper.cleared"
    # unusual reading
    FLAG_RAISED = "flag.raised"
    FLAGS_LISTED = "flag.listed"
    FLAG_VIEWED = "flag.viewed"
    FLAG_TAKEN = "flag.taken"
    FLAG_CLOSED = "flag.closed"
    THRESHOLD_CHANGED = "threshold.changed"
    # the review of rights
    RIGHTS_VIEWED = "rights.viewed"
    REVIEW_STARTED = "review.started"
    REVIEW_VIEWED = "review.viewed"
    LINE_DECIDED = "review.line_decided"
    REVIEW_CLOSED = "review.closed"
    REMOVALS_VIEWED = "review.removals_viewed"
    YEAR_VIEWED = "year.viewed"
