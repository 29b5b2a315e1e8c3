"""The web server itself, over a real line: what it adds, and what it answers before our code is asked."""

import http.client
import re
import socket

import pytest

from tests.conftest import own_database
from tests.journeys.conftest import Site


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with own_database(django_db_blocker, kind="server") as name:
        running = Site(name)
        running.start("web")
        running.wait_until_it_answers()
        yield running
        running.stop("web")


def ask(site, method="GET", path="/gezond/", **headers):
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    line.request(method, path, headers=headers)
    answer = line.getresponse()
    answer.text = answer.read().decode(errors="replace")
    line.close()
    return answer


def raw(site, text):
    """What the server says to something that is no request."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(text)
        heard = b""
        while part := line.recv(65_536):
            heard += part
            if b"\r\n\r\n" in heard:
                break
    return heard.decode(errors="replace")


@pytest.mark.parametrize("path", ["/gezond/", "/inloggen/", "/er-is-niets/", "/static/css/base.css"])
def test_nothing_says_what_runs_here(site, path):
    answer = ask(site, path=path, **{"Accept-Encoding": "gzip, br"})
    told = {name.lower(): value for name, value in answer.getheaders()}
    assert not re.search(r"\d", told.get("server", "")), "no version"
    assert "x-powered-by" not in told
    assert "default-src 'none'" in told["content-security-policy"]
    if not path.startswith("/static/"):
        assert "content-encoding" not in told and "etag" not in told


def test_methods_that_echo_are_refused(site):
    for method in ("TRACE", "TRACK"):
        answer = ask(site, method, Cookie="session=geheim")
        assert answer.status == 405
        assert "geheim" not in answer.text


def test_another_host_is_refused(site):
    assert ask(site, Host="elders.example").status == 400
    assert ask(site, path="/static/css/base.css", Host="elders.example").status == 400


NO_REQUEST = {
    "rubbish": b"\x00\x01\x02\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "length and chunks": b"POST /inloggen/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "endless header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 600_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: localhost\r\n"
    + b"".join(b"X-%d: 1\r\n" % i for i in range(500))
    + b"\r\n",
}


@pytest.mark.parametrize("name", NO_REQUEST)
def test_what_is_no_request_gets_a_bare_refusal(site, name):
    """Answered before our code is asked, so without our headers; then also without a word."""
    try:
        heard = raw(site, NO_REQUEST[name])
    except (ConnectionError, TimeoutError):
        heard = ""
    status = re.match(r"HTTP/1\.1 (\d+)", heard)
    assert not heard or (status and 400 <= int(status[1]) < 500), heard[:300]
    assert not re.search(r"server: \w+\W+\d|python|hyper|/\w+\.py", heard, re.IGNORECASE), heard[:300]
    assert ask(site).status == 200
