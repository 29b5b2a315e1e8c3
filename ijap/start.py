"""May this process answer people? Asked once, before it does."""

import time

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from ijap.checks import database, keys, site

# Cheap enough for every start. Everything else is for `check --deploy`.
AT_START = {
    "ijap.E001",
    "ijap.E003",
    "ijap.E012",
    "ijap.E020",
    "ijap.E030",
    "ijap.E060",
    "ijap.E061",
    "ijap.E063",
    "ijap.E065",
}
ROLE = (101, 102)


def refuse_unsafe() -> None:
    """Do not start with DEBUG, without keys, or as a role of the database that may too much.

    The demo is let through: it has made-up data, says so on every page, and `bootstrap` refuses it.
    """
    if settings.DEMO_MODE:
        return
    found = [m for m in (*site.problems(), *keys.problems()) if m.id in AT_START]
    found += _role_problems()
    if found:
        lines = "\n".join(f"- {message.msg} {message.hint}" for message in found)
        raise ImproperlyConfigured(f"Deze site start niet:\n{lines}")


def _role_problems() -> list[CheckMessage]:
    """As who we are known to the database. It may still be starting itself: then it is asked again."""
    until = time.monotonic() + settings.START_SECONDS
    while True:
        try:
            return [m for q in database.QUESTIONS if q.number in ROLE for m in database.ask(q)]
        except DatabaseError as error:
            if time.monotonic() > until:
                raise ImproperlyConfigured(
                    "Deze site start niet: de database geeft geen antwoord."
                ) from error
            time.sleep(1)
        finally:
            connections["default"].close()
