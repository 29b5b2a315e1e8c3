"""Questions to the database about itself: is everything that keeps rows from people still in place?

They are asked as the role of the application, from PostgreSQL's own catalogue. A question answers with the
names of what is wrong; no name is good news.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from foundation.scope import protected_tables

# The first release of each line without known holes in row security.
OLDEST = {15: 150014, 16: 160010, 17: 170006, 18: 180000}
# The owner of the tables makes the months of the log, so this function must be its own.
OF_THE_OWNER = ("audit_make_partitions",)


@dataclass(frozen=True)
class Question:
    """What to ask, and what to say when there is an answer."""

    number: int
    sql: str
    text: str
    hint: str


# Things of extensions are not ours to judge.
_TABLE = """c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
 WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"""
_DEFINER = """p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'public'
 JOIN pg_roles r ON r.oid = p.proowner
 WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') AND p.prosecdef"""

QUESTIONS = (
    Question(
        101,
        "SELECT rolname FROM pg_roles WHERE rolname = current_user"
        " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)",
        "De applicatie logt in als een rol die alles mag of langs de rijbeveiliging kijkt: {}.",
        "Laat DATABASE_URL inloggen als ijap_app, en draai docker/postgres-roles.sql.",
    ),
    Question(
        102,
        f"SELECT {_TABLE} AND c.relkind IN ('r', 'p', 'v', 'm')"
        " AND pg_has_role(current_user, c.relowner, 'MEMBER')",
        "De applicatie is eigenaar van tabellen en kan hun sloten eraf halen: {}.",
        "Laat DATABASE_URL inloggen als ijap_app. De eigenaar is ijap_owner en blijft dat.",
    ),
    Question(
        103,
        "SELECT t FROM unnest(%(locked)s::text[]) t LEFT JOIN pg_class c ON c.oid = to_regclass('public.' || t)"
        " WHERE NOT coalesce(c.relrowsecurity AND c.relforcerowsecurity, false)",
        "Op deze tabellen staat de rijbeveiliging uit: {}.",
        "Zoek uit wie dat deed. Daarna als ijap_owner: ALTER TABLE … ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY.",
    ),
    Question(
        104,
        "SELECT t FROM unnest(%(locked)s::text[]) t WHERE NOT EXISTS (SELECT FROM pg_policies p WHERE p.schemaname = 'public'"
        " AND p.tablename = t AND 'ijap_app' = ANY (p.roles) AND p.cmd IN ('ALL', 'SELECT'))",
        "Deze tabellen hebben geen regel die zegt wie welke rij ziet: {}.",
        "Draai de migraties opnieuw op een lege database en vergelijk; zet de regel (POLICY) terug.",
    ),
    Question(
        105,
        "SELECT tablename || '.' || policyname FROM pg_policies p WHERE schemaname = 'public' AND tablename = ANY"
        " (%(locked)s::text[]) AND roles && ARRAY['ijap_app', 'public']::name[] AND cmd <> 'INSERT' AND permissive = 'PERMISSIVE'"
        " AND coalesce(qual, 'true') !~ 'app_keys|audit_keys|access_compartment|ijap\\.keys'",
        "Deze regels laten rijen zien zonder naar de sleutels van de lezer te kijken: {}.",
        "Zoek uit wie dat deed en verwijder de regel: DROP POLICY … ON ….",
    ),
    Question(
        106,
        "SELECT c.relname || '.' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND NOT t.tgisinternal AND t.tgenabled NOT IN ('O', 'A')",
        "Deze triggers staan uit: {}.",
        "Zoek uit wie dat deed. Daarna: ALTER TABLE … ENABLE TRIGGER …, en `./run manage verify_audit`.",
    ),
    Question(
        107,
        "SELECT wanted.t || '.' || wanted.name FROM unnest(%(trigger_tables)s::text[], %(trigger_names)s::text[]) AS wanted (t, name)"
        " WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = to_regclass('public.' || wanted.t)"
        " AND t.tgname = wanted.name)",
        "Deze triggers zijn er niet meer: {}.",
        "Zoek uit wie dat deed. Zet ze terug uit access/sql, audit/sql en foundation/rls.py, en reken de lezers na.",
    ),
    Question(
        108,
        "SELECT i.inhrelid::regclass::text FROM pg_inherits i WHERE i.inhparent = to_regclass('public.audit_event')"
        " AND (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = i.inhrelid"
        " AND t.tgname IN ('never_changed', 'never_emptied')) < 2",
        "Deze maanden van het logboek zijn te wijzigen of te legen: {}.",
        "Zet de triggers never_changed en never_emptied terug (audit/sql/log.sql) en zoek uit wie ze weghaalde.",
    ),
    Question(
        109,
        f"SELECT {_TABLE} AND (c.relkind = 'm' OR (c.relkind = 'v'"
        " AND NOT coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false)))",
        "Deze views kijken met de ogen van hun eigenaar, langs de rijbeveiliging: {}.",
        "Maak de view met (security_invoker = true), of haal hem weg.",
    ),
    Question(
        110,
        f"SELECT {_DEFINER}"
        " AND coalesce(p.proconfig::text, '') NOT LIKE '%%search_path=pg_catalog, public, pg_temp%%'",
        "Deze functies kijken met de ogen van hun eigenaar, zonder vast zoekpad: {}.",
        "Zet erbij: SET search_path = pg_catalog, public, pg_temp.",
    ),
    Question(
        111,
        f"SELECT {_DEFINER} AND r.rolcanlogin AND p.proname <> ALL (%(of_the_owner)s::text[])",
        "Deze functies kijken met de ogen van een rol waarmee men kan inloggen: {}.",
        "Geef ze aan een rol zonder login: ALTER FUNCTION … OWNER TO ijap_readers.",
    ),
    Question(
        112,
        "SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolbypassrls AND NOT rolsuper AND rolname LIKE 'ijap\\_%%'",
        "Met deze rol kan men inloggen en alle rijen zien; hij is alleen voor verzonnen gegevens: {}.",
        "Als beheerder van PostgreSQL: ALTER ROLE ijap_bulk NOLOGIN. `bootstrap` doet dit als het kan.",
    ),
    Question(
        113,
        "SELECT id::text FROM accounts_user WHERE is_superuser OR is_staff",
        "Er zijn accounts die alles mogen; nummers: {}.",
        "Zoek uit wie dat deed en zet is_superuser en is_staff uit.",
    ),
    Question(
        114,
        "SELECT name FROM pg_settings WHERE (name IN ('fsync', 'full_page_writes') AND setting = 'off')"
        " OR (name = 'synchronous_commit' AND setting = 'off')",
        "PostgreSQL belooft te vroeg dat iets is opgeslagen; na een stroomstoring mist er tekst: {}.",
        "Zet deze instellingen in postgresql.conf op on.",
    ),
    Question(
        115,
        "SELECT t || ' ' || p FROM unnest(%(locked)s::text[]) t, unnest(ARRAY['DELETE', 'TRUNCATE', 'TRIGGER']) p"
        " WHERE to_regclass('public.' || t) IS NOT NULL AND has_table_privilege('ijap_app', 'public.' || t, p)"
        " AND NOT (t = 'access_grant' AND p = 'DELETE')",
        "De applicatie heeft rechten die zij niet nodig heeft: {}.",
        "Neem ze terug: REVOKE … ON … FROM ijap_app.",
    ),
)


def problems(using: str = "default") -> list[CheckMessage]:
    """Every question, asked over this connection, and whether the tables are those of this code."""
    told: list[CheckMessage] = [*_version(using), *_migrations(using)]
    if told:
        return told  # what comes next supposes our tables
    return [message for question in QUESTIONS for message in ask(question, using)]


def ask(question: Question, using: str = "default") -> list[CheckMessage]:
    """One question; the names of what is wrong stand in the message."""
    with connections[using].cursor() as cursor:
        cursor.execute(question.sql, _wanted())
        names = sorted({name for (name,) in cursor.fetchall()})
    if not names:
        return []
    return [Error(question.text.format(", ".join(names)), hint=question.hint, id=f"ijap.E{question.number}")]


def _wanted() -> dict[str, Any]:
    """What must be there, from the models of this code."""
    triggers = sorted(wanted_triggers())
    return {
        "locked": sorted(protected_tables() | {"audit_event"}),
        "trigger_tables": [table for table, _ in triggers],
        "trigger_names": [name for _, name in triggers],
        "of_the_owner": list(OF_THE_OWNER),
    }


def wanted_triggers() -> set[tuple[str, str]]:
    """(table, trigger): those that work out who reads a row, and those that keep the log as it was."""
    found = {("audit_event", "never_changed"), ("audit_event", "never_emptied")}
    found |= {("access_compartment", name) for name in ("start", "added", "changed")}
    for table in ("access_participation", "access_exclusion", "access_grant"):
        found |= {(table, "moved_in"), (table, "moved")}
    found.add(("access_grant", "moved_out"))
    for model in apps.get_models():
        table = model._meta.db_table
        if getattr(model, "is_listed", False) and table != "access_compartment":
            found |= {(table, "take_readers"), ("access_compartment", f"{table}_follow")}
    return found


def _version(using: str) -> list[CheckMessage]:
    number = int(connections[using].pg_version)  # type: ignore[attr-defined]
    oldest = OLDEST.get(number // 10_000, 0 if number // 10_000 > max(OLDEST) else number + 1)
    if number >= oldest:
        return []
    text = f"PostgreSQL {number // 10_000}.{number % 10_000} is te oud: er zitten bekende lekken in."
    return [Error(text, hint="Werk PostgreSQL bij naar de nieuwste uitgave van zijn lijn.", id="ijap.E120")]


def _migrations(using: str) -> list[CheckMessage]:
    executor = MigrationExecutor(connections[using])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return []
    text = f"De database hoort bij een andere versie: {len(plan)} migraties zijn nog niet gedraaid."
    return [Error(text, hint="Draai `bootstrap`, of `migrate --database=owner`.", id="ijap.E121")]
