"""What happens around every request."""

import pytest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import include, path

from access.models import Compartment
from audit.log import record
from audit.models import Event
from cases.events import CaseEvent
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from ijap.middleware import UnrecordedRead
from tests.factories.access import compartment


def silent(request):
    return HttpResponse(Compartment.objects.visible_to(request.user).count())


def spoken(request):
    record(CaseEvent.CASES_LISTED, by=request.user)
    return silent(request)


def absent(request):
    get_object_or_404(Compartment.objects.visible_to(request.user), pk=0)


def refuse(request):
    compartment(by=request.user)
    raise NotAllowed("U mag dit niet omdat het een proef is.")


def impossible(request):
    raise NotPossible("Nu niet.")


def echo(request):
    return HttpResponse(request.POST.get("tekst", "") + request.GET.get("q", ""))


urlpatterns = [
    path("", include("ijap.urls")),
    path("stil/", silent, name="silent"),
    path("gezegd/", spoken, name="spoken"),
    path("weg/", absent, name="absent"),
    path("nee/", refuse, name="refuse"),
    path("nu-niet/", impossible, name="impossible"),
    path("echo/", echo, name="echo"),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def me(client, regisseur):
    client.force_login(regisseur)
    return client


def refusals(fg):
    with acting_as(fg):
        return [(e.outcome, e.details["page"]) for e in Event.objects.filter(kind="request.refused")]


def test_a_page_that_read_and_recorded_nothing_is_not_sent(me, regisseur):
    with acting_as(regisseur):
        compartment(by=regisseur)
    with pytest.raises(UnrecordedRead):
        me.get("/stil/")
    me.raise_request_exception = False
    assert me.get("/stil/").status_code == 500
    assert me.get("/gezegd/").content == b"1"


def test_what_is_not_there_is_logged(me, fg):
    assert me.get("/weg/").status_code == 404
    assert refusals(fg) == [("not_found", "absent")]


def test_a_refusal_undoes_its_request_shows_its_reason_and_is_logged(me, regisseur, fg):
    answer = me.get("/nee/")
    assert answer.status_code == 403
    assert "omdat het een proef is" in answer.content.decode()
    with acting_as(regisseur):
        assert not Compartment.objects.exists()
    assert refusals(fg) == [("refused", "refuse")]


def test_not_now_is_409(me, fg):
    answer = me.get("/nu-niet/")
    assert (answer.status_code, "Nu niet." in answer.content.decode()) == (409, True)
    assert refusals(fg) == [("not_possible", "impossible")]


@pytest.mark.parametrize("text", ["a\x00b", "a\u200bb", "a\u202eb", "a\ufeffb", "a\u2066b"])
def test_characters_nobody_sees_are_taken_out(me, text):
    assert me.post("/echo/", {"tekst": text}).content == b"ab"
    assert me.get("/echo/", {"q": text}).content == b"ab"


def test_joiners_and_foreign_letters_stay(me):
    text = "Yılmaz Şahin Łukasz a\u200db"
    assert me.post("/echo/", {"tekst": text}).content.decode() == text


def test_a_body_that_is_too_large_gets_413(me):
    answer = me.post("/echo/", {"tekst": "x" * 1_100_000}, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (200, 413)
    answer = me.post("/echo/", "tekst=" + "x" * 1_100_000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "te groot" in answer.content.decode()


def test_a_broken_body_gets_400(me):
    answer = me.post("/echo/", b"--x\r\nrubbish", content_type="multipart/form-data; boundary=")
    assert answer.status_code == 400


def test_headers_of_every_answer(client, me):
    for answer in (client.get("/gezond/"), me.get("/weg/"), me.get("/echo/")):
        assert answer["Cache-Control"] == "no-store"
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"


def test_a_form_without_token_is_refused(regisseur):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(regisseur)
    answer = strict.post("/echo/", {"tekst": "x"})
    assert answer.status_code == 403
    assert "Dit formulier is verlopen" in answer.content.decode()
