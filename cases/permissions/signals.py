"""Who may register a signal, follow it, and judge it."""

from accounts.models import Partner, RoleAssignment, User
from accounts.roles import Level, Permission
from accounts.roles import Role as AccountRole
from cases.models import Signal
from foundation.errors import NotAllowed, NotPossible


def check_may_register(user: User) -> None:
    if not user.may(Permission.SIGNAL_REGISTER):
        raise NotAllowed("Uw rol meldt geen signalen aan.")


def check_may_follow(user: User, signal: Signal) -> None:
    """Only who sent it writes in it, takes it back and answers."""
    check_may_register(user)
    if signal.sender_id != user.pk:
        raise NotAllowed("Alleen wie het signaal aanmeldde, kan dit doen.")


def check_may_triage(user: User) -> None:
    if not user.may(Permission.SIGNAL_TRIAGE):
        raise NotAllowed("Alleen een regisseur JPP beoordeelt signalen.")


def check_may_judge(user: User, signal: Signal) -> None:
    """Judging is for regie that can see the signal. A draft is nobody's but its writer's."""
    check_may_triage(user)
    if signal.submitted_at is None or not Signal.objects.visible_to(user).filter(pk=signal.pk).exists():
        raise NotAllowed("Dit signaal ligt niet bij u.")


def check_may_read_told(user: User) -> None:
    if not user.may(Permission.CASE_READ):
        raise NotAllowed("Uw rol leest geen ingebrachte signalen.")


def check_can_sit(partner: Partner) -> None:
    """An organisation takes part when somebody of it sits at the JPP."""
    seats = RoleAssignment.objects.active().filter(
        role=AccountRole.DEELNEMER, level=Level.JPP, user__partner=partner
    )
    at_the_table = Partner.objects.at_the_table().filter(pk=partner.pk).exists()
    if not at_the_table or not seats.exists():
        raise NotPossible(f"{partner} heeft geen deelnemers aan het JPP.")
