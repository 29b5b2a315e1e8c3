"""What is asked about what organisations say beforehand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from accounts.models import Partner, User
from meetings.models import AgendaItem, Contribution, ItemInvitation, Meeting
from meetings.rules.contributions import Readiness, readiness


def own_items(meeting: Meeting, user: User) -> list[AgendaItem]:
    """The points of a meeting for which the organisation of this user is invited, in order."""
    invited = ItemInvitation.objects.visible_to(user).standing().filter(partner=user.partner_id)
    found = AgendaItem.objects.visible_to(user).filter(meeting=meeting, pk__in=invited.values("item"))
    return list(found.on_agenda().select_related("slot", "case__youth", "case__municipality"))


def said_at(items: Iterable[AgendaItem], user: User) -> dict[int, list[Contribution]]:
    """What stands at each of these points, as far as this reader may read it."""
    rows = Contribution.objects.visible_to(user).filter(item__in=list(items), withdrawn_at=None)
    by_item: dict[int, list[Contribution]] = defaultdict(list)
    for row in rows.select_related("partner", "written_by").order_by("partner__short_name", "pk"):
        by_item[row.item_id].append(row)
    return by_item


def unanswered(meeting: Meeting, user: User) -> int:
    """At how many points nobody of this user's organisation said anything yet."""
    items = own_items(meeting, user)
    return unanswered_at(items, said_at(items, user), user)


def unanswered_at(items: Iterable[AgendaItem], said: Mapping[int, list[Contribution]], user: User) -> int:
    """The same, of what was asked already."""
    return sum(not any(row.partner_id == user.partner_id for row in said[item.pk]) for item in items)


def readiness_of(items: Iterable[AgendaItem], user: User) -> Readiness:
    """How complete the round is, for who leads the meeting and so reads every answer."""
    items = list(items)
    invited: dict[int, list[Partner]] = defaultdict(list)
    rows = ItemInvitation.objects.visible_to(user).standing().filter(item__in=items)
    for row in rows.select_related("partner"):
        invited[row.item_id].append(row.partner)
    said = Contribution.objects.visible_to(user).filter(item__in=items, withdrawn_at=None)
    return readiness(invited, set(said.values_list("item_id", "partner_id")))
