"""Is this paper real? Open to everybody who holds one, and silent about what stands in it."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.log import record
from audit.models import Outcome
from foundation.http import go_to
from foundation.strangers import check_not_too_often
from meetings.documents import code_at
from meetings.events import MeetingEvent
from meetings.forms.proofs import CodeForm, PrintForm
from meetings.models import Document
from meetings.proofs import Checked, check_paper, read_code

MOST, SECONDS = 60, 60


@login_not_required
@require_GET
def proof_find(request: HttpRequest) -> HttpResponse:
    """Where somebody types the code of a paper."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return go_to(request, "meetings:proof", form.cleaned_data["code"])
    return render(request, "meetings/proof_find.html", {"form": form}, status=400 if form.is_bound else 200)


@login_not_required
@require_GET
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """Whether there is a paper with this code, and of which meeting and day."""
    return _answer(request, code, check(request, code), PrintForm())


@login_not_required
@require_POST
def proof_compare(request: HttpRequest, code: str) -> HttpResponse:
    """Whether this file is that paper. A browser with scripts sends its fingerprint only; else the file comes here.

    It is not kept and not opened. The answer is shown and not redirected to: an address that says "echt" could be
    passed on.
    """
    form = PrintForm(request.POST, request.FILES)
    fingerprint = ""
    if form.is_valid():
        file = form.cleaned_data["file"]
        fingerprint = form.cleaned_data["fingerprint"] or hashlib.sha256(file.read()).hexdigest()
    return _answer(request, code, check(request, code, fingerprint), form, is_compared=bool(fingerprint))


def check(request: HttpRequest, code: str, fingerprint: str = "") -> Checked | None:
    """Ask the database, write down that it was asked, and stop who tries codes."""
    check_not_too_often(request, "proof", most=MOST, seconds=SECONDS)
    found = check_paper(code, fingerprint)
    record(
        MeetingEvent.DOCUMENT_CHECKED,
        by=request.user if request.user.is_authenticated else None,
        about=Document(pk=found.number) if found else None,
        outcome=Outcome.DONE if found else Outcome.NOT_FOUND,
        compared=bool(fingerprint),
        same=bool(found and found.is_same),
    )
    return found


def _answer(
    request: HttpRequest, code: str, found: Checked | None, form: PrintForm, *, is_compared: bool = False
) -> HttpResponse:
    if found is None:
        return render(request, "meetings/proof_none.html", status=404)
    context = {
        "code": read_code(code),
        "found": found,
        "meeting_code": code_at(found.level, found.starts_at),
        "made_on": timezone.localtime(found.made_at).date(),
        "is_compared": is_compared,
        "form": form,
    }
    is_wrong = form.is_bound and not is_compared
    return render(request, "meetings/proof.html", context, status=400 if is_wrong else 200)
