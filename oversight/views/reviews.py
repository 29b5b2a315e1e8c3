"""Who may do what now, and the quarterly look at whether that is still needed."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Partner
from audit.log import record
from foundation.http import go_to
from foundation.paging import page_of
from oversight import operations
from oversight.events import OversightEvent
from oversight.forms.reviews import DecideForm
from oversight.models import ReviewLine, ReviewRound
from oversight.permissions import check_may_oversee, check_may_remove
from oversight.queries import rights_of, users_with_roles
from oversight.rules import first_of_quarter


@require_GET
def rights_list(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and what they hold."""
    check_may_oversee(request.user)
    page = page_of(users_with_roles(), request.GET, order=("-id",))
    today = timezone.localdate()
    rounds = ReviewRound.objects.order_by("-quarter")[:8]
    context = {
        "rights": rights_of(page.rows),
        "page": page,
        "rounds": [(one, one.lines.undecided().count(), one.lines.count(), _is_late(one)) for one in rounds],
        "has_round": any(one.quarter == first_of_quarter(today) for one in rounds),
    }
    record(OversightEvent.RIGHTS_VIEWED, by=request.user, shown=len(page.rows))
    return render(request, "oversight/rights_list.html", context)


def _is_late(review: ReviewRound) -> bool:
    return review.closed_at is None and review.due_on < timezone.localdate()


@require_POST
def review_start(request: HttpRequest) -> HttpResponse:
    check_may_oversee(request.user)
    review = operations.reviews.start(day=timezone.localdate(), by=request.user)
    return go_to(request, "oversight:review_detail", review.uuid)


@require_GET
def review_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The lines of a round: all, of one organisation, or only what is still to be decided."""
    check_may_oversee(request.user)
    review = get_object_or_404(ReviewRound.objects.select_related("closed_by"), uuid=uuid)
    chosen = Partner.objects.filter(uuid=_uuid(request.GET.get("organisatie", ""))).first()
    lines = review.lines.select_related("user__partner", "assignment__municipality", "decided_by")
    shown = lines.filter(user__partner=chosen) if chosen else lines
    only_open = "open" in request.GET
    page = page_of(shown.undecided() if only_open else shown, request.GET, order=("id",))
    rights = {right.user.pk: right for right in rights_of(_with_roles(page.rows))}
    context = {
        "review": review,
        "lines": [(line, rights.get(line.user_id), line.user_id == request.user.pk) for line in page.rows],
        "page": page,
        "undecided": lines.undecided().count(),
        "total": lines.count(),
        "is_late": _is_late(review),
        "partners": Partner.objects.filter(pk__in=lines.order_by().values("user__partner")),
        "chosen": chosen,
        "only_open": only_open,
    }
    record(OversightEvent.REVIEW_VIEWED, by=request.user, about=review, shown=len(page.rows))
    return render(request, "oversight/review_detail.html", context)


def _with_roles(lines: list[ReviewLine]) -> list[object]:
    return list(users_with_roles().filter(pk__in={line.user_id for line in lines}))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
def line_decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One line; the browser stays where it was."""
    check_may_oversee(request.user)
    line = get_object_or_404(ReviewLine.objects.select_related("round"), uuid=uuid)
    form = DecideForm(request.POST)
    if form.is_valid():
        operations.reviews.decide(line=line, verdict=form.cleaned_data["verdict"], by=request.user)
    else:
        messages.error(request, "Kies Klopt of Moet weg.")
    asked = {
        "organisatie": _uuid(request.POST.get("organisatie", "")),
        "open": request.POST.get("open") and 1,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return go_to(request, f"{reverse('oversight:review_detail', args=[line.round.uuid])}?{query}")


@require_POST
def review_close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    check_may_oversee(request.user)
    review = get_object_or_404(ReviewRound, uuid=uuid)
    operations.reviews.close(review=review, by=request.user)
    messages.success(request, "De ronde is afgerond.")
    return go_to(request, "oversight:review_detail", review.uuid)


@require_GET
def removal_list(request: HttpRequest) -> HttpResponse:
    """For the beheerder: rights that the privacy officer marked and that are still held."""
    check_may_remove(request.user)
    lines = ReviewLine.objects.to_remove().select_related(
        "user__partner", "assignment__municipality", "decided_by", "round"
    )
    page = page_of(lines, request.GET, order=("-id",))
    record(OversightEvent.REMOVALS_VIEWED, by=request.user, shown=len(page.rows))
    return render(request, "oversight/removal_list.html", {"lines": page.rows, "page": page})
