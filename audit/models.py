"""What happened, and the seals on it. No foreign keys, so that destroying a case never touches the log."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models.expressions import RawSQL


class Outcome(models.TextChoices):
    DONE = "done", "gelukt"
    REFUSED = "refused", "geweigerd"
    NOT_FOUND = "not_found", "niet gevonden"
    NOT_POSSIBLE = "not_possible", "niet mogelijk"
    FAILED = "failed", "mislukt"


class EventQuerySet(models.QuerySet["Event"]):
    def of_youth(self, youth_id: int) -> "EventQuerySet":
        """The rows that name this youth, found by a function that may use their index (audit/sql/reading.sql)."""
        return self.filter(pk__in=RawSQL("SELECT found.id FROM audit_of_youth(%s) found", [youth_id]))

    def of_partner(self, partner_id: int) -> "EventQuerySet":
        """What the people of this partner did."""
        return self.filter(actor_partner_id=partner_id)


class Event(models.Model):
    """A row of the log. Ids and words only; prose about a person never comes in here.

    The table is partitioned per month and written by `audit.log.record` alone; the application may
    insert, the privacy officer may read, nobody may change or remove a row.
    """

    at = models.DateTimeField("moment")
    transaction_id = models.BigIntegerField("transactie")
    kind = models.CharField("gebeurtenis", max_length=60)
    outcome = models.CharField("uitkomst", max_length=20, choices=Outcome)
    actor_id = models.BigIntegerField("wie", null=True)
    on_behalf_of_id = models.BigIntegerField("namens", null=True)
    actor_partner_id = models.BigIntegerField("organisatie", null=True)
    actor_role = models.CharField("rol", max_length=60, blank=True)
    subject_type = models.CharField("soort onderwerp", max_length=60, blank=True)
    subject_id = models.BigIntegerField("onderwerp", null=True)
    case_id = models.BigIntegerField("dossier", null=True)
    youth_ids = ArrayField(models.BigIntegerField(), verbose_name="jongeren", default=list)
    data_classes = ArrayField(models.SmallIntegerField(), verbose_name="gegevensklassen", default=list)
    ground = models.CharField("grondslag", max_length=60, blank=True)
    recipients = ArrayField(models.BigIntegerField(), verbose_name="ontvangende organisaties", default=list)
    ip = models.GenericIPAddressField("adres", null=True)
    session_hash = models.CharField("sessie", max_length=64, blank=True)
    request_id = models.UUIDField("verzoek", null=True)
    break_glass_id = models.BigIntegerField("noodtoegang", null=True)
    details = models.JSONField("bijzonderheden", default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ("-at", "-pk")
        indexes = (
            GinIndex(fields=["youth_ids"], name="audit_event_youths"),
            models.Index(fields=["actor_id", "at"], name="audit_event_actor"),
            BrinIndex(fields=["at"], name="audit_event_at"),
            models.Index(fields=["transaction_id"], name="audit_event_transaction"),
            models.Index(fields=["actor_partner_id", "id"], name="audit_event_partner"),
        )


class SealKind(models.TextChoices):
    ROWS = "rows", "regels"
    CLOSING = "closing", "oude maand verwijderd"


class Seal(models.Model):
    """A link of the chain over the log: these transactions, so many rows, this digest.

    Made by a function of the database (audit/sql/seals.sql), the only one that may. `closed` says of a month
    that was taken away what it leaves behind in earlier seals.
    """

    number = models.BigIntegerField("nummer", primary_key=True)
    kind = models.CharField("soort", max_length=10, choices=SealKind)
    from_transaction = models.BigIntegerField("vanaf transactie")
    to_transaction = models.BigIntegerField("tot transactie")
    next_transaction = models.BigIntegerField("eerste transactie die nog niet begonnen was")
    rows = models.BigIntegerField("aantal regels")
    digest = models.BinaryField("vingerafdruk van de regels")
    sealed_at = models.DateTimeField("verzegeld op")
    closed = models.JSONField("verwijderde maand", null=True)
    link = models.BinaryField("schakel")

    class Meta:
        verbose_name = "zegel"
        verbose_name_plural = "zegels"


class Term(models.Model):
    """How long the log is kept before a month may be taken away: one row."""

    keep_years = models.PositiveSmallIntegerField("jaren bewaren", default=5)

    class Meta:
        verbose_name = "bewaartermijn van het logboek"
        verbose_name_plural = "bewaartermijn van het logboek"
        constraints = (
            models.CheckConstraint(
                name="term_five_years",
                condition=models.Q(keep_years__gte=5),
                violation_error_message="Het logboek wordt ten minste vijf jaar bewaard.",
            ),
        )
