"""The story as a picture over time, beside the list: when what happened, for this reader."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from audit.log import record
from cases.events import CaseEvent
from cases.queries import measures_of
from cases.views.cases import find
from cases.views.story import KINDS, Asked, story_of
from foundation.moment_charts import moment_chart


@require_GET
def story_picture(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The whole story, a lane for each kind that occurs; `breed=smal` for a phone."""
    case = find(request, uuid)
    story = story_of(case, request.user, measures_of(case, request.user), Asked(everything=True))
    record(CaseEvent.CASE_VIEWED, by=request.user, about=case)
    days: dict[str, list[date]] = {}
    for entry in story.entries:
        days.setdefault(entry["kind"], []).append(entry["date"])
    svg = moment_chart(
        {name: days[kind] for kind, name in KINDS.items() if kind in days},
        today=timezone.localdate(),
        title="Verloop",
        description="Wanneer er iets gebeurde, per soort. Hetzelfde staat in woorden in de lijst.",
        width=320 if request.GET.get("breed") == "smal" else 640,
    )
    return HttpResponse(svg, content_type="image/svg+xml")
