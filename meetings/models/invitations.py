"""Who will sit at the table for an agenda item, chosen before the item is opened to them."""

from typing import Self

from django.db import models

from access.models import ScopedQuerySet
from accounts.models import Partner
from meetings.models.items import AgendaItem, ItemRow


class ItemInvitationQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Who is invited now."""
        return self.filter(withdrawn_at=None)


class ItemInvitation(ItemRow):
    """A partner chosen for an agenda item. It opens nothing: confirming the agenda does, with a participation."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="invitations")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")
    is_by_hand = models.BooleanField("met de hand gekozen", default=False)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)

    objects = ItemInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging bij een agendapunt"
        verbose_name_plural = "uitnodigingen bij een agendapunt"
        constraints = (models.UniqueConstraint(name="iteminvitation_once", fields=["item", "partner"]),)
