"""Everything that changes the topics of a partneroverleg: on, off, in which order, and what came of them."""

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from audit.log import record
from foundation.errors import KeyUsed, NotPossible, Stale, check_is_same
from meetings.events import MeetingEvent
from meetings.models import Meeting, MeetingState, Topic
from meetings.operations.live import hold
from meetings.permissions.topics import check_can_change, check_can_write


@transaction.atomic
def add(*, meeting: Meeting, title: str, question: str, minutes: int, key: UUID, by: User) -> Topic:
    """A topic after those that stand there. The same key again is the same topic.

    Raises KeyUsed when the topic of this key says something else by now, or was taken off.
    """
    meeting = hold(meeting=meeting, by=by)
    check_can_change(by, meeting)
    topic, is_new = Topic.objects.get_or_create(
        uuid=key,
        defaults={
            "meeting": meeting,
            "position": meeting.topics.count() + 1,
            "title": title,
            "question": question,
            "minutes": minutes,
            "added_by": by,
        },
    )
    if is_new:
        record(MeetingEvent.TOPIC_ADDED, by=by, about=topic)
    elif topic.withdrawn_at:
        raise KeyUsed(
            "Dit onderwerp is intussen van de agenda gehaald. Stuur het nog eens als het er toch bij moet."
        )
    else:
        check_is_same(topic, title=title, question=question, minutes=minutes)
    return topic


@transaction.atomic
def change(*, topic: Topic, title: str, question: str, minutes: int, version: int, by: User) -> Topic:
    """Other words or another time for it. The same twice is once.

    Raises Stale, with what stands there now in it, when somebody else changed it first.
    """
    topic = _held(topic, by)
    check_can_change(by, topic.meeting)
    if (topic.title, topic.question, topic.minutes) == (title, question, minutes):
        return topic
    if topic.version != version:
        raise Stale("Iemand anders heeft dit onderwerp intussen gewijzigd.", current=topic)
    topic.title, topic.question, topic.minutes = title, question, minutes
    topic.version += 1
    topic.save(update_fields=["title", "question", "minutes", "version"])
    record(MeetingEvent.TOPIC_CHANGED, by=by, about=topic)
    return topic


@transaction.atomic
def move(*, topic: Topic, up: bool, seen: int, by: User) -> None:
    """One place up or down. `seen` is the place where the page showed it: a second click on an old page does nothing."""
    topic = _held(topic, by)
    check_can_change(by, topic.meeting)
    order = list(Topic.objects.standing().filter(meeting=topic.meeting))
    here = order.index(topic)
    there = here + (-1 if up else 1)
    if here + 1 != seen or not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, one in enumerate(order, start=1):
        one.position = position
    Topic.objects.bulk_update(order, ["position"])
    record(MeetingEvent.TOPIC_CHANGED, by=by, about=topic)


@transaction.atomic
def remove(*, topic: Topic, by: User) -> None:
    """Off the agenda. Twice is once. The last one stays once the agenda is agreed: minutes are about something."""
    meeting = hold(meeting=topic.meeting, by=by)
    check_can_change(by, meeting)
    others = Topic.objects.standing().filter(meeting=meeting).exclude(pk=topic.pk)
    if meeting.state == MeetingState.AGREED and not others.exists():
        raise NotPossible(
            "Dit is het laatste onderwerp. Zet er eerst een ander bij, of annuleer het overleg."
        )
    if Topic.objects.filter(pk=topic.pk, withdrawn_at=None).update(withdrawn_at=Now(), withdrawn_by=by):
        record(MeetingEvent.TOPIC_REMOVED, by=by, about=topic)


@transaction.atomic
def write(*, topic: Topic, outcome: str, version: int, by: User) -> Topic:
    """What was discussed and agreed. The same text twice is once.

    Raises Stale, with the newest in it, when somebody else wrote first.
    """
    topic = _held(topic, by)
    check_can_write(by, topic.meeting)
    outcome = outcome.replace("\r\n", "\n").strip()
    if outcome == topic.outcome:
        return topic
    if topic.version != version:
        raise Stale("Iemand anders heeft deze tekst intussen gewijzigd.", current=topic)
    Topic.objects.filter(pk=topic.pk).update(
        outcome=outcome, version=topic.version + 1, written_at=Now(), written_by=by
    )
    record(MeetingEvent.TOPIC_WRITTEN, by=by, about=topic, version=topic.version + 1)
    topic.refresh_from_db()
    return topic


def _held(topic: Topic, by: User) -> Topic:
    """The topic as it is now, with its meeting held: nobody writes at the same time, or after the close."""
    meeting = hold(meeting=topic.meeting, by=by)
    found = Topic.objects.standing().select_related("written_by").filter(pk=topic.pk, meeting=meeting).first()
    if found is None:
        raise NotPossible("Dit onderwerp staat niet meer op de agenda.")
    found.meeting = meeting
    return found
