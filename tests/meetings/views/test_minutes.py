"""The minutes on screen and on paper, for who may."""

import hashlib
import re

import pytest
from django.urls import reverse
from django.utils import timezone

import meetings.tasks  # noqa: F401  (the work registers itself)
from audit.models import Outcome
from foundation.scope import acting_as
from jobs import operations as jobs
from jobs.models import Job, State
from meetings.models import AgendaItem, Document, DocumentCopy
from meetings.operations import desk
from meetings.views import minutes
from tests.factories import meetings as factory
from tests.factories.audit import logged


@pytest.fixture
def closed(regisseur, partners):
    """A concept with which the second regisseur agrees already."""
    with acting_as(regisseur):
        made = factory.full_meeting(by=regisseur, partners=[partners["politie"], partners["jens"]], items=3)
        factory.signed(by=regisseur, meeting=made)
        return made


@pytest.fixture
def lead(client, regisseur):
    client.force_login(regisseur)
    return client


def to(name, meeting):
    return reverse(f"meetings:{name}", args=[meeting.uuid])


def sign(client, meeting):
    """Agree with the minutes as the page shows them."""
    page = client.get(to("minutes", meeting)).content.decode()
    [seen] = re.findall(r'name="seen" value="(\w+)"', page)
    return client.post(to("minutes_confirm", meeting), {"seen": seen})


def confirm(client, meeting):
    assert sign(client, meeting).status_code == 303
    for job in Job.objects.filter(state=State.WAITING):
        assert jobs.run(job.pk)


def document(by, short_name=None):
    with acting_as(by):
        found = Document.objects.visible_to(by)
        return found.get(partner__short_name=short_name) if short_name else found.get(partner=None)


def test_the_concept_stands_on_screen_and_can_still_be_read_through(lead, closed):
    page = lead.get(to("minutes", closed)).content.decode()
    assert "Concept" in page and "Stel het verslag vast" in page and "Łukasz Voorbeeld 1" in page
    assert len(logged("minutes.viewed")[-1].youth_ids) == 3


def test_the_whole_concept_is_not_for_partners(client, closed, agent, mentor):
    client.force_login(mentor)
    assert client.get(to("minutes", closed)).status_code == 404
    client.force_login(agent)  # who sat at a point reads that point
    page = client.get(to("minutes", closed)).content.decode()
    assert (
        "Klopt wat er staat?" in page and "Stel het verslag vast" not in page and "Ik ga akkoord" not in page
    )


def test_documents_that_are_made_while_the_page_is_read_are_waited_for(lead, closed, monkeypatch):
    sign(lead, closed)
    read = minutes._wanted

    def read_and_finish(*args):
        rows = read(*args)
        Job.objects.update(state=State.DONE, finished_at=timezone.now(), lease_until=None)
        return rows

    monkeypatch.setattr(minutes, "_wanted", read_and_finish)
    assert to("minutes_progress", closed) in lead.get(to("minutes", closed)).content.decode()
    assert to("minutes_progress", closed) not in lead.get(to("minutes", closed)).content.decode()


def test_documents_show_how_far_they_are_and_then_open(lead, closed):
    sign(lead, closed)
    waiting = lead.get(to("minutes", closed)).content.decode()
    assert "Wordt gemaakt" in waiting and "0 van 3 klaar" in waiting
    assert (
        "0 van 3 klaar"
        in lead.get(to("minutes_progress", closed), headers={"HX-Request": "true"}).content.decode()
    )
    for job in Job.objects.all():
        jobs.run(job.pk)
    ready = lead.get(to("minutes", closed)).content.decode()
    assert ready.count("Klaar") == 3 and "Stel het verslag vast" not in ready
    done = lead.get(to("minutes_progress", closed), headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"


def test_a_copy_comes_out_and_is_logged(lead, closed, regisseur):
    confirm(lead, closed)
    whole = document(regisseur)
    answer = lead.get(reverse("meetings:document", args=[whole.uuid]))
    assert answer.content != bytes(whole.content) and answer["Content-Type"] == "application/pdf"
    assert (
        answer["Content-Disposition"]
        == f'inline; filename="verslag-jpp-{closed.starts_at.astimezone():%Y-%m-%d}.pdf"'
    )
    assert answer["Cache-Control"] == "no-store"
    row = logged("document.downloaded")[-1]
    assert row.youth_ids == sorted(whole.youth_ids) and row.recipients == [regisseur.partner_id]
    with acting_as(regisseur):
        copy = DocumentCopy.objects.visible_to(regisseur).get()
    assert (copy.document_id, copy.person_id) == (whole.pk, regisseur.pk)
    assert copy.sha256 == hashlib.sha256(answer.content).hexdigest()


def test_another_partners_part_is_not_there_and_the_try_is_logged(
    client, lead, closed, regisseur, agent, jongerenwerker
):
    confirm(lead, closed)
    url = reverse("meetings:document", args=[document(regisseur, "Politie Heerlen").uuid])
    client.force_login(agent)
    assert client.get(url).status_code == 200
    client.force_login(jongerenwerker)
    assert client.get(url).status_code == 404
    refused = logged("request.refused")[-1]
    assert (refused.outcome, refused.actor_id) == (Outcome.NOT_FOUND, jongerenwerker.pk)


def test_a_partner_finds_its_own_part(client, lead, closed, regisseur, agent):
    confirm(lead, closed)
    client.force_login(agent)
    page = client.get(to("minutes", closed)).content.decode()
    assert str(document(regisseur, "Politie Heerlen").uuid) in page and "Łukasz" not in page


def test_a_slipped_name_is_shown_before_it_is_refused(lead, closed, regisseur):
    with acting_as(regisseur):
        # Point 2 is for the police alone; point 1 is read by JENS too.
        item = AgendaItem.objects.filter(meeting=closed).on_agenda().select_related("meeting").first()
        desk.save_note(item=item, text="Samen met Şahin Fictief 2", version=1, by=regisseur)
    page = lead.get(to("minutes", closed)).content.decode()
    assert "staat de naam van de jongere van punt 2" in page and "Stel het verslag vast" not in page
    assert lead.post(to("minutes_confirm", closed)).status_code == 409


def test_a_failed_document_can_be_tried_again(lead, closed, regisseur):
    sign(lead, closed)
    Job.objects.update(state=State.FAILED, problem="De PDF-maker start niet.")
    page = lead.get(to("minutes", closed)).content.decode()
    assert "De PDF-maker start niet." in page and "Probeer opnieuw" in page
    assert lead.post(to("minutes_again", closed)).status_code == 303
    assert Job.objects.filter(state=State.WAITING).count() == 3
