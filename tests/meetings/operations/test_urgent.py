"""A spoedoverleg: today, one youth, few people; agreed at once, told within minutes, and nobody else knows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Municipality
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from meetings import tasks
from meetings.models import AgendaItem, Meeting, MeetingState, Series, SeriesKind
from meetings.operations import live, series, urgent
from tests.factories import cases as make_case
from tests.factories.audit import logged


@pytest.fixture(autouse=True)
def addresses(agent, jongerenwerker, regisseur):
    for person in (agent, jongerenwerker, regisseur):
        person.email = f"{person.username}@example.nl"
        person.save(update_fields=["email"])


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        table = [partners["politie"], partners["jens"]]
        return make_case.case(by=regisseur, partners=table, first_name="Noor", last_name="Verzonnen")


def call(case, *, by, partners, hours=1.0, key=None):
    with acting_as(by):
        return urgent.call(
            case=case,
            starts_at=timezone.now() + timedelta(hours=hours),
            minutes=30,
            location="Telefonisch",
            question="Waar slaapt zij vannacht?",
            partners=partners,
            key=key or uuid4(),
            by=by,
        )


def sees(user, meeting):
    with acting_as(user):
        return AgendaItem.objects.visible_to(user).filter(meeting=meeting).count()


def test_it_is_there_at_once_for_who_was_chosen(
    case, regisseur, partners, agent, jongerenwerker, haltmedewerker
):
    meeting = call(case, by=regisseur, partners=[partners["politie"]])
    assert (meeting.state, meeting.series.kind) == (MeetingState.AGREED, SeriesKind.URGENT)
    assert (sees(regisseur, meeting), sees(agent, meeting)) == (1, 1)
    # In the case, and not in the circle.
    assert (sees(jongerenwerker, meeting), sees(haltmedewerker, meeting)) == (0, 0)
    assert len(logged("meeting.called")) == 1
    with acting_as(regisseur):
        assert live.start(meeting=meeting, by=regisseur).state == MeetingState.RUNNING


def test_sent_twice_is_once(case, regisseur, partners):
    key = uuid4()
    first = call(case, by=regisseur, partners=[partners["jens"]], key=key)
    assert call(case, by=regisseur, partners=[partners["jens"]], key=key).pk == first.pk
    assert Meeting.objects.filter(series__kind=SeriesKind.URGENT).count() == 1


@pytest.mark.parametrize("hours", [-1, 24 * 8])
def test_only_this_week(hours, case, regisseur, partners):
    with pytest.raises(NotPossible, match="moment|week"):
        call(case, by=regisseur, partners=[partners["jens"]], hours=hours)


def test_not_with_nobody_and_not_about_a_closed_case(case, regisseur, partners):
    with pytest.raises(NotPossible, match="kring klein"):
        call(case, by=regisseur, partners=[])
    with acting_as(regisseur):
        make_case.close(by=regisseur, case=case)
        case.refresh_from_db()
    with pytest.raises(NotPossible, match="gesloten"):
        call(case, by=regisseur, partners=[partners["jens"]])


@pytest.mark.parametrize("who", ["agent", "jongerenwerker", "lja_heerlen", "pga", "beheerder", "mentor"])
def test_only_its_regisseur_calls_it(who, request, case, partners):
    with pytest.raises((NotAllowed, NotPossible)):
        call(case, by=request.getfixturevalue(who), partners=[partners["jens"]])


def test_who_was_chosen_hears_it_within_minutes_and_without_a_name(
    case, regisseur, partners, agent, jongerenwerker
):
    meeting = call(case, by=regisseur, partners=[partners["politie"]])
    for _ in range(2):
        tasks.send_calendars()
    to = [address for one in mail.outbox for address in one.to]
    assert to.count(agent.email) == 1 and to.count(regisseur.email) == 1 and jongerenwerker.email not in to
    for one in mail.outbox:
        assert "Noor" not in f"{one.subject}{one.body}{one.attachments[0][1]}"
        assert f"/overleg/{meeting.uuid}/" in one.body


def test_no_rhythm_plans_it_and_no_beheerder_keeps_it(case, regisseur, beheerder, partners, client):
    call(case, by=regisseur, partners=[partners["jens"]])
    before = Meeting.objects.count()
    tasks.plan_meetings()
    assert Meeting.objects.count() == before
    held = Series.objects.get(kind=SeriesKind.URGENT)
    with acting_as(beheerder), pytest.raises(NotPossible, match="niet vooruit gepland"):
        series.plan_ahead(series=held, until=timezone.localdate() + timedelta(days=30), by=beheerder)
    client.force_login(beheerder)
    assert held.name not in client.get("/beheer/reeksen/").content.decode()
    assert client.get(f"/beheer/reeksen/{held.uuid}/").status_code == 404


def test_that_of_an_lja_is_of_its_municipality(lja_heerlen, lja_kerkrade, coach_lja, regisseur, partners):
    coach_lja.email = "coach@example.nl"
    coach_lja.save(update_fields=["email"])
    with acting_as(regisseur):
        case = make_case.case(by=regisseur, partners=[partners["jens"]])
        change = make_case.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        case = make_case.at_lja(change=change, by=lja_heerlen, partners=[partners["jens"]])
    meeting = call(case, by=lja_heerlen, partners=[partners["jens"]])
    assert meeting.series.municipality == Municipality.objects.get(name="Heerlen")
    assert Meeting.objects.led_by(lja_heerlen).filter(pk=meeting.pk).exists()
    assert not Meeting.objects.open_to(lja_kerkrade).filter(pk=meeting.pk).exists()
    tasks.send_calendars()
    assert [one.to for one in mail.outbox if coach_lja.email in one.to]


def test_a_moment_that_is_taken(case, regisseur, partners):
    meeting = call(case, by=regisseur, partners=[partners["jens"]])
    with acting_as(regisseur):
        other = make_case.case(by=regisseur, partners=[partners["jens"]])
        with pytest.raises(NotPossible, match="andere tijd"):
            urgent.call(
                case=other, starts_at=meeting.starts_at, minutes=30, location="", question="Nu?",
                partners=[partners["jens"]], key=uuid4(), by=regisseur,
            )  # fmt: skip


def test_from_the_page_of_the_case(client, case, regisseur, partners):
    client.force_login(regisseur)
    page = f"/overleg/dossier/{case.uuid}/spoed/"
    assert page in client.get(f"/overleg/dossier/{case.uuid}/").content.decode()
    when = timezone.localtime() + timedelta(hours=2)
    sent = {"key": str(uuid4()), "starts_at": f"{when:%Y-%m-%dT%H:%M}", "minutes": "30", "question": "Nu?"}
    assert client.post(page, sent).status_code == 400
    answer = client.post(page, sent | {"partners": [partners["jens"].pk]})
    assert answer.status_code == 303
    made = Meeting.objects.get(series__kind=SeriesKind.URGENT)
    assert answer["Location"] == f"/overleg/{made.uuid}/"
    assert client.get(answer["Location"]).status_code == 200
