"""Everything by which a partner says who its people are, and what happens when nobody says it."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts import terms
from accounts.events import AccountEvent
from accounts.models import Partner, User
from accounts.operations import sessions
from accounts.permissions import check_can_confirm, check_is_robot, check_may_admin, check_may_look_after
from accounts.robots import people
from accounts.rules import check_can_be_contact
from audit.log import record


@transaction.atomic
def choose_contact(*, partner: Partner, user: User, by: User) -> None:
    """Who speaks for this partner. Choosing confirms the chosen; the first choice also whoever works already."""
    check_may_admin(by)
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    check_can_be_contact(user, partner)
    is_first = partner.contact_id is None
    partner.contact = user
    partner.save(update_fields=["contact"])
    record(AccountEvent.CONTACT_CHANGED, by=by, about=partner, person=user.pk)
    already = Q(confirmed_at=None) if is_first else Q(pk=user.pk)
    _confirm(people().filter(Q(pk=user.pk) | already, partner=partner, is_active=True), by)


@transaction.atomic
def confirm(*, users: Iterable[User], by: User) -> None:
    """These people work here and need this."""
    chosen = list(users)
    for user in chosen:
        check_can_confirm(by, user)
    _confirm(User.objects.filter(pk__in=[user.pk for user in chosen], is_active=True), by)


@transaction.atomic
def not_ours(*, user: User, by: User) -> None:
    """Somebody does not work here (any more): out at once. Twice is once."""
    check_can_confirm(by, user)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        record(AccountEvent.USER_NOT_OURS, by=by, about=user)
        sessions.end_all(user=user, by=by, reason="disabled")


@transaction.atomic
def ask_again(*, user: User, by: User) -> None:
    """A beheerder gave somebody a new way in, and nothing else guards it: the contact says whether it is right.

    Without this a beheerder could come in as anybody, alone. Until then the user sees nothing.
    """
    check_may_look_after(by, user)
    User.objects.filter(pk=user.pk).update(confirmed_at=None, confirmed_by=None, enabled_at=Now())


@transaction.atomic
def disable_unconfirmed(*, by: User) -> int:
    """Nobody confirmed these people in time, though their partner has a contact."""
    check_is_robot(by)
    return _disable(terms.overdue(), AccountEvent.UNCONFIRMED_DISABLED, by)


@transaction.atomic
def disable_idle(*, by: User) -> int:
    """Who does not log in for weeks does not need an account."""
    check_is_robot(by)
    return _disable(terms.idle(), AccountEvent.IDLE_DISABLED, by)


@transaction.atomic
def mark_asked(*, by: User) -> list[Partner]:
    """Partners of which somebody must be confirmed soon and whose contact was not asked this week."""
    check_is_robot(by)
    today = timezone.localdate()
    waiting = Partner.objects.filter(pk__in=terms.due().values("partner")).select_for_update(of=("self",))
    asked = list(
        waiting.filter(Q(contact_asked_on=None) | Q(contact_asked_on__lte=today - timedelta(days=7)))
    )
    for partner in asked:
        Partner.objects.filter(pk=partner.pk).update(contact_asked_on=today)
        record(AccountEvent.CONFIRMATION_ASKED, by=by, about=partner)
    return asked


def _confirm(users: Iterable[User], by: User) -> None:
    for user in users:
        User.objects.filter(pk=user.pk).update(confirmed_at=Now(), confirmed_by=by)
        record(AccountEvent.USER_CONFIRMED, by=by, about=user)


def _disable(users: Iterable[User], event: AccountEvent, by: User) -> int:
    """One by one, each in the log. Who just logged in or was just confirmed stays."""
    count = 0
    for user in users:
        as_seen = User.objects.filter(
            pk=user.pk, is_active=True, last_login=user.last_login, confirmed_at=user.confirmed_at
        )
        if as_seen.update(is_active=False):
            record(event, by=by, about=user)
            sessions.end_all(user=user, by=by, reason="disabled")
            count += 1
    return count
