"""The pages of meetings and their agenda, for each who may open them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.scope import acting_as
from jobs import operations as jobs
from jobs.models import Job, State
from meetings import tasks
from meetings.models import AgendaItem, MeetingState
from meetings.operations import agenda, points
from meetings.views import agenda_page
from tests.factories import cases, meetings
from tests.factories.audit import logged


@pytest.fixture
def meeting(beheerder, regisseur, partners):
    """A draft agenda: Sem for police and JENS, Noor for JENS only; Bo does not fit."""
    made = meetings.meeting(by=beheerder, minutes=16, seats=[partners["halt"]])
    today = timezone.localdate()
    with acting_as(regisseur):
        for n, (name, town, table) in enumerate([
            ("Sem", "Heerlen", [partners["politie"], partners["jens"]]),
            ("Noor", "Kerkrade", [partners["jens"]]),
            ("Bo", "Heerlen", [partners["jens"]]),
        ]):  # fmt: skip
            cases.case(
                by=regisseur,
                partners=table,
                first_name=name,
                town=town,
                review_on=today - timedelta(days=9 - n),
            )
        agenda.build_agenda(meeting=made, by=regisseur)
    made.refresh_from_db()
    return made


@pytest.fixture
def agreed(meeting, regisseur):
    with acting_as(regisseur):
        return agenda.agree(meeting=meeting, by=regisseur)


def url(meeting, tail=""):
    return f"/overleg/{meeting.uuid}/{tail}"


def text_of(client, user, address):
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def items(meeting, regisseur):
    with acting_as(regisseur):
        found = AgendaItem.objects.filter(meeting=meeting).select_related("case__youth")
        return {i.case.youth.first_name: i for i in found}


def test_the_regisseur_sees_reasons_sum_and_what_is_left_out(client, meeting, regisseur):
    text = text_of(client, regisseur, url(meeting))
    assert "2 van de 3" in text and "16 minuten gepland" in text
    assert "Afgesproken om op" in text and "Past niet in de tijd" in text
    assert text.index("Heerlen") < text.index("Kerkrade")
    [event] = logged("meeting.agenda_viewed")
    assert len(event.youth_ids) == 3


def test_a_draft_is_empty_for_who_attends(client, meeting, agent):
    text = text_of(client, agent, url(meeting))
    assert "De agenda is nog niet klaar" in text
    assert "Sem" not in text and "Niet voor uw organisatie" not in text


def test_an_agreed_agenda_shows_own_points_and_nameless_rows(client, agreed, agent, haltmedewerker):
    text = text_of(client, agent, url(agreed))
    assert "Sem Voorbeeld" in text and "Noor" not in text and "Bo" not in text
    assert text.count("Niet voor uw organisatie") == 1
    assert "2 punten, waarvan 1 voor u" in text
    text = text_of(client, haltmedewerker, url(agreed))
    assert text.count("Niet voor uw organisatie") == 2 and "Sem" not in text and "Kerkrade" not in text


@pytest.mark.parametrize("who", ["coach_lja", "lja_heerlen", "pga", "mentor", "manager", "fg", "beheerder"])
def test_who_has_no_seat_knows_no_meeting(client, agreed, who, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(url(agreed)).status_code == 404


def test_the_list_counts_own_points(client, agreed, agent, jongerenwerker):
    assert "1 punt voor u" in text_of(client, agent, "/overleg/")
    assert "2 punten voor u" in text_of(client, jongerenwerker, "/overleg/")


def test_the_list_shows_a_conflict_and_a_cancelled_meeting(client, meeting, regisseur, beheerder):
    meetings.closing_day(by=beheerder, on=timezone.localtime(meeting.starts_at).date(), name="Studiedag")
    assert "Geen overleg: Studiedag. Dit overleg staat er nog." in text_of(client, regisseur, "/overleg/")
    answer = client.post(url(meeting, "annuleren/"), {"reason": "Studiedag van de regie"})
    assert answer.status_code == 303
    assert "Studiedag van de regie" in text_of(client, regisseur, "/overleg/")


def test_the_video_link_is_for_who_may_attend(client, agreed, regisseur, agent, mentor, jongerenwerker):
    client.force_login(regisseur)
    address = url(agreed, "plaats/")
    wrong = client.post(address, {"location": "", "video_url": "http://video.example/1"})
    assert wrong.status_code == 400
    done = client.post(address, {"location": "Zaal 3", "video_url": "https://video.example/1"})
    assert done.status_code == 303
    for person in (regisseur, agent):
        client.force_login(person)
        page = client.get(url(agreed)).content.decode()
        assert 'href="https://video.example/1"' in page and "noreferrer" in page
    assert client.get(address).status_code == 403 == client.post(address, {}).status_code
    client.force_login(mentor)
    assert client.get(address).status_code == 404 == client.get(url(agreed)).status_code


def test_cancelling_asks_for_a_reason(client, meeting, regisseur):
    client.force_login(regisseur)
    assert client.post(url(meeting, "annuleren/"), {"reason": ""}).status_code == 400
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.DRAFT


def test_the_button_asks_for_work_and_the_page_shows_how_far_it_is(client, meeting, regisseur):
    client.force_login(regisseur)
    key = uuid4()
    for _ in range(2):
        assert client.post(url(meeting, "agenda/maken/"), {"key": str(key)}).status_code == 303
    job = Job.objects.get(kind=tasks.AGENDA)
    assert f"/taken/{job.uuid}/" in client.get(url(meeting)).content.decode()
    assert jobs.run(job.pk)
    assert f"/taken/{job.uuid}/" not in client.get(url(meeting)).content.decode()


def test_an_agenda_that_is_made_while_the_page_is_read_is_waited_for(client, meeting, regisseur, monkeypatch):
    """The page would otherwise show the old agenda, and never ask again."""
    client.force_login(regisseur)
    client.post(url(meeting, "agenda/maken/"), {"key": str(uuid4())})
    job, read = Job.objects.get(kind=tasks.AGENDA), agenda_page.working_agenda

    def read_and_finish(*args):
        context = read(*args)
        Job.objects.update(state=State.DONE, finished_at=timezone.now(), lease_until=None)
        return context

    monkeypatch.setattr(agenda_page, "working_agenda", read_and_finish)
    assert f"/taken/{job.uuid}/" in client.get(url(meeting)).content.decode()
    assert f"/taken/{job.uuid}/" not in client.get(url(meeting)).content.decode()


def test_moving_removing_and_adding_work_without_and_with_htmx(client, meeting, regisseur):
    client.force_login(regisseur)
    rows = items(meeting, regisseur)
    move = f"/overleg/punt/{rows['Noor'].uuid}/verplaatsen/"
    answer = client.post(move, {"direction": "op", "seen": 2})
    assert (answer.status_code, answer["Location"]) == (303, f"{url(meeting)}#agenda")
    page = client.post(move, {"direction": "neer", "seen": 1}, headers={"HX-Request": "true"})
    assert page.status_code == 200 and "<html" not in page.content.decode()
    client.post(f"/overleg/punt/{rows['Noor'].uuid}/weghalen/")
    assert "Door de regisseur van de agenda gehaald" in text_of(client, regisseur, url(meeting))
    client.post(url(meeting, "agenda/toevoegen/"), {"case": str(rows["Noor"].case.uuid)})
    assert "Toegevoegd door de regisseur" in text_of(client, regisseur, url(meeting))


def seen_in(answer):
    return re.search(r'name="seen" value="(\w+)"', answer.text)[1]


def test_preparing_a_point(client, meeting, regisseur, partners):
    client.force_login(regisseur)
    item = items(meeting, regisseur)["Sem"]
    address = f"/overleg/punt/{item.uuid}/"
    text = text_of(client, regisseur, address)
    assert "HALT (niet in het dossier)" in text and "JENS" in text
    wrong = client.post(address, {"question": "x" * 301, "minutes": 8})
    assert wrong.status_code == 400 and "x" * 301 in wrong.content.decode()
    seen = seen_in(client.get(address))
    right = {"question": "Wie belt?", "minutes": 12, "partners": [partners["halt"].pk], "seen": seen}
    assert client.post(address, right).status_code == 303
    with acting_as(regisseur):
        names = set(item.invitations.standing().values_list("partner__short_name", flat=True))
    assert names == {"HALT"}
    assert client.post(address, {"minutes": 8, "partners": [partners["school"].pk]}).status_code == 400


def test_confirming_by_button_once(client, meeting, regisseur, agent):
    client.force_login(agent)
    assert client.post(url(meeting, "agenda/vaststellen/")).status_code == 403
    client.force_login(regisseur)
    for _ in range(2):
        assert client.post(url(meeting, "agenda/vaststellen/")).status_code == 303
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.AGREED


def test_a_point_of_somebody_else_is_not_there(client, agreed, regisseur, agent):
    client.force_login(agent)
    rows = items(agreed, regisseur)
    assert client.get(f"/overleg/punt/{rows['Noor'].uuid}/").status_code == 404
    assert client.get(f"/overleg/punt/{rows['Sem'].uuid}/").status_code == 403
    assert client.post(f"/overleg/punt/{rows['Sem'].uuid}/weghalen/").status_code == 403


def test_a_case_shows_its_meetings_and_the_way_onto_the_next_one(client, agreed, regisseur, agent):
    case = items(agreed, regisseur)["Sem"].case
    address = f"/overleg/dossier/{case.uuid}/"
    assert "JPP Parkstad" in text_of(client, agent, address)
    assert "Zet op de agenda van" not in text_of(client, agent, address)
    client.force_login(regisseur)
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Zet op de agenda van" in part and "<html" not in part
    [event, *_] = logged("case.items_viewed")
    assert event.case_id == case.pk


def test_a_case_that_is_unknown_to_me_has_no_meetings_page(client, agreed, regisseur, agent):
    client.force_login(agent)
    case = items(agreed, regisseur)["Noor"].case
    assert client.get(f"/overleg/dossier/{case.uuid}/").status_code == 404


def test_the_page_costs_the_same_with_more_points(
    client, beheerder, regisseur, partners, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(regisseur)
    client.get("/")  # the first request of a session writes that there is one
    counts = []
    for name, number in (("Klein", 2), ("Groot", 9)):
        made = meetings.meeting(by=beheerder, minutes=240, name=name)
        with acting_as(regisseur):
            for _ in range(number):
                case = cases.case(by=regisseur, partners=[partners["jens"]])
                points.add(meeting=made, case=case, by=regisseur)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(made)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_two_who_prepare_one_point_see_each_others_words(client, meeting, regisseur, partners):
    with acting_as(regisseur):
        item = AgendaItem.objects.filter(meeting=meeting).on_agenda().first()
    client.force_login(regisseur)
    page = reverse("meetings:item_prepare", args=[item.uuid])
    typed = {"question": "Wie belt vader?", "minutes": "9", "partners": [partners["jens"].pk]}
    typed["seen"] = seen_in(client.get(page))
    assert client.post(page, typed).status_code == 303
    late = client.post(page, typed | {"question": "Wie belt moeder?", "partners": []})
    assert late.status_code == 409 and "Intussen gewijzigd" in late.text
    assert "Wie belt vader?" in late.text and "Wie belt moeder?" in late.text and "JENS" in late.text
    again = typed | {"question": "Wie belt moeder?", "seen": seen_in(late)}
    assert client.post(page, again).status_code == 303
    with acting_as(regisseur):
        assert AgendaItem.objects.get(pk=item.pk).question == "Wie belt moeder?"
