"""Papers made while one waits: each holds what its reader may read, and no more."""

import io

import pypdf
import pytest
from django.urls import reverse

from access import operations as access
from access.models import Participation
from foundation.scope import acting_as
from meetings.models import AgendaItem, Meeting, Slot
from meetings.operations import desk
from tests.factories import meetings as factory
from tests.factories.audit import logged


@pytest.fixture(autouse=True)
def printed(monkeypatch):
    """The HTML in place of the PDF: printing has its own tests (tests/meetings/test_papers.py)."""
    from meetings import sheets

    monkeypatch.setattr(sheets, "render_pdf", lambda html, **more: html.encode())
    monkeypatch.setattr(sheets, "stamp", lambda pdf, **words: pdf + words["line"].encode())


@pytest.fixture
def agreed(regisseur, partners):
    """Point 1 for the police and JENS, point 2 for the police, point 3 for the police."""
    with acting_as(regisseur):
        meeting = factory.running_meeting(
            by=regisseur, partners=[partners["politie"], partners["jens"]], items=3
        )
        for item in items_of(meeting):
            for seat in Participation.objects.filter(compartment=item.compartment_id).select_related(
                "partner"
            ):
                item.invitations.create(compartment_id=item.compartment_id, partner=seat.partner)
        return meeting


def items_of(meeting):
    return (
        AgendaItem.objects.filter(meeting=meeting)
        .on_agenda()
        .select_related("meeting__series", "case__youth")
    )


def get(client, user, name, record):
    client.force_login(user)
    return client.get(reverse(f"meetings:{name}", args=[record.uuid]))


def text_of(answer):
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf", answer.status_code
    return answer.content.decode()


# --- the agenda -----------------------------------------------------------------------------------
def test_regie_has_the_whole_agenda(client, agreed, regisseur):
    text = text_of(get(client, regisseur, "agenda_sheet", agreed))
    assert all(name in text for name in ("Łukasz Voorbeeld 1", "Şahin Fictief 2", "Zoë Żółtowski 3"))
    assert "Besloten" not in text and f"Afschrift voor {regisseur}" in text


def test_a_partner_has_its_own_points_and_of_the_others_a_number_and_a_time(client, agreed, jongerenwerker):
    text = text_of(get(client, jongerenwerker, "agenda_sheet", agreed))
    assert "Łukasz Voorbeeld 1" in text and "Deel voor JENS" in text
    assert "Fictief" not in text and "Żółtowski" not in text
    assert text.count("Besloten") == 2 and "<td>3</td>" in text
    row = logged("sheet.made")[-1]
    assert len(row.youth_ids) == 1 and row.details["sheet"] == "agenda"


def test_a_break_is_no_point_that_somebody_may_not_read(client, agreed, regisseur):
    Slot.objects.create(meeting=agreed, position=9, minutes=10, is_break=True)
    text = text_of(get(client, regisseur, "agenda_sheet", agreed))
    assert "Pauze" in text and "Besloten" not in text


def test_an_agenda_that_is_not_agreed_is_for_regie_alone(client, agreed, regisseur, agent):
    Meeting.objects.filter(pk=agreed.pk).update(state="draft")
    assert get(client, agent, "agenda_sheet", agreed).status_code == 409
    text_of(get(client, regisseur, "agenda_sheet", agreed))


def test_who_does_not_sit_at_this_table_finds_nothing(client, agreed, mentor, coach_lja, manager):
    for stranger in (mentor, coach_lja, manager):
        for name in ("agenda_sheet", "action_sheet"):
            assert get(client, stranger, name, agreed).status_code == 404


def ask_at_first_point(meeting, by, question):
    with acting_as(by):
        AgendaItem.objects.filter(pk=items_of(meeting).first().pk).update(question=question)


@pytest.mark.parametrize(
    "question",
    [
        "Was samen met Zoë Żółtowski 3 op het plein",
        "Was samen met ZOLTOWSKI 3, Zoe op het plein",
        "Wat speelt er met zoë (Żółtowski, 3)?",
    ],
)
def test_a_name_that_the_reader_may_not_know_stops_it(
    client, agreed, regisseur, agent, jongerenwerker, question
):
    """Point 3 is read by the police and not by JENS."""
    ask_at_first_point(agreed, regisseur, question)
    refused = get(client, jongerenwerker, "agenda_sheet", agreed)
    assert refused.status_code == 409 and "Żółtowski" not in refused.content.decode()
    for reader in (regisseur, agent):
        assert question.split(" ")[0] in text_of(get(client, reader, "agenda_sheet", agreed))


@pytest.mark.parametrize("question", ["Zoë gaat erheen", "Familie Żółtowski belt", "Punt 3 is anders"])
def test_a_first_or_last_name_alone_says_too_little(client, agreed, regisseur, jongerenwerker, question):
    ask_at_first_point(agreed, regisseur, question)
    text_of(get(client, jongerenwerker, "agenda_sheet", agreed))


def test_a_right_that_ended_takes_its_point_along(client, agreed, regisseur, jongerenwerker):
    with acting_as(regisseur):
        first = items_of(agreed).first()
        seat = Participation.objects.get(
            compartment=first.compartment_id, partner=jongerenwerker.partner, ended_at=None
        )
        access.end_participation(participation=seat, by=regisseur)
    text = text_of(get(client, jongerenwerker, "agenda_sheet", agreed))
    assert "Voorbeeld" not in text and text.count("Besloten") == 3


# --- the actions ----------------------------------------------------------------------------------
def close(meeting, by):
    with acting_as(by):
        factory.decide_all(by=by, meeting=meeting)
        for number, item in enumerate(items_of(meeting), start=1):
            desk.save_note(item=item, text=f"KANARIE{number}", version=1, by=by)
        return factory.live.close(meeting=meeting, by=by)


def test_actions_whole_for_regie_and_the_own_part_for_a_partner(client, agreed, regisseur, jongerenwerker):
    close(agreed, regisseur)
    whole, own = (
        text_of(get(client, reader, "action_sheet", agreed)) for reader in (regisseur, jongerenwerker)
    )
    assert whole.count("Gaat op huisbezoek") == 3 and "Zoë Żółtowski 3" in whole
    assert own.count("Gaat op huisbezoek") == 1 and "Żółtowski" not in own and "Deel voor JENS" in own
    assert "KANARIE" not in whole + own  # actions, and nothing that was said


def test_before_a_meeting_there_are_no_actions(client, agreed, regisseur):
    Meeting.objects.filter(pk=agreed.pk).update(state="agreed")
    assert get(client, regisseur, "action_sheet", agreed).status_code == 409


# --- one point ------------------------------------------------------------------------------------
@pytest.fixture
def confirmed(agreed, regisseur):
    close(agreed, regisseur)
    with acting_as(regisseur):
        factory.confirm(meeting=Meeting.objects.get(pk=agreed.pk), by=regisseur)
        return list(items_of(agreed))


def test_who_may_read_a_point_reads_what_the_minutes_say_of_it_at_the_case(client, confirmed, jongerenwerker):
    first, second, third = confirmed
    page = get(client, jongerenwerker, "extract", first).content.decode()
    assert "KANARIE1" in page and "Łukasz Voorbeeld 1" in page and "Gaat op huisbezoek" in page
    assert "KANARIE2" not in page and "KANARIE3" not in page
    assert logged("minutes.viewed")[-1].youth_ids == [first.case.youth_id]
    text = text_of(get(client, jongerenwerker, "extract_sheet", first))
    assert "KANARIE1" in text and "KANARIE2" not in text
    for name in ("extract", "extract_sheet"):
        for other in (second, third):
            assert get(client, jongerenwerker, name, other).status_code == 404


def test_it_is_found_from_the_case(client, confirmed, agent):
    page = get(client, agent, "case_items", confirmed[1].case).content.decode()
    assert reverse("meetings:extract", args=[confirmed[1].uuid]) in page


def test_of_a_concept_there_is_no_extract(client, agreed, regisseur, agent):
    close(agreed, regisseur)
    with acting_as(regisseur):
        first = items_of(agreed).first()
    for name in ("extract", "extract_sheet"):
        assert get(client, agent, name, first).status_code == 409


def test_nothing_of_it_is_kept(client, confirmed, regisseur):
    from meetings.models import Document

    get(client, regisseur, "extract_sheet", confirmed[0])
    with acting_as(regisseur):
        assert not Document.objects.visible_to(regisseur).exists()


def test_pypdf_reads_a_real_one(client, confirmed, regisseur, monkeypatch):
    """Once through the printer itself."""
    monkeypatch.undo()
    answer = get(client, regisseur, "extract_sheet", confirmed[0])
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert "KANARIE1" in pages[0].extract_text()
    assert 'filename="uittreksel-jpp-' in answer["Content-Disposition"]
