"""Who saw this youth? Found by somebody who knows name and birth date; shown by number."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.log import record
from foundation.http import go_to, sent
from foundation.paging import Page
from oversight import operations
from oversight.events import OversightEvent
from oversight.forms.subjects import PaperForm, SubjectForm
from oversight.models import Paper
from oversight.permissions import check_may_oversee
from oversight.queries import jobs_of, papers_of
from oversight.subjects import Subject
from oversight.who_saw import Line, WhoSaw, read

LINES = 100
HIGHEST = 2**62


@require_http_methods(["GET", "POST"])
def subject_find(request: HttpRequest) -> HttpResponse:
    """Name and birth date come with POST and are kept nowhere; what goes on in the address is a number."""
    check_may_oversee(request.user)
    form = SubjectForm(sent(request))
    context: dict[str, Any] = {"form": form, "found": [], "is_asked": False}
    if form.is_valid():
        found = operations.subjects.find(by=request.user, **form.cleaned_data)
        if len(found) == 1:
            return go_to(request, "oversight:subject_detail", found[0])
        context |= {"found": found, "is_asked": True}
    elif not form.is_bound and request.GET.get("nummer", "").isdecimal():
        return go_to(request, "oversight:subject_detail", int(request.GET["nummer"][:15]))
    status = 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "oversight/subject_find.html", context, status=status)


@require_GET
def subject_detail(request: HttpRequest, number: int) -> HttpResponse:
    """Everything the log knows about this youth, with the names of professionals."""
    check_may_oversee(request.user)
    saw = read(_known(number), with_people=True)
    return _show(request, saw, PaperForm(organisations=saw.organisations))


def _known(number: int) -> int:
    """A number larger than there can be is nobody."""
    if number > HIGHEST:
        raise Http404
    return number


def _show(request: HttpRequest, saw: WhoSaw, form: PaperForm) -> HttpResponse:
    page = page_of_lines(saw.lines, request.GET.get("regel", ""))
    asked = list(Paper.objects.filter(youth_id=saw.youth_id).values_list("pk", flat=True))
    waiting, failed = jobs_of(request.user, asked)
    context = {
        "saw": saw,
        "page": page,
        "lines": page.rows,
        "form": form,
        "papers": papers_of(youth_id=saw.youth_id),
        "waiting": waiting,
        "failed": failed,
    }
    record(OversightEvent.SUBJECT_VIEWED, by=request.user, about=[Subject(saw.youth_id)], events=saw.events)
    status = 400 if form.is_bound else 200
    return render(request, "oversight/subject_detail.html", context, status=status)


def page_of_lines(lines: list[Line], asked: str) -> Page:
    """A hundred lines at a time; they are worked out together, so a number finds the place."""
    first = int(asked[:9]) // LINES * LINES if asked.isdecimal() else 0
    first = min(first, max(0, len(lines) - 1) // LINES * LINES)
    newer = f"?{urlencode({'regel': first - LINES})}" if first else ""
    older = f"?{urlencode({'regel': first + LINES})}" if first + LINES < len(lines) else ""
    return Page(lines[first : first + LINES], newer, older, str(len(lines)))


@require_POST
def subject_paper(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the paper for the youth or the parents; the worker makes it."""
    check_may_oversee(request.user)
    saw = read(_known(number), with_people=True)
    form = PaperForm(request.POST, organisations=saw.organisations)
    if not form.is_valid():
        return _show(request, saw, form)
    operations.papers.ask_subject(
        youth_id=number,
        withheld=form.cleaned_data["withheld"],
        ground=form.cleaned_data["ground"],
        by=request.user,
    )
    messages.success(request, "Het stuk wordt gemaakt. Het staat straks onderaan deze pagina.")
    return go_to(request, f"{reverse('oversight:subject_detail', args=[number])}#stukken")
