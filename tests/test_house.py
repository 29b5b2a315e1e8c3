"""The house tests itself: lists that must be complete, and habits that must hold."""

import ast
import inspect
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from foundation.scope import protected_tables

ROOT = Path(__file__).parent.parent
FLOORS = (
    "foundation",
    "audit",
    "jobs",
    "accounts",
    "access",
    "cases",
    "meetings",
    "reports",
    "retention",
    "oversight",
    "ijap",
)
MODULES = sorted(
    p for floor in (*FLOORS, "tools") for p in (ROOT / floor).rglob("*.py") if "migrations" not in p.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OURS = [m for m in apps.get_models() if m._meta.app_label in FLOORS]

# Tables without readers, each with the reason that no row of it says anything about a youth.
UNPROTECTED = {
    "audit_event": "the log: has its own lock, see audit/sql/log.sql",
    "audit_seal": "numbers and digests; made by a function of the database only, see audit/sql/seals.sql",
    "audit_term": "a number of years",
    "jobs_job": "ids only; what a job makes is protected where it is stored",
    "jobs_heartbeat": "one moment",
    "accounts_municipality": "the seven municipalities",
    "accounts_partner": "organisations",
    "accounts_user": "professionals",
    "accounts_roleassignment": "roles of professionals",
    "accounts_clearance": "professionals, and which class they may read",
    "access_policedecision": "decisions of the police, without a person in them",
    "access_policerecipient": "organisations",
    "accounts_invitation": "links for professionals",
    "cases_measurekind": "the catalogue: what can be imposed or offered",
    "cases_ruleterm": "numbers of days",
    "cases_levelregime": "what a level allows",
    "cases_levelcriterion": "what a level asks",
    "cases_lifearea": "names of parts of life",
    "cases_agelimit": "ages in law",
    "cases_savedview": "words of closed lists and days; read by its maker only, see cases 0060_finding",
    "cases_caseexport": "professionals, and why; has its own lock, see cases 0060_finding",
    "meetings_calendarnotice": "professionals, and which version of a meeting they were sent",
    "cases_convenantkind": "kinds of organisations",
    "cases_finderthreshold": "numbers",
    "accounts_changenotice": "that a professional must hear of a change of their own login",
    "accounts_identityprovider": "where professionals of an organisation log in",
    "meetings_closingday": "days",
    "meetings_series": "the rhythm of meetings",
    "meetings_standingparticipant": "organisations",
    "meetings_meeting": "moments; what is discussed is in the items",
    "meetings_slot": "nameless rows: a number and a time",
    "meetings_attendance": "organisations and professionals",
    "meetings_topic": "how partners work together; no person, and the database keeps youths out of such a meeting",
    "meetings_deputy": "professionals",
    "meetings_absence": "that a professional does not come to a meeting, and not why",
    "oversight_flag": "about professionals; has its own lock, see oversight/sql/oversight.sql",
    "oversight_paper": "the papers of the privacy officer; has its own lock, see oversight/sql/oversight.sql",
    "oversight_reviewline": "roles of professionals",
    "oversight_reviewround": "quarters",
    "oversight_threshold": "numbers",
    "reports_figure": "counts",
    "reports_summary": "a PDF of suppressed counts",
    "retention_retentionterm": "numbers of months, and where they come from",
    "retention_proposal": "numbers that outlive what they name; has its own lock, see retention/sql/due.sql",
    "retention_approval": "professionals; has its own lock, see retention/sql/due.sql",
    "retention_certificate": "numbers and professionals; has its own lock, see retention/sql/due.sql",
    "retention_signaltrace": "numbers, months and municipalities",
}


def relative(path):
    return str(path.relative_to(ROOT))


# --- tables ---------------------------------------------------------------------------------------
def test_every_table_is_protected_or_says_why_not():
    tables = {m._meta.db_table for m in OURS}
    assert tables - protected_tables() == set(UNPROTECTED), "protect the table, or name it with a reason"


def test_protected_tables_have_forced_row_security_and_a_compartment(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        forced = {name for (name,) in cursor.fetchall()}
    assert protected_tables() <= forced
    for model in OURS:
        if model._meta.db_table in protected_tables() and model._meta.label != "access.Compartment":
            column = "content_object" if model._meta.label == "access.Grant" else "compartment"
            assert not model._meta.get_field(column).null, model


def test_the_application_can_neither_delete_nor_truncate_what_is_protected(db):
    deletable = {"access_grant"}  # guardian honours every row; history stands in access_endedgrant
    for table in protected_tables() | {"audit_event"}:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT has_table_privilege('ijap_app', %s, 'DELETE'), has_table_privilege('ijap_app', %s, 'TRUNCATE')",
                [table, table],
            )
            assert cursor.fetchone() == (table in deletable, False), table


def test_nobody_logs_in_as_one_who_may_do_everything(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname LIKE 'ijap%%'"
        )
        roles = {name: rights for name, *rights in cursor.fetchall()}
    assert roles["ijap_app"] == [False, False, True]
    assert roles["ijap_live"] == [False, False, True]
    assert roles["ijap_owner"] == [False, False, True]
    assert roles["ijap_bulk"] == [False, True, True]
    assert roles["ijap_readers"] == [False, True, False]
    assert roles["ijap_count"] == [False, True, False]
    assert roles["ijap_seal"] == [False, False, False]
    assert roles["ijap_watch"] == [False, True, False]
    assert roles["ijap_destroyer"] == [False, True, False]


def test_functions_that_see_everything_have_a_fixed_search_path(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
            " WHERE prosecdef AND n.nspname = 'public' AND NOT coalesce(proconfig::text, '') LIKE '%%search_path=%%'"
        )
        assert cursor.fetchall() == []


def test_every_moment_with_a_person_has_its_pair_constraint():
    """`x_at` with `x_by`: both or neither, where they can be empty."""
    for model in OURS:
        fields = {f.name: f for f in model._meta.fields}
        checks = " ".join(str(c.condition) for c in model._meta.constraints if hasattr(c, "condition"))
        for name, field in fields.items():
            word = name.removesuffix("_at")
            if name.endswith("_at") and field.null and f"{word}_by" in fields:
                assert f"{word}_at" in checks, f"{model._meta.label}.{name} has no pair constraint"


# --- code -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_modules_and_functions_stay_short(path):
    source = path.read_text()
    assert source.count("\n") <= 500, "a room that is full becomes a folder"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 50, f"{node.name} is too long"


@pytest.mark.parametrize("path", [p for p in MODULES if p.stat().st_size], ids=relative)
def test_every_module_has_a_door_sign(path):
    assert ast.get_docstring(ast.parse(path.read_text())), "line 1 says what this room is"


def operations():
    for path in MODULES:
        room = path.relative_to(ROOT).parts
        if path.name == "operations.py" or "operations" in room:
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield pytest.param(path, node, id=f"{relative(path)}:{node.name}")


NOT_BY_A_PERSON = {"register", "run"}  # jobs: wiring, and the worker that acts for who asked


@pytest.mark.parametrize(("path", "node"), list(operations()))
def test_operations_are_keyword_only_and_have_an_actor(path, node):
    if node.name in NOT_BY_A_PERSON:
        return
    assert not node.args.args, f"{node.name} takes positional arguments"
    assert "by" in {a.arg for a in node.args.kwonlyargs}, f"{node.name} has no `by`"


def test_tasks_are_told_ids_only():
    """What goes through the queue is a number; everything else is looked up, in scope, when the work is done."""
    from ijap.celery import app

    ours = [task for name, task in app.tasks.items() if name.split(".")[0] in FLOORS]
    assert len(ours) >= 8
    for task in ours:
        words = [w for w in inspect.signature(task.run).parameters if w != "self"]
        assert all(w.endswith("_id") or w == "months" for w in words), f"{task.name} is told {words}"


def event_words():
    for path in (p for p in MODULES if p.name == "events.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef):
                for line in node.body:
                    if isinstance(line, ast.Assign):
                        yield node.name, line.targets[0].id, line.value.value


def test_every_event_word_is_written_somewhere_and_is_unique():
    sources = "\n".join(p.read_text() for p in MODULES if p.name != "events.py")
    words = list(event_words())
    values = [value for _, _, value in words]
    assert len(values) == len(set(values))
    unused = [f"{enum}.{name}" for enum, name, _ in words if f"{enum}.{name}" not in sources]
    assert unused == [], "the log promises a word that nobody writes"
    for value in values:
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", value), value


# The drawing is ours, made from numbers and escaped words by one module.
DRAWS_ITSELF = {"foundation/chart_engine.py"}
FORBIDDEN_CODE = {
    r"\.raw\(|\.extra\(": "raw queries pass the first lock by",
    r"except Exception(?!.*#)|except:": "only a task's outermost line catches everything, and says why",
    r"get_objects_for_user": "lists are made with visible_to",
    r"mark_safe|\|safe\b": "user text is text",
    r"@receiver|post_save|pre_save": "no hidden reactions",
    r"\bSET (SESSION )?ijap\.": "scopes are local to their transaction",
}


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_forbidden_ways(path):
    source = path.read_text()
    for pattern, why in FORBIDDEN_CODE.items():
        if why == "user text is text" and relative(path) in DRAWS_ITSELF:
            continue
        assert not re.search(pattern, source), f"{relative(path)}: {why}"


def test_protected_rows_are_reached_through_visible_to_in_views():
    """A view starts at `visible_to`: no manager of a protected model is used without it."""
    names = {m.__name__ for m in OURS if getattr(m, "is_protected", False)}
    bare = re.compile(rf"\b({'|'.join(sorted(names))})\.objects\.(?!visible_to)")
    for path in MODULES:
        if path.name == "views.py" or "views" in path.relative_to(ROOT).parts:
            assert not bare.search(path.read_text()), f"{relative(path)} passes visible_to by"


# --- templates ------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_templates_decide_nothing(path):
    source = path.read_text()
    assert source.count("\n") <= 120, "too long"
    assert not re.search(r"\.objects\b|\bperms\b|\.role\b|has_perm|is_superuser", source), (
        "a template asks no role"
    )
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S", source), "no inline script"
    assert not re.search(r"\sstyle=|\son[a-z]+=|\|safe\b|autoescape off", source), (
        "no inline style or handler"
    )


def test_every_template_is_used():
    sources = "\n".join(p.read_text() for p in [*MODULES, *TEMPLATES])
    by_django = {"400.html", "403.html", "404.html", "500.html"}
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        if name in by_django or name.startswith(("django/", "components/", "errors/", "socialaccount/")):
            continue
        assert name in sources, f"{name} is used nowhere"


# --- words ----------------------------------------------------------------------------------------
def test_every_model_role_and_permission_is_in_the_glossary():
    from accounts.roles import Permission, Role

    glossary = (ROOT / "docs" / "glossary.md").read_text()
    words = [m.__name__ for m in OURS] + [r.name for r in Role] + [p.name for p in Permission]
    missing = [w for w in words if f"`{w}`" not in glossary]
    assert missing == [], "one line each in docs/glossary.md"


def test_the_project_speaks_of_itself_only():
    """No numbering, path or address of elsewhere."""
    foreign = re.compile(
        r"\.\./shared|/work/|files\.pythonhosted|registry\.npmjs|pypi\.org/simple|deb\.debian\.org"
    )
    for path in [
        *MODULES,
        *TEMPLATES,
        *(ROOT / "docs").rglob("*.md"),
        *ROOT.glob("*.md"),
        *ROOT.glob("*.lock"),
    ]:
        assert not foreign.search(path.read_text()), relative(path)
