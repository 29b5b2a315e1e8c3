"""Are the locks on the log still on it? Asked of the database's own catalogue."""

from collections.abc import Iterator

from django.db import connections

_TABLES = """
SELECT c.oid::regclass::text FROM pg_class c
 WHERE c.oid IN ('audit_event'::regclass, 'audit_seal'::regclass)
    OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'audit_event'::regclass)
 ORDER BY 1
"""
_TRIGGERS = """
SELECT t.tgrelid::regclass::text, t.tgname FROM pg_trigger t
  JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE t.tgname IN ('never_changed', 'never_emptied') AND t.tgenabled IN ('O', 'A') AND p.proname = 'audit_refuse'
   AND p.prosrc LIKE '%RAISE EXCEPTION%'
"""
_SECURITY = "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = 'audit_event'::regclass"
_RIGHTS = """
SELECT w.table_name || ' ' || w.privilege FROM (
  SELECT t::text AS table_name, p AS privilege
    FROM unnest(ARRAY['audit_event', 'audit_seal']) t, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) p
  UNION ALL SELECT 'audit_seal', 'INSERT') w
 WHERE has_table_privilege('ijap_app', w.table_name, w.privilege)
"""


def problems_of_guards(alias: str) -> list[str]:
    """What is not as it must be, in Dutch; nothing when all is well."""
    return list(_problems(alias))


def _problems(alias: str) -> Iterator[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(_TRIGGERS)
        present = set(cursor.fetchall())
        cursor.execute(_SECURITY)
        (is_secured,) = cursor.fetchone() or (False,)
        cursor.execute(_RIGHTS)
        too_much = [words for (words,) in cursor.fetchall()]
    for table in tables:
        for name in ("never_changed", "never_emptied"):
            if (table, name) not in present:
                yield f"Tabel {table}: de trigger {name} ontbreekt of staat uit."
    if not is_secured:
        yield "Tabel audit_event: de rijbeveiliging staat uit."
    for words in too_much:
        yield f"De applicatie heeft een recht te veel: {words}."
