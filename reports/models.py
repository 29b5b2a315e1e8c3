"""Tables without persons, from which all figures are made."""

import uuid

from django.db import models
from django.db.models.functions import Now

from accounts.models import Municipality, User
from accounts.roles import Level


class Measure(models.TextChoices):
    """What is counted per month, municipality and level."""

    SIGNALS_IN = "signals_in", "Signalen ontvangen"
    SIGNALS_ACCEPTED = "signals_accepted", "Signalen geaccepteerd"
    SIGNALS_REFERRED = "signals_referred", "Signalen doorverwezen"
    SIGNALS_REJECTED = "signals_rejected", "Signalen afgewezen"
    YOUTHS_DISCUSSED = "youths_discussed", "Jongeren besproken"
    STOCK = "stock", "Open dossiers aan het eind"
    INFLOW = "inflow", "Instroom"
    OUTFLOW = "outflow", "Uitstroom"
    ACTIONS_DUE = "actions_due", "Acties die klaar moesten zijn"
    ACTIONS_IN_TIME = "actions_in_time", "Acties op tijd klaar"


class Figure(models.Model):
    """One count. Filled by the counting function of the database, which alone sees the rows behind it."""

    month = models.DateField("maand")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, related_name="+", verbose_name="gemeente"
    )
    level = models.PositiveSmallIntegerField("niveau", choices=Level)
    measure = models.CharField("maat", max_length=20, choices=Measure)
    value = models.PositiveIntegerField("aantal")
    counted_at = models.DateTimeField("geteld op", db_default=Now())

    class Meta:
        verbose_name = "cijfer"
        verbose_name_plural = "cijfers"
        constraints = (
            models.UniqueConstraint(
                name="figure_once",
                fields=["month", "municipality", "level", "measure"],
                nulls_distinct=False,
            ),
        )


class Summary(models.Model):
    """A management summary as PDF, stored once, with its charts. No person stands in it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    first_month = models.DateField("vanaf maand")
    last_month = models.DateField("tot en met maand")
    content = models.BinaryField("inhoud")
    sha256 = models.CharField("vingerafdruk", max_length=64)
    pages = models.PositiveSmallIntegerField("bladzijden")
    made_at = models.DateTimeField("gemaakt op", db_default=Now())
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "managementsamenvatting"
        verbose_name_plural = "managementsamenvattingen"
