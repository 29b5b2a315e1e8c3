"""The link of an invitation. It holds a seal that only the application can make; the database holds none of it."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import Invitation


def link_of(invitation: Invitation) -> str:
    path = reverse("accounts:invitation", args=[invitation.uuid, seal_of(invitation.uuid)])
    return f"{settings.BASE_URL}{path}"


def seal_of(uuid: UUID) -> str:
    return salted_hmac("accounts.invitations", str(uuid), algorithm="sha256").hexdigest()


def invitation_of(uuid: UUID, seal: str) -> Invitation | None:
    """The invitation of this link, when the link is whole and can still be used."""
    if not constant_time_compare(seal, seal_of(uuid)):
        return None
    return Invitation.objects.open().select_related("user__partner").filter(uuid=uuid).first()
