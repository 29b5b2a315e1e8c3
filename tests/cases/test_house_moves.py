"""A youth moves house, a case goes on elsewhere, a question goes to those above: and who may say so."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from access.models import Compartment, Participation
from accounts.models import Municipality
from accounts.roles import DataClass, Level
from cases.models import Advice, Case, Closing, HandOver, LevelChange, LevelRegime, Youth
from cases.operations import advice, cases, house_moves, levels, rooms
from cases.rules import levels as levels_rules
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

TODAY = timezone.localdate()


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=[partners["politie"], partners["jens"]])


@pytest.fixture
def at_lja(case, regisseur, lja_heerlen, partners):
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        return make.at_lja(change=change, by=lja_heerlen, partners=[partners["jens"]])


@pytest.fixture
def at_pga(case, regisseur, pga, partners):
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=case, to=Level.PGA)
    with acting_as(pga):
        return make.at_lja(change=change, by=pga, partners=[partners["jens"]])


def moves_to(case, town, by):
    with acting_as(by):
        make.place(
            by=by, case=case, kind="home", text="Elders 1", municipality=Municipality.objects.get(name=town)
        )


def now(case, user):
    with acting_as(user):
        return (
            Case.objects.visible_to(user).select_related("youth", "municipality").filter(pk=case.pk).first()
        )


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def text(user, name, *args):
    return as_(user).get(reverse(f"cases:{name}", args=args)).text


# --- moving house ---------------------------------------------------------------------------------------
def test_a_move_is_work_for_regie_until_the_case_follows(case, regisseur, agent):
    assert "verhuisd" not in text(regisseur, "case_detail", case.uuid)
    version = now(case, regisseur).youth.version
    moves_to(case, "Kerkrade", regisseur)
    assert now(case, regisseur).youth.version == version + 1  # a form that was open knows it
    assert [e.details["fields"] for e in logged("youth.changed")] == [["municipality"]]
    assert "De jongere is verhuisd" in text(regisseur, "case_detail", case.uuid)
    assert "De jongere is verhuisd" not in text(agent, "case_detail", case.uuid)
    assert "van Heerlen naar Kerkrade" in text(regisseur, "level_change_list")
    assert "ligt nog bij de vorige woongemeente" in as_(regisseur).get("/").text
    address = reverse("cases:case_move", args=[case.uuid])
    assert as_(agent).post(address).status_code == 403
    for _ in range(2):
        assert as_(regisseur).post(address).status_code == 303
    assert now(case, regisseur).municipality.name == "Kerkrade"
    assert "verhuisd" not in text(regisseur, "case_detail", case.uuid)
    assert len(logged("case.moved")) == 1


def test_an_lja_hands_over_to_the_lja_of_the_new_home_and_is_out(at_lja, lja_heerlen, lja_kerkrade, partners):
    with acting_as(lja_heerlen), pytest.raises(NotPossible, match="woont in de gemeente"):
        house_moves.hand_over(case=at_lja, by=lja_heerlen)
    moves_to(at_lja, "Kerkrade", lja_heerlen)
    old_room = at_lja.room_id
    with acting_as(lja_heerlen):
        with pytest.raises(NotPossible, match="draagt het dossier over"):
            house_moves.follow(case=at_lja, by=lja_heerlen)
        change = house_moves.hand_over(case=at_lja, by=lja_heerlen)
        assert house_moves.hand_over(case=at_lja, by=lja_heerlen).pk == change.pk
        with pytest.raises(NotAllowed):
            levels.accept(change=change, answer="Zelf", by=lja_heerlen)
    assert change.route == "LJA naar LJA Kerkrade"
    with acting_as(lja_kerkrade):
        waiting = LevelChange.objects.visible_to(lja_kerkrade).filter(state="proposed")
        assert [one.pk for one in waiting] == [change.pk]
        make.at_lja(change=change, by=lja_kerkrade, partners=[partners["jens"]])
    moved = now(at_lja, lja_kerkrade)
    assert (moved.municipality.name, moved.level, moved.room_id) == ("Kerkrade", Level.LJA, change.room_id)
    with acting_as(lja_heerlen):
        assert (
            not Compartment.objects.visible_to(lja_heerlen).filter(pk__in=[old_room, change.room_id]).exists()
        )
    with acting_as(lja_kerkrade):
        seats = Participation.objects.visible_to(lja_kerkrade).active().filter(compartment=change.room_id)
        assert [seat.partner_id for seat in seats] == [partners["jens"].pk]


def test_the_database_knows_only_moves_that_are_moves(at_lja, lja_heerlen):
    moves_to(at_lja, "Kerkrade", lja_heerlen)
    with acting_as(lja_heerlen):
        change = house_moves.hand_over(case=at_lja, by=lja_heerlen)
        with pytest.raises(IntegrityError), transaction.atomic():
            LevelChange.objects.filter(pk=change.pk).update(municipality=None)


def test_a_move_is_no_going_back_and_forth():
    now = timezone.now()
    moves = [LevelChange(old=old, new=new, state="accepted", decided_at=now) for old, new in ((1, 2), (2, 2))]
    assert levels_rules.moves_lately(moves, now) == 1


# --- on elsewhere ---------------------------------------------------------------------------------------
def closed(case, by, **said):
    with acting_as(by):
        return cases.close(case=case, evaluation="Rust", helped="Coach", aftercare="", by=by, **said)


def test_a_case_goes_on_elsewhere_with_somebody_who_took_it(at_pga, pga):
    with pytest.raises(NotPossible, match="wie het daar overnam"):
        closed(at_pga, pga, handed_to=HandOver.ADULTS)
    closed(at_pga, pga, handed_to=HandOver.ADULTS, handed_contact="R. Regie, zaak 12")
    told = text(pga, "case_detail", at_pga.uuid)
    assert "Overgedragen aan persoonsgerichte aanpak voor volwassenen: R. Regie, zaak 12" in told
    with acting_as(pga), pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.visible_to(pga).update(handed_contact="")


@pytest.mark.parametrize("to", [HandOver.ADULTS, HandOver.FRONT_DOOR])
def test_from_the_jpp_only_to_another_region(case, regisseur, to):
    with pytest.raises(NotPossible, match="vanaf de PGA"):
        closed(case, regisseur, handed_to=to, handed_contact="Iemand")
    closed(case, regisseur, handed_to=HandOver.OTHER_REGION, handed_contact="JPP Sittard")
    assert now(case, regisseur).closed_at


def test_the_form_keeps_what_was_typed(case, regisseur):
    sent = {
        "evaluation": "Rust",
        "helped": "Coach",
        "aftercare": "",
        "handed_to": "adults",
        "handed_contact": "R.",
    }
    answer = as_(regisseur).post(reverse("cases:case_close", args=[case.uuid]), sent)
    assert (answer.status_code, "vanaf de PGA" in answer.text, 'value="R."' in answer.text) == (
        409,
        True,
        True,
    )


# --- questions ------------------------------------------------------------------------------------------
def test_a_question_is_asked_once_and_answered_once(at_pga, pga, agent):
    key = uuid4()
    with acting_as(pga):
        asked = make.advice(by=pga, case=at_pga, key=key)
        assert make.advice(by=pga, case=at_pga, key=key).pk == asked.pk
        for text_, day in (("", TODAY), ("Ja", TODAY + timedelta(days=1)), ("Ja", TODAY - timedelta(days=1))):
            with pytest.raises(NotPossible):
                advice.answer(advice=asked, text=text_, answered_on=day, by=pga)
        for _ in range(2):
            advice.answer(advice=asked, text="Er komt een plek", answered_on=TODAY, by=pga)
        with pytest.raises(NotPossible, match="al geantwoord"):
            advice.answer(advice=asked, text="Toch niet", answered_on=TODAY, by=pga)
        assert Advice.objects.visible_to(pga).awaited().count() == 0
    assert "bestuurlijk opgeschaald" not in text(pga, "case_detail", at_pga.uuid)
    assert "Er komt een plek" in text(pga, "advice_list", at_pga.uuid)
    assert "Er is geen plek" not in text(agent, "advice_list", at_pga.uuid)  # was at the JPP only
    assert "Gevraagd: bestuurlijke opschaling" in text(pga, "case_detail", at_pga.uuid)
    assert [len(logged(f"advice.{what}")) for what in ("asked", "answered")] == [1, 1]


def test_an_open_question_to_those_above_stands_at_the_head_of_the_case(at_pga, pga):
    assert "bestuurlijk opgeschaald" not in text(pga, "case_detail", at_pga.uuid)
    with acting_as(pga):
        make.advice(by=pga, case=at_pga, key=uuid4())
    assert "bestuurlijk opgeschaald" in text(pga, "case_detail", at_pga.uuid)


def test_only_the_pga_asks_and_only_its_regisseur(case, at_lja, lja_heerlen, jongerenwerker):
    with acting_as(lja_heerlen), pytest.raises(NotPossible, match="horen bij de PGA"):
        make.advice(by=lja_heerlen, case=at_lja)
    with acting_as(jongerenwerker), pytest.raises(NotAllowed):
        make.advice(by=jongerenwerker, case=at_lja)


def test_two_questions_at_two_screens_keep_their_texts(at_pga, pga):
    client, address = as_(pga), reverse("cases:advice_ask", args=[at_pga.uuid])
    assert "Waar zit het vast?" in client.get(address).text
    sent = {"key": uuid4(), "kind": "lawfulness", "asked_of": "RAC", "question": "Mag dit?"}
    wrong = client.post(address, sent | {"question": ""})
    assert (wrong.status_code, 'value="RAC"' in wrong.text) == (400, True)
    for _ in range(2):
        assert client.post(address, sent).status_code == 303
    with acting_as(pga):
        asked = Advice.objects.visible_to(pga).get()
    answer = reverse("cases:advice_answer", args=[asked.uuid])
    assert client.post(answer, {"text": "Nee", "answered_on": TODAY.isoformat()}).status_code == 303
    late = client.post(answer, {"text": "Ja, toch", "answered_on": TODAY.isoformat()})
    assert (late.status_code, "Ja, toch" in late.text) == (409, True)


# --- the regime holds all through the period ------------------------------------------------------------
def test_who_the_regime_does_not_admit_is_not_let_in_later_either(case, regisseur, partners):
    LevelRegime.objects.filter(level=Level.JPP).update(partner_kinds=["police"], data_classes=[0])
    said = {"ground": "convenant", "reason": "Kent het gezin", "until": None}
    with acting_as(regisseur):
        with pytest.raises(NotPossible, match="doet niet mee: HALT"):
            rooms.let_in(case=case, partner=partners["halt"], by=regisseur, **said)
        assert not Participation.objects.visible_to(regisseur).filter(partner=partners["halt"]).exists()


def test_what_the_regime_does_not_admit_is_not_written_there(case, regisseur):
    LevelRegime.objects.filter(level=Level.JPP).update(data_classes=[0])
    with acting_as(regisseur):
        with pytest.raises(NotPossible, match="staan hier geen zorggegevens"):
            rooms.room_for(case=case, data_class=DataClass.ZORG, by=regisseur)
        assert rooms.room_for(case=case, data_class=DataClass.BASIS, by=regisseur) == case.room_id


def test_a_youth_is_not_changed_by_the_same_home(case, regisseur):
    moves_to(case, "Heerlen", regisseur)
    assert logged("youth.changed") == []
    with acting_as(regisseur):
        assert Youth.objects.visible_to(regisseur).get(pk=case.youth_id).version == 1
