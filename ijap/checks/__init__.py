"""What `check --deploy` adds to Django's own checks: is this site safe to put before real people?

Each answer says in Dutch what is wrong and what to do. `ijap/wsgi.py` asks a part of them before the web
process answers anybody, and `bootstrap` asks them all.
"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError

from ijap.checks import database, keys, site

TAG = "ijap"


@register(TAG, deploy=True)
def check_site(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Settings that must be different from those of the demo."""
    return [*site.problems(), *keys.problems()]


@register(TAG, deploy=True)
def check_database(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Roles, row security, triggers, views, functions and accounts, as the application itself sees them."""
    try:
        return database.problems()
    except DatabaseError as error:
        hint = "Controleer DATABASE_URL, en of de migraties zijn gedraaid: `bootstrap` doet dit."
        return [Error(f"De database geeft geen antwoord: {type(error).__name__}.", hint=hint, id="ijap.E100")]
