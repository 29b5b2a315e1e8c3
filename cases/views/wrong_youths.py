"""A signal at the table of the wrong youth: take it away, see what was touched, write the note about it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.roles import DataClass, Permission
from accounts.roles import Role as AccountRole
from audit.log import record
from cases.events import CaseEvent
from cases.forms.wrong_youths import NoteForm, UnlinkForm
from cases.models import Case, ToldSignal, WrongYouth, WrongYouthReader
from cases.operations import wrong_youths as operations
from cases.permissions.cases import check_may_lead
from cases.permissions.wrong_youths import check_may_note, check_may_read_wrong
from cases.views import story, story_entries
from cases.views.cases import find as find_case
from foundation.errors import NotPossible, Stale, allows
from foundation.http import go_to, sent
from foundation.paging import page_of


@dataclass(frozen=True)
class Paper:
    """Minutes on paper in which the youth stands, and where one finds them."""

    title: str
    url: str


# The floor with the meetings tells which papers there are of a case: made since, until, for this reader.
PaperSource = Callable[[Case, datetime, datetime | None, User], Iterable[Paper]]
_papers: list[PaperSource] = []


def add_papers(source: PaperSource) -> None:
    """Let another floor tell which of its papers must be made known again."""
    _papers.append(source)


def papers_of(case: Case, user: User, *, since: datetime, until: datetime | None = None) -> list[Paper]:
    return [paper for source in _papers for paper in source(case, since, until, user)]


@require_http_methods(["GET", "POST"])
def wrong_youth_unlink(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose the signal that is about somebody else, and say why. It is gone from the table at once."""
    case = find_case(request, uuid)
    check_may_lead(request.user, case)
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    signals = ToldSignal.objects.visible_to(request.user).filter(case=case).order_by("-told_at", "-pk")
    form = UnlinkForm(
        sent(request), told=list(signals.select_related("source", "case__room", "case__compartment"))
    )
    if form.is_bound and (done := _done(request, case, form.data.get("key", ""))):
        return go_to(request, "cases:wrong_youth_detail", done.uuid)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            wrong = _unlink(request, case, form)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Het signaal is losgemaakt en ligt weer ter beoordeling.")
            return go_to(request, "cases:wrong_youth_detail", wrong.uuid)
    context = {"case": case, "form": form, "has_signals": bool(form.found)}
    return render(request, "cases/wrong_youth_unlink.html", context, status=status)


def _done(request: HttpRequest, case: Case, key: str) -> WrongYouth | None:
    """What this very form did already: the signal is no longer among the choices."""
    made = WrongYouth.objects.visible_to(request.user).filter(case=case)
    return next((wrong for wrong in made if str(wrong.uuid) == key), None)


def _unlink(request: HttpRequest, case: Case, form: UnlinkForm) -> WrongYouth:
    papers = papers_of(case, request.user, since=form.chosen.told_at)
    return operations.unlink(
        told=form.chosen,
        reason=form.cleaned_data["reason"],
        papers=[paper.title for paper in papers],
        key=form.cleaned_data["key"],
        by=request.user,
    )


@require_GET
def wrong_youth_list(request: HttpRequest) -> HttpResponse:
    """What was taken away from the wrong youth, the newest first, without a name."""
    check_may_read_wrong(request.user)
    rows = WrongYouth.objects.visible_to(request.user)
    page = page_of(rows.select_related("unlinked_by__partner"), request.GET, order=("-unlinked_at", "-id"))
    record(CaseEvent.WRONG_YOUTHS_LISTED, by=request.user, about=page.rows)
    context = {"page": page, "rows": [(row, _classes(row)) for row in page.rows]}
    return render(request, "cases/wrong_youth_list.html", context)


@require_GET
def wrong_youth_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was touched: who read it, which papers go out again, and the note."""
    wrong = _find(request, uuid)
    record(CaseEvent.WRONG_YOUTH_VIEWED, by=request.user, about=wrong)
    case = Case.objects.visible_to(request.user).filter(pk=wrong.case_id).select_related("youth").first()
    readers = WrongYouthReader.objects.visible_to(request.user).filter(wrong=wrong)
    since, until = wrong.told_at, wrong.unlinked_at
    context = {
        "wrong": wrong,
        "facts": _facts(wrong),
        "case": case,
        "readers": [(one, _roles(one)) for one in readers.select_related("partner", "person")],
        "papers": papers_of(case, request.user, since=since, until=until) if case else [],
        "may_note": allows(check_may_note, request.user, wrong),
        "may_triage": request.user.may(Permission.SIGNAL_TRIAGE),
    }
    return render(request, "cases/wrong_youth_detail.html", context)


@require_http_methods(["GET", "POST"])
def wrong_youth_note(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Go on with the note. Two writers keep both texts."""
    wrong = _find(request, uuid)
    check_may_note(request.user, wrong)
    record(CaseEvent.WRONG_YOUTH_VIEWED, by=request.user, about=wrong)
    form = NoteForm(sent(request), initial={"note": wrong.note, "version": wrong.version})
    status, theirs = 400 if form.is_bound else 200, None
    if form.is_valid():
        try:
            operations.note(
                wrong=wrong,
                version=form.cleaned_data["version"],
                text=form.cleaned_data["note"],
                by=request.user,
            )
        except Stale as stale:
            wrong, status, theirs = stale.current, 409, stale.current.note
            typed = request.POST.copy()
            typed["version"] = str(wrong.version)
            form = NoteForm(typed)
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "De notitie is opgeslagen.")
            return go_to(request, "cases:wrong_youth_detail", wrong.uuid)
    context = {"wrong": wrong, "form": form, "theirs": theirs}
    return render(request, "cases/wrong_youth_note.html", context, status=status)


def _find(request: HttpRequest, uuid: UUID) -> WrongYouth:
    rows = WrongYouth.objects.visible_to(request.user).select_related("unlinked_by__partner")
    wrong: WrongYouth = get_object_or_404(rows, uuid=uuid)
    check_may_read_wrong(request.user)
    return wrong


def _facts(wrong: WrongYouth) -> list[tuple[str, object]]:
    return [
        ("Ingebracht op", wrong.told_at),
        ("Losgemaakt op", wrong.unlinked_at),
        ("Door", wrong.unlinked_by),
        ("Waarom", wrong.reason),
        ("Klassen van gegevens", _classes(wrong)),
        ("Nummer van de jongere", wrong.youth_number),
    ]


def _classes(wrong: WrongYouth) -> str:
    return ", ".join(DataClass(number).label for number in sorted(wrong.classes))


def _roles(reader: WrongYouthReader) -> str:
    known = dict(AccountRole.choices)
    return ", ".join(str(known.get(word, word)) for word in reader.roles.split(",") if word)


def _story(case: Case, user: User, limit: int | None) -> Iterator[story_entries.Entry]:
    """A nameless row, for who leads there: that a signal stood here, and is gone."""
    if not user.may(Permission.CASE_LEAD):
        return
    rows = WrongYouth.objects.visible_to(user).filter(case=case).select_related("unlinked_by")
    for wrong in rows.order_by("-unlinked_at", "-pk")[:limit]:
        yield story_entries.entry(
            "signaal",
            wrong.unlinked_at,
            "Signaal losgemaakt: verkeerde jongere",
            "x",
            url=reverse("cases:wrong_youth_detail", args=[wrong.uuid]),
            source=f"door {wrong.unlinked_by}",
        )


story.add_source(_story)
