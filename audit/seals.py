"""The newest link of the chain: what goes into the foot of every paper and, each hour, out of the house."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from audit.models import Event, Seal

SHORT = 16


@dataclass(frozen=True)
class Newest:
    """A seal as it is written down elsewhere: its number and the beginning of its link."""

    number: int
    link: str
    sealed_at: datetime

    @property
    def short(self) -> str:
        return f"{self.number}-{self.link[:SHORT]}"


def newest() -> Newest | None:
    """The last seal; none on the first minute of a new house."""
    found = Seal.objects.order_by("-number").first()
    return Newest(found.number, bytes(found.link).hex(), found.sealed_at) if found else None


def unsealed_since(limit: timedelta) -> datetime | None:
    """Since when rows wait for a seal longer than they should; None when the clock seals. For who reads the log."""
    last = Seal.objects.order_by("-number").values_list("to_transaction", flat=True).first() or 0
    waiting = Event.objects.filter(transaction_id__gte=last, at__lt=timezone.now() - limit)
    found: datetime | None = waiting.order_by("transaction_id").values_list("at", flat=True).first()
    return found


def newest_short() -> str:
    """The newest seal in the words for the foot of a paper."""
    found = newest()
    return found.short if found else ""
