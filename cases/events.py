"""Everything the log can say about this floor."""

from enum import StrEnum


class CaseEvent(StrEnum):
    # cases
    CASE_OPENED = "case.opened"
    CASES_LISTED = "case.listed"
    CASE_VIEWED = "case.viewed"
    CASE_ACCESS_VIEWED = "case.access_viewed"
    CASE_PLANNED = "case.planned"
    CASE_CLOSED = "case.closed"
    CASE_REOPENED = "case.reopened"
    # levels
    LEVEL_PROPOSED = "level.proposed"
    LEVEL_ACCEPTED = "level.accepted"
    LEVEL_REFUSED = "level.refused"
    LEVEL_WITHDRAWN = "level.withdrawn"
    LEVELS_LISTED = "level.listed"
    LEVEL_VIEWED = "level.viewed"
    # actions
    ACTION_AGREED = "action.agreed"
    ACTION_MOVED = "action.moved"
    ACTION_ENDED = "action.ended"
    ACTIONS_LISTED = "action.listed"
    ACTION_VIEWED = "action.viewed"
    ACTIONS_REMINDED = "action.reminded"
    # youths
    YOUTH_ADDED = "youth.added"
    YOUTHS_SEARCHED = "youth.searched"
    # signals
    SIGNAL_STARTED = "signal.started"
    SIGNAL_SAVED = "signal.saved"
    SIGNAL_SUBMITTED = "signal.submitted"
    SIGNAL_WITHDRAWN = "signal.withdrawn"
    SIGNAL_ANSWERED = "signal.answered"
    SIGNAL_NEWS_SEEN = "signal.news_seen"
    SIGNALS_LISTED = "signal.listed"
    SIGNAL_VIEWED = "signal.viewed"
    SIGNAL_MORE_ASKED = "signal.more_asked"
    SIGNAL_REFERRED = "signal.referred"
    SIGNAL_REJECTED = "signal.rejected"
    SIGNAL_ACCEPTED = "signal.accepted"
    SIGNAL_TOLD = "signal.told"
    TOLD_SIGNALS_LISTED = "told_signal.listed"
    TOLD_SIGNAL_SHOWN = "told_signal.shown"
    # what is secret
    ADDRESS_NOTED = "secret_address.noted"
    REPORTER_NOTED = "reporter.noted"
    SECRET_ASKED = "secret.asked"  # noqa: S105 (a word of the log)
    SECRET_SHOWN = "secret.shown"  # noqa: S105 (a word of the log)
    REVEALS_LISTED = "reveal.listed"
    REVEAL_SEEN = "reveal.seen"
    # asking for access
    REQUESTS_LISTED = "access_request.listed"
    REQUEST_VIEWED = "access_request.viewed"
    REQUEST_MADE = "access_request.made"
    REQUEST_PASSED_ON = "access_request.passed_on"
    REQUEST_GRANTED = "access_request.granted"
    REQUEST_REFUSED = "access_request.refused"
    REQUESTS_TOLD = "access_request.told"
    BREAK_GLASS_ASKED = "break_glass.asked"
    BREAK_GLASS_APPROVED = "break_glass.approved"
    BREAK_GLASS_REFUSED = "break_glass.refused"
    BREAK_GLASS_OPENED = "break_glass.opened"
    BREAK_GLASS_FAILED = "break_glass.failed"
    BREAK_GLASS_REVIEWED = "break_glass.reviewed"
