"""How a told signal shows itself: openly, masked until somebody asks for it, or as its source corrected it."""

from dataclasses import dataclass, field

from django.urls import reverse

from accounts.roles import DataClass
from cases.models import Correction, CorrectionKind, ToldSignal

BADGES = {
    CorrectionKind.WITHDRAWN: ("Teruggenomen door de bron", "warning"),
    CorrectionKind.CORRECTED: ("Verbeterd door de bron", "warning"),
}


@dataclass(frozen=True)
class Telling:
    """Badges, and the text with what stood there before, or the address that shows them: never both."""

    badges: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""
    struck: str = ""
    reveal_url: str = ""


def standing_of(signal: ToldSignal) -> Correction | None:
    """What its source says of it now. Of a row from `queries.with_corrections`."""
    return next((one for one in signal.all_corrections if one.replaced_at is None), None)


def told_text(signal: ToldSignal, *, shows_earlier: bool) -> Telling:
    """What a list shows of it. `shows_earlier`: this reader had the text that was not right."""
    standing = standing_of(signal)
    badges = [BADGES[CorrectionKind(standing.kind)]] if standing else []
    if signal.is_masked:
        label = DataClass(signal.data_class).label.capitalize()
        url = reverse("cases:told_signal_detail", args=[signal.uuid])
        return Telling([(label, "negative"), *badges], reveal_url=url)
    text, struck = words_of(signal, shows_earlier=shows_earlier)
    return Telling(badges, text, struck)


def words_of(signal: ToldSignal, *, shows_earlier: bool) -> tuple[str, str]:
    """What counts now, and what stood there before, for who had read that."""
    standing = standing_of(signal)
    if standing is None:
        return signal.text, ""
    because = f": {standing.reason}" if standing.reason else ""
    if standing.kind == CorrectionKind.WITHDRAWN:
        text = f"De bron nam dit terug{because}"
    elif standing.text:
        text = standing.text
    else:
        text = f"Volgens de bron klopt dit niet{because}\nDe juiste tekst volgt van de regisseur."
    return text, signal.text if shows_earlier else ""
