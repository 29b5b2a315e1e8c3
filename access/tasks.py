"""What the clock does about who reads."""

import logging

from celery import shared_task

from access import operations
from accounts.robots import Robot, robot
from foundation.scope import acting_as

logger = logging.getLogger(__name__)


@shared_task
def expire_readers() -> None:
    """Every minute: take lapsed participations and grants out of the derived readers.

    A late turn leaves no door open: past `valid_until` row security asks the participations themselves.
    """
    keeper = robot(Robot.KEEPER)
    with acting_as(keeper):
        operations.expire(by=keeper)


@shared_task
def recompute_readers() -> None:
    """Every night: compute all readers afresh. A difference is an incident and says so loudly."""
    keeper = robot(Robot.KEEPER)
    with acting_as(keeper):
        wrong = operations.recompute(by=keeper)
    if wrong:
        logger.critical(
            "incident: %s compartments had other readers than their participations say",
            wrong,
        )
