"""Who was at the table while one point was discussed."""

from django.db import models
from django.db.models.functions import Now

from accounts.models import Partner, User
from meetings.models.items import AgendaItem, ItemRow


class ItemPresence(ItemRow):
    """Whether an organisation that was invited to a point was at the table when it was discussed, and who sat there.

    Taken over from the attendance of the meeting at the moment the table deals with the point; regie may correct it
    until the minutes are final. Who came in later or left before therefore stands at the right points only.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="presences")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")
    is_present = models.BooleanField("aan tafel")
    is_by_hand = models.BooleanField("met de hand verbeterd", default=False)
    people = models.CharField("wie", max_length=200, blank=True)
    noted_at = models.DateTimeField("opgeschreven op", db_default=Now())
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    @property
    def words(self) -> str:
        """The organisation, and who sat there if that was written down."""
        return f"{self.partner} ({self.people})" if self.people else str(self.partner)

    class Meta:
        verbose_name = "aanwezigheid bij een agendapunt"
        verbose_name_plural = "aanwezigheid bij agendapunten"
        constraints = (models.UniqueConstraint(name="itempresence_once", fields=["item", "partner"]),)
