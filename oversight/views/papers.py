"""Opening a paper of the privacy officer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from audit.log import record
from oversight.events import OversightEvent
from oversight.models import Paper
from oversight.permissions import check_may_oversee


@require_GET
def paper_download(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The paper as it was made; past its term it is not there."""
    check_may_oversee(request.user)
    paper = get_object_or_404(Paper.objects.readable(), uuid=uuid)
    record(OversightEvent.PAPER_DOWNLOADED, by=request.user, about=paper)
    name = f"jaaroverzicht-{paper.year}" if paper.year else f"wie-zag-{paper.youth_id}"
    response = HttpResponse(bytes(paper.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}-{paper.made_at:%Y-%m-%d}.pdf"'
    return response
