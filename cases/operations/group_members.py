"""Everything that changes who is in a group. Each function checks, writes and logs, or does nothing."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from audit.log import record
from cases.events import CaseEvent
from cases.models import Group, GroupMember, Youth
from cases.models.names import search_form
from cases.operations.groups import locked
from cases.permissions.groups import check_can_change, check_can_name
from foundation.errors import NotPossible


def find_youth(*, group: Group, surname: str, first_name: str, birth_on: date, by: User) -> Youth:
    """The one youth of this last name and day of birth whom this regisseur may see: nobody browses.

    Raises NotPossible when there is none, or more than one. The log counts it as a search.
    """
    check_can_name(by, group)
    wanted = search_form(surname)
    born = Youth.objects.visible_to(by).filter(birth_on=birth_on).order_by("pk")
    found = [y for y in born if wanted in (search_form(y.last_name), search_form(y.prefix, y.last_name))]
    if len(found) > 1:
        found = [y for y in found if search_form(y.first_name) == search_form(first_name)]
    term = salted_hmac("cases.youths", wanted).hexdigest()[:16]
    record(CaseEvent.YOUTHS_SEARCHED, by=by, about=found, term=term)
    if len(found) != 1:
        raise NotPossible(
            "U kunt geen jongere zien met deze achternaam en geboortedatum. Zijn er meer, vul dan ook de voornaam in."
        )
    return found[0]


@transaction.atomic
def add(
    *,
    group: Group,
    youth: Youth,
    source: str,
    position: str,
    review_on: date,
    ends_on: date | None,
    key: UUID,
    by: User,
) -> GroupMember:
    """Put a youth on the list of names. The same youth twice is once; the database refuses it before step 2B."""
    group = locked(group=group, by=by)
    check_can_name(by, group)
    if not Youth.objects.visible_to(by).filter(pk=youth.pk).exists():
        raise NotPossible("U kunt deze jongere niet zien.")
    if not source.strip():
        raise NotPossible("Zeg van wie of waaruit u weet dat deze jongere bij de groep hoort.")
    today = timezone.localdate()
    there = GroupMember.objects.visible_to(by).filter(group=group, youth=youth, ended_at=None)
    now: GroupMember | None = there.current(today).first()
    if now:
        return now
    there.update(ended_at=Now(), ended_by=by)  # its last day has passed
    member = GroupMember.objects.create(
        uuid=key,
        compartment_id=group.compartment_id,
        group=group,
        youth=youth,
        source=source,
        position=position,
        review_on=review_on,
        ends_on=ends_on,
        noted_by=by,
    )
    record(CaseEvent.MEMBER_ADDED, by=by, about=member, group=group.pk)
    return member


@transaction.atomic
def end(*, member: GroupMember, by: User) -> None:
    """This youth is not in the group any more. Ending twice is ending once."""
    check_can_change(by, member.group)
    mine = GroupMember.objects.visible_to(by)
    if mine.filter(pk=member.pk, ended_at=None).update(ended_at=Now(), ended_by=by):
        record(CaseEvent.MEMBER_ENDED, by=by, about=member, group=member.group_id)
