"""The roles and the database of a new site, made with a superuser that was lent for that one time."""

import os
import re
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

ROLES = Path(settings.BASE_DIR, "docker", "postgres-roles.sql")
RIGHTS = Path(settings.BASE_DIR, "docker", "postgres-database.sql")
FICTION = "ijap_bulk"  # writes made-up data only: in real use nobody logs in as this role


def superuser_address() -> str:
    """Lent to `bootstrap` alone; no other process is told."""
    return os.environ.get("DATABASE_SUPERUSER_URL", "")


def wanted_roles() -> dict[str, tuple[bool, bool]]:
    """Each role: may it log in, may it look past row security. As docker/postgres-roles.sql makes them."""
    rows = re.findall(r"\('(ijap_\w+)',\s*'(NO)?LOGIN (NO)?BYPASSRLS'\)", ROLES.read_text())
    return {name: (not no_login, not no_bypass) for name, no_login, no_bypass in rows}


def wrong_roles() -> list[str]:
    """Roles that are missing, or that may more or less than they must."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolcanlogin, rolbypassrls, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication"
            " FROM pg_roles WHERE rolname LIKE 'ijap\\_%'"
        )
        found = {
            name: (can_login, bypasses, is_strong)
            for name, can_login, bypasses, is_strong in cursor.fetchall()
        }
    wanted = {name: (*rights, False) for name, rights in wanted_roles().items()}
    wanted[FICTION] = (False, *wanted[FICTION][1:])
    return sorted(name for name, rights in wanted.items() if found.get(name) != rights)


def prepare() -> None:
    """Roles with the passwords of our own addresses, the database, the rights on it. May run again."""
    name = settings.DATABASES["owner"]["NAME"]
    with psycopg.connect(superuser_address(), autocommit=True) as connection:
        connection.execute(ROLES.read_text().encode())
        connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(FICTION)))
        for alias in ("owner", "default"):
            _give_password(
                connection, settings.DATABASES[alias]["USER"], settings.DATABASES[alias]["PASSWORD"]
            )
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            make = sql.SQL("CREATE DATABASE {} OWNER ijap_owner")
            connection.execute(make.format(sql.Identifier(name)))
    with psycopg.connect(superuser_address(), dbname=name, autocommit=True) as connection:
        connection.execute(RIGHTS.read_text().encode())


def _give_password(connection: "psycopg.Connection[tuple[object, ...]]", role: str, password: str) -> None:
    """What travels to the server, and may stand in its log, is the hash."""
    if password:
        hashed = connection.pgconn.encrypt_password(
            password.encode(), role.encode(), b"scram-sha-256"
        ).decode()
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(hashed))
        )
