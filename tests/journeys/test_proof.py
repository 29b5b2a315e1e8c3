"""A stranger with a paper, in a real browser: the file is compared without being sent, and also without scripts."""

import hashlib
import os

import pytest
from django.urls import reverse

from accounts.models import User
from foundation.pdf import render_pdf
from foundation.scope import acting_as
from tests import cast
from tests.factories import meetings as factory
from tests.journeys.conftest import run_axe


@pytest.fixture(scope="module")
def paper(site):
    regie = User.objects.get(username="regisseur")
    content = render_pdf("<html><body><h1>Verslag</h1></body></html>", title="Verslag")
    with acting_as(regie):
        return factory.stored_paper(by=regie, partner=cast.partners()["politie"], content=content)


@pytest.fixture(scope="module")
def files(paper, tmp_path_factory):
    """The paper as somebody has it, and one in which somebody changed a byte."""
    folder = tmp_path_factory.mktemp("bestanden")
    for name, content in (("echt", bytes(paper.content)), ("anders", bytes(paper.content) + b" ")):
        (folder / f"{name}.pdf").write_bytes(content)
    return folder


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def stranger(request, chromium, site):
    context = chromium.new_context(locale="nl-NL", java_script_enabled=request.param)
    page = context.new_page()
    page.has_scripts = request.param
    page.sent = []
    page.on("request", lambda asked: page.sent.append(asked) if asked.method == "POST" else None)
    yield page
    context.close()


def picture(page, name):
    if folder := os.environ.get("PICTURES"):
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


@pytest.mark.parametrize(("name", "answer"), [("echt", "Echt"), ("anders", "Niet echt")])
def test_a_file_is_compared(stranger, site, paper, files, name, answer):
    stranger.goto(site.url + reverse("meetings:proof_find"))
    stranger.get_by_label("Controlecode").fill(paper.code.lower().replace("-", " "))
    stranger.get_by_role("button", name="Controleer").click()
    assert stranger.url.endswith(f"/echt/{paper.code}/")
    stranger.get_by_label("Het bestand").set_input_files(files / f"{name}.pdf")
    stranger.get_by_role("button", name="Vergelijk het bestand").click()
    stranger.get_by_role("heading", name=answer, exact=True).wait_for()
    [asked] = stranger.sent
    print_of_it = hashlib.sha256((files / f"{name}.pdf").read_bytes()).hexdigest()
    if (
        stranger.has_scripts
    ):  # only the fingerprint left the browser; of a file that is sent the browser shows nothing
        assert print_of_it in (asked.post_data or "")
    else:
        assert asked.headers["content-type"].startswith("multipart/form-data")
    if stranger.has_scripts:
        assert run_axe(stranger) == []
        picture(stranger, f"echt-{name}")
