"""How far a job is, for who asked for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from jobs.models import Job, State


@require_GET
def job_status(request: HttpRequest, uuid: str) -> HttpResponse:
    """A fragment that asks for itself again until the job is finished."""
    job = get_object_or_404(Job, uuid=uuid, asked_by=request.user)
    response = render(
        request,
        "jobs/job_status.html",
        {"job": job, "is_finished": job.state in FINISHED},
    )
    if job.state in FINISHED and getattr(request, "htmx", False):
        response["HX-Refresh"] = "true"  # the page around it now has something new to show
    return response


FINISHED = (State.DONE, State.FAILED)
