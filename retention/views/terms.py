"""The table of terms, and the clock of one case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from audit.log import record
from cases.models import Case
from cases.permissions.cases import check_may_read
from foundation.errors import NotPossible, allows
from foundation.http import go_to, sent
from retention import operations
from retention.events import RetentionEvent
from retention.forms.terms import ExtendForm, TermForm
from retention.models import RetentionTerm
from retention.permissions import check_may_extend, check_may_keep_terms, check_may_read_terms
from retention.queries import clock_of, touched_by


@require_GET
def term_list(request: HttpRequest) -> HttpResponse:
    """Every term on one page."""
    check_may_read_terms(request.user)
    terms = RetentionTerm.objects.select_related("set_by")
    record(RetentionEvent.TERMS_VIEWED, by=request.user)
    context = {"terms": terms, "may_keep": allows(check_may_keep_terms, request.user)}
    return render(request, "retention/term_list.html", context)


@require_http_methods(["GET", "POST"])
def term_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """First what the change would do, in numbers; then the change: two buttons on one form."""
    check_may_keep_terms(request.user)
    term = get_object_or_404(RetentionTerm, uuid=uuid)
    form = TermForm(sent(request), initial=TermForm.of(term))
    status, touched = 400 if form.is_bound else 200, None
    if form.is_valid() and "vooraf" in request.POST:
        touched, status = touched_by(term, form.cleaned_data["months"]), 200
    elif form.is_valid():
        operations.terms.change(term=term, by=request.user, **form.cleaned_data)
        messages.success(request, "De bewaartermijn is gewijzigd. Vannacht wordt de lijst nagerekend.")
        return go_to(request, "retention:term_list")
    context = {"form": form, "term": term, "touched": touched}
    return render(request, "retention/term_change.html", context, status=status)


@require_GET
def case_clock(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """When this case is destroyed, and why. A panel of the case page, and a page of its own."""
    case = _case(request, uuid)
    check_may_read(request.user)
    record(RetentionEvent.CLOCK_VIEWED, by=request.user, about=case)
    context = {
        "case": case,
        "clock": clock_of(case, request.user),
        "may_extend": bool(case.closed_at) and allows(check_may_extend, request.user, case),
    }
    part = "#clock" if request.htmx else ""
    return render(request, f"retention/case_clock.html{part}", context)


@require_http_methods(["GET", "POST"])
def case_extend(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep a closed case longer, with a reason."""
    case = _case(request, uuid)
    check_may_extend(request.user, case)
    record(RetentionEvent.CLOCK_VIEWED, by=request.user, about=case)
    form = ExtendForm(sent(request))
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            operations.terms.extend(
                case=case,
                until_on=form.cleaned_data["kept_until"],
                reason=form.cleaned_data["reason"],
                key=form.cleaned_data["key"],
                by=request.user,
            )
        except NotPossible as refusal:
            form.add_error(None, refusal.reason)
            status = 409
        else:
            messages.success(request, "Het dossier wordt langer bewaard.")
            return go_to(request, "cases:case_detail", case.uuid)
    context = {"case": case, "form": form, "clock": clock_of(case, request.user)}
    return render(request, "retention/case_extend.html", context, status=status)


def _case(request: HttpRequest, uuid: UUID) -> Case:
    cases = Case.objects.visible_to(request.user).select_related("youth")
    found: Case = get_object_or_404(cases, uuid=uuid)
    return found
