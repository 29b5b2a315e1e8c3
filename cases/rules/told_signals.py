"""How a told signal shows itself: openly, or masked until somebody asks for it."""

from django.urls import reverse

from accounts.roles import DataClass
from cases.models import ToldSignal


def told_text(signal: ToldSignal) -> tuple[list[tuple[str, str]], str, str]:
    """A badge of its class, the text, and the address that shows it: the text or the address, never both."""
    if not signal.is_masked:
        return [], signal.text, ""
    label = DataClass(signal.data_class).label.capitalize()
    return [(label, "negative")], "", reverse("cases:told_signal_detail", args=[signal.uuid])
