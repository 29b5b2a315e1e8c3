"""Requests no browser of ours sends: unknown ids, wrong methods, no token, strange bodies and headers."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.bad_input.browser import DOORS, SIMPLE, address, address_with, filled, is_ours, post, problem_of
from tests.bad_input.corpus import BAD, NOT_THERE, PLACES
from tests.doors import ANYBODY

PEOPLE = ("regisseur", "agent", "beheerder", "nobody")
TOKENLESS = "Dit formulier is verlopen"
LOGGED_OUT = {"accounts:login", "cases:signal_edit"}  # these answer also without a login


def sent(client, method, url, body="", kind=SIMPLE, **more):
    with transaction.atomic():
        answer = client.generic(method, url, body, kind, **more)
        transaction.set_rollback(True)
    return answer


def takes_post(name):
    """Whether this address is there to send to: asked with a method that none of them takes."""
    return "POST" in ALLOWED[name]


ALLOWED = {}


@pytest.fixture(autouse=True)
def allowed(shared_world, client_of):
    if not ALLOWED:
        client = client_of("fg")
        for name in DOORS:
            answer = sent(client, "PUT", address(name, shared_world))
            ALLOWED[name] = set(answer.get("Allow", "").split(", "))


# --- addresses -----------------------------------------------------------------------------------
@pytest.mark.parametrize("who", PEOPLE)
def test_an_unknown_record_is_not_there(who, undone, client_of):
    client, wrong = client_of(who), []
    for name, door in DOORS.items():
        url = address_with(name, undone, NOT_THERE)
        if url is None:
            continue
        answer = sent(client, door.method, url)
        is_open = door.ok == ANYBODY  # a link from a mail: its own page says what is wrong with it
        wanted = {404} if is_open else {302} if who == "nobody" else {403, 404}
        words = {404: "" if is_open else "Deze pagina is er niet", 403: "U mag dit niet doen"}.get(
            answer.status_code, ""
        )
        if answer.status_code not in wanted or words not in answer.content.decode():
            wrong.append(f"{door.method} {name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("bad", ["1", "%00", "%ff", "..", "{uuid}0", "' or 1=1"])
def test_an_id_that_is_none_is_not_there(bad, undone, client_of):
    client, wrong = client_of("regisseur"), []
    for name in DOORS:
        url = address_with(name, undone, NOT_THERE)
        if url is None:
            continue
        answer = sent(client, "GET", url.replace(str(NOT_THERE), bad.replace("{uuid}", str(NOT_THERE)), 1))
        if answer.status_code != 404 or "Deze pagina is er niet" not in answer.content.decode():
            wrong.append(f"{name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


# --- methods -------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS", "VERZIN"])
def test_a_method_the_page_does_not_know(method, undone, client_of):
    client, wrong = client_of("regisseur"), []
    for name in DOORS:
        if method in ALLOWED[name]:
            continue
        answer = sent(client, method, address(name, undone))
        is_told = "via de knop" in answer.content.decode() and answer.get("Allow")
        if answer.status_code != 405 or not is_told:
            wrong.append(f"{name}: {answer.status_code} {answer.get('Allow')}")
    assert not wrong, "\n".join(wrong)


def test_most_addresses_say_what_they_take():
    assert sum("POST" in allowed for allowed in ALLOWED.values()) > 40
    assert all(allowed & {"GET", "POST"} for allowed in ALLOWED.values()), ALLOWED


# --- the token -----------------------------------------------------------------------------------
# A server calls here, without a cookie; the signature is the proof: tests/accounts/test_partner_login.py.
SIGNED = {"accounts:partner_logout"}


@pytest.mark.parametrize("token", [None, "x" * 64, "é\0"])
def test_without_the_right_token_nothing_happens(token, shared_world, regie_forms, fingerprint):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(User.objects.get(username="regisseur"))
    client.get("/signalen/nieuw/")  # a cookie, as every browser of ours has
    before, wrong = fingerprint(), []
    for name in DOORS.keys() - SIGNED:
        url, form = regie_forms.get(name, (address(name, shared_world), {}))
        answers = filled(form)
        answers.pop("csrfmiddlewaretoken", None)
        if token is not None:
            answers["csrfmiddlewaretoken"] = token
        answer = post(client, url, answers)
        if answer.status_code != 403 or TOKENLESS not in answer.content.decode():
            wrong.append(f"{name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert fingerprint() == before


# --- query strings -------------------------------------------------------------------------------
FILTERS = ("niveau", "gemeente", "stand", "wie", "thema", "aard", "persoon", "organisatie", "soort",
           "uitkomst", "van", "tot", "jongere", "gebied", "periode", "breed", "jaar", "wacht", "alles",
           "next", "bewaar")  # fmt: skip
LISTS = [name for name, door in DOORS.items() if name.endswith("_list") and is_ours(name, door)]
ASKING = [
    *LISTS,
    "home",
    "reports:chart",
    "reports:summary_download",
    "meetings:document",
    "cases:case_detail",
]


@pytest.mark.parametrize("who", ["regisseur", "fg"])
def test_a_place_in_a_list_that_is_none(who, undone, client_of):
    client, wrong = client_of(who), []
    lists = [name for name in LISTS if who in DOORS[name].ok]
    for turn, name in enumerate(lists):
        for place, (label, value) in enumerate(PLACES.items()):
            word = ("na", "voor")[(turn + place) % 2]
            answer = client.get(address(name, undone), {word: value})
            if answer.status_code != 200:
                wrong.append(f"{name} {word} {label}: {problem_of(answer)}")
    assert lists
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["regisseur", "beheerder", "fg"])
def test_filters_nobody_offered(who, undone, client_of):
    client, wrong = client_of(who), []
    for turn, name in enumerate([name for name in ASKING if who in DOORS[name].ok]):
        for label, bad in list(BAD.items())[turn % 2 :: 2]:
            answer = client.get(address(name, undone), dict.fromkeys(FILTERS, bad))
            if answer.status_code not in (200, 400, 404):
                wrong.append(f"{name} {label}: {problem_of(answer)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["regisseur", "beheerder", "fg"])
def test_one_filter_at_a_time(who, undone, client_of):
    """Beside answers that cannot be read, one that can be is not used at all: so each alone."""
    client, wrong, tried = client_of(who), [], 0
    for name in [name for name in LISTS if who in DOORS[name].ok]:
        url = address(name, undone)
        page = client.get(url).content.decode()
        for word in [word for word in FILTERS if f'name="{word}"' in page]:
            for label in ("first day", "last day", "huge", "uuid", "digits", "script", "list"):
                answer = client.get(url, {word: BAD[label]})
                tried += 1
                if answer.status_code not in (200, 400, 404):
                    wrong.append(f"{name} {word} {label}: {problem_of(answer)}")
    assert tried > 10
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("query", ["%", "%00=%00", "&&&===", "a" * 20_000, "\ufffd=%ff%fe", "a[]=1&a[b]=2"])
def test_questions_that_are_none(query, undone, client_of):
    answer = client_of("regisseur").get(f"/dossiers/?{query}")
    assert answer.status_code == 200
    assert client_of("nobody").get(f"/inloggen/?{query}").status_code == 200


def test_too_many_questions(undone, client_of):
    answer = client_of("regisseur").get("/dossiers/?" + "a=1&" * 600)
    assert answer.status_code == 400
    assert "Wij begrijpen de aanvraag niet" in answer.content.decode()


# --- bodies --------------------------------------------------------------------------------------
PART = b"--x\r\nContent-Disposition: form-data; name="
MULTIPART = "multipart/form-data; boundary=x"
UNREADABLE = {
    "broken": (b"--x\r\nrubbish", "multipart/form-data; boundary="),
    "no boundary": (b"--x--", "multipart/form-data"),
    "long boundary": (b"x", "multipart/form-data; boundary=" + "x" * 300),
    "odd boundary": (b"x", "multipart/form-data; boundary=\xe9"),
    "many fields": (b"a=1&" * 600, SIMPLE),
    "many parts": (b"".join(PART + b'"a%d"\r\n\r\n1\r\n' % i for i in range(600)) + b"--x--", MULTIPART),
    "many files": (
        b"".join(PART + b'"a%d"; filename="a"\r\n\r\n1\r\n' % i for i in range(200)) + b"--x--",
        MULTIPART,
    ),
    "codec": (PART + b'"text"\r\n\r\nabc\r\n--x--', f"{MULTIPART}; charset=hex"),
    "other encoding": (b"a=1", f"{SIMPLE}; charset=utf-16"),
}
# Not what a form sends, but to be read or left alone: a form without answers.
STRANGE = {
    "no encoding": (b"a=1", f"{SIMPLE}; charset=verzonnen"),
    "base64": (PART + b'"a"\r\nContent-Transfer-Encoding: base64\r\n\r\n=a=\xff\r\n--x--', MULTIPART),
    "json": (b'{"a": 1}', "application/json"),
    "broken json": (b"{", "application/json"),
    "text": (b"\xff\xfe", "text/plain"),
    "nothing": (b"", ""),
    "half": (PART + b'"text"\r\n\r\nafgebr', MULTIPART),
    "file for text": (PART + b'"text"; filename="../../x.exe"\r\n\r\nMZ\x00\r\n--x--', MULTIPART),
    "utf-16": (PART + b'"text"\r\n\r\n\x00a\xd8\r\n--x--', f"{MULTIPART}; charset=utf-16"),
    "utf-7": (PART + b'"text"\r\n\r\n+ADw-script+AD4-\r\n--x--', f"{MULTIPART}; charset=utf-7"),
    "bytes": (b"text=%ff%fe&version=%ed%a0%80", SIMPLE),
}


def posted(who, client, world, body, kind, turn=0):
    """To one address in twelve; which ones differs per test. Reading a body is done in one place for all."""
    names = [name for name in DOORS if takes_post(name) and name != "accounts:logout"]
    for name in names[turn % 12 :: 12] if who != "nobody" else sorted(LOGGED_OUT):
        yield name, sent(client, "POST", address(name, world), body, kind)


@pytest.mark.parametrize("who", ["regisseur", "nobody"])
@pytest.mark.parametrize("kind", [SIMPLE, MULTIPART])
def test_a_body_that_is_too_large(kind, who, undone, client_of):
    start = b"text=" if kind == SIMPLE else PART + b'"text"\r\n\r\n'
    body = start + b"x" * 1_100_000 + b"\r\n--x--"
    for name, answer in posted(who, client_of(who), undone, body, kind):
        assert answer.status_code == 413, name
        assert "te groot" in answer.content.decode(), name


@pytest.mark.parametrize("who", ["regisseur", "nobody"])
@pytest.mark.parametrize("what", UNREADABLE)
def test_a_body_that_cannot_be_read(what, who, undone, client_of):
    for name, answer in posted(
        who, client_of(who), undone, *UNREADABLE[what], turn=list(UNREADABLE).index(what)
    ):
        assert answer.status_code == 400, name
        assert "Wij begrijpen de aanvraag niet" in answer.content.decode(), name


@pytest.mark.parametrize("who", ["regisseur", "nobody"])
@pytest.mark.parametrize("what", STRANGE)
def test_a_body_that_is_no_form(what, who, undone, client_of):
    for name, answer in posted(who, client_of(who), undone, *STRANGE[what], turn=list(STRANGE).index(what)):
        assert answer.status_code < 500, f"{name}: {problem_of(answer)}"


# --- headers -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "kwaad.example"},
        {"HTTP_HOST": "local\0host"},
        {"HTTP_X_FORWARDED_HOST": "kwaad.example"},
        {"HTTP_REFERER": "http://[", "HTTP_ORIGIN": "null"},
        {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[", "HTTP_HX_TARGET": "\xff\0"},
        {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": "true", "HTTP_HX_TRIGGERING_EVENT": "{"},
        {"HTTP_ACCEPT": ";;;q=x,/", "HTTP_ACCEPT_LANGUAGE": "x" * 9000, "HTTP_ACCEPT_ENCODING": ",,"},
        {"HTTP_COOKIE": "session=\xff; csrf==; ;;=; __Host-session=%00"},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "veel"},
        {"HTTP_IF_MODIFIED_SINCE": "gisteren", "HTTP_RANGE": "bytes=9-1", "HTTP_X_REQUESTED_WITH": "\0"},
        {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
    ],
)  # fmt: skip
def test_headers_nobody_sends(headers, undone, client_of):
    for who in ("regisseur", "nobody"):
        client = client_of(who)
        for method, name in (("GET", "cases:case_list"), ("POST", "meetings:item_note"), ("GET", "accounts:login"), ("POST", "cases:signal_add")):  # fmt: skip
            answer = sent(client, method, address(name, undone), "text=x", **headers)
            assert answer.status_code < 500, f"{name}: {problem_of(answer)}"
            assert "kwaad" not in answer.content.decode() + str(answer.headers)


# --- a session that ended ------------------------------------------------------------------------
def test_who_was_logged_out_is_sent_to_log_in_and_nothing_is_stored(shared_world, regie_forms, fingerprint):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="regisseur"))
    client.session.flush()
    before, wrong = fingerprint(), []
    for name, (url, form) in regie_forms.items():
        answer = post(client, url, filled(form))
        if answer.status_code != 302 or not answer["Location"].startswith("/inloggen/?next=/"):
            wrong.append(f"{name}: {answer.status_code} {answer.get('Location')}")
    assert not wrong, "\n".join(wrong)
    assert fingerprint() == before


def test_a_signal_typed_without_session_comes_back_on_the_screen(undone, client_of):
    url = reverse("cases:signal_edit", args=[undone.draft.uuid])
    typed = {"observed": "Een lang verhaal <b>", "first_name": "Sem"}
    answer = sent_form(client_of("nobody"), url, typed)
    assert answer.status_code == 401
    assert "Een lang verhaal &lt;b&gt;" in answer.content.decode()
    answer = sent_form(client_of("nobody"), url, typed, HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()) == (401, {"reason": "U bent uitgelogd."})
    # Of a record that is not there, the same: nothing is looked up.
    url = reverse("cases:signal_edit", args=[NOT_THERE])
    assert sent_form(client_of("nobody"), url, typed).status_code == 401


def sent_form(client, url, answers, **more):
    with transaction.atomic():
        return post(client, url, answers, **more)


ELSEWHERE = ["//kwaad.example", "https://kwaad.example", "/\\kwaad.example", "\\\\kwaad.example", "javascript:kwaad()",
             "http:kwaad.example", "///kwaad.example", "\t//kwaad.example", "https:/\\kwaad.example",
             "/\u200b/kwaad.example", "/\0/kwaad.example", "//testserver@kwaad.example", "data:text/html,kwaad"]  # fmt: skip


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_after_logging_in_one_stays_with_us(elsewhere, undone, client_of):
    user = User.objects.get(username="agent")
    user.set_password("een lang wachtwoord om te proberen")
    user.save(update_fields=["password"])
    client = client_of("nobody")
    assert "kwaad" not in client.get("/inloggen/", {"next": elsewhere}).content.decode()
    said = {"username": "agent", "password": "een lang wachtwoord om te proberen", "next": elsewhere}
    answer = client.post("/inloggen/", said)
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.full
@pytest.mark.parametrize("method", ["DELETE", "PATCH", "TRACE", "HEAD", "CONNECT"])
def test_more_methods_the_page_does_not_know(method, undone, client_of):
    client = client_of("regisseur")
    answers = {name: sent(client, method, address(name, undone)).status_code for name in DOORS}
    assert set(answers.values()) == {405}, answers
