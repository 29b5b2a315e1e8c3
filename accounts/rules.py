"""What is possible with organisations, users and roles, whoever asks."""

from urllib.parse import urlsplit

from django.conf import settings

from accounts.models import Municipality, Partner, PartnerKind, RoleAssignment, User
from accounts.roles import EXCLUDES, NEEDS_LEVEL, NEEDS_MUNICIPALITY, Level, Role
from foundation.errors import NotPossible

# Management looks at the figures of its own municipality, or of Parkstad when none is named.
KEEPS_MUNICIPALITY = NEEDS_MUNICIPALITY | {Role.MANAGEMENT}
ASSIGNABLE = [role for role in Role if role != Role.ROBOT]


def check_can_close(partner: Partner) -> None:
    """An organisation stops when nobody of it can log in any more."""
    if partner.kind == PartnerKind.REGIE:
        raise NotPossible("Deze organisatie leidt de aanpak en kan niet stoppen.")
    active = partner.users.filter(is_active=True).count()
    if active:
        who = "1 gebruiker kan" if active == 1 else f"{active} gebruikers kunnen"
        raise NotPossible(f"{who} nog inloggen. Schakel eerst alle gebruikers van deze organisatie uit.")


def check_can_join(partner: Partner) -> None:
    """Nobody logs in for an organisation that stopped."""
    if partner.closed_at:
        raise NotPossible(f"{partner} is gestopt. Open de organisatie eerst opnieuw.")


def check_can_hold(user: User, role: Role) -> None:
    """Whether this role goes together with the roles the user holds. Raises NotPossible when it does not."""
    if role not in ASSIGNABLE:
        raise NotPossible("Deze rol is alleen voor werk dat de klok begint.")
    for held in RoleAssignment.objects.held().filter(user=user):
        if frozenset({role, Role(held.role)}) in EXCLUDES:
            raise NotPossible("Wie beheert, heeft geen regie. Deze twee rollen gaan niet samen.")


def check_fits(role: Role, level: Level | None, municipality: Municipality | None) -> None:
    """A deelnemer sits at one table; a regisseur LJA belongs to one municipality."""
    if role in NEEDS_LEVEL and level is None:
        raise NotPossible("Een deelnemer zit aan een tafel: kies JPP, LJA of PGA.")
    if role in NEEDS_MUNICIPALITY and municipality is None:
        raise NotPossible("Een regisseur LJA hoort bij een gemeente: kies een gemeente.")


def check_can_be_invited(user: User) -> None:
    """A link needs an address and somebody who may come in."""
    if not user.is_active:
        raise NotPossible("Deze gebruiker is uitgeschakeld. Schakel de gebruiker eerst in.")
    if not user.email:
        raise NotPossible("Vul eerst het e-mailadres van het werk in. Daarheen gaat de uitnodiging.")


def check_can_be_contact(user: User, partner: Partner) -> None:
    if user.partner_id != partner.pk or not user.is_active:
        raise NotPossible("Kies iemand van deze organisatie die kan inloggen.")


def check_can_be_issuer(issuer: str) -> None:
    """Only over https, but for a provider on this machine in the demo."""
    parts = urlsplit(issuer)
    is_local = settings.DEMO_MODE and parts.hostname in ("localhost", "127.0.0.1")
    if parts.scheme != "https" and not is_local:
        raise NotPossible("Het adres van de inlogdienst begint met https://.")
