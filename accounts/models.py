"""Who takes part: municipalities, partners (organisations), users and the roles they hold."""

import uuid
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from accounts.keys import keys_of
from accounts.roles import (
    NEEDS_LEVEL,
    NEEDS_MUNICIPALITY,
    ROLE_PERMISSIONS,
    DataClass,
    Level,
    Permission,
    Role,
)


class Municipality(models.Model):
    """A municipality of Parkstad."""

    code = models.CharField("CBS-code", max_length=6, unique=True)
    name = models.CharField("naam", max_length=60, unique=True)

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class PartnerKind(models.TextChoices):
    REGIE = "regie", "Zorg- en Veiligheidshuis"
    POLICE = "police", "Politie"
    HALT = "halt", "Halt"
    YOUTH_WORK = "youth_work", "Jongerenwerk"
    CHILD_PROTECTION = "child_protection", "Jeugdbescherming"
    JUSTICE = "justice", "Justitie"
    MUNICIPALITY = "municipality", "Gemeente"
    ENFORCEMENT = "enforcement", "Toezicht en handhaving"
    CARE = "care", "Zorg"
    SCHOOL = "school", "Onderwijs"
    OTHER = "other", "Overig"


class PartnerQuerySet(models.QuerySet["Partner"]):
    def open(self) -> "PartnerQuerySet":
        """Partners that take part now."""
        return self.filter(closed_at=None)

    def at_the_table(self) -> "PartnerQuerySet":
        """Partners that can take part in a case: all but the house that leads and its robots."""
        return self.open().exclude(kind=PartnerKind.REGIE)


class Partner(models.Model):
    """An organisation that signed the convenant, or may only send in signals."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("naam", max_length=120, unique=True)
    short_name = models.CharField("korte naam", max_length=40, unique=True)
    kind = models.CharField("soort", max_length=20, choices=PartnerKind)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="gemeente"
    )
    # What it sends in is kept this strictly from the start; police data fall under the Wpg.
    brings = models.PositiveSmallIntegerField(
        "soort gegevens die deze organisatie inbrengt",
        choices=DataClass,
        default=DataClass.BASIS,
        db_default=DataClass.BASIS,
    )
    closed_at = models.DateTimeField("gestopt op", null=True, blank=True)
    # Who says, when somebody joins and then every quarter, that these are the partner's people.
    contact = models.ForeignKey(
        "User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_of",
        verbose_name="contactpersoon",
    )
    # When the contact was last asked by mail; not a pair with anybody: the clock asks.
    contact_asked_on = models.DateField("gevraagd op", null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.short_name


class User(AbstractUser):
    """A professional with a login. Belongs to one partner at a time."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="users", verbose_name="organisatie")
    function = models.CharField("functie", max_length=80, blank=True)
    # Set by the beheerder and not yet replaced: with it one can only choose a password of one's own.
    is_password_temporary = models.BooleanField("tijdelijk wachtwoord", default=False, db_default=False)
    # Raised to end every session of this user: each carries the number it began with.
    session_round = models.PositiveIntegerField("ronde van sessies", default=0, db_default=0)
    enabled_at = models.DateTimeField("ingeschakeld op", db_default=Now())
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True)
    confirmed_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = UserManager["User"]()
    REQUIRED_FIELDS = ()

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ("last_name", "first_name", "pk")
        constraints = (
            models.CheckConstraint(
                name="user_never_superuser",
                condition=models.Q(is_superuser=False, is_staff=False),
                violation_error_message="Niemand mag alles.",
            ),
            models.CheckConstraint(
                name="user_confirmed_pair",
                condition=models.Q(confirmed_at=None, confirmed_by=None)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def reader_id(self) -> int:
        return self.pk

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to live on: this password, this round. Django compares it at every request."""
        seal = salted_hmac(
            "accounts.User.session",
            f"{self.password}:{self.session_round}",
            secret=secret,
            algorithm="sha256",
        )
        return seal.hexdigest()

    @cached_property
    def awaits_confirmation(self) -> bool:
        """New, and the contact of the partner has not said yet that this is one of its people."""
        return self.confirmed_at is None and self.partner.contact_id not in (None, self.pk)

    @cached_property
    def active_roles(self) -> list["RoleAssignment"]:
        """The roles held now, read once per request. None with a temporary password, or before confirmation."""
        if self.is_password_temporary or self.awaits_confirmation:
            return []
        return list(self.assignments.active().select_related("municipality").order_by("pk"))

    @cached_property
    def cleared_classes(self) -> list[DataClass]:
        """The stricter classes this user may read now, read once per request."""
        return [DataClass(held.data_class) for held in self.clearances.held().order_by("data_class")]

    def is_cleared(self, data_class: int) -> bool:
        return data_class == DataClass.BASIS or data_class in self.cleared_classes

    def session_keys(self) -> list[int]:
        """The keys this user's session carries (see accounts/keys.py)."""
        return keys_of(self, self._municipality_ids)

    @cached_property
    def _municipality_ids(self) -> list[int]:
        """Asked once per request: every protected query asks for the keys."""
        return list(Municipality.objects.order_by("pk").values_list("pk", flat=True))

    def may(self, permission: Permission) -> bool:
        """Whether one of this user's roles has this permission."""
        return any(permission in ROLE_PERMISSIONS[Role(a.role)] for a in self.active_roles)

    def holds(self, role: Role, *, level: Level | None = None) -> bool:
        """Whether this user holds this role now (at this level)."""
        return any(a.role == role and (level is None or a.level == level) for a in self.active_roles)

    def role_words(self) -> str:
        """The roles as words for the log."""
        return ",".join(sorted({a.role for a in self.active_roles}))


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def held(self) -> "RoleAssignmentQuerySet":
        """Not ended and not over; also of who is disabled now and may come back."""
        not_over = models.Q(until=None) | models.Q(until__gt=Now())
        return self.filter(not_over, ended_at=None)

    def ending(self, before: datetime) -> "RoleAssignmentQuerySet":
        """Held now, but over before then."""
        return self.held().filter(until__lte=before)

    def active(self) -> "RoleAssignmentQuerySet":
        return self.held().filter(user__is_active=True)


class RoleAssignment(models.Model):
    """This user holds this role, at this level or for this municipality, until then."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    role = models.CharField("rol", max_length=20, choices=Role)
    level = models.PositiveSmallIntegerField("niveau", choices=Level, null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="gemeente"
    )
    until = models.DateTimeField("geldig tot", null=True, blank=True)
    assigned_at = models.DateTimeField("toegekend op", db_default=Now())
    ended_at = models.DateTimeField("beëindigd op", null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "roltoekenning"
        verbose_name_plural = "roltoekenningen"
        constraints = (
            models.CheckConstraint(
                name="roleassignment_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="roleassignment_level_where_needed",
                condition=~models.Q(role__in=NEEDS_LEVEL) | models.Q(level__isnull=False),
                violation_error_message="Een deelnemer zit aan een tafel: kies JPP, LJA of PGA.",
            ),
            models.CheckConstraint(
                name="roleassignment_municipality_where_needed",
                condition=~models.Q(role__in=NEEDS_MUNICIPALITY) | models.Q(municipality__isnull=False),
                violation_error_message="Een regisseur LJA hoort bij een gemeente.",
            ),
        )

    def __str__(self) -> str:
        words = [self.get_role_display()]
        if self.level:
            words.append(self.get_level_display())
        if self.municipality_id:
            words.append(str(self.municipality))
        return " ".join(words)


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def held(self) -> "ClearanceQuerySet":
        """Not ended and not over."""
        return self.filter(ended_at=None, until__gt=Now())


class Clearance(models.Model):
    """This user may read this stricter class of data, until then, because of screening or training.

    It opens nothing by itself: it lets the keys of one's role also open compartments of that class.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="clearances")
    data_class = models.PositiveSmallIntegerField("klasse", choices=DataClass)
    reason = models.CharField("waarop gegrond", max_length=200)
    until = models.DateTimeField("geldig tot")
    given_at = models.DateTimeField("gegeven op", db_default=Now())
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("beëindigd op", null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = "bevoegdheid voor gegevens"
        verbose_name_plural = "bevoegdheden voor gegevens"
        constraints = (
            models.UniqueConstraint(
                name="clearance_once",
                fields=["user", "data_class"],
                condition=models.Q(ended_at=None),
                violation_error_message="Deze gebruiker heeft deze bevoegdheid al.",
            ),
            models.CheckConstraint(
                name="clearance_ended_pair",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="clearance_not_of_oneself",
                condition=~models.Q(user=models.F("given_by")),
                violation_error_message="Niemand geeft zichzelf een bevoegdheid.",
            ),
            models.CheckConstraint(
                name="clearance_is_stricter", condition=models.Q(data_class__gt=DataClass.BASIS)
            ),
        )


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
