"""The proof on paper: made once by the worker and kept."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from audit.log import record
from retention.documents import Draft, Made
from retention.events import RetentionEvent
from retention.models import Certificate
from retention.permissions import check_is_the_clock


@transaction.atomic
def store(*, certificate: Certificate, draft: Draft, made: Made, by: User) -> None:
    """Keep the finished paper. What is there already is never replaced."""
    check_is_the_clock(by)
    fresh = Certificate.objects.visible_to(by).filter(pk=certificate.pk, made_at=None)
    if fresh.update(content=made.pdf, sha256=made.sha256, pages=made.pages, made_at=Now()):
        record(RetentionEvent.CERTIFICATE_MADE, by=by, about=certificate, pages=made.pages, seal=draft.seal)
