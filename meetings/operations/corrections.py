"""The round in which who was there corrects the concept minutes, and addenda to what is final."""

from uuid import UUID, uuid5

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from audit.log import record
from foundation.errors import NotPossible, check_is_same
from meetings.documents import check_names_stay
from meetings.events import MeetingEvent
from meetings.models import Addendum, AgendaItem, ItemPresence, Meeting, MinutesRemark
from meetings.operations.live import hold_item
from meetings.permissions.minutes import check_can_add, check_can_answer, check_can_remark


@transaction.atomic
def remark(*, item: AgendaItem, text: str, key: UUID, by: User) -> MinutesRemark:
    """Say what is not right in the concept minutes of one point. The same key again is the same remark.

    Raises KeyUsed when another remark was made with this key.
    """
    item = hold_item(item=item, by=by)
    own_key = uuid5(key, f"remark {item.pk}")
    sent: MinutesRemark | None = MinutesRemark.objects.visible_to(by).filter(uuid=own_key).first()
    if sent:
        check_is_same(sent, text=text)
        return sent
    check_can_remark(by, item.meeting, list(ItemPresence.objects.visible_to(by).filter(item=item)))
    check_names_stay(item, text, by)
    made = MinutesRemark.objects.create(
        uuid=own_key, compartment_id=item.compartment_id, item=item, text=text, made_by=by
    )
    record(MeetingEvent.REMARK_MADE, by=by, about=made)
    return made


@transaction.atomic
def answer(*, remark: MinutesRemark, is_taken: bool, words: str, by: User) -> None:
    """Say whether a remark was taken over in the minutes, or why not. Twice the same is once.

    An answer stands: raises NotPossible when another one was given before.
    """
    item = hold_item(item=remark.item, by=by)
    check_can_answer(by, item.meeting)
    if not is_taken and not words:
        raise NotPossible("Schrijf waarom u dit niet overneemt.")
    check_names_stay(item, words, by)
    answered = MinutesRemark.objects.filter(pk=remark.pk, answered_at=None).update(
        is_taken=is_taken, answer=words, answered_at=Now(), answered_by=by
    )
    if answered:
        record(MeetingEvent.REMARK_ANSWERED, by=by, about=remark, is_taken=is_taken)
        return
    stands = MinutesRemark.objects.visible_to(by).get(pk=remark.pk)
    if (stands.is_taken, stands.answer) != (is_taken, words):
        raise NotPossible("Hier is intussen al op geantwoord. Uw antwoord is niet opgeslagen.")


@transaction.atomic
def add(*, item: AgendaItem, text: str, key: UUID, by: User) -> Addendum:
    """Add a numbered correction to final minutes. The same key again is the same addendum.

    Raises NotPossible when it names a youth whom a reader of this point may not know, KeyUsed when another one was
    made with this key.
    """
    item = hold_item(item=item, by=by)
    own_key = uuid5(key, f"addendum {item.pk}")
    sent: Addendum | None = Addendum.objects.visible_to(by).filter(uuid=own_key).first()
    if sent:
        check_is_same(sent, text=text)
        return sent
    check_can_add(by, item.meeting)
    check_names_stay(item, text, by)
    # Counted with the meeting: who is kept out of another point does not see the addenda there.
    number = item.meeting.addenda_made + 1
    Meeting.objects.filter(pk=item.meeting_id).update(addenda_made=number)
    made = Addendum.objects.create(
        uuid=own_key,
        compartment_id=item.compartment_id,
        meeting=item.meeting,
        item=item,
        number=number,
        text=text,
        made_by=by,
    )
    record(MeetingEvent.ADDENDUM_ADDED, by=by, about=made, number=number)
    return made
