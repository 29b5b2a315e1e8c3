"""Everything that lets somebody in for the first time, or anew."""

from datetime import timedelta

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.events import AccountEvent
from accounts.models import IdentityProvider, Invitation, User
from accounts.operations import confirmations, sessions
from accounts.permissions import check_is_robot, check_may_look_after
from accounts.rules import check_can_be_invited
from accounts.second_factor import has_means
from audit.log import record
from foundation.errors import NotAllowed, NotPossible

TOO_LATE = "Deze uitnodiging is al gebruikt of verlopen. Vraag de beheerder om een nieuwe."


@transaction.atomic
def invite(*, user: User, by: User) -> Invitation:
    """A link for this user, which the clock sends. An older link no longer works."""
    check_may_look_after(by, user)
    check_can_be_invited(user)
    user.invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=Now())
    until = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    invitation = Invitation.objects.create(user=user, invited_by=by, until=until)
    record(AccountEvent.USER_INVITED, by=by, about=user)
    if not has_means(user):
        confirmations.ask_again(user=user, by=by)
    return invitation


@transaction.atomic
def mark_sent(*, invitation: Invitation, by: User) -> None:
    check_is_robot(by)
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    record(AccountEvent.INVITATION_SENT, by=by, about=invitation.user)


@transaction.atomic
def use(*, invitation: Invitation, password: str, by: User) -> None:
    """The first password of one's own. Using twice is refused, at the same moment too."""
    user = _take(invitation, by)
    user.set_password(password)
    user.is_password_temporary = False
    user.save(update_fields=["password", "is_password_temporary"])
    sessions.end_all(user=user, by=user, reason="password")


@transaction.atomic
def link(*, invitation: Invitation, provider: IdentityProvider, subject: str, by: User) -> SocialAccount:
    """From now on whoever logs in there as this subject is this user. One subject, one user, and the reverse."""
    user = _take(invitation, by)
    if user.partner_id != provider.partner_id:
        raise NotPossible("Deze inlogdienst is van een andere organisatie.")
    taken = SocialAccount.objects.filter(provider=str(provider.uuid))
    if taken.filter(uid=subject).exists() or taken.filter(user=user).exists():
        raise NotPossible("Deze login of deze gebruiker is al gekoppeld.")
    account = SocialAccount.objects.create(user=user, provider=str(provider.uuid), uid=subject, extra_data={})
    user.is_password_temporary = False
    user.save(update_fields=["is_password_temporary"])
    record(AccountEvent.IDENTITY_LINKED, by=user, about=user, provider=provider.pk)
    sessions.end_all(user=user, by=user, reason="partner_login")
    return account


@transaction.atomic
def unlink(*, user: User, by: User) -> None:
    """The login of the own organisation no longer opens this account. Twice is once."""
    check_may_look_after(by, user)
    if SocialAccount.objects.filter(user=user).delete()[0]:
        record(AccountEvent.IDENTITY_UNLINKED, by=by, about=user)
        sessions.end_all(user=user, by=by, reason="partner_login")


def _take(invitation: Invitation, by: User) -> User:
    if invitation.user_id != by.pk:
        raise NotAllowed("Deze uitnodiging is voor iemand anders.")
    if not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=Now()):
        raise NotPossible(TOO_LATE)
    user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    record(AccountEvent.INVITATION_USED, by=user, about=user)
    return user
