"""Canaries: every protected text carries a token, and nobody meets a token that is not theirs.

For every person of the cast all pages that can be reached are opened: from the home page along every
link, and every door of the house. What the database lets a person read is what may appear, in body,
headers, file names and the text of PDFs. Then each of the two locks is broken on purpose, and the
other must hold.
"""

import contextlib
import io
import re
from collections import Counter
from html.parser import HTMLParser

import pypdf
import pytest
from django.core import mail
from django.db import connections, models
from django.test import Client
from django.urls import reverse

from access.models import compartments
from accounts.models import User
from foundation.scope import acting_as, protected_tables
from tests import cast, world
from tests.conftest import own_database
from tests.doors import ANYBODY, all_doors
from tests.test_house import OURS

TOKEN = re.compile(r"KANARIE-([a-z]+)-(\d+)-X")
PLACES = {"access.Participation": ["reason"], "access.Grant": ["reason"]}
PROTECTED = [m for m in OURS if m._meta.db_table in protected_tables()]
NEVER = {"sha256", "content"}  # derived, not typed by anybody
MOST_PAGES = 250


def text_columns(model):
    """Free text: what people type, not closed lists and not what code derives."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and field.name not in NEVER and (field.max_length or 999) >= 40:
            yield field.column


def mark():
    """Put the token of its row in every protected text. Returns how many texts carry one."""
    marked = 0
    with connections["bulk"].cursor() as cursor:
        for model in PROTECTED:
            for column in text_columns(model):
                token = f"'KANARIE-{model._meta.model_name}-' || id || '-X '"
                cursor.execute(
                    f"UPDATE {model._meta.db_table} SET {column} = left({token} || {column}, 200) WHERE {column} <> ''"
                )
                marked += cursor.rowcount
    return marked


def entitled(person):
    """The rows the database shows this person, by (model, id)."""
    with acting_as(person):
        return {
            (model._meta.model_name, pk)
            for model in PROTECTED
            for pk in model.objects.values_list("pk", flat=True)
        }


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if (
                name in ("href", "src", "hx-get")
                and value
                and value.startswith("/")
                and not value.startswith("/static/")
            ):
                self.found.add(value.split("#")[0])


def text_of(answer):
    """Everything somebody gets to see: headers, body, and the text inside a PDF."""
    headers = " ".join(f"{k}: {v}" for k, v in answer.headers.items())
    if answer.headers.get("Content-Type", "").startswith("application/pdf"):
        pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
        # A glyph that a font lacks comes out with a NUL before every letter.
        return headers + " ".join(p.extract_text() for p in pages).replace("\0", "").replace("\n", "")
    return headers + answer.content.decode("utf-8", "replace")


def crawl(person, made):
    """Open everything this person can reach. Returns the tokens met and how many pages were opened."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    doors = [d for d in all_doors().items() if d[1].method == "GET" and d[1].ok != ANYBODY]
    waiting = ["/", *(reverse(name, kwargs=door.kwargs(made)) for name, door in doors)]
    seen, tokens, statuses = set(), set(), Counter()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        statuses[answer.status_code] += 1
        assert answer.status_code < 500, f"{person.username} {path}: {answer.status_code}"
        text = text_of(answer)
        tokens |= {(model, int(pk)) for model, pk in TOKEN.findall(text)}
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code == 200:
            links = Links()
            links.feed(text)
            waiting += sorted(links.found - seen)
    return tokens, statuses


@pytest.fixture(scope="module")
def canaries(django_db_setup, django_db_blocker):
    """The world of the doors, with the tokens put in before its PDFs are made."""
    with own_database(django_db_blocker):
        made = world.gather(before_documents=mark)
        assert mark() > 40
        yield made


@pytest.mark.parametrize("name", cast.PEOPLE)
def test_nobody_meets_a_token_that_is_not_theirs(name, canaries):
    person = User.objects.get(username=name)
    mine = entitled(person)
    met, statuses = crawl(person, canaries)
    assert met - mine == set()
    assert statuses[200] > 0


def test_the_canaries_are_really_there(canaries):
    """The crawl would find what is shown: regie meets tokens of many kinds, an outsider none."""
    met, _ = crawl(User.objects.get(username="regisseur"), canaries)
    assert len({model for model, _ in met}) >= 6, {model for model, _ in met}
    met, _ = crawl(User.objects.get(username="lja_kerkrade"), canaries)
    assert met == set()
    met, _ = crawl(User.objects.get(username="beheerder"), canaries)
    assert met == set()


OUTSIDERS = ["agent", "haltmedewerker", "mentor", "lja_kerkrade", "manager", "beheerder", "fg"]


@contextlib.contextmanager
def without_row_security():
    with connections["owner"].cursor() as cursor:
        for table in protected_tables():
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    try:
        yield
    finally:
        with connections["owner"].cursor() as cursor:
            for table in protected_tables():
                cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


@pytest.mark.parametrize("name", OUTSIDERS)
def test_the_first_lock_holds_when_the_second_is_broken(name, canaries):
    person = User.objects.get(username=name)
    mine = entitled(person)
    with without_row_security():
        met, _ = crawl(person, canaries)
    assert met - mine == set()


@pytest.mark.parametrize("name", OUTSIDERS)
def test_the_second_lock_holds_when_the_first_is_broken(name, canaries, monkeypatch):
    person = User.objects.get(username=name)
    mine = entitled(person)
    monkeypatch.setattr(compartments, "readable_by", lambda model, keys: models.Q())
    met, _ = crawl(person, canaries)
    assert met - mine == set()


def test_with_both_locks_broken_the_canaries_are_met(canaries, monkeypatch):
    """The proof of the proofs: without locks this test sees what must not be seen."""
    person = User.objects.get(username="haltmedewerker")
    mine = entitled(person)
    monkeypatch.setattr(compartments, "readable_by", lambda model, keys: models.Q())
    with without_row_security():
        met, _ = crawl(person, canaries)
    assert met - mine


def test_no_mail_holds_a_canary(canaries):
    from cases.tasks import remind_owners

    mail.outbox = []
    remind_owners()
    for message in mail.outbox:
        assert not TOKEN.search(f"{message.subject} {message.body} {message.to}")
