"""The pages of a partneroverleg, from the first topic to the paper."""

import re
from uuid import uuid4

import pytest

from foundation.scope import acting_as
from jobs import operations as jobs
from jobs.models import Job
from meetings.models import Document, Meeting, MeetingState, SeriesKind, Topic
from meetings.operations import agenda, minutes
from tests.factories import cases, meetings


@pytest.fixture
def meeting(beheerder, partners):
    return meetings.meeting(
        by=beheerder, name="Partneroverleg", kind=SeriesKind.PARTNERS, seats=[partners["jens"]]
    )


def text_of(answer, status=200):
    assert answer.status_code == status, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_from_a_topic_to_a_paper_for_who_has_a_seat(
    client, meeting, regisseur, jongerenwerker, haltmedewerker, mentor
):
    page = f"/overleg/{meeting.uuid}/"
    client.force_login(regisseur)
    assert "nog geen onderwerp" in text_of(client.get(page))
    wrong = client.post(f"{page}onderwerp/", {"key": uuid4(), "title": "", "minutes": "20"})
    assert "Vul" in text_of(wrong, 400) or "verplicht" in text_of(wrong, 400)
    form = {"key": uuid4(), "title": "Weekend", "question": "Wie belt?", "minutes": "20"}
    assert client.post(f"{page}onderwerp/", form).status_code == 303
    topic = Topic.objects.get()
    edit = f"/overleg/onderwerp/{topic.uuid}/"
    assert "Weekend" in text_of(client.get(edit))
    assert (
        client.post(edit, form | {"title": "Het weekend", "minutes": "15", "version": "1"}).status_code == 303
    )
    assert "15 van de 120 minuten" in text_of(client.get(page))
    assert client.post(f"{page}agenda/vaststellen/").status_code == 303
    assert client.post(f"{page}starten/").status_code == 303
    assert "Naar de onderwerpen" in text_of(client.get(f"{page}leiden/"))
    assert client.get(edit).status_code == 409  # its words are what was agreed
    write = f"{edit}uitkomst/"
    text_of(client.get(write))
    assert client.post(write, {"version": 2, "outcome": "JENS belt de politie"}).status_code == 303
    assert "Intussen gewijzigd" in text_of(client.post(write, {"version": 2, "outcome": "Anders"}), 409)
    assert "Na het sluiten" in text_of(client.get(f"{page}sluiten/"))
    assert client.post(f"{page}sluiten/").status_code == 303
    assert "JENS belt de politie" in text_of(client.get(f"{page}verslag/"))
    with acting_as(regisseur):
        meetings.signed(by=regisseur, meeting=meeting)
    seen = Meeting.objects.get(pk=meeting.pk).approved_text
    assert client.post(f"{page}verslag/vaststellen/", {"seen": seen}).status_code == 303
    [job] = Job.objects.filter(kind=minutes.KIND)
    assert jobs.run(job.pk)
    assert "Klaar" in text_of(client.get(f"{page}verslag/"))
    with acting_as(regisseur):
        paper = f"/documenten/{Document.objects.visible_to(regisseur).get().uuid}/"
    client.force_login(jongerenwerker)
    assert "JENS belt de politie" in text_of(client.get(page)) and paper in client.get(page).content.decode()
    assert client.get(paper).content.startswith(b"%PDF")
    assert "vaste plek" in text_of(client.get(f"{page}verslag/"))
    client.force_login(haltmedewerker)  # may attend, and HALT has no seat
    assert "JENS belt de politie" in text_of(client.get(page))
    assert client.get(paper).status_code == 404 == client.get(f"{page}verslag/").status_code
    client.force_login(mentor)
    assert client.get(page).status_code == 404


def test_who_attends_reads_and_changes_nothing(client, meeting, regisseur, jongerenwerker):
    with acting_as(regisseur):
        topic = meetings.topic(by=regisseur, meeting=meeting, title="Weekend")
    client.force_login(jongerenwerker)
    page = client.get(f"/overleg/{meeting.uuid}/").content.decode()
    assert "Weekend" in page
    assert not [
        word for word in ("verplaatsen", "uitkomst", "Nieuw onderwerp", "vaststellen") if word in page
    ]
    for tail in ("", "uitkomst/"):
        assert client.get(f"/overleg/onderwerp/{topic.uuid}/{tail}").status_code == 403
    for tail in ("verplaatsen/", "weghalen/"):
        assert client.post(f"/overleg/onderwerp/{topic.uuid}/{tail}").status_code == 403
    assert client.post(f"/overleg/{meeting.uuid}/onderwerp/").status_code == 403
    assert Topic.objects.standing().count() == 1


def test_moving_and_removing_by_button(client, meeting, regisseur):
    with acting_as(regisseur):
        for title in ("A", "B"):
            topic = meetings.topic(by=regisseur, meeting=meeting, title=title)
    client.force_login(regisseur)
    move = f"/overleg/onderwerp/{topic.uuid}/verplaatsen/"
    assert client.post(move, {"direction": "op", "seen": 2}).status_code == 303
    assert [one.title for one in Topic.objects.standing()] == ["B", "A"]
    assert client.post(f"/overleg/onderwerp/{topic.uuid}/weghalen/").status_code == 303
    assert [one.title for one in Topic.objects.standing()] == ["A"]


def test_a_case_is_never_offered_a_partneroverleg(client, meeting, regisseur, partners):
    with acting_as(regisseur):
        case = cases.case(by=regisseur, partners=[partners["jens"]])
    client.force_login(regisseur)
    assert "Zet op de agenda van" not in text_of(client.get(f"/overleg/dossier/{case.uuid}/"))
    assert (
        client.post(f"/overleg/{meeting.uuid}/agenda/toevoegen/", {"case": str(case.uuid)}).status_code == 409
    )


def test_a_series_of_partners_is_made_by_the_beheerder(client, beheerder, regisseur):
    client.force_login(beheerder)
    form = {
        "key": uuid4(), "name": "Partneroverleg", "kind": "partners", "level": "1", "first_on": "2030-01-08",
        "time": "09:30", "every_weeks": "4", "minutes": "90",
    }  # fmt: skip
    answer = client.post("/beheer/reeksen/nieuw/", form)
    assert answer.status_code == 303 and "Partneroverleg" in text_of(client.get(answer["Location"]))
    assert client.post("/beheer/reeksen/nieuw/", form | {"kind": "urgent", "name": "X"}).status_code == 400


def test_a_cancelled_one_says_so(client, meeting, regisseur, jongerenwerker):
    with acting_as(regisseur):
        meetings.topic(by=regisseur, meeting=meeting)
        agenda.agree(meeting=meeting, by=regisseur)
    client.force_login(regisseur)
    client.post(f"/overleg/{meeting.uuid}/annuleren/", {"reason": "Studiedag"})
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.CANCELLED
    client.force_login(jongerenwerker)
    assert "Studiedag" in text_of(client.get(f"/overleg/{meeting.uuid}/"))


def test_two_who_change_one_topic_see_both_texts(client, meeting, regisseur):
    with acting_as(regisseur):
        topic = meetings.topic(by=regisseur, meeting=meeting, title="Weekend")
    client.force_login(regisseur)
    page = f"/overleg/onderwerp/{topic.uuid}/"
    assert 'name="version" value="1"' in client.get(page).text
    typed = {"title": "Avonden", "question": "", "minutes": "10", "version": "1"}
    assert client.post(page, typed).status_code == 303
    late = client.post(page, typed | {"title": "Nachten"})
    assert late.status_code == 409 and "Avonden" in late.text and 'value="Nachten"' in late.text
    assert re.search(r"<h1[^>]*>\s*Avonden", late.text)  # what it is called now, and not what was typed
    assert client.post(page, typed | {"title": "Nachten", "version": "2"}).status_code == 303
    assert Topic.objects.get().title == "Nachten"
