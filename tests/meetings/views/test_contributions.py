"""The pages of the partner round: one tap is an answer, and nothing typed is lost."""

import re

import pytest

from foundation.scope import acting_as
from meetings.models import AgendaItem, Contribution
from tests.factories import cases as make_case
from tests.factories import meetings as make
from tests.factories.audit import logged


@pytest.fixture
def meeting(regisseur, partners):
    """Noor for police and JENS, Sem for JENS only; the agenda is agreed."""
    table = [partners["politie"], partners["jens"]]
    with acting_as(regisseur):
        made = make.agreed_meeting(by=regisseur)
        for name, at_table in (("Noor", table), ("Sem", table[1:])):
            case = make_case.case(by=regisseur, partners=at_table, first_name=name)
            item = make.point(by=regisseur, meeting=made, case=case, partners=at_table)
            for partner in at_table:
                item.invitations.get_or_create(compartment=item.compartment, partner=partner)
        return made


@pytest.fixture
def noor(meeting, regisseur):
    with acting_as(regisseur):
        return AgendaItem.objects.select_related("case").get(meeting=meeting, case__youth__first_name="Noor")


def text_of(client, user, address):
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def page(meeting):
    return f"/overleg/{meeting.uuid}/inbreng/"


def test_only_the_own_youths_are_in_the_list(client, meeting, agent, jongerenwerker, noor):
    mine = text_of(client, agent, page(meeting))
    assert "Noor" in mine and "Sem" not in mine and "0 van de 1 ingevuld" in mine
    theirs = text_of(client, jongerenwerker, page(meeting))
    assert "Noor" in theirs and "Sem" in theirs
    assert noor.case.youth_id in logged("contribution.listed")[0].youth_ids


def test_a_question_that_names_another_youth_is_kept_back(
    client, meeting, noor, regisseur, agent, jongerenwerker
):
    with acting_as(regisseur):
        sem = AgendaItem.objects.select_related("case__youth").get(
            meeting=meeting, case__youth__first_name="Sem"
        )
        noor.question = f"Was {sem.case.youth.name} erbij?"
        noor.save(update_fields=["question"])
    assert "erbij?" in text_of(client, jongerenwerker, page(meeting))
    client.force_login(agent)
    sent = {"answer": "known", "audience": "table", "text": ""}
    one = client.post(f"/overleg/punt/{noor.uuid}/inbreng/", sent, headers={"HX-Request": "true"})
    for text in (one.content.decode(), text_of(client, agent, page(meeting))):
        assert "Sem" not in text and "erbij?" not in text and "niet mag zien" in text


def test_one_tap_without_scripts(client, meeting, noor, agent):
    client.force_login(agent)
    answer = client.post(
        f"/overleg/punt/{noor.uuid}/inbreng/", {"answer": "unknown", "audience": "table", "text": ""}
    )
    assert answer.status_code == 303 and answer["Location"].endswith(f"#punt-{noor.uuid}")
    assert "1 van de 1 ingevuld" in text_of(client, agent, page(meeting))


def test_with_scripts_its_own_line_comes_back(client, noor, agent):
    client.force_login(agent)
    sent = {"answer": "known", "audience": "regie", "ground": "legal_task", "text": "Rustig thuis"}
    answer = client.post(f"/overleg/punt/{noor.uuid}/inbreng/", sent, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert answer.status_code == 200 and html.strip().startswith("<section")
    assert re.search(r'value="known" aria-pressed="true"', html) and "Rustig thuis" in html
    with acting_as(agent):
        said = Contribution.objects.get()
        assert (said.audience, said.ground) == ("regie", "legal_task")


def test_how_far_it_is_comes_along_and_the_focus_finds_its_way_back(client, meeting, noor, jongerenwerker):
    client.force_login(jongerenwerker)
    address, htmx = f"/overleg/punt/{noor.uuid}/inbreng/", {"HX-Request": "true"}
    html = client.post(address, {"answer": "unknown", "audience": "table"}, headers=htmx).content.decode()
    assert re.search(r'hx-swap-oob="innerHTML:#ingevuld"><strong>1 van de 2</strong>', html)
    assert f'id="punt-{noor.uuid}"' in html and f'id="p{noor.pk}_unknown"' in html
    refused = client.post(address, {"answer": "nothing", "audience": "table", "text": "Iets"}, headers=htmx)
    assert refused.status_code == 409 and "hx-swap-oob" not in refused.content.decode()


def test_keys_only_where_an_answer_can_be_given(client, meeting, agent, regisseur):
    client.force_login(agent)
    assert "data-key-place" in client.get(page(meeting)).content.decode()
    with acting_as(regisseur):
        meeting.state = "closed"
        meeting.save(update_fields=["state"])
    html = client.get(page(meeting)).content.decode()
    assert "Noor" in html and "data-key-place" not in html and "data-step" not in html


def test_a_refused_answer_keeps_the_text(client, noor, agent):
    client.force_login(agent)
    sent = {"answer": "nothing", "audience": "table", "text": "Toch iets"}
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.post(f"/overleg/punt/{noor.uuid}/inbreng/", sent, headers=headers)
        assert answer.status_code == 409
        assert "Toch iets" in answer.content.decode() and "kies dan Bekend" in answer.content.decode()


def test_the_regisseur_sees_how_far_it_is_and_what_was_said(client, meeting, noor, agent, regisseur):
    board = text_of(client, regisseur, f"/overleg/{meeting.uuid}/")
    assert "Inbreng: 0 van de 3." in board and "JENS (2)" in board
    client.force_login(agent)
    sent = {"answer": "known", "audience": "regie", "text": "Alleen voor u"}
    client.post(f"/overleg/punt/{noor.uuid}/inbreng/", sent)
    assert "Inbreng: 1 van de 3." in text_of(client, regisseur, f"/overleg/{meeting.uuid}/")
    client.post(f"/overleg/{meeting.uuid}/starten/")
    live = text_of(client, regisseur, f"/overleg/{meeting.uuid}/leiden/{noor.uuid}/")
    assert "Alleen voor u" in live and "Alleen voor de regie (1)" in live
    html = client.get(f"/overleg/{meeting.uuid}/leiden/{noor.uuid}/").content.decode()
    folded = re.search(r"<details class=\"meeting__apart\">.*?</details>", html, re.DOTALL)
    assert "Alleen voor u" in folded[0] and "Alleen voor u" not in html.replace(folded[0], "")


def test_who_sits_at_the_table_is_asked(client, meeting, jongerenwerker):
    assert "Bij 2 jongeren heeft uw organisatie nog niets gezegd" in text_of(client, jongerenwerker, f"/overleg/{meeting.uuid}/")  # fmt: skip
    assert "jongeren vragen uw inbreng" in text_of(client, jongerenwerker, "/")


def test_the_agenda_as_an_organisation_sees_it(client, meeting, regisseur, agent, partners):
    address = f"/overleg/{meeting.uuid}/zo-ziet/{partners['politie'].uuid}/"
    text = text_of(client, regisseur, address)
    assert "Zo ziet Politie Heerlen" in text and "Noor" in text and "Sem" not in text
    assert "Niet voor uw organisatie" in text and "waarvan 1 voor u" in text
    client.force_login(agent)
    assert client.get(address).status_code == 403


def test_what_was_said_in_words_stands_in_the_story_for_who_may_read_it(
    client, noor, agent, jongerenwerker, regisseur
):
    with acting_as(agent):
        make.contribution(by=agent, item=noor, text="Rustig thuis", audience="regie")
    with acting_as(jongerenwerker):
        make.contribution(by=jongerenwerker, item=noor, text="Komt elke week")
    story = f"/dossiers/{noor.case.uuid}/?sinds=alles"
    assert "Rustig thuis" in text_of(client, regisseur, story) and "Alleen voor de regie" in text_of(
        client, regisseur, story
    )
    assert "Rustig thuis" not in text_of(client, jongerenwerker, story)
    assert "Komt elke week" in text_of(client, agent, story)
