"""What the log says about itself."""

from enum import StrEnum


class LogEvent(StrEnum):
    READ = "log.read"
    ANCHORED = "log.anchored"
