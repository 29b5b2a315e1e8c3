"""Users without a login: the work that the clock begins has a name in the log and a scope in the database."""

from enum import StrEnum

from django.db.models import QuerySet

from accounts.models import User


class Robot(StrEnum):
    AGENDA = "robot-agenda"
    REMINDER = "robot-herinnering"
    FIGURES = "robot-cijfers"
    KEEPER = "robot-toegang"
    OVERSIGHT = "robot-toezicht"
    RETENTION = "robot-bewaartermijn"


def robot(which: Robot) -> User:
    """The robot of this name. Made by a migration."""
    return User.objects.get(username=which.value)


def people() -> QuerySet[User]:
    """Everybody who can have a login: all users but the robots."""
    return User.objects.exclude(username__in=[robot.value for robot in Robot])
