"""What leaves the house: headers on every answer, text that stays text, fields that nobody may set."""

from datetime import datetime
from html.parser import HTMLParser
from uuid import UUID

import pytest
from django.db import connections, models, transaction

from accounts.models import Municipality, Partner, User
from foundation.scope import acting_as, protected_tables
from meetings.models import Meeting, Series
from tests.bad_input.browser import DOORS, address, filled, forms_of, post, problem_of
from tests.bad_input.corpus import MODEL_FIELDS, NOT_THERE
from tests.conftest import own_database
from tests.test_canary import Links, text_columns
from tests.test_house import OURS

NAMES = ("Sem", "Fictief", "Noor", "Testjongere", "Voorbeeld", "Politie", "Agent")


# --- headers -------------------------------------------------------------------------------------
def faults_of(answer):
    """What is missing from, or too much in, the headers of this answer."""
    policy = answer.get("Content-Security-Policy", "")
    if answer.get("Cache-Control") != "no-store":
        yield "may be kept"
    if "default-src 'none'" not in policy or "unsafe" in policy or "*" in policy or "http" in policy:
        yield f"policy {policy!r}"
    if (answer.get("X-Content-Type-Options"), answer.get("X-Frame-Options")) != ("nosniff", "DENY"):
        yield "sniff or frame"
    if answer.get("Referrer-Policy") != "same-origin" or "Cookie" not in answer.get("Vary", ""):
        yield "referrer or vary"
    if "Server" in answer or "X-Powered-By" in answer:
        yield "says what it is made of"
    told = answer.get("Content-Disposition", "") + answer.get("Location", "")
    if any(name in told for name in NAMES):
        yield f"a name in {told}"


@pytest.mark.parametrize("who", ["regisseur", "agent", "beheerder", "nobody"])
def test_every_answer_has_safe_headers(who, shared_world, client_of):
    """All doors, so also the PDFs, the pictures and the refusals; and what is not there."""
    client, wrong, kinds = client_of(who), [], set()
    urls = [
        (door.method, address(name, shared_world)) for name, door in DOORS.items() if "logout" not in name
    ]
    strange = [
        ("PUT", "/"),
        ("GET", "/bestaat/niet/"),
        ("GET", "/dossiers"),
        ("GET", "/static/bestaat-niet.js"),
    ]
    for method, url in [*urls, *strange]:
        with transaction.atomic():
            answer = client.generic(method, url)
            transaction.set_rollback(True)
        kinds.add(answer.get("Content-Type", "").split(";")[0])
        wrong += [f"{method} {url}: {answer.status_code} {fault}" for fault in faults_of(answer)]
    assert not wrong, "\n".join(wrong)
    assert "application/pdf" in kinds or who in ("beheerder", "nobody")


def test_refused_bodies_and_hosts_have_safe_headers(undone, client_of):
    for who in ("regisseur", "nobody"):
        client = client_of(who)
        for answer, status in (
            (client.post("/inloggen/", "a=" + "x" * 1_100_000, "application/x-www-form-urlencoded"), 413),
            (client.post("/inloggen/", b"rubbish", "multipart/form-data; boundary="), 400),
            (client.get("/inloggen/", HTTP_HOST="kwaad.example"), 400),
        ):
            assert answer.status_code == status
            assert not list(faults_of(answer)), (status, list(faults_of(answer)))


def test_our_own_mistake_has_safe_headers_and_tells_nothing(undone, client_of, monkeypatch):
    def fall(*args, **kwargs):
        raise RuntimeError("KANARIE geheim")

    monkeypatch.setattr("cases.views.case_lists.page_of", fall)
    answer = client_of("regisseur").get("/dossiers/")
    assert answer.status_code == 500
    assert not list(faults_of(answer))
    assert "KANARIE" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    assert "Er ging bij ons iets mis" in answer.content.decode()


# --- text stays text -----------------------------------------------------------------------------
ATTACK = "\"'><img src=x onerror=a()><script>b()</script>{{ 7*7 }}"
OPEN_TEXTS = (Partner, User, Municipality, Meeting, Series)
KEPT = {"password", "username", "email", "code", "sha256", "content", "key"}


@pytest.fixture(scope="module")
def hostile(world_made, django_db_blocker):
    """The world, with an attack in every text anybody can have typed."""
    name, made = world_made
    with own_database(django_db_blocker, like=name, kind="hostile"):
        with connections["bulk"].cursor() as cursor:
            for model in [m for m in OURS if m._meta.db_table in protected_tables()] + list(OPEN_TEXTS):
                fields = {f.column: f for f in model._meta.concrete_fields}
                for column in [c for c in text_columns(model) if c not in KEPT]:
                    length = fields[column].max_length or 2000
                    unique = "id::text || " if fields[column].unique or model in OPEN_TEXTS else ""
                    cursor.execute(
                        f"UPDATE {model._meta.db_table} SET {column} = left({unique}%s || {column}, {length}) WHERE {column} <> ''",
                        [ATTACK],
                    )
        yield made


class Injected(HTMLParser):
    """Tags and attributes that none of our templates has."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        at = {name: value or "" for name, value in attributes}
        if at.get("src") == "x" or (tag == "script" and not at.get("src", "").startswith("/static/")):
            self.found.append((tag, at))
        self.found += [
            (tag, name) for name in at if name.startswith(("on", "hx-on")) or name in ("style", "srcdoc")
        ]
        self.found += [(tag, v) for v in at.values() if v.strip().lower().startswith(("javascript:", "//"))]


@pytest.mark.parametrize("who", ["regisseur", "agent", "mentor", "beheerder", "fg"])
def test_what_people_typed_stays_text(who, hostile, client_of):
    client = client_of(who)
    waiting = ["/", *(address(name, hostile) for name, door in DOORS.items() if door.method == "GET")]
    seen, attacked, wrong = set(), 0, []
    while waiting and len(seen) < 120:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        answer = client.get(url)
        assert answer.status_code < 500, f"{url}: {problem_of(answer)}"
        if answer.get("Content-Type", "").split(";")[0] not in ("text/html", "image/svg+xml"):
            continue
        text = answer.content.decode()
        attacked += "onerror=" in text
        wrong += [f"{url}: {found}" for found in Injected(text).found]
        wrong += [url] if "<img src=x" in text or "<script>b()" in text or ">49<" in text else []
        links = Links()
        links.feed(text)
        waiting += sorted(links.found - seen)
    assert not wrong, "\n".join(wrong[:20])
    assert attacked > 1, "no page showed the attack at all"


def test_an_attack_would_be_seen():
    assert Injected(f"<p>{ATTACK}</p>").found
    assert Injected("<a href='javascript:x'>").found


@pytest.mark.parametrize("who", ["regisseur", "wijkagent"])
def test_an_attack_in_a_form_comes_back_as_text(who, shared_world, client_of):
    """Also in the answer to the form itself: the errors, the text that stays, the page after."""
    client = client_of(who)
    for name, (url, form) in forms_of(client, shared_world).items():
        attack = ATTACK + "</textarea><script>b()</script>"
        answers = {n: v if form[n].kind == "hidden" else [attack] for n, v in filled(form).items()}
        with transaction.atomic():
            answer = post(client, url, answers)
            transaction.set_rollback(True)
        if answer.get("Content-Type", "").startswith("text/html"):
            assert not Injected(answer.content.decode()).found, name


# --- fields nobody may set -----------------------------------------------------------------------
# Sealed twice is two different seals, so what is sealed is left out as well.
STABLE = (models.ForeignKey, models.UUIDField, models.DateTimeField, models.AutoField, models.BinaryField)
FIXED = (User, Partner, Municipality)
# These name what was just made: another number each time.
NUMBERED = {"audit.Event", "jobs.Job", "accounts.Invitation"}


def plain(value):
    return None if isinstance(value, datetime | UUID) else value


def snapshot(person):
    """All rows this person can see, without ids and moments, which differ from one try to the next."""
    found = {}
    with acting_as(person):
        for model in [m for m in OURS if m._meta.label not in NUMBERED]:
            fields = [
                f.attname
                for f in model._meta.concrete_fields
                if f.name != "password"
                and (not isinstance(f, STABLE) or (f.is_relation and f.related_model in FIXED))
            ]
            rows = [[plain(v) for v in row] for row in model.objects.values_list(*fields)]
            found[model._meta.label] = sorted(map(str, rows))
    return found


EVIL = {
    "is_superuser": "1", "is_staff": "1", "is_active": "0", "level": "3", "state": "accepted", "version": "99",
    "readers": ["1", "-1"], "excluded": "{1}", "keys": "{1}", "data_class": "police", "kind": "case",
    "compartment": "1", "compartment_id": "1", "within": "1", "author": "1", "id": "1", "pk": "1",
    "uuid": str(NOT_THERE), "sender": "1", "sender_partner": "1", "agreed_by": "1", "closed_at": "2026-01-01",
    "valid_until": "2026-01-01", "until": "2026-12-31", "municipality": "1", "role": "beheerder",
    "by": "1", "groups": "1", "user_permissions": "1", "password": "x", "is_password_temporary": "0",
    "_state": "x", "__class__": "x", "partner_id": "1", "case_id": "1", "youth_id": "1",
}  # fmt: skip


@pytest.mark.parametrize("who", ["regisseur", "beheerder"])
def test_fields_that_are_not_in_the_form_change_nothing(who, shared_world, client_of):
    client, person, wrong = client_of(who), User.objects.get(username=who), []
    for name, (url, form) in forms_of(client, shared_world).items():
        answers = filled(form)
        extra = dict.fromkeys(MODEL_FIELDS, "1") | EVIL
        extra = {k: v for k, v in extra.items() if k not in form and (name, k) not in OPTIONAL}
        results = []
        for sent in (answers, extra | answers):
            with transaction.atomic():
                status = post(client, url, sent).status_code
                results.append((status, snapshot(person)))
                transaction.set_rollback(True)
        (status, without), (status_with, with_extra) = results
        changed = [label for label in without if without[label] != with_extra[label]]
        if changed or status != status_with:
            wrong.append(f"{name}: {status} {status_with} {changed}")
    assert not wrong, "\n".join(wrong)


# Fields of these forms that a page leaves out when they do not fit.
OPTIONAL = {("cases:triage_accept", "role")}
