"""What the log can say about the pages that belong to no floor."""

from enum import StrEnum


class HomeEvent(StrEnum):
    VIEWED = "home.viewed"
    DIGEST_SENT = "home.digest_sent"
