"""The keys: are they there, are they keys, and are they not those of the demo?"""

import base64
import binascii
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Warn
from django.utils import timezone

from foundation.signatures import NoCertificate, check_certificate

KEY_BYTES = 32
SOON = timedelta(days=30)
# Settings that hold a list of base64 keys, the newest first.
LISTS = ("FIELD_ENCRYPTION_KEYS",)


def problems() -> list[CheckMessage]:
    """Missing keys, keys that are none, and keys that somebody else knows."""
    return [
        *_secret_key(),
        *(message for name in LISTS if hasattr(settings, name) for message in _list(name)),
        *_certificate(),
    ]


def _secret_key() -> Iterator[CheckMessage]:
    key = settings.SECRET_KEY
    if len(key) < 50 or len(set(key)) < 10 or key.startswith("django-insecure-"):
        yield Error(
            "SECRET_KEY is te kort of te makkelijk te raden.",
            hint=f"Maak er een met: {HOW_TEXT}",
            id="ijap.E060",
        )
    if _is_of_the_demo(key):
        yield _known("SECRET_KEY", HOW_TEXT)


def _list(name: str) -> Iterator[CheckMessage]:
    keys = list(getattr(settings, name))
    if not keys:
        yield Error(
            f"{name} ontbreekt.",
            hint=f"Maak een sleutel met: {HOW_KEY} en geef hem als {name}, of als bestand met {name}_FILE.",
            id="ijap.E061",
        )
    if len(set(keys)) != len(keys):
        yield Error(f"{name} noemt een sleutel twee keer.", hint="Haal er een weg.", id="ijap.E062")
    for place, key in enumerate(keys, start=1):
        if not is_key(key):
            yield Error(
                f"{name}: sleutel {place} is geen willekeurige sleutel van {KEY_BYTES} bytes in base64.",
                hint=f"Maak er een met: {HOW_KEY}",
                id="ijap.E063",
            )
        if _is_of_the_demo(key):
            yield _known(name, HOW_KEY)


def _certificate() -> Iterator[CheckMessage]:
    """A site may do without one; one that does not sign would say so only when somebody asks for minutes."""
    if not settings.SIGNING_CERTIFICATE and not settings.SIGNING_KEY:
        return
    try:
        until = check_certificate(settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY)
    except NoCertificate as reason:
        hint = "Geef beide in PEM, de sleutel zonder wachtwoord, of laat beide leeg (docs/beheer.md)."
        yield Error(f"SIGNING_CERTIFICATE ondertekent niet: {reason}.", hint=hint, id="ijap.E065")
        return
    if until < timezone.now() + SOON:
        hint = "Vraag een nieuw certificaat aan, of laat SIGNING_CERTIFICATE en SIGNING_KEY leeg."
        text = f"Het certificaat waarmee verslagen worden ondertekend, geldt tot {until:%d-%m-%Y}."
        yield Warn(text, hint=hint, id="ijap.W066")


HOW_TEXT = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
HOW_KEY = 'python3 -c "import base64, os; print(base64.b64encode(os.urandom(32)).decode())"'


def is_key(text: str) -> bool:
    """Thirty-two bytes in base64 that do not look made up."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(raw) == KEY_BYTES and len(set(raw)) > 10


def _is_of_the_demo(key: str) -> bool:
    """`./run` keeps the keys of the demo in .local/, where everybody who works here reads them."""
    kept = Path(settings.BASE_DIR, ".local").glob("*key*")
    return bool(key) and any(key in path.read_text(errors="replace") for path in kept if path.is_file())


def _known(name: str, make: str) -> CheckMessage:
    return Error(
        f"{name} is de sleutel van de demo: die is bij anderen bekend.",
        hint=f"Maak een eigen sleutel met: {make}",
        id="ijap.E064",
    )
