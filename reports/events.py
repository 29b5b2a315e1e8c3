"""Everything the log can say about this floor."""

from enum import StrEnum


class FigureEvent(StrEnum):
    COUNTED = "figures.counted"
    VIEWED = "figures.viewed"
    TRENDS_VIEWED = "figures.trends_viewed"
    SUMMARY_ASKED = "summary.asked"
    SUMMARY_MADE = "summary.made"
    SUMMARY_DOWNLOADED = "summary.downloaded"
