"""Looking for words in one's own cases."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cases.forms.finding import FindTextForm
from cases.operations import finding as operations
from cases.permissions.finding import check_may_find_text
from cases.rules.finding import words_of
from foundation.errors import NotPossible
from foundation.http import sent


@require_http_methods(["GET", "POST"])
def case_search(request: HttpRequest) -> HttpResponse:
    """The words are sent with POST, also for the next page: they may be about a person and stay out of addresses."""
    check_may_find_text(request.user)
    form = FindTextForm(sent(request))
    status = 400 if form.is_bound else 200
    context: dict[str, Any] = {"form": form, "result": None}
    if form.is_valid():
        asked = form.cleaned_data
        try:
            result = operations.search(words=words_of(asked["words"]), place=asked["na"], by=request.user)
        except NotPossible as refusal:
            form.add_error("words", refusal.reason)
        else:
            context |= {"result": result, "words": asked["words"]}
            status = 200
    return render(request, "cases/case_search.html", context, status=status)
