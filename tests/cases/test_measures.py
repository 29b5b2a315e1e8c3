"""Measures: who notes what, who reads it, how it goes on, what the case page warns of, and the catalogue."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import DataClass
from cases.models import ClashAnswer, Measure, MeasureKind, MeasureState, RuleTerm
from cases.operations import levels, measures
from cases.rules.measures import NEXT_STATES
from foundation.errors import NotAllowed, NotPossible, Refused, Stale
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

TODAY = timezone.localdate()


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(
            by=regisseur, partners=[partners["politie"], partners["jens"]], birth_on=date(2015, 3, 4)
        )


@pytest.fixture
def measure(case, jongerenwerker, partners):
    with acting_as(jongerenwerker):
        return make.measure(by=jongerenwerker, case=case, partner=partners["jens"])


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def now(measure, user):
    with acting_as(user):
        return Measure.objects.visible_to(user).get(pk=measure.pk)


def page(user, case):
    return as_(user).get(reverse("cases:case_detail", args=[case.uuid])).text


# --- who ---------------------------------------------------------------------------------------------
def test_an_organisation_notes_its_own_and_regie_notes_all(case, regisseur, agent, jongerenwerker, partners):
    with acting_as(agent):
        make.measure(by=agent, case=case, partner=partners["politie"], code="STOPGESPREK")
        with pytest.raises(NotAllowed, match="eigen organisatie"):
            make.measure(by=agent, case=case, partner=partners["jens"])
    with acting_as(regisseur):
        make.measure(by=regisseur, case=case, partner=partners["jens"])
    assert [e.recipients for e in logged("measure.noted")] == [
        [partners["politie"].pk],
        [partners["jens"].pk],
    ]


@pytest.mark.parametrize(
    "who", ["mentor", "lja_heerlen", "haltmedewerker", "coach_lja", "beheerder", "manager"]
)
def test_nobody_else_notes_or_changes(who, case, measure, partners, request):
    user = request.getfixturevalue(who)
    with acting_as(user):
        with pytest.raises(Refused):
            make.measure(by=user, case=case, partner=user.partner)
        with pytest.raises(Refused):
            measures.move(measure=measure, to=MeasureState.BROKEN_OFF, result="x", by=user)


def test_every_table_around_the_youth_sees_it(case, measure, regisseur, lja_heerlen, agent, haltmedewerker):
    """Also the level that takes over: that is what the strip is for."""
    assert "Weerbaarheidstraining" in page(agent, case)
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        levels.accept(change=change, answer="Goed", partners=[], by=lja_heerlen)
    assert "Weerbaarheidstraining" in page(lja_heerlen, case)
    assert as_(haltmedewerker).get(reverse("cases:measure_detail", args=[measure.uuid])).status_code == 404


def test_care_is_noted_and_read_by_who_is_cleared_only(
    case, regisseur, jongerenwerker, tweede_regisseur, partners
):
    with acting_as(jongerenwerker), pytest.raises(NotPossible, match="zorggegevens"):
        make.measure(by=jongerenwerker, case=case, partner=partners["jens"], code="GGZ")
    with acting_as(regisseur):
        care = make.measure(by=regisseur, case=case, partner=partners["jens"], code="GGZ")
    assert care.data_class == DataClass.ZORG
    masked = "Maatregel (zorggegevens)"
    assert masked in page(regisseur, case)
    strip = as_(regisseur).get(reverse("cases:measure_strip", args=[case.uuid])).text
    assert (masked in strip, "Jeugd-ggz" in strip, "Jeugd-ggz" in page(regisseur, case)) == (
        True,
        False,
        False,
    )
    assert "Jeugd-ggz" in as_(regisseur).get(reverse("cases:measure_detail", args=[care.uuid])).text
    assert [e.data_classes for e in logged("measure.viewed")] == [[DataClass.ZORG]]
    for reader in (jongerenwerker, tweede_regisseur):
        assert masked not in page(reader, case)
        assert as_(reader).get(reverse("cases:measure_detail", args=[care.uuid])).status_code == 404


# --- how it goes on -----------------------------------------------------------------------------------
def test_the_same_key_is_one_measure(case, regisseur, partners):
    key = uuid4()
    with acting_as(regisseur):
        kind = MeasureKind.objects.get(code="WEERBAAR")
        made = [
            measures.note(case=case, kind=kind, owner_partner=partners["jens"], state=MeasureState.RUNNING,
                          content=make.MEASURE, key=key, by=regisseur)
            for _ in range(2)
        ]  # fmt: skip
    assert made[0] == made[1]
    assert len(logged("measure.noted")) == 1


def test_what_runs_has_a_day_and_a_ground(case, regisseur, partners):
    with acting_as(regisseur):
        with pytest.raises(NotPossible, match="vanaf wanneer"):
            make.measure(by=regisseur, case=case, partner=partners["jens"], starts_on=None)
        with pytest.raises(NotPossible, match="welke grond"):
            make.measure(by=regisseur, case=case, partner=partners["jens"], ground="")
        make.measure(
            by=regisseur, case=case, partner=partners["jens"], state="proposed", starts_on=None, ground=""
        )


@pytest.mark.parametrize("old", list(MeasureState))
@pytest.mark.parametrize("new", list(MeasureState))
def test_only_these_steps_are_possible(old, new, case, regisseur, partners):
    with acting_as(regisseur):
        measure = make.measure(by=regisseur, case=case, partner=partners["jens"], state="proposed")
        if old in (MeasureState.REQUESTED, MeasureState.RUNNING, MeasureState.REFUSED):
            measures.move(measure=measure, to=old, result="r", by=regisseur)
        elif old != MeasureState.PROPOSED:
            measures.move(measure=measure, to=MeasureState.RUNNING, by=regisseur)
            measures.move(measure=measure, to=old, result="r", by=regisseur)
        if new in NEXT_STATES[old]:
            moved = measures.move(measure=measure, to=new, result="Resultaat", by=regisseur)
            assert moved.state == new
        elif new != old:
            with pytest.raises(NotPossible):
                measures.move(measure=measure, to=new, result="Resultaat", by=regisseur)


def test_an_end_says_what_came_of_it(measure, jongerenwerker):
    with acting_as(jongerenwerker):
        with pytest.raises(NotPossible, match="resultaat"):
            measures.move(measure=measure, to=MeasureState.ENDED_WELL, result=" ", by=jongerenwerker)
        ended = measures.move(
            measure=measure, to=MeasureState.ENDED_WELL, result="Acht keer geweest", by=jongerenwerker
        )
        again = measures.move(
            measure=measure, to=MeasureState.ENDED_WELL, result="Acht keer geweest", by=jongerenwerker
        )
    assert (ended.ended_by, again.version) == (jongerenwerker, ended.version)
    assert len(logged("measure.moved")) == 1


def test_renewing_counts_and_goes_forward_only(measure, jongerenwerker):
    with acting_as(jongerenwerker):
        first = measures.renew(measure=measure, until=TODAY + timedelta(days=30), by=jongerenwerker)
        same = measures.renew(measure=measure, until=TODAY + timedelta(days=30), by=jongerenwerker)
        with pytest.raises(NotPossible, match="niet na"):
            measures.renew(measure=measure, until=TODAY + timedelta(days=29), by=jongerenwerker)
    assert (first.renewals, same.renewals) == (1, 1)


def test_two_who_change_the_same_both_keep_their_words(measure, jongerenwerker, regisseur):
    """The second sees what the first stored, and what was typed is still in the form."""
    address = reverse("cases:measure_change", args=[measure.uuid])
    mine = as_(jongerenwerker)
    typed = {"version": "1", "source": "Mijn woorden", "starts_on": "2026-10-01", "ground": "vrijwillig aanbod",
             "is_confessed": "unknown"}  # fmt: skip
    assert as_(regisseur).post(address, typed | {"source": "Hun woorden"}).status_code == 303
    refused = mine.post(address, typed)
    assert refused.status_code == 409
    assert "Hun woorden" in refused.text
    assert "Mijn woorden" in refused.text
    with acting_as(jongerenwerker), pytest.raises(Stale):
        measures.change(measure=measure, version=1, content=make.MEASURE | {"source": "x"}, by=jongerenwerker)
    assert mine.post(address, typed | {"version": "2"}).status_code == 303
    assert now(measure, jongerenwerker).source == "Mijn woorden"


def test_long_not_confirmed_is_said_and_one_click_ends_it(measure, case, jongerenwerker):
    with acting_as(jongerenwerker):
        Measure.objects.filter(pk=measure.pk).update(confirmed_at=timezone.now() - timedelta(days=61))
    assert "lang niet bevestigd" in page(jongerenwerker, case)
    as_(jongerenwerker).post(reverse("cases:measure_confirm", args=[measure.uuid]))
    assert "lang niet bevestigd" not in page(jongerenwerker, case)


# --- on the screen --------------------------------------------------------------------------------------
def test_noting_from_the_form(case, agent, partners):
    address = reverse("cases:measure_note", args=[case.uuid])
    client = as_(agent)
    form = client.get(address).context["form"]
    assert [str(p) for p in form.fields["owner"].queryset] == ["Politie Heerlen"]
    sent = {"key": uuid4(), "kind": "STOPGESPREK", "owner": agent.partner.uuid, "state": "running",
            "starts_on": "2026-11-01", "source": "Wijkagent", "is_confessed": "unknown"}  # fmt: skip
    wrong = client.post(address, sent | {"starts_on": ""})
    assert (wrong.status_code, "vanaf wanneer" in wrong.text, "Wijkagent" in wrong.text) == (400, True, True)
    assert client.post(address, sent).status_code == 303
    assert "Stopgesprek" in page(agent, case)
    with acting_as(agent):
        assert Measure.objects.visible_to(agent).get().ground == "Politiewet art. 3"


def test_the_strip_is_a_picture_with_the_same_in_a_table(measure, case, agent):
    client = as_(agent)
    assert "strook.svg" in page(agent, case)
    for query in ("", "?breed=smal"):
        picture = client.get(reverse("cases:measure_strip", args=[case.uuid]) + query)
        assert picture["Content-Type"] == "image/svg+xml"
        assert "Weerbaarheidstraining" in picture.text
        assert "Testjongere" not in picture.text


def test_the_case_warns_and_regie_answers(case, regisseur, agent, partners):
    with acting_as(regisseur):
        make.measure(by=regisseur, case=case, partner=partners["politie"], code="HALT-STRAF", state="proposed",
                     fact_on=date(2026, 10, 3), is_confessed=True)  # fmt: skip
    shown = page(regisseur, case)
    assert "Overweeg Halt preventief." in shown
    assert "Beantwoord" not in page(agent, case)
    link = (
        shown.split(f"{reverse('cases:clash_answer', args=[case.uuid])}?")[1]
        .split('"')[0]
        .replace("&amp;", "&")
    )
    rule, ids = (part.partition("=")[2] for part in link.split("&"))
    address = reverse("cases:clash_answer", args=[case.uuid])
    client = as_(regisseur)
    assert "11 jaar" in client.get(f"{address}?{link}").text
    assert client.post(address, {"rule": rule, "measures": ids, "reason": ""}).status_code == 400
    said = {"rule": rule, "measures": ids, "reason": "Halt kijkt zelf"}
    assert client.post(address, said).status_code == 303
    assert client.post(address, said).status_code == 303
    after = page(agent, case)
    assert "Overweeg Halt preventief." not in after
    assert "Halt kijkt zelf" in after
    with acting_as(regisseur):
        assert ClashAnswer.objects.visible_to(regisseur).count() == 1
    assert len(logged("clash.answered")) == 1


def test_the_cost_of_a_case_does_not_grow_with_its_measures(case, regisseur, partners):
    client, address = as_(regisseur), reverse("cases:case_detail", args=[case.uuid])

    def cost():
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    with acting_as(regisseur):
        make.measure(by=regisseur, case=case, partner=partners["jens"])
    client.get(address)
    one = cost()
    with acting_as(regisseur):
        for _ in range(12):
            make.measure(by=regisseur, case=case, partner=partners["jens"])
    assert cost() == one


# --- the catalogue ---------------------------------------------------------------------------------------
def kind_form(kind, **changes):
    fields = ("code", "name", "imposer", "nature", "family", "ground", "min_age", "max_age", "age_moment", "younger_advice",
              "max_days", "max_renewals", "max_total_days", "conditions", "data_class", "source")  # fmt: skip
    values = {name: getattr(kind, name) for name in fields} | {"verified_on": ""}
    return {name: "" if value is None else value for name, value in values.items()} | changes


def test_a_change_of_the_catalogue_is_shown_first_and_then_followed(case, regisseur, beheerder, partners):
    with acting_as(regisseur):
        make.measure(by=regisseur, case=case, partner=partners["jens"], code="JONGERENWERK")
    kind = MeasureKind.objects.get(code="JONGERENWERK")
    client, address = as_(beheerder), reverse("cases:measure_kind_change", args=[kind.uuid])
    before = client.post(address, kind_form(kind, min_age="12", vooraf="1"))
    assert "Bij 0 lopende maatregelen" in before.text
    assert "worden dat er 1" in before.text
    assert MeasureKind.objects.get(pk=kind.pk).min_age == 8
    assert "kan vanaf" not in page(regisseur, case)
    assert client.post(address, kind_form(kind, min_age="12")).status_code == 303
    assert "kan vanaf 12 jaar" in page(regisseur, case)
    assert [e.details["fields"] for e in logged("measure_kind.changed")] == [["min_age"]]


def test_what_does_not_go_together_is_data_and_counted_first(case, regisseur, beheerder, partners):
    with acting_as(regisseur):
        make.measure(by=regisseur, case=case, partner=partners["jens"], code="JONGERENWERK")
        make.measure(by=regisseur, case=case, partner=partners["jens"], code="WEERBAAR")
    kind, other, third = (
        MeasureKind.objects.get(code=c) for c in ("JONGERENWERK", "WEERBAAR", "STOPGESPREK")
    )
    client, address = as_(beheerder), reverse("cases:measure_kind_change", args=[kind.uuid])
    for name, to in (("excludes", other), ("requires", third)):
        assert "worden dat er 1" in client.post(address, kind_form(kind, vooraf="1", **{name: [to.pk]})).text
    assert "niet samen" not in page(regisseur, case)
    sent = kind_form(kind, excludes=[other.pk], requires=[third.pk])
    assert client.post(address, sent).status_code == 303
    assert "gaan volgens de catalogus niet samen" in page(regisseur, case)
    assert f"hoort volgens de catalogus: {third}" in page(regisseur, case)
    assert client.post(address, kind_form(kind, excludes=[10**9])).status_code == 400


def test_what_is_stopped_is_not_offered_and_what_runs_stays(measure, case, beheerder, jongerenwerker):
    kind = measure.kind
    as_(beheerder).post(reverse("cases:measure_kind_close", args=[kind.uuid]))
    offered = as_(jongerenwerker).get(reverse("cases:measure_note", args=[case.uuid])).context["form"]
    assert kind not in offered.fields["kind"].queryset
    assert "Weerbaarheidstraining" in page(jongerenwerker, case)
    with acting_as(jongerenwerker), pytest.raises(NotPossible, match="niet meer in gebruik"):
        make.measure(by=jongerenwerker, case=case, partner=jongerenwerker.partner)


def test_a_code_stands_once(beheerder):
    client, kind = as_(beheerder), MeasureKind.objects.get(code="WEERBAAR")
    key = uuid4()
    refused = client.post(reverse("cases:measure_kind_add"), kind_form(kind, key=key))
    assert refused.status_code in (400, 409)
    added = client.post(reverse("cases:measure_kind_add"), kind_form(kind, key=key, code="NIEUW"))
    assert added.status_code == 303
    client.post(reverse("cases:measure_kind_add"), kind_form(kind, key=key, code="NIEUW"))
    assert MeasureKind.objects.filter(code="NIEUW").count() == 1


def test_terms_and_ages_are_kept_by_the_beheerder(beheerder, regisseur):
    client = as_(beheerder)
    assert (
        client.post(reverse("cases:rule_term_change", args=["huisbezoek"]), {"days": "21"}).status_code == 303
    )
    assert RuleTerm.objects.get(code="huisbezoek").days == 21
    assert (
        client.post(reverse("cases:rule_term_change", args=["huisbezoek"]), {"days": "0"}).status_code == 400
    )
    sent = {"consequence": "Vanaf twaalf."}
    assert client.post(reverse("cases:age_limit_change", args=[12]), sent).status_code == 303
    assert "Vanaf twaalf." in client.get(reverse("cases:measure_kind_list")).text
    assert as_(regisseur).get(reverse("cases:measure_kind_list")).status_code == 403


@pytest.mark.django_db
def test_every_entry_has_a_ground():
    assert MeasureKind.objects.count() >= 35
    assert not MeasureKind.objects.filter(ground="").exists()
