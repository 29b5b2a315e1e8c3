"""The headers of every answer there is: pages, parts, files, PDFs, redirects and errors."""

import json
import re
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import include, path, reverse

from foundation.errors import NotPossible, Refused
from tests.doors import all_doors

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}
FILE = "/static/css/base.css"


class TooMuch(Refused):
    status = 429


def broken(request):
    raise ValueError("Sem Fictief woont op /srv/geheim; SELECT * FROM cases_youth")


def impossible(request):
    raise NotPossible("Nu niet.")


def too_much(request):
    raise TooMuch("")


urlpatterns = [
    path("", include("ijap.urls")),
    path("stuk/", broken, name="broken"),
    path("nu-niet/", impossible, name="impossible"),
    path("te-veel/", too_much, name="too_much"),
]
handler400, handler403 = "ijap.errors.bad_request", "ijap.errors.permission_denied"
handler404, handler500 = "ijap.errors.not_found", "ijap.errors.server_error"
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def as_in_real_use(settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 63_072_000, True


def problems(answer, *, is_file=False):
    """What is wrong with the headers of this answer."""
    found = [name for name, value in EVERYWHERE.items() if answer.get(name) != value]
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in answer.get("Content-Security-Policy", "").split(";")
        if part
    )
    is_download = answer.get("Content-Disposition", "").startswith('attachment; filename="bijlage-')
    if (policy.pop("sandbox", None) == "") != is_download:
        found.append("sandbox")
    if policy != POLICY:
        found.append(f"policy {policy}")
    if "camera=()" not in answer.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    if is_file != ("max-age" in answer.get("Cache-Control", "")) or (
        not is_file and answer.get("Cache-Control") != "no-store"
    ):
        found.append(f"Cache-Control {answer.get('Cache-Control')}")
    forbidden = ["Server", "X-Powered-By", "Access-Control-Allow-Origin", "Content-Encoding"]
    if not is_file:
        forbidden += ["ETag", "Last-Modified"]
        found += [] if {"Cookie", "HX-Request"} <= set(answer.get("Vary", "").split(", ")) else ["Vary"]
    return found + [name for name in forbidden if name in answer]


@pytest.mark.parametrize("who", ["regisseur", "manager", "nobody"])
def test_every_address_has_every_header(who, world, client_of):
    """Asked with GET and with POST: pages, parts, PDFs, redirects, refusals, what is not there, a wrong method."""
    client, wrong, seen = client_of(who), [], set()
    for name, door in all_doors().items():
        for method in ("GET", "POST"):
            if name == "accounts:logout" and method == "POST":
                continue
            url = reverse(name, kwargs=door.kwargs(world))
            answer = client.generic(method, url, secure=True, HTTP_ACCEPT_ENCODING="gzip, br")
            seen.add((answer.status_code, answer.get("Content-Type", "").split(";")[0]))
            wrong += [f"{method} {name} {answer.status_code}: {what}" for what in problems(answer)]
    assert not wrong, "\n".join(wrong)
    if who == "regisseur":
        assert {200, 303, 400, 403, 404, 405} <= {status for status, _ in seen}
        assert (200, "application/pdf") in seen


ERRORS = {
    "another host": (400, {"path": "/", "HTTP_HOST": "elders.example"}),
    "another host, a file": (400, {"path": FILE, "HTTP_HOST": "elders.example"}),
    "no token": (403, {"path": "/nu-niet/", "method": "POST"}),
    "not there": (404, {"path": "/er-is-niets/"}),
    "no file": (404, {"path": "/static/css/niets.css"}),
    "git": (404, {"path": "/.git/HEAD"}),
    "environment": (404, {"path": "/.env"}),
    "backup": (404, {"path": "/ijap.sql.gz"}),
    "admin": (404, {"path": "/admin/"}),
    "up": (404, {"path": "/static/../ijap/settings.py"}),
    "trace": (405, {"path": "/", "method": "TRACE", "HTTP_COOKIE": "a=b"}),
    "track": (405, {"path": FILE, "method": "TRACK"}),
    "connect": (405, {"path": "/", "method": "CONNECT"}),
    "put": (405, {"path": "/inloggen/", "method": "PUT"}),
    "not now": (409, {"path": "/nu-niet/"}),
    "too much": (429, {"path": "/te-veel/"}),
    "broken": (500, {"path": "/stuk/"}),
}


def ask(client, path, method="GET", **more):
    return client.generic(method, path, secure=True, **more)


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_has_every_header_and_tells_nothing(name, regisseur):
    status, asked = ERRORS[name]
    client = Client(raise_request_exception=False, enforce_csrf_checks=name == "no token")
    client.force_login(regisseur)
    answer = ask(client, **asked)
    assert answer.status_code == status
    assert problems(answer) == []
    text = answer.content.decode()
    assert re.search(r"Kenmerk voor de beheerder: <code>[0-9a-f]{8}</code>", text), text
    assert not re.search("Fictief|SELECT|/srv|Traceback|ValueError|elders|settings|a=b", text)


def test_a_body_that_is_too_large_has_every_header(client, regisseur):
    client.force_login(regisseur)
    answer = ask(
        client,
        "/inloggen/",
        "POST",
        data="a=" + "x" * 1_100_000,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 413
    assert problems(answer) == []


def test_files_have_every_header_and_may_be_kept(db):
    for name in (FILE, "/static/favicon.svg", "/static/vendor/htmx-2.0.11/htmx.min.js"):
        answer = ask(Client(), name)
        assert answer.status_code == 200
        assert problems(answer, is_file=True) == []
        answer.close()
    kept = ask(Client(), FILE, HTTP_IF_MODIFIED_SINCE="Fri, 01 Jan 2100 00:00:00 GMT")
    assert kept.status_code == 304


def test_logging_out_empties_the_browser(client, regisseur):
    client.force_login(regisseur)
    answer = ask(client, "/uitloggen/", "POST")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert problems(answer) == []


def test_plain_http_is_sent_on_and_promises_nothing(settings, db):
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/inloggen/")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/inloggen/")
    assert "Strict-Transport-Security" not in answer
    assert answer["Cache-Control"] == "no-store"


def test_a_header_from_outside_decides_nothing(settings, db):
    """Without a proxy of ours before it, nobody can claim that the line was safe or the host another."""
    answer = Client().get("/gezond/", HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_HOST="elders.example")
    assert "Strict-Transport-Security" not in answer
    assert b"elders" not in answer.content
    assert not settings.USE_X_FORWARDED_HOST


def test_the_safety_page_for_finders(db, settings):
    answer = ask(Client(), "/.well-known/security.txt")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert problems(answer) == []
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == settings.SECURITY_CONTACT
    assert re.match(r"(mailto:|https://)", fields["Contact"])
    assert fields["Canonical"] == settings.BASE_URL.rstrip("/") + "/.well-known/security.txt"
    assert "nl" in fields["Preferred-Languages"]
    ends = time.mktime(time.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ"))
    assert 30 < (ends - time.time()) / 86_400 < 366


# --- HTMX -----------------------------------------------------------------------------------------
def test_htmx_keeps_nothing_and_runs_nothing(client, regisseur):
    client.force_login(regisseur)
    for page in (client.get("/"), Client().get("/inloggen/")):
        found = re.search(r"<meta name=\"htmx-config\" content='([^']+)'", page.content.decode())
        options = json.loads(found[1])
        wanted = {"allowEval": False, "includeIndicatorStyles": False, "selfRequestsOnly": True}
        wanted |= {"historyCacheSize": 0, "allowScriptTags": False}
        assert wanted.items() <= options.items()


def test_every_whole_page_takes_the_same_head():
    """So the settings of HTMX hold everywhere."""
    templates = Path(settings.BASE_DIR, "templates")
    for base in (
        p for p in templates.rglob("*.html") if p.read_text().startswith("<!doctype") and "pdf" not in p.parts
    ):
        assert '{% include "page/head.html" %}' in base.read_text(), base
