"""How a user comes in: the first link, or the login of the own organisation."""

import uuid

from django.db import models
from django.db.models.functions import Now

from accounts.models.partners import Partner
from accounts.models.users import User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Can still be used."""
        return self.filter(used_at=None, withdrawn_at=None, until__gt=Now(), user__is_active=True)


class Invitation(models.Model):
    """A link that lets one user in once: to choose a password, or to bind the login of their own organisation.

    The link holds a seal made with the key of the application (accounts/invitations.py): who can only read the
    database cannot make it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    invited_at = models.DateTimeField("uitgenodigd op", db_default=Now())
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    until = models.DateTimeField("geldig tot")
    sent_at = models.DateTimeField("verstuurd op", null=True, blank=True)
    used_at = models.DateTimeField("gebruikt op", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"


class Change(models.TextChoices):
    """What somebody must hear of. The values are also reasons why sessions end (operations/sessions.py)."""

    PASSWORD = "password", "Uw wachtwoord is gewijzigd."
    SECOND_FACTOR = "second_factor", "Uw tweede stap is gewijzigd: een app, een passkey of uw herstelcodes."
    PARTNER_LOGIN = "partner_login", "De koppeling met het inloggen van uw organisatie is gewijzigd."
    EMAIL = "email", "Uw e-mailadres is gewijzigd. Deze mail gaat naar het oude adres."


class ChangeNotice(models.Model):
    """A change of what somebody logs in with, that they must still hear of by mail (ASVS 6.3.7).

    Goes when it is sent: the log knows that it was.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    change = models.CharField("wijziging", max_length=20, choices=Change)
    address = models.EmailField("adres")
    noted_at = models.DateTimeField("gewijzigd op", db_default=Now())

    class Meta:
        verbose_name = "bericht van een wijziging"
        verbose_name_plural = "berichten van wijzigingen"


class IdentityProviderQuerySet(models.QuerySet["IdentityProvider"]):
    def open(self) -> "IdentityProviderQuerySet":
        return self.filter(closed_at=None, partner__closed_at=None).select_related("partner")


class IdentityProvider(models.Model):
    """The login of a partner's own organisation (OpenID Connect). Its secret stands in the environment."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="providers", verbose_name="organisatie")
    # Who somebody is, is issuer and subject: another issuer is another provider, so this never changes.
    issuer = models.URLField("adres van de inlogdienst", max_length=200)
    client_id = models.CharField("client-id", max_length=120)
    secret_variable = models.CharField("omgevingsvariabele met het geheim", max_length=80)
    amr_values = models.CharField("amr die een tweede stap bewijst", max_length=200, blank=True)
    acr_values = models.CharField("acr die een tweede stap bewijst", max_length=400, blank=True)
    closed_at = models.DateTimeField("gestopt op", null=True, blank=True)

    objects = IdentityProviderQuerySet.as_manager()

    class Meta:
        verbose_name = "inlogdienst"
        verbose_name_plural = "inlogdiensten"
        ordering = ("partner__name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["partner"],
                condition=models.Q(closed_at=None),
                name="identityprovider_one_open_per_partner",
                violation_error_message="Deze organisatie heeft al een inlogdienst.",
            ),
            models.CheckConstraint(
                name="identityprovider_asks_second_factor",
                condition=~models.Q(amr_values="", acr_values=""),
                violation_error_message="Vul in hoe de inlogdienst laat zien dat er een tweede stap was.",
            ),
        )

    def __str__(self) -> str:
        return f"Inloggen bij {self.partner}"
