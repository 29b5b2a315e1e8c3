"""The proofs of what was destroyed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from audit.log import record
from foundation.paging import page_of
from retention.documents import named
from retention.events import RetentionEvent
from retention.models import Certificate
from retention.permissions import check_may_list


@require_GET
def certificate_list(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    check_may_list(request.user)
    certificates = Certificate.objects.visible_to(request.user).defer("content")
    page = page_of(
        certificates.select_related("proposal__municipality", "regie_by", "privacy_by"),
        request.GET,
        order=("-id",),
    )
    record(RetentionEvent.CERTIFICATES_LISTED, by=request.user, about=[c.proposal for c in page.rows])
    lines = [(certificate, sum(n for _, n in named(certificate.counts))) for certificate in page.rows]
    return render(request, "retention/certificate_list.html", {"lines": lines, "page": page})


@require_GET
def certificate_download(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The certificate as it was made."""
    check_may_list(request.user)
    found = Certificate.objects.visible_to(request.user).filter(made_at__isnull=False)
    certificate = get_object_or_404(found.select_related("proposal"), uuid=uuid)
    record(RetentionEvent.CERTIFICATE_DOWNLOADED, by=request.user, about=certificate)
    response = HttpResponse(bytes(certificate.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="vernietiging-{certificate.pk}.pdf"'
    return response
