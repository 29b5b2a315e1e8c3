"""Reading the concept through, answering, and addenda, in the browser."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from foundation.scope import acting_as
from meetings.models import AgendaItem, MinutesRemark
from meetings.operations import corrections, desk
from meetings.operations import minutes as operations
from tests.factories import meetings as factory
from tests.factories.audit import logged


@pytest.fixture
def closed(regisseur, partners):
    with acting_as(regisseur):
        return factory.full_meeting(by=regisseur, partners=[partners["politie"], partners["jens"]])


@pytest.fixture
def items(regisseur, closed):
    with acting_as(regisseur):
        found = AgendaItem.objects.filter(meeting=closed).on_agenda()
        return list(found.select_related("case__youth", "meeting__series", "slot"))


def page_of(item):
    return reverse("meetings:minutes_item", args=[item.uuid])


def added(text):
    return {"key": uuid4(), "text": text, "is_addendum": "True"}


def test_who_was_there_reads_the_own_points_and_says_what_is_wrong(
    client, agent, jongerenwerker, closed, items
):
    client.force_login(jongerenwerker)
    concept = client.get(reverse("meetings:minutes", args=[closed.uuid])).content.decode()
    assert items[0].case.youth.name in concept and items[1].case.youth.name not in concept
    assert "thuis beter" in client.get(page_of(items[0])).content.decode()
    assert logged("minutes.viewed")[-1].youth_ids == [items[0].case.youth_id]
    assert client.get(page_of(items[1])).status_code == 404
    assert client.post(page_of(items[0]), {"key": uuid4(), "text": ""}).status_code == 400
    assert client.post(page_of(items[0]), {"key": uuid4(), "text": "Het was dinsdag"}).status_code == 303
    client.force_login(agent)
    read = client.get(page_of(items[0])).content.decode()
    assert "Het was dinsdag" in read and "Nog niet beantwoord" in read and "Wat doet u ermee" not in read


def test_regie_answers_where_the_remark_stands(client, regisseur, agent, closed, items):
    with acting_as(agent):
        made = corrections.remark(item=items[0], text="Het was dinsdag", key=uuid4(), by=agent)
    client.force_login(regisseur)
    whole = client.get(reverse("meetings:minutes", args=[closed.uuid])).content.decode()
    assert "1 opmerking" in whole and "Ik ga akkoord" not in whole
    answer = reverse("meetings:remark_answer", args=[made.uuid])
    refused = client.post(answer, {"is_taken": "nee", "words": ""})
    assert refused.status_code == 400 and "waarom u dit niet overneemt" in refused.content.decode()
    assert client.post(answer, {"is_taken": "ja", "words": "Aangepast"}).status_code == 303
    with acting_as(regisseur):
        assert MinutesRemark.objects.get(pk=made.pk).is_taken
    assert "Ik ga akkoord" in client.get(reverse("meetings:minutes", args=[closed.uuid])).content.decode()


def test_two_regisseurs_sign_what_they_read(client, regisseur, tweede_regisseur, closed, items):
    minutes, confirm = (
        reverse(f"meetings:{name}", args=[closed.uuid]) for name in ("minutes", "minutes_confirm")
    )

    def read():
        page = client.get(minutes).content.decode()
        return page, {"seen": "".join(re.findall(r'name="seen" value="(\w+)"', page))}

    client.force_login(regisseur)
    assert client.post(confirm, read()[1]).status_code == 303
    assert "Een andere regisseur stelt het verslag vast" in read()[0]
    client.force_login(tweede_regisseur)
    page, seen = read()
    assert "U bent de tweede" in page
    with acting_as(regisseur):  # meanwhile the first changes something and agrees with that
        desk.save_note(item=items[0], text="Toch anders", version=items[0].note_version, by=regisseur)
        operations.confirm(meeting=closed, by=regisseur)
    refused = client.post(confirm, seen)
    assert refused.status_code == 409 and "sinds u het verslag opende" in refused.content.decode()
    assert client.post(confirm, read()[1]).status_code == 303
    assert "Vastgesteld" in read()[0]


def test_an_addendum_stands_beside_the_minutes_for_who_reads_the_point(
    client, regisseur, agent, jongerenwerker, closed, items
):
    with acting_as(regisseur):
        factory.confirm(meeting=closed, by=regisseur)
    client.force_login(regisseur)
    slip = client.post(page_of(items[0]), added(f"Met {items[1].case.youth.name}"))
    assert slip.status_code == 409 and "mag die naam niet zien" in slip.content.decode()
    assert client.post(page_of(items[1]), added("Moeder was erbij")).status_code == 303
    assert "Addendum 1" in client.get(reverse("meetings:minutes", args=[closed.uuid])).content.decode()
    client.force_login(agent)
    for name in ("minutes_item", "extract"):
        page = client.get(reverse(f"meetings:{name}", args=[items[1].uuid])).content.decode()
        assert "Addendum 1" in page and "Moeder was erbij" in page
    assert client.post(page_of(items[1]), added("Ik ook")).status_code == 403
    client.force_login(jongerenwerker)
    assert client.get(page_of(items[1])).status_code == 404


def test_a_name_that_slipped_does_not_reach_who_may_not_know_it(
    client, regisseur, agent, jongerenwerker, closed, items
):
    """The police read both points and JENS only the first, so the police know the name that JENS may not."""
    other = items[1].case.youth.name
    with acting_as(agent):
        made = corrections.remark(item=items[0], text="Het was dinsdag", key=uuid4(), by=agent)
    with acting_as(regisseur):  # as if it was written before the check existed
        MinutesRemark.objects.filter(pk=made.pk).update(text=f"Samen met {other}, dinsdag")
    client.force_login(jongerenwerker)
    shown = client.get(page_of(items[0])).content.decode()
    assert other not in shown and "niet mag zien" in shown
    client.force_login(regisseur)
    assert other in client.get(page_of(items[0])).content.decode()
    with acting_as(regisseur):
        item = AgendaItem.objects.get(pk=items[0].pk)
        desk.save_note(item=item, text=f"Was met {other}", version=item.note_version, by=regisseur)
    assert client.get(page_of(items[0])).status_code == 200
    client.force_login(jongerenwerker)
    kept = client.get(page_of(items[0])).content.decode()
    assert other not in kept and "Was met" not in kept and kept.count("niet mag zien") == 2


def test_ones_own_words_do_not_tell_who_stands_on_the_agenda(client, jongerenwerker, closed, items):
    text = f"Klopt dat van {items[1].case.youth.name}?"
    client.force_login(jongerenwerker)
    assert client.post(page_of(items[0]), {"key": uuid4(), "text": text}).status_code == 303
    assert text in client.get(page_of(items[0])).content.decode()
