"""Who keeps the rhythm, who may attend and who leads a meeting."""

from accounts.models import User
from accounts.roles import Permission
from foundation.errors import NotAllowed
from meetings.models import Meeting, Series
from meetings.rules.series import check_can_cancel, check_can_move, check_can_plan


def check_may_keep_rhythm(user: User) -> None:
    if not user.may(Permission.ADMIN):
        raise NotAllowed("Alleen de beheerder past reeksen en sluitingsdagen aan.")


def check_can_plan_ahead(user: User, series: Series) -> None:
    if not (user.may(Permission.ADMIN) or user.may(Permission.ROBOT)):
        raise NotAllowed("Alleen de beheerder plant overleggen.")
    check_can_plan(series)


def check_may_attend(user: User) -> None:
    if not user.may(Permission.MEETING_ATTEND):
        raise NotAllowed("U neemt niet deel aan overleggen.")


def check_may_prepare(user: User, meeting: Meeting) -> None:
    """The regisseur of this table. A deelnemer at the table does not lead; another level's regisseur neither."""
    if (
        not user.may(Permission.MEETING_LEAD)
        or not Meeting.objects.led_by(user).filter(pk=meeting.pk).exists()
    ):
        raise NotAllowed("Alleen de regisseur van dit overleg kan dit doen.")


def check_can_cancel_meeting(user: User, meeting: Meeting) -> None:
    check_may_prepare(user, meeting)
    check_can_cancel(meeting)


def check_can_change_place(user: User, meeting: Meeting) -> None:
    check_may_prepare(user, meeting)
    check_can_move(meeting)
