"""Forms as a browser finds them on our pages, filled in as somebody would."""

import os
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import resolve, reverse
from django.utils import timezone

from tests.doors import ANYBODY, all_doors
from tests.factories.files import PHOTO

DOORS = all_doors()
SIMPLE = "application/x-www-form-urlencoded"
TYPED = ("text", "textarea", "search", "email")


@dataclass
class Field:
    """One name in a form: its kind, its values now, and what it offers."""

    kind: str
    values: list = field(default_factory=list)
    offers: list = field(default_factory=list)


class Forms(HTMLParser):
    """All POST forms of a page: [(action, {name: Field})]."""

    def __init__(self, text):
        super().__init__()
        self.found, self.form, self.select, self.textarea = [], None, None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        at = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.form = {} if at.get("method", "").lower() == "post" else None
            if self.form is not None:
                self.found.append((at.get("action", ""), self.form))
        elif self.form is None:
            return
        elif tag in ("input", "button") and at.get("name"):
            self._input(tag, at)
        elif tag == "select":
            self.select = self.form.setdefault(at["name"], Field("select"))
        elif tag == "option" and self.select is not None:
            self.select.offers.append(at.get("value", ""))
            if "selected" in at:
                self.select.values.append(at.get("value", ""))
        elif tag == "textarea":
            self.textarea = self.form.setdefault(at["name"], Field("textarea", [""]))

    def _input(self, tag, at):
        kind = "button" if tag == "button" else at.get("type", "text")
        entry = self.form.setdefault(at["name"], Field(kind))
        if kind in ("radio", "checkbox", "button"):
            entry.offers.append(at.get("value", "on"))
            if "checked" in at:
                entry.values.append(at.get("value", "on"))
        else:
            entry.values.append(at.get("value", ""))

    def handle_data(self, data):
        if self.textarea is not None:
            # The first line end after <textarea> is not part of the text.
            self.textarea.values[0] += data if self.textarea.values[0] else data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None


# What fits where the page itself does not say enough.
FITS = {
    "birth_on": "2011-03-04",
    "observed_on": "2026-09-12",
    "fact_on": "2026-09-12",
    "scan_on": "2026-09-12",
    "since_on": "2026-09-12",
    "seen_on": "2026-09-12",
    "told_on": "2026-09-12",
    "ended_on": "2026-09-12",
    "surname": "Schets",
    "video_url": "https://video.example/proef",
    "person": "",
    "handed_to": "",
    "kept_until": (
        timezone.localdate() + timedelta(days=900)
    ).isoformat(),  # after the longest term of the world
    "skipping": "Haast",
    "username": "n.proef",
    "secret_variable": "OIDC_SECRET_GEMEENTE",
    "issuer": "https://login.proef.example",
    "amr_values": "mfa",
}
os.environ.setdefault("OIDC_SECRET_GEMEENTE", "geheim")  # the server has a secret under this name


# The first organisation has a login service, and the first class a clearance, already.
LAST = {"partner", "data_class"}
AT_LEAST_ONE = {"partners", "covers", "criteria", "recipients", "is_same", "is_sure"}
BUTTONS = {"answer": "known"}  # of several: the one that goes with a text beside it
LONGER = " en daarom nu"  # a reason has at least twenty characters


def filled(form):
    """Every field with an answer that fits: what stood there, else something of the right kind."""
    today = timezone.localdate()
    # A Monday: some days of the week are no days for a meeting.
    in_a_month = (today + timedelta(days=35 - today.weekday())).isoformat()
    words = {"date": in_a_month, "email": "a@example.nl", "number": "30", "time": "10:00"}
    answers = {}
    for name, entry in form.items():
        values = [v for v in entry.values if v]
        if entry.kind == "file":
            values = [PHOTO]
        elif not values and name in FITS:
            values = [FITS[name]]
        elif not values and entry.kind == "button":
            values = [BUTTONS[name]] if name in BUTTONS else entry.offers[-1:]
        elif not values and entry.kind in ("select", "radio"):
            offers = [v for v in entry.offers if v]
            values = offers[-1:] if name in LAST else offers[:1]
        elif not values and name in AT_LEAST_ONE:
            values = entry.offers[:1]
        elif not values and entry.kind not in ("checkbox", "hidden"):
            values = [words.get(entry.kind, f"Proef {uuid4().hex[:6]}{LONGER * (entry.kind == 'textarea')}")]
        answers[name] = values
    return answers


def post(client, url, answers, **more):
    """Send a form as a browser does; bytes go over the line as they are, and a file with what stands beside it."""
    files = {name: SimpleUploadedFile("foto.jpg", PHOTO) for name, sent in answers.items() if sent == [PHOTO]}
    if files:
        return client.post(url, answers | files, **more)
    return client.generic("POST", url, urlencode(answers, doseq=True, errors="surrogatepass"), SIMPLE, **more)


def problem_of(answer):
    """The status, and what went wrong inside when it is ours."""
    kind = answer.exc_info[0].__name__ if getattr(answer, "exc_info", None) else ""
    return f"{answer.status_code} {kind} {answer.exc_info[1] if kind else ''}"[:200]


def address(name, world):
    return reverse(name, kwargs=DOORS[name].kwargs(world))


def address_with(name, world, uuid):
    """The same address, with another uuid everywhere; None when there is no uuid in it."""
    kwargs = DOORS[name].kwargs(world)
    other = {key: uuid if isinstance(value, UUID) else value for key, value in kwargs.items()}
    return reverse(name, kwargs=other) if "uuid" in kwargs else None


def name_of(url):
    return resolve(url.split("?")[0]).view_name


def is_ours(name, door):
    """Behind the login, and more than an example."""
    return door.ok != ANYBODY and name != "accounts:logout" and not name.startswith("foundation:")


def forms_of(client, world):
    """Every POST form this browser meets on the pages of the doors: {name: (address, {name: Field})}.

    Looking is undone: so many pages would meet the limit on opening, and what looks on holds up the seals.
    """
    found = {}
    pages = [address(name, world) for name, door in DOORS.items() if is_ours(name, door)]
    # Nothing runs in the hidden case: it can be closed.
    for page in [reverse("cases:case_close", args=[world.hidden_case.uuid]), *pages]:
        with transaction.atomic():
            answer = client.get(page)
            transaction.set_rollback(True)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        for action, form in Forms(answer.content.decode()).found:
            url = unescape(action).split("#")[0] or page
            if url.startswith("/") and not url.startswith(("/uitloggen/", "/account/sessies/")):
                found.setdefault(name_of(url), (url, form))
    return found


def forms_not_shown(world):
    """Forms that a page leaves out while they are not possible; the address takes them all the same."""
    text, line = Field("textarea", ["Een tekst"]), Field("text", ["Een regel"])
    closing = {"evaluation": text, "helped": text, "aftercare": line}
    return {"cases:case_close": (address("cases:case_close", world), closing)}
