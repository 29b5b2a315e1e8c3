"""What the clock does for people with a login. A mail holds a link or a count, and nobody's name."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from axes.models import AccessFailureLog, AccessLog
from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts import operations
from accounts.invitations import link_of
from accounts.limits import KNOWN_FOR
from accounts.models import ChangeNotice, Invitation
from accounts.robots import Robot, robot

logger = logging.getLogger(__name__)


@shared_task
def send_invitations() -> None:
    """Twice a minute: what was not sent yet. A mail server that is silent is tried again the next time."""
    for invitation_id in Invitation.objects.open().filter(sent_at=None).values_list("pk", flat=True)[:20]:
        with transaction.atomic():
            waiting = Invitation.objects.open().select_for_update(of=("self",), skip_locked=True)
            invitation = waiting.filter(pk=invitation_id, sent_at=None).select_related("user").first()
            if invitation and _send(invitation.user.pk, invitation.user.email, *_invitation(invitation)):
                operations.invitations.mark_sent(invitation=invitation, by=robot(Robot.KEEPER))


@shared_task
def tell_of_changes() -> None:
    """Twice a minute: who must hear that what they log in with has changed. Tried for a week."""
    for notice_id in ChangeNotice.objects.order_by("pk").values_list("pk", flat=True)[:20]:
        with transaction.atomic():
            waiting = ChangeNotice.objects.select_for_update(of=("self",), skip_locked=True)
            notice = waiting.filter(pk=notice_id).select_related("user").first()
            if notice and _send(notice.user_id, notice.address, *_change(notice)):
                operations.notices.mark_sent(notice=notice, by=robot(Robot.KEEPER))


@shared_task
def look_after_accounts() -> None:
    """Every night: who does not come any more, and who was not confirmed in time, cannot log in any more."""
    keeper = robot(Robot.KEEPER)
    operations.confirmations.disable_idle(by=keeper)
    operations.confirmations.disable_unconfirmed(by=keeper)


@shared_task
def ask_contacts() -> None:
    """Every morning: a contact with people to confirm hears so, once a week."""
    for partner in operations.confirmations.mark_asked(by=robot(Robot.KEEPER)):
        if partner.contact and partner.contact.is_active and partner.contact.email:
            _send(partner.contact.pk, partner.contact.email, *_request())


@shared_task
def forget_failures() -> None:
    """Every night: what was kept about logging in goes when nothing needs it any more."""
    long_ago = timezone.now() - KNOWN_FOR
    AccessLog.objects.filter(attempt_time__lt=long_ago).delete()
    week_ago = timezone.now() - timedelta(days=7)
    AccessFailureLog.objects.filter(attempt_time__lt=week_ago).delete()
    ChangeNotice.objects.filter(noted_at__lt=week_ago).delete()


def _send(user_id: int, address: str, subject: str, body: str) -> bool:
    try:
        EmailMessage(subject, body, to=[address]).send()
    except (SMTPException, OSError):
        logger.exception("a mail could not be sent to user %s", user_id)
        return False
    return True


def _invitation(invitation: Invitation) -> tuple[str, str]:
    return "Uitnodiging voor IJAP", (
        "U bent uitgenodigd om te werken in IJAP, de Integrale Jeugd Aanpak Parkstad.\n\n"
        f"Open deze link om te beginnen. Hij werkt één keer, {settings.INVITATION_DAYS} dagen lang:\n"
        f"{link_of(invitation)}\n\n"
        "Kent u IJAP niet? Doe dan niets. U kunt niet antwoorden op deze mail.\n"
    )


def _change(notice: ChangeNotice) -> tuple[str, str]:
    at = timezone.localtime(notice.noted_at)
    return "IJAP: uw inloggegevens zijn gewijzigd", (
        f"{notice.get_change_display()}\n"
        f"Dit gebeurde op {date_format(at, 'j F Y')} om {at:%H:%M} uur.\n\n"
        "Deed u dit zelf, of vroeg u uw beheerder erom? Dan hoeft u niets te doen.\n"
        "Herkent u dit niet? Bel dan meteen uw beheerder, en klik nergens op.\n\n"
        "In deze mail staat daarom geen link. U kunt niet antwoorden op deze mail.\n"
    )


def _request() -> tuple[str, str]:
    return "IJAP: zijn dit nog uw mensen?", (
        "Als contactpersoon bevestigt u wie er van uw organisatie in IJAP werkt.\n\n"
        f"Log in en kijk wie er op u wacht:\n{settings.BASE_URL}{reverse('accounts:people_confirm')}\n\n"
        "Wie niet op tijd is bevestigd, kan niet meer inloggen.\n"
        "In deze mail staan geen gegevens van personen. U kunt niet antwoorden op deze mail.\n"
    )
