"""Everything that changes where the people of a partner log in."""

from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from accounts.events import AccountEvent
from accounts.models import IdentityProvider, Partner, User
from accounts.operations import sessions
from accounts.permissions import check_may_admin
from accounts.rules import check_can_be_issuer, check_can_join
from audit.log import record
from foundation.errors import NotPossible


@transaction.atomic
def add(
    *,
    key: UUID,
    partner: Partner,
    issuer: str,
    client_id: str,
    secret_variable: str,
    amr_values: str,
    acr_values: str,
    by: User,
) -> IdentityProvider:
    """Let the people of a partner log in at their own organisation. Twice with one key is once."""
    check_may_admin(by)
    check_can_join(partner)
    check_can_be_issuer(issuer)
    if existing := IdentityProvider.objects.filter(uuid=key).first():
        return existing
    provider = IdentityProvider(
        uuid=key,
        partner=partner,
        issuer=issuer,
        client_id=client_id,
        secret_variable=secret_variable,
        amr_values=amr_values,
        acr_values=acr_values,
    )
    _save(provider)
    record(AccountEvent.PROVIDER_ADDED, by=by, about=provider, partner=partner.pk)
    return provider


@transaction.atomic
def change(
    *,
    provider: IdentityProvider,
    client_id: str,
    secret_variable: str,
    amr_values: str,
    acr_values: str,
    by: User,
) -> None:
    """How we present ourselves there and what proof we ask. The issuer never changes: subjects belong to it."""
    check_may_admin(by)
    provider = IdentityProvider.objects.select_for_update(of=("self",)).get(pk=provider.pk)
    provider.client_id, provider.secret_variable = client_id, secret_variable
    provider.amr_values, provider.acr_values = amr_values, acr_values
    _save(provider)
    record(AccountEvent.PROVIDER_CHANGED, by=by, about=provider)


@transaction.atomic
def close(*, provider: IdentityProvider, by: User) -> None:
    """Nobody logs in there any more; who did is out. Closing twice is closing once."""
    check_may_admin(by)
    if IdentityProvider.objects.filter(pk=provider.pk, closed_at=None).update(closed_at=Now()):
        record(AccountEvent.PROVIDER_CLOSED, by=by, about=provider)
        linked = SocialAccount.objects.filter(provider=str(provider.uuid)).values("user")
        for user in User.objects.filter(pk__in=linked):
            sessions.end_all(user=user, by=by, reason="partner_login")


def _save(provider: IdentityProvider) -> None:
    try:
        with transaction.atomic():
            provider.save()
    except IntegrityError as error:
        raise NotPossible("Deze organisatie heeft al een inlogdienst, of er ontbreekt iets.") from error
