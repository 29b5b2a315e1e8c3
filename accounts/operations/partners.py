"""Everything that changes an organisation. Each function checks, writes and logs, or does nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from accounts.events import AccountEvent
from accounts.models import Municipality, Partner, PartnerKind, User
from accounts.permissions import check_can_close_partner, check_may_admin
from accounts.roles import DataClass
from audit.log import record
from foundation.errors import NotPossible


@transaction.atomic
def add(
    *,
    key: UUID,
    name: str,
    short_name: str,
    kind: PartnerKind,
    municipality: Municipality | None,
    by: User,
    brings: DataClass = DataClass.BASIS,
) -> Partner:
    """Add an organisation. Adding twice with the same key is adding once."""
    check_may_admin(by)
    with _free_names():
        partner, is_new = Partner.objects.get_or_create(
            uuid=key,
            defaults={
                "name": name,
                "short_name": short_name,
                "kind": kind,
                "municipality": municipality,
                "brings": brings,
            },
        )
    if is_new:
        record(AccountEvent.PARTNER_ADDED, by=by, about=partner)
    return partner


@transaction.atomic
def change(
    *,
    partner: Partner,
    name: str,
    short_name: str,
    kind: PartnerKind,
    municipality: Municipality | None,
    by: User,
    brings: DataClass | None = None,
) -> Partner:
    """Change what an organisation is called, what it is, where it works."""
    check_may_admin(by)
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    if (partner.kind == PartnerKind.REGIE) != (kind == PartnerKind.REGIE):
        raise NotPossible("Er is één organisatie die de aanpak leidt. Dat kan hier niet veranderen.")
    partner.name, partner.short_name, partner.kind = name, short_name, kind
    partner.municipality = municipality
    # What was sent in before stays as it was kept then.
    partner.brings = partner.brings if brings is None else brings
    with _free_names():
        partner.save()
    record(AccountEvent.PARTNER_CHANGED, by=by, about=partner)
    return partner


@transaction.atomic
def close(*, partner: Partner, by: User) -> None:
    """The organisation no longer takes part. Closing twice is closing once."""
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    check_can_close_partner(by, partner)
    if Partner.objects.filter(pk=partner.pk, closed_at=None).update(closed_at=Now()):
        record(AccountEvent.PARTNER_CLOSED, by=by, about=partner)


@transaction.atomic
def reopen(*, partner: Partner, by: User) -> None:
    """The organisation takes part again. Its users stay disabled until each is enabled."""
    check_may_admin(by)
    if Partner.objects.filter(pk=partner.pk, closed_at__isnull=False).update(closed_at=None):
        record(AccountEvent.PARTNER_REOPENED, by=by, about=partner)


@contextmanager
def _free_names() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise NotPossible("Er is al een organisatie met deze naam of korte naam.") from error
