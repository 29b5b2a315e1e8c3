"""The screen of the second writer asks what the first one saved; it moves nobody and keeps nobody logged in."""

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.urls import resolve, reverse

from foundation.scope import acting_as
from ijap.sessions import BACKGROUND
from meetings.models import AgendaItem, Meeting, Slot
from meetings.operations import desk
from tests.factories import meetings as factory
from tests.factories.audit import logged


@pytest.fixture
def meeting(regisseur, partners):
    with acting_as(regisseur):
        return factory.running_meeting(by=regisseur, partners=[partners["politie"]], items=2)


@pytest.fixture
def item(regisseur, meeting):
    with acting_as(regisseur):
        return AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("case__youth").first()


def ask(user, item, version):
    client = Client()
    client.force_login(user)
    return client.get(reverse("meetings:live_item_since", args=[item.meeting.uuid, item.uuid, version]))


def now(meeting):
    return Meeting.objects.get(pk=meeting.pk)


def test_nothing_new_is_no_page_and_no_line_in_the_log(meeting, item, tweede_regisseur):
    assert ask(tweede_regisseur, item, now(meeting).version).status_code == 204
    assert logged("meeting.followed") == []


def test_what_another_saved_comes_as_part_of_the_screen(meeting, item, regisseur, tweede_regisseur):
    seen = now(meeting).version
    with acting_as(tweede_regisseur):
        factory.decide_all(by=tweede_regisseur, meeting=meeting, text="Moeder belt morgen.")
    answer = ask(regisseur, item, seen)
    assert answer.status_code == 200 and "<html" not in answer.text
    for words in ("Moeder belt morgen.", "Halt belt vader.", "Gaat op huisbezoek", "2 van 2 besloten"):
        assert words in answer.text
    assert "Tweede_Regisseur Test wijzigde deze notitie om" in answer.text
    assert "wijzigde deze notitie" not in ask(tweede_regisseur, item, seen).text  # one's own
    assert len(logged("meeting.followed")[0].youth_ids) == 2
    assert logged("agenda_item.led") == []


def test_what_is_typed_at_another_point_is_no_reason_to_draw_this_one_anew(
    meeting, item, regisseur, tweede_regisseur
):
    seen = now(meeting).version
    with acting_as(tweede_regisseur):
        other = AgendaItem.objects.filter(meeting=meeting).on_agenda().exclude(pk=item.pk).get()
        desk.save_note(item=other, text="Elders.", version=0, by=tweede_regisseur)
    assert ask(regisseur, item, seen).status_code == 204
    with acting_as(tweede_regisseur):
        desk.save_note(item=item, text="Hier.", version=0, by=tweede_regisseur)
    assert "Hier." in ask(regisseur, item, seen).text


def test_it_does_not_move_the_table(meeting, item, regisseur):
    ask(regisseur, item, 0)
    assert now(meeting).at_slot_id is None


def test_who_may_not_see_the_point_any_more_gets_nothing(meeting, item, regisseur):
    with acting_as(regisseur):
        Slot.objects.filter(pk=item.slot_id).update(withdrawn_at=Now())
    assert ask(regisseur, item, 0).status_code == 404


def test_after_the_minutes_it_says_no(meeting, item, regisseur):
    with acting_as(regisseur):
        Meeting.objects.filter(pk=meeting.pk).update(state="confirmed")
    assert ask(regisseur, item, 0).status_code == 409


def test_it_keeps_nobody_logged_in(item):
    address = reverse("meetings:live_item_since", args=[item.meeting.uuid, item.uuid, 1])
    assert resolve(address).view_name in BACKGROUND


def test_the_conflict_is_still_there(meeting, item, regisseur, tweede_regisseur):
    """The line is a courtesy: who saves over a newer text is stopped by the version, as before."""
    with acting_as(tweede_regisseur):
        desk.save_note(item=item, text="Vader komt", version=0, by=tweede_regisseur)
    client = Client()
    client.force_login(regisseur)
    kwargs = {"uuid": meeting.uuid, "item": item.uuid}
    answer = client.post(reverse("meetings:item_note", kwargs=kwargs), {"version": 0, "text": "Moeder komt"})
    assert answer.status_code == 409 and "Vader komt" in answer.text and "Moeder komt" in answer.text
