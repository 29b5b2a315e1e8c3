"""Settings that are right on a developer's machine and wrong before real people."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt

LOCAL = {"localhost", "127.0.0.1", "[::1]", "::1", "testserver"}
EXAMPLE = "example.nl"  # what stands in for an address as long as nobody gave one


def problems() -> list[CheckMessage]:
    """Everything that is not as it must be."""
    return [*_modes(), *_address(), *_cookies(), *_work(), *_mail(), *_limits()]


def _modes() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error(
            "DEBUG staat aan: bij een fout staan dan code en gegevens op het scherm.",
            hint="Haal de omgevingsvariabele DEBUG weg.",
            id="ijap.E001",
        )
    if settings.DEMO_MODE:
        yield Error(
            "DEMO_MODE staat aan: de demo-accounts hebben een bekend wachtwoord en er is geen https.",
            hint="Zet DEMO_MODE=0.",
            id="ijap.E002",
        )
    if getattr(settings, "MFA_REQUIRED", True) is not True:
        yield Error(
            "De tweede stap bij het inloggen is niet verplicht.",
            hint="Zet MFA_REQUIRED=1.",
            id="ijap.E003",
        )


def _address() -> Iterator[CheckMessage]:
    base = urlsplit(settings.BASE_URL)
    if base.scheme != "https" or not base.hostname or base.hostname in LOCAL:
        yield Error(
            f"BASE_URL is {settings.BASE_URL}: dat is geen https-adres dat anderen kunnen openen.",
            hint="Zet BASE_URL op het adres van de site, zoals https://ijap.uw-gemeente.nl.",
            id="ijap.E010",
        )
    elif base.hostname not in settings.ALLOWED_HOSTS:
        yield Error(
            "De naam in BASE_URL staat niet in ALLOWED_HOSTS: dan antwoordt de site niet.",
            hint=f"Zet {base.hostname} in ALLOWED_HOSTS.",
            id="ijap.E011",
        )
    if any("*" in host or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        yield Error(
            "ALLOWED_HOSTS laat elke naam toe: een vreemde kan dan links naar zijn eigen site laten maken.",
            hint="Noem in ALLOWED_HOSTS alleen de naam van de site en localhost (voor de gezondheidscontrole).",
            id="ijap.E012",
        )


def _cookies() -> Iterator[CheckMessage]:
    cookies = {
        settings.SESSION_COOKIE_NAME: settings.SESSION_COOKIE_SECURE and settings.SESSION_COOKIE_HTTPONLY,
        settings.CSRF_COOKIE_NAME: settings.CSRF_COOKIE_SECURE and settings.CSRF_COOKIE_HTTPONLY,
    }
    for name, is_closed in cookies.items():
        if not (is_closed and name.startswith("__Host-")):
            yield Error(
                f"De cookie {name} kan over een open lijn gaan of door een script worden gelezen.",
                hint="Zet DEMO_MODE=0; zet in ijap/settings.py geen andere waarden voor cookies.",
                id="ijap.E020",
            )
    if settings.SECURE_HSTS_SECONDS < 31_536_000 or not settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        yield Error(
            "De browser wordt niet gezegd dat deze site alleen met https werkt (HSTS).",
            hint="Zet DEMO_MODE=0.",
            id="ijap.E021",
        )


def _work() -> Iterator[CheckMessage]:
    if (settings.CELERY_TASK_SERIALIZER, settings.CELERY_ACCEPT_CONTENT) != ("json", ["json"]):
        yield Error(
            "De rij van taken neemt meer aan dan json: wie bij Redis kan, kan dan code uitvoeren.",
            hint='Zet in ijap/settings.py CELERY_TASK_SERIALIZER en CELERY_ACCEPT_CONTENT op alleen "json".',
            id="ijap.E030",
        )


def _mail() -> Iterator[CheckMessage]:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield Error(
            "Er gaat geen mail de deur uit.",
            hint="Zet EMAIL_URL, zoals smtp+tls://naam:wachtwoord@mail.uw-gemeente.nl:587.",
            id="ijap.E040",
        )
    for name, value in {
        "FROM_EMAIL": settings.DEFAULT_FROM_EMAIL,
        "SECURITY_CONTACT": settings.SECURITY_CONTACT,
    }.items():
        if EXAMPLE in value or not value:
            yield Error(
                f"{name} is nog een voorbeeld.",
                hint=f"Zet {name} op een adres van uw organisatie dat gelezen wordt.",
                id="ijap.E041",
            )


def _limits() -> Iterator[CheckMessage]:
    most = {"OPENED_SOON": 60, "OPENED_DAY": 200, "SEARCHED_SOON": 30, "SEARCHED_DAY": 150}
    for name, usual in most.items():
        if not 0 < getattr(settings, name) <= 2 * usual:
            yield Doubt(
                f"{name} is {getattr(settings, name)}: daarmee merkt niemand dat iemand dossiers verzamelt.",
                hint=f"Gewoon is {usual}. Zet {name} hooguit op het dubbele.",
                id="ijap.W050",
            )
