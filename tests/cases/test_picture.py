"""Worries and strengths, places and people around a youth, who was informed, who the youth is, and the story of it all."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Municipality
from accounts.roles import DataClass
from cases.models import Case, Informing, LifeArea, Place, Relative, Remark, RuleTerm, Youth
from cases.operations import around, informing, levels, picture, youths
from cases.rules.informing import standings
from cases.rules.picture import picture_of
from cases.rules.youths import Identity
from foundation.errors import NotAllowed, NotPossible, Refused, Stale
from foundation.scope import acting_as
from meetings.operations import candidates
from tests.factories import cases as make
from tests.factories import meetings as make_meetings
from tests.factories.audit import logged

TODAY = timezone.localdate()
OUTSIDERS = ["lja_heerlen", "haltmedewerker", "coach_lja", "beheerder", "manager", "fg", "mentor"]


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=[partners["politie"], partners["jens"]])


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def to(name, *args):
    return reverse(f"cases:{name}", args=args)


def text(user, address):
    answer = as_(user).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.text


def mine(model, user):
    with acting_as(user):
        return list(model.objects.visible_to(user))


# --- the picture --------------------------------------------------------------------------------------
def test_worries_stand_beside_strengths_and_nothing_is_counted(case, regisseur, agent, jongerenwerker):
    with acting_as(jongerenwerker):
        make.remark(
            by=jongerenwerker, case=case, kind="strength", text="Voetbalt elke week", area="vrije-tijd"
        )
        make.remark(by=jongerenwerker, case=case, kind="youth", area=None, text="Ik wil weer naar school")
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case, text="Mist de eerste uren")
    shown = text(agent, to("picture_detail", case.uuid))
    for words in (
        "Voetbalt elke week",
        "Ik wil weer naar school",
        "Mist de eerste uren",
        "Wat gaat hier wel goed?",
    ):
        assert words in shown
    assert "Geld en schulden" in shown.partition("Hierover is niets bekend")[2]
    assert "School en opleiding" not in shown.partition("Hierover is niets bekend")[2]
    assert [e.actor_id for e in logged("remark.listed")] == [agent.pk]


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_else_writes_or_reads(who, case, regisseur, request):
    user = request.getfixturevalue(who)
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case)
        make.place(by=regisseur, case=case)
        make.relative(by=regisseur, case=case)
        make.informing(by=regisseur, case=case)
    for model in (Remark, Place, Relative, Informing):
        assert mine(model, user) == []
    with acting_as(user):
        for write in (make.remark, make.place, make.relative, make.informing):
            with pytest.raises(Refused):
                write(by=user, case=case)


def test_the_same_key_twice_is_one(case, agent):
    key = uuid4()
    with acting_as(agent):
        for _ in range(2):
            make.remark(by=agent, case=case, key=key)
    assert len(mine(Remark, agent)) == 1
    assert len(logged("remark.added")) == 1


def test_a_worry_has_a_part_of_life_and_a_voice_has_none(case, agent):
    with acting_as(agent):
        for kind, area in (("worry", None), ("youth", "school")):
            with pytest.raises(NotPossible, match="leefgebied"):
                make.remark(by=agent, case=case, kind=kind, area=area)
        with pytest.raises(NotPossible, match="toekomst"):
            make.remark(by=agent, case=case, seen_on=TODAY + timedelta(days=1))


def test_what_is_strict_is_read_by_who_is_cleared_and_shown_only_when_asked(
    case, regisseur, agent, jongerenwerker
):
    with acting_as(regisseur):
        kept = make.remark(
            by=regisseur, case=case, area="psychisch", text="Slikt medicijnen", data_class=DataClass.ZORG
        )
    assert mine(Remark, agent) == []
    for address in (to("picture_detail", case.uuid), to("case_detail", case.uuid)):
        shown = text(regisseur, address)
        assert "Slikt medicijnen" not in shown and to("remark_detail", kept.uuid) in shown
    assert "Slikt medicijnen" in text(regisseur, to("remark_detail", kept.uuid))
    (event,) = logged("remark.shown")
    assert (event.actor_id, event.data_classes) == (regisseur.pk, [DataClass.ZORG])
    with acting_as(agent), pytest.raises(NotPossible, match="bevoegdheid"):
        make.remark(by=agent, case=case, data_class=DataClass.ZORG)


def test_taking_back_keeps_it_readable_with_the_reason(case, regisseur, agent, jongerenwerker):
    with acting_as(agent):
        said = make.remark(by=agent, case=case, text="Zat in de auto")
    with acting_as(jongerenwerker), pytest.raises(NotAllowed, match="organisatie die dit zei"):
        picture.withdraw_remark(remark=said, reason="klopt niet", by=jongerenwerker)
    with acting_as(agent):
        with pytest.raises(NotPossible, match="waarom"):
            picture.withdraw_remark(remark=said, reason=" ", by=agent)
        for _ in range(2):
            picture.withdraw_remark(remark=said, reason="Was een ander", by=agent)
    with acting_as(regisseur), pytest.raises(NotPossible, match="al teruggenomen"):
        picture.withdraw_remark(remark=said, reason="dubbel", by=regisseur)
    shown = text(regisseur, to("picture_detail", case.uuid))
    assert "Was een ander" in shown and "Zat in de auto" not in shown
    assert "Teruggenomen" in text(regisseur, to("case_detail", case.uuid))
    assert len(logged("remark.withdrawn")) == 1


def test_what_was_said_at_a_level_stays_there(case, regisseur, lja_heerlen, coach_lja):
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case)
        make.relative(by=regisseur, case=case)
        change = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        levels.accept(change=change, answer="", by=lja_heerlen)
    assert mine(Remark, lja_heerlen) == []
    assert len(mine(Relative, lja_heerlen)) == 1


def test_the_layout_keeps_a_closed_part_of_life_while_something_stands_in_it(case, regisseur):
    with acting_as(regisseur):
        remark = make.remark(by=regisseur, case=case)
    LifeArea.objects.filter(code="school").update(closed_at=timezone.now())
    laid_out = picture_of([remark], list(LifeArea.objects.offered()))
    assert [one.area.code for one in laid_out.filled] == ["school"]
    assert len(laid_out.empty) == 11


def test_the_beheerder_names_the_parts_of_life(beheerder, regisseur):
    address = to("life_area_change", "school")
    assert as_(regisseur).get(address).status_code == 403
    answer = as_(beheerder).post(address, {"name": "School en stage", "hint": "Leren"})
    assert answer.status_code == 303
    assert LifeArea.objects.get(code="school").name == "School en stage"
    assert logged("life_area.changed")[0].details["fields"] == ["hint", "name"]


def test_bad_input_keeps_the_text(case, agent):
    answer = as_(agent).post(to("remark_add", case.uuid), {"text": "een lange zin", "kind": "worry"})
    assert answer.status_code == 400
    assert "een lange zin" in answer.text and "Kies een leefgebied" in answer.text


# --- what is around ---------------------------------------------------------------------------------------
def test_a_place_ends_and_is_not_changed(case, agent, regisseur):
    with acting_as(agent):
        home = make.place(by=agent, case=case, kind="home", text="Fictiefstraat 1")
        with pytest.raises(NotPossible, match="al een adres"):
            make.place(by=agent, case=case, kind="home", text="Fictiefstraat 2")
        for _ in range(2):
            around.end(what=home, case=case, ended_on=TODAY, because="verhuisd", by=agent)
        with pytest.raises(NotPossible, match="al beëindigd"):
            around.end(what=home, case=case, ended_on=TODAY, because="anders", by=agent)
        make.place(by=agent, case=case, kind="home", text="Fictiefstraat 2")
    shown = text(regisseur, to("around_detail", case.uuid))
    assert "Fictiefstraat 1" in shown and "verhuisd" in shown
    front = text(regisseur, to("case_detail", case.uuid))
    assert "Fictiefstraat 2" in front and "Fictiefstraat 1" not in front
    assert len(logged("place.ended")) == 1


def test_a_new_home_is_the_municipality_of_the_youth(case, regisseur):
    kerkrade = Municipality.objects.get(name="Kerkrade")
    with acting_as(regisseur):
        make.place(by=regisseur, case=case, kind="home", text="Elders 1", municipality=kerkrade)
        assert Youth.objects.visible_to(regisseur).get(pk=case.youth_id).municipality.name == "Kerkrade"


def test_days_lie_in_order_and_not_ahead(case, agent):
    with acting_as(agent):
        with pytest.raises(NotPossible, match="toekomst"):
            make.place(by=agent, case=case, since_on=TODAY + timedelta(days=1))
        place = make.place(by=agent, case=case, since_on=TODAY - timedelta(days=3))
        with pytest.raises(NotPossible, match="einde ligt voor"):
            around.end(what=place, case=case, ended_on=TODAY - timedelta(days=9), because="x", by=agent)


def test_who_has_gezag_is_known_at_the_table(case, agent, jongerenwerker):
    with acting_as(agent):
        make.relative(by=agent, case=case)
    assert "Mia Fictief</bdi>, moeder, heeft gezag" in text(jongerenwerker, to("case_detail", case.uuid))


def test_a_place_of_another_youth_cannot_be_ended_from_here(case, regisseur, partners):
    with acting_as(regisseur):
        other = make.case(by=regisseur, partners=[partners["jens"]], last_name="Anders")
        place = make.place(by=regisseur, case=other)
        with pytest.raises(NotPossible, match="niet meer zien"):
            around.end(what=place, case=case, ended_on=TODAY, because="x", by=regisseur)
    assert as_(regisseur).get(to("place_end", case.uuid, place.uuid)).status_code == 404


# --- who the youth is -------------------------------------------------------------------------------------
KNOWN = {"prefix": "", "birth_on": None, "description": ""}


def test_who_the_youth_is_is_corrected_and_found_under_the_new_name(case, regisseur, agent):
    content = KNOWN | {"first_name": "Youssef", "last_name": "Nieuwnaam", "estimated_age": 14}
    with acting_as(agent), pytest.raises(NotAllowed):
        youths.change_youth(case=case, version=1, content=content, by=agent)
    with acting_as(regisseur):
        changed = youths.change_youth(case=case, version=1, content=content, by=regisseur)
        assert (changed.estimated_on, changed.version) == (TODAY, 2)
        with pytest.raises(Stale):
            youths.change_youth(case=case, version=1, content=content | {"first_name": "Jan"}, by=regisseur)
        assert youths.change_youth(case=case, version=1, content=content, by=regisseur).version == 2
        found = youths.find(asked=Identity(first_name="Joessef", last_name="Nieuwnaam"), by=regisseur)
    assert [match.youth.pk for match in found] == [case.youth_id]
    assert "geschat 14 jaar" in text(agent, to("case_detail", case.uuid))


def test_two_who_correct_at_once_keep_both_texts(case, regisseur):
    sent = {"first_name": "Een", "last_name": "Twee", "version": "1"}
    client = as_(regisseur)
    assert client.post(to("youth_change", case.uuid), sent).status_code == 303
    answer = client.post(to("youth_change", case.uuid), sent | {"first_name": "Drie"})
    assert answer.status_code == 409
    assert "Een Twee" in answer.text and 'value="Drie"' in answer.text and 'value="2"' in answer.text


# --- who was informed -------------------------------------------------------------------------------------
def line(audience="youth", outcome="told", agreed=True, recheck_on=None):
    return Informing(
        audience=audience,
        outcome=outcome,
        recheck_on=recheck_on,
        agreed_at=timezone.now() if agreed else None,
    )


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        ([], date(2026, 1, 31)),
        ([line()], None),
        ([line(audience="parents")], date(2026, 1, 31)),
        ([line(outcome="postponed", recheck_on=date(2026, 3, 1))], date(2026, 3, 1)),
        ([line(outcome="postponed", recheck_on=date(2026, 3, 1), agreed=False)], date(2026, 1, 31)),
        ([line(outcome="excepted")], None),
        ([line(outcome="excepted", agreed=False)], date(2026, 1, 31)),
        ([line(outcome="postponed", recheck_on=date(2026, 3, 1)), line()], None),
        ([line(), line(outcome="postponed", recheck_on=date(2026, 3, 1), agreed=False)], None),
        ([line(outcome="held", recheck_on=date(2026, 3, 1), agreed=False)], date(2026, 1, 31)),
    ],
)  # fmt: skip
def test_the_month_runs_until_somebody_is_told_or_two_people_agree(lines, due):
    youth, _ = standings(lines, opened_on=date(2026, 1, 1), days=30)
    assert youth.due_on == due


def test_the_clock_starts_when_the_case_opens_and_its_term_is_data(regisseur, partners):
    RuleTerm.objects.filter(code="informeren").update(days=10)
    with acting_as(regisseur):
        assert make.case(by=regisseur).inform_by_on == TODAY + timedelta(days=10)


def test_a_postponement_counts_when_a_second_regisseur_agrees(case, regisseur, tweede_regisseur, agent):
    with acting_as(regisseur):
        asked = make.informing(by=regisseur, case=case, outcome="postponed")
        make.informing(by=regisseur, case=case, audience="parents")
        with pytest.raises(NotAllowed, match="andere regisseur"):
            informing.agree(line=asked, by=regisseur)
    with acting_as(agent), pytest.raises(NotAllowed):
        informing.agree(line=asked, by=agent)
    assert inform_by(case, regisseur) == TODAY + timedelta(days=30)
    with acting_as(tweede_regisseur):
        for _ in range(2):
            informing.agree(line=asked, by=tweede_regisseur)
    assert inform_by(case, regisseur) == TODAY + timedelta(days=20)
    assert len(logged("informing.agreed")) == 1


def test_who_may_be_told_after_the_police_were_asked(case, regisseur, tweede_regisseur, agent):
    with acting_as(regisseur):
        held = make.informing(by=regisseur, case=case, outcome="held")
    for who in (regisseur, agent):
        assert "eerst overleg" in text(who, to("case_detail", case.uuid))
        assert "Stem af voordat iemand iets vertelt" in text(who, to("case_detail", case.uuid))
    assert inform_by(case, regisseur) == TODAY + timedelta(days=30)  # the month runs on
    with acting_as(tweede_regisseur), pytest.raises(NotPossible):
        informing.agree(line=held, by=tweede_regisseur)
    with acting_as(regisseur):
        for audience in ("youth", "parents"):
            make.informing(by=regisseur, case=case, audience=audience)
    assert "Stem af voordat" not in text(regisseur, to("case_detail", case.uuid))


def inform_by(case, user):
    with acting_as(user):
        return Case.objects.visible_to(user).get(pk=case.pk).inform_by_on


def test_the_database_wants_two_people(case, regisseur):
    with acting_as(regisseur):
        asked = make.informing(by=regisseur, case=case, outcome="postponed")
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE cases_informing SET agreed_at = now(), agreed_by_id = noted_by_id WHERE id = %s",
                [asked.pk],
            )


def test_whoever_reads_the_case_sees_how_it_stands_and_only_regie_writes(case, regisseur, agent):
    address = to("informing_note", case.uuid)
    sent = {"key": str(uuid4()), "audience": "youth", "outcome": "told", "told_on": TODAY.isoformat()}
    assert as_(agent).post(address, sent).status_code == 403
    assert "Nog niet geïnformeerd" in text(agent, address) and 'name="outcome"' not in text(agent, address)
    wrong = as_(regisseur).post(address, sent | {"reason": "blijft staan"})
    assert wrong.status_code == 400 and "blijft staan" in wrong.text
    done = as_(regisseur).post(address, sent | {"told_by": "Mentor", "channel": "talk"})
    assert done.status_code == 303
    assert "Geïnformeerd op" in text(agent, to("case_detail", case.uuid))


def test_who_was_not_told_comes_on_the_agenda_in_time(case, regisseur, beheerder):
    def whys(days):
        with acting_as(regisseur):
            Case.objects.filter(pk=case.pk).update(inform_by_on=days and TODAY + timedelta(days=days))
            return [w for c in candidates.gather(meeting=meeting, by=regisseur).candidates for w in c.facts]

    meeting = make_meetings.meeting(by=beheerder)
    said = [fact.words(TODAY.year) for fact in whys(5)]
    assert any("weten nog van niets" in words for words in said)
    for days in (60, None):
        assert not any("weten nog van niets" in f.words(TODAY.year) for f in whys(days))


# --- the story ----------------------------------------------------------------------------------------------
def test_the_story_goes_on_from_the_previous_meeting(case, regisseur, agent, jongerenwerker):
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case, text="Van voor het overleg")
        Case.objects.filter(pk=case.pk).update(discussed_at=timezone.now())
    address = to("case_detail", case.uuid)
    assert "Niets nieuws sinds het vorige overleg" in text(agent, address)
    with acting_as(jongerenwerker):
        make.remark(by=jongerenwerker, case=case, text="Van erna", kind="strength")
    shown = text(agent, address)
    assert "Van erna" in shown and "Van voor het overleg" not in shown
    assert "Van voor het overleg" in text(agent, address + "?sinds=alles")


def test_the_story_narrows_to_a_kind_and_to_an_organisation(case, regisseur, agent, jongerenwerker, partners):
    with acting_as(jongerenwerker):
        make.remark(by=jongerenwerker, case=case, text="Van de jongerenwerker")
    with acting_as(agent):
        make.remark(by=agent, case=case, text="Van de agent")
    with acting_as(regisseur):
        make.action(by=regisseur, case=case, partner=partners["jens"], text="Gaat langs")
    address = to("case_detail", case.uuid) + "?sinds=alles"

    def told(**asked):
        answer = as_(agent).get(address, asked | {"sinds": "alles"}).text
        story = answer.partition('class="timeline')[2]
        return {w for w in ("Van de jongerenwerker", "Van de agent", "Gaat langs") if w in story}

    assert told() == {"Van de jongerenwerker", "Van de agent", "Gaat langs"}
    assert told(soort="actie") == {"Gaat langs"}
    assert told(van=str(partners["jens"])) == {"Van de jongerenwerker", "Gaat langs"}
    assert told(soort="beeld", van=str(partners["politie"])) == {"Van de agent"}
    assert told(van="Niemand") == set()


def test_closing_a_meeting_moves_the_beginning_of_the_story(regisseur, partners):
    from meetings.models import AgendaItem
    from meetings.operations import live

    with acting_as(regisseur):
        meeting = make_meetings.full_meeting(by=regisseur, partners=[partners["politie"]], items=1)
        item = AgendaItem.objects.visible_to(regisseur).select_related("case").get(meeting=meeting)
        assert live.close(meeting=meeting, by=regisseur).closed_at
        told = item.case
        told.refresh_from_db()
    assert told.discussed_at is not None
    assert "Besproken in" in text(regisseur, to("case_detail", told.uuid) + "?sinds=alles")


def test_the_story_as_a_picture_has_a_lane_for_each_kind_this_reader_sees(case, regisseur, agent):
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case, text="Slaapt slecht")
        make.informing(by=regisseur, case=case)
    for query in ("", "?breed=smal"):
        picture = as_(agent).get(to("story_picture", case.uuid) + query)
        assert picture["Content-Type"] == "image/svg+xml"
        assert {"Zorgen en krachten (1)", "Informeren (1)", "Dossier (1)"} <= set(lines(picture.text))
        assert "Slaapt slecht" not in picture.text
    assert "verloop.svg" in as_(agent).get(to("case_detail", case.uuid)).text


def lines(svg):
    return [text.strip() for text in re.findall(r">([^<]+)</text>", svg)]
