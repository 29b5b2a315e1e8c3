"""A partneroverleg: topics and nobody by name; the database keeps youths out."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.errors import NotAllowed, NotPossible, Stale
from foundation.scope import acting_as
from jobs.models import Job
from meetings import tasks
from meetings.models import MeetingState, Omission, Series, SeriesKind, Slot, Topic
from meetings.operations import agenda, group_points, live, points, topics
from tests.factories import cases, groups, meetings
from tests.factories.audit import logged


@pytest.fixture
def meeting(beheerder, partners):
    return meetings.meeting(
        by=beheerder, name="Partneroverleg", kind=SeriesKind.PARTNERS, seats=[partners["jens"]]
    )


@pytest.fixture
def about_youths(beheerder):
    return meetings.meeting(by=beheerder)


def titles(meeting):
    return [topic.title for topic in Topic.objects.standing().filter(meeting=meeting)]


def test_topics_come_move_change_and_go(meeting, regisseur):
    with acting_as(regisseur):
        first, second = (meetings.topic(by=regisseur, meeting=meeting, title=title) for title in ("A", "B"))
        for _ in range(2):
            topics.move(topic=second, up=True, seen=2, by=regisseur)
        assert titles(meeting) == ["B", "A"]
        topics.move(topic=second, up=True, seen=1, by=regisseur)
        topics.change(topic=first, title="C", question="", minutes=5, version=1, by=regisseur)
        for _ in range(2):
            topics.remove(topic=second, by=regisseur)
        assert titles(meeting) == ["C"]
        with pytest.raises(NotPossible):
            topics.change(topic=second, title="D", question="", minutes=5, version=1, by=regisseur)
    assert [len(logged(f"topic.{word}")) for word in ("added", "changed", "removed")] == [2, 2, 1]


def test_the_same_key_is_the_same_topic(meeting, regisseur):
    key = uuid4()
    with acting_as(regisseur):
        for _ in range(2):
            topics.add(meeting=meeting, title="A", question="", minutes=5, key=key, by=regisseur)
    assert titles(meeting) == ["A"]


def test_who_changes_a_topic_on_an_old_page_sees_what_another_made_of_it(meeting, regisseur):
    with acting_as(regisseur):
        topic = meetings.topic(by=regisseur, meeting=meeting)
        words = {"question": "", "minutes": 10, "version": 1}
        for _ in range(2):  # the answer got lost
            topics.change(topic=topic, title="Wachttijden", by=regisseur, **words)
        with pytest.raises(Stale) as refused:
            topics.change(topic=topic, title="Wachtlijsten", by=regisseur, **words)
        assert refused.value.current.title == "Wachttijden"
        words["version"] = refused.value.current.version
        assert topics.change(topic=topic, title="Wachtlijsten", by=regisseur, **words).title == "Wachtlijsten"
    assert titles(meeting) == ["Wachtlijsten"]


def test_who_writes_on_an_old_page_sees_what_another_wrote(meeting, regisseur):
    with acting_as(regisseur):
        topic = meetings.topic(by=regisseur, meeting=meeting)
        with pytest.raises(NotPossible):
            topics.write(topic=topic, outcome="Te vroeg", version=1, by=regisseur)
        agenda.agree(meeting=meeting, by=regisseur)
        live.start(meeting=meeting, by=regisseur)
        topics.write(topic=topic, outcome="JENS belt", version=1, by=regisseur)
        topics.write(topic=topic, outcome="JENS belt", version=1, by=regisseur)  # the answer got lost
        with pytest.raises(Stale) as refused:
            topics.write(topic=topic, outcome="HALT belt", version=1, by=regisseur)
        assert refused.value.current.outcome == "JENS belt"
        with pytest.raises(NotPossible):
            topics.remove(topic=topic, by=regisseur)


def test_an_agenda_without_topics_is_not_agreed(meeting, regisseur):
    with acting_as(regisseur), pytest.raises(NotPossible, match="nog niets"):
        agenda.agree(meeting=meeting, by=regisseur)


def test_the_last_topic_of_an_agreed_agenda_stays(meeting, regisseur):
    with acting_as(regisseur):
        first, second = (meetings.topic(by=regisseur, meeting=meeting) for _ in range(2))
        agenda.agree(meeting=meeting, by=regisseur)
        topics.remove(topic=first, by=regisseur)
        with pytest.raises(NotPossible, match="laatste onderwerp"):
            topics.remove(topic=second, by=regisseur)


@pytest.mark.parametrize("who", ["agent", "jongerenwerker", "lja_heerlen"])
def test_only_who_leads_changes_it(meeting, who, request, regisseur):
    with acting_as(regisseur):
        topic = meetings.topic(by=regisseur, meeting=meeting)
    other = request.getfixturevalue(who)
    with acting_as(other), pytest.raises((NotAllowed, NotPossible)):
        topics.change(topic=topic, title="X", question="", minutes=5, version=1, by=other)
    topic.refresh_from_db()
    assert topic.title != "X"


def test_no_topic_at_a_meeting_about_youths(about_youths, regisseur):
    with acting_as(regisseur), pytest.raises(NotPossible, match="partneroverleg"):
        meetings.topic(by=regisseur, meeting=about_youths)
    with pytest.raises(IntegrityError, match="no topic elsewhere"), transaction.atomic():
        Topic.objects.create(meeting=about_youths, position=1, title="A", added_by=regisseur)


def test_no_youth_and_no_group_is_put_there(meeting, regisseur, partners):
    with acting_as(regisseur):
        case = cases.case(by=regisseur, partners=[partners["jens"]])
        group = groups.group(by=regisseur, partners=[partners["jens"]])
        for put in (
            lambda: points.add(meeting=meeting, case=case, by=regisseur),
            lambda: agenda.build_agenda(meeting=meeting, by=regisseur),
            lambda: group_points.put(
                meeting=meeting, group=group, question="Lukt het?", minutes=5, by=regisseur
            ),
        ):
            with pytest.raises(NotPossible, match="geen jongeren"):
                put()


def test_the_database_takes_no_youth_there_whoever_writes(meeting, about_youths, regisseur, partners):
    with acting_as(regisseur):
        case = cases.case(by=regisseur, partners=[partners["jens"]])
        group = groups.group(by=regisseur, partners=[partners["jens"]])
        item = points.add(meeting=about_youths, case=case, by=regisseur)
        put = group_points.put(
            meeting=about_youths, group=group, question="Lukt het?", minutes=5, by=regisseur
        )
        omission = Omission.objects.create(
            compartment_id=case.room_id, meeting=about_youths, case=case, kind="by_hand", reason="Zo"
        )
        for row in (item, put, omission, item.slot):
            row.meeting = meeting
            with pytest.raises(IntegrityError, match="no youth at a partneroverleg"), transaction.atomic():
                row.save(update_fields=["meeting"])
        for is_break in (False, True):
            with pytest.raises(IntegrityError, match="no youth at a partneroverleg"), transaction.atomic():
                Slot.objects.create(meeting=meeting, position=1, is_break=is_break)


def test_what_a_meeting_is_about_never_changes(meeting, about_youths):
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Series.objects.filter(pk=about_youths.series_id).update(kind=SeriesKind.PARTNERS)
    about_youths.series = meeting.series
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        about_youths.save(update_fields=["series"])


def test_the_clock_plans_it_and_makes_no_agenda_of_cases(meeting):
    tasks.plan_meetings()
    assert meeting.series.meetings.count() > 10
    type(meeting).objects.exclude(pk=meeting.pk).update(state=MeetingState.CLOSED)
    tasks.build_due_agendas()
    assert not Job.objects.filter(kind=tasks.AGENDA).exists()


def test_the_row_of_a_topic_names_no_youth(db):
    """No column points at a youth, a case or a compartment: there is nothing to protect."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'meetings_topic'"
        )
        columns = {name for (name,) in cursor.fetchall()}
    assert columns == {
        "id", "uuid", "meeting_id", "position", "title", "question", "minutes", "outcome", "version", "added_at",
        "added_by_id", "written_at", "written_by_id", "withdrawn_at", "withdrawn_by_id",
    }  # fmt: skip
