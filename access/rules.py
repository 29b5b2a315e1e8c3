"""What is possible with reading, whoever asks."""

from accounts.models import Partner, PartnerKind
from accounts.roles import DataClass
from foundation.errors import NotPossible


def check_may_receive(partner: Partner, data_class: int, *, is_recipient: bool) -> None:
    """Police data go to the police itself and to who is named in a valid decision (Wpg art. 20)."""
    if data_class == DataClass.WPG and partner.kind != PartnerKind.POLICE and not is_recipient:
        raise NotPossible(
            f"{partner} staat niet als ontvanger in een geldig besluit politiegegevens (Wpg artikel 20)."
        )


def check_cleared(is_cleared: bool, data_class: int) -> None:
    """Access by name passes no class that the person is not cleared for."""
    if not is_cleared:
        raise NotPossible(f"Deze persoon heeft geen bevoegdheid voor {DataClass(data_class).label}.")


def check_not_secret(data_class: int) -> None:
    """No organisation takes part in what is secret: a person is named, or nobody."""
    if data_class == DataClass.GEHEIM:
        raise NotPossible("Geheime gegevens deelt u met één persoon op naam, nooit met een organisatie.")
