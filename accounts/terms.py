"""Who must be confirmed soon, whose confirmation is over, who did not log in for long. The terms are settings."""

from datetime import timedelta

from django.conf import settings
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from accounts.models import User
from accounts.robots import people


def with_deadline() -> QuerySet[User]:
    """Everybody whose partner has a contact, but the contact: each with the moment before which to confirm.

    The contact is confirmed by the beheerder, when chosen.
    """
    again = F("confirmed_at") + timedelta(days=settings.CONFIRM_DAYS)
    first = F("enabled_at") + timedelta(days=settings.CONFIRM_WARN_DAYS)
    deadline = ExpressionWrapper(Coalesce(again, first), output_field=DateTimeField())
    others = people().filter(is_active=True, partner__contact__isnull=False).exclude(pk=F("partner__contact"))
    return others.annotate(confirm_before=deadline)


def due() -> QuerySet[User]:
    """New, or to be confirmed within the coming weeks."""
    soon = timezone.now() + timedelta(days=settings.CONFIRM_WARN_DAYS)
    return with_deadline().filter(Q(confirmed_at=None) | Q(confirm_before__lte=soon))


def overdue() -> QuerySet[User]:
    return with_deadline().filter(Q(confirm_before__lte=timezone.now()))


def idle() -> QuerySet[User]:
    """Not logged in for so long, and not enabled anew since."""
    long_ago = timezone.now() - timedelta(days=settings.IDLE_DAYS)
    last = Greatest(Coalesce("last_login", "enabled_at"), "enabled_at")
    return people().filter(is_active=True).annotate(last_seen=last).filter(last_seen__lte=long_ago)
