"""Who may look over shoulders. The database asks for the same with the key of the privacy officer."""

from accounts.models import User
from accounts.robots import Robot
from accounts.roles import Permission
from foundation.errors import NotAllowed
from oversight.models import Flag, ReviewLine, ReviewRound
from oversight.rules import check_can_close_flag, check_can_close_round, check_can_decide


def check_may_oversee(user: User) -> None:
    if not user.may(Permission.LOG_READ):
        raise NotAllowed("Deze pagina is voor de functionaris gegevensbescherming.")


def check_may_raise(user: User) -> None:
    """Flags are raised by the clock: nobody picks whom to look at."""
    if user.username != Robot.OVERSIGHT.value:
        raise NotAllowed("Vlaggen worden elke nacht vanzelf gezet.")


def check_may_remove(user: User) -> None:
    if not user.may(Permission.ADMIN):
        raise NotAllowed("Deze pagina is voor een beheerder.")


def check_may_close_flag(user: User, flag: Flag, explanation: str) -> None:
    check_may_oversee(user)
    if flag.person_id == user.pk:
        raise NotAllowed("Deze vlag gaat over u. Een ander handelt haar af.")
    check_can_close_flag(flag, explanation)


def check_may_decide(user: User, line: ReviewLine) -> None:
    """Nobody confirms their own rights."""
    check_may_oversee(user)
    if line.user_id == user.pk:
        raise NotAllowed("Deze regel gaat over u. Een ander beoordeelt haar.")
    check_can_decide(line)


def check_may_close_round(user: User, review: ReviewRound) -> None:
    check_may_oversee(user)
    check_can_close_round(review)
