"""Users, the roles they hold and the classes of data they may read."""

import uuid
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from accounts.keys import keys_of
from accounts.models.partners import Municipality, Partner
from accounts.roles import (
    NEEDS_LEVEL,
    NEEDS_MUNICIPALITY,
    ROLE_PERMISSIONS,
    DataClass,
    Level,
    Permission,
    Role,
)


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
        return keys_of(self)

    @cached_property
    def municipality_ids(self) -> list[int]:
        """All of them, for who leads in all; asked once per request: every protected query asks for the keys."""
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
