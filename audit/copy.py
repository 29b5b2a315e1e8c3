"""The copy of the log that leaves the house: each committed row as one line of JSON on standard output.

Whoever collects the output of the processes sends it to another machine. Ids and words only, as in the log.
"""

import json
import logging
import sys
from typing import Any

logger = logging.getLogger(__name__)
alarm = logging.getLogger("audit.alarm")


class CopyHandler(logging.StreamHandler[Any]):
    """Writes to standard output. A line that cannot be written is an alarm, not a silent loss."""

    def __init__(self) -> None:
        super().__init__(sys.stdout)

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stdout
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the name is logging's)
        alarm.critical("A row of the log was not copied: %s", record.getMessage(), exc_info=True)


def ship(row: dict[str, Any]) -> None:
    """One line for one row."""
    logger.info("%s", json.dumps(row, default=str, separators=(",", ":")))
