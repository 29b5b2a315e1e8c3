"""A database per size, filled once and kept as long as migrations and filling stay the same."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from psycopg.conninfo import conninfo_to_dict


@contextmanager
def filled_with(youths: int, say: Callable[[str], Any]) -> Iterator[str]:
    """Look at the database with this many youths; fill it first when it is not there yet."""
    superuser = os.environ.get("DATABASE_SUPERUSER_URL")
    if not superuser:
        raise CommandError("Meten heeft een eigen cluster nodig: start met ./run bench.")
    name = f"ijap_bench_{youths}_{_fingerprint()}"
    before = connections.settings["default"]["NAME"]
    with psycopg.connect(superuser, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            _drop_older(connection, youths)
            say(f"  database met {youths} jongeren vullen …")
            _make(connection, superuser, name + "_half")
            look_at(name + "_half")
            call_command("migrate", database="owner", verbosity=0)
            call_command("seed_scale", youths=youths)
            _close()
            # Only a database that was filled to the end gets the name that is looked for.
            connection.execute(f'ALTER DATABASE "{name}_half" RENAME TO "{name}"')
    application = connections.settings["default"]["USER"]
    look_at(name)
    # The measurement becomes the application's role, or one that no lock binds, with SET ROLE.
    connections.settings["default"]["USER"] = conninfo_to_dict(superuser)["user"]
    try:
        yield name
    finally:
        connections.settings["default"]["USER"] = application
        look_at(before)


@contextmanager
def copy_of(name: str) -> Iterator[str]:
    """A copy of this database to write in for real, by other processes too; thrown away afterwards."""
    copy, superuser = f"{name}_copy", os.environ["DATABASE_SUPERUSER_URL"]
    look_at("postgres")  # nobody may look at a database that is copied
    with psycopg.connect(superuser, dbname="postgres", autocommit=True) as outside:
        outside.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        outside.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}" OWNER ijap_owner')
        look_at(copy)
        try:
            yield copy
        finally:
            look_at(name)
            outside.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def look_at(name: str) -> None:
    """Let every alias look at this database."""
    _close()
    for alias in connections:
        connections.settings[alias]["NAME"] = name


def _close() -> None:
    for alias in connections:
        connections[alias].close()
        close_pool = getattr(connections[alias], "close_pool", None)
        if close_pool:
            close_pool()


def _make(connection: psycopg.Connection[Any], superuser: str, name: str) -> None:
    connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    connection.execute(f'CREATE DATABASE "{name}" OWNER ijap_owner')
    rights = Path(settings.BASE_DIR, "docker", "postgres-database.sql").read_text()
    with psycopg.connect(superuser, dbname=name, autocommit=True) as inside:
        inside.execute(rights)


def _drop_older(connection: psycopg.Connection[Any], youths: int) -> None:
    """Fillings of this size by earlier code."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"ijap_bench_{youths}\\_%"]
    ).fetchall()
    for (name,) in rows:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _fingerprint() -> str:
    """Changes when a migration, its SQL or the filling changes."""
    root = Path(settings.BASE_DIR)
    files = [
        *root.glob("*/migrations/*.py"),
        *root.glob("*/sql/*.sql"),
        root / "ijap/seeds/scale.py",
        root / "ijap/seeds/words.py",
    ]
    files.append(root / "foundation" / "rls.py")
    seen = hashlib.sha256()
    for path in sorted(files):
        seen.update(path.read_bytes())
    return seen.hexdigest()[:10]
