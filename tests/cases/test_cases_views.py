"""Pages about cases: who sees what, how often the database is asked, and what bad input gets."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Level
from cases.models import Case
from cases.operations import actions, cases, levels
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories.audit import logged

TODAY = timezone.localdate()
LIST = reverse("cases:case_list")


def page_of(client, user, url):
    client.force_login(user)
    return client.get(url)


def text_of(answer):
    return unescape(answer.content.decode())


def url(name, record):
    return reverse(f"cases:{name}", kwargs={"uuid": record.uuid})


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(
            by=regisseur, partners=[partners["politie"], partners["jens"]], last_name="Zichtbaar"
        )


@pytest.fixture
def other_case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=[partners["halt"]], last_name="Anders", town="Kerkrade")


# --- the list -------------------------------------------------------------------------------------
def test_everybody_sees_the_cases_they_take_part_in(
    client, case, other_case, regisseur, agent, haltmedewerker, coach_lja, lja_heerlen
):
    seen = {}
    for user in (regisseur, agent, haltmedewerker, coach_lja, lja_heerlen):
        text = text_of(page_of(client, user, LIST))
        seen[user.username] = ("Zichtbaar" in text, "Anders" in text)
    assert seen == {
        "regisseur": (True, True),
        "agent": (True, False),
        "haltmedewerker": (False, True),
        "coach_lja": (False, False),
        "lja_heerlen": (False, False),
    }
    shown = {event.actor_id: event.youth_ids for event in logged("case.listed")}
    assert shown[agent.pk] == [case.youth_id]
    assert shown[coach_lja.pk] == []


@pytest.mark.parametrize("who", ["mentor", "wijkagent", "manager", "fg", "beheerder"])
def test_the_list_is_not_for_who_reads_no_cases(who, client, case, request):
    assert page_of(client, request.getfixturevalue(who), LIST).status_code == 403


def test_the_filters_stand_in_the_address(client, regisseur, case, other_case):
    with acting_as(regisseur):
        cases.plan(case=case, casusregisseur=None, review_on=TODAY, seen=(None, None), by=regisseur)
        make.close(by=regisseur, case=make.case(by=regisseur, last_name="Afgerond"))
    names = {"Zichtbaar", "Anders", "Afgerond"}
    for query, wanted in {
        "": {"Zichtbaar", "Anders"},
        "?stand=gesloten": {"Afgerond"},
        "?stand=alle": names,
        "?stand=bekijken": {"Zichtbaar"},
        f"?gemeente={other_case.municipality.code}": {"Anders"},
        "?niveau=1": {"Zichtbaar", "Anders"},
        "?niveau=3": set(),
        "?niveau=9&gemeente=GM9999&stand=anders": {"Zichtbaar", "Anders"},
        "?niveau=x&na=kapot": {"Zichtbaar", "Anders"},
        "?na=%00&voor=W10": {"Zichtbaar", "Anders"},
    }.items():
        answer = page_of(client, regisseur, LIST + query)
        assert answer.status_code == 200
        assert {name for name in names if name in text_of(answer)} == wanted, query


def test_pages_follow_each_other_and_the_number_of_queries_is_constant(
    client, regisseur, partners, django_assert_max_num_queries
):
    client.force_login(regisseur)
    with acting_as(regisseur):
        make.case(by=regisseur)
    client.get(LIST)  # the first request of a session writes that there is one
    counts = []
    for extra in (0, 54):
        with acting_as(regisseur):
            for _ in range(extra):
                make.case(by=regisseur, partners=[partners["jens"]])
        with django_assert_max_num_queries(20) as asked:
            first = client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    page = first.context["page"]
    assert (len(page.rows), page.count_text) == (50, "55")
    older = client.get(LIST + page.older_url).context["page"]
    assert len(older.rows) == 5
    seen = [case.pk for case in [*page.rows, *older.rows]]
    assert seen == sorted(set(seen), reverse=True)
    assert client.get(LIST + older.newer_url).context["page"].rows == page.rows


# --- the case -------------------------------------------------------------------------------------
def test_the_case_page_tells_its_story(client, case, regisseur, agent, mentor, partners):
    with acting_as(mentor):
        signal = make.signal(by=mentor)
    with acting_as(regisseur):
        make.told(by=regisseur, signal=signal, case=case, text="Zag <b>niets</b> liggen")
        action = make.action(by=regisseur, case=case, partner=partners["politie"], text="Gaat langs", days=-1)
    for user in (regisseur, agent):
        answer = page_of(client, user, url("case_detail", case))
        text = text_of(answer)
        for words in (
            "Zichtbaar",
            "Eigen waarneming",
            "Vmbo De Test",
            "Gaat langs",
            "te laat",
            "Deelnemer volgens",
        ):
            assert words in text, words
        assert b"Zag &lt;b&gt;niets&lt;/b&gt; liggen" in answer.content
        assert ("Actie afspreken" in text) == (user == regisseur)
    with acting_as(agent):
        actions.end(action=action, to="could_not", result="Niemand thuis", by=agent)
    text = text_of(page_of(client, agent, url("case_detail", case)))
    assert "Niemand thuis" in text
    assert "Terug op de agenda" in text
    assert [event.case_id for event in logged("case.viewed")] == [case.pk] * 3


def test_hearsay_and_opinion_are_told_apart_from_facts(client, case, regisseur, mentor):
    for nature in ("fact", "hearsay"):
        with acting_as(mentor):
            signal = make.signal(by=mentor, nature=nature)
        with acting_as(regisseur):
            make.told(by=regisseur, signal=signal, case=case)
    text = text_of(page_of(client, regisseur, url("case_detail", case)))
    assert text.count("Geen vastgesteld feit") == 1
    assert "Van horen zeggen" in text


@pytest.mark.parametrize(
    "who", ["haltmedewerker", "coach_lja", "mentor", "wijkagent", "manager", "fg", "lja_heerlen"]
)
def test_who_takes_no_part_does_not_know_the_case(who, client, case, request):
    user = request.getfixturevalue(who)
    for name in (
        "case_detail",
        "case_access",
        "case_plan",
        "case_close",
        "action_agree",
        "level_change_propose",
    ):
        assert page_of(client, user, url(name, case)).status_code == 404


def test_what_another_level_shares_stays_there(client, case, regisseur, agent, lja_heerlen, partners):
    with acting_as(regisseur):
        make.action(by=regisseur, case=case, partner=partners["politie"], text="Van vroeger")
        proposal = make.proposal(by=regisseur, case=case)
    with acting_as(lja_heerlen):
        moved = levels.accept(change=proposal, answer="", by=lja_heerlen)
        cases.plan(
            case=moved, casusregisseur=lja_heerlen, review_on=moved.review_on, seen=(None, moved.review_on),
            by=lja_heerlen,
        )  # fmt: skip
    new = text_of(page_of(client, lja_heerlen, url("case_detail", case)))
    assert "Van vroeger" not in new
    assert "Herhaling binnen drie maanden" in new
    assert "Nog geen organisaties" in new
    for user in (regisseur, agent):
        old = text_of(page_of(client, user, url("case_detail", case)))
        assert "Van vroeger" in old
        assert "U leest een deel van dit dossier" in old
        assert "Niveau wisselen" not in old
    assert page_of(client, regisseur, url("case_plan", case)).status_code == 403


def test_the_case_page_asks_as_often_for_one_as_for_forty(
    client, case, regisseur, mentor, partners, django_assert_max_num_queries
):
    client.force_login(regisseur)
    client.get(LIST)  # the first request of a session writes that there is one
    counts = []
    for extra in (1, 39):
        for _ in range(extra):
            with acting_as(mentor):
                signal = make.signal(by=mentor)
            with acting_as(regisseur):
                make.told(by=regisseur, signal=signal, case=case)
                make.action(by=regisseur, case=case, partner=partners["jens"])
        with django_assert_max_num_queries(60) as asked:
            answer = client.get(url("case_detail", case))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "Toon het hele verloop" in text_of(answer)
    assert text_of(client.get(url("case_detail", case) + "?sinds=alles")).count("Signaal ingebracht") == 40


# --- plan, close, reopen --------------------------------------------------------------------------
def test_planning_from_the_case_page(client, case, regisseur, jongerenwerker, haltmedewerker):
    client.force_login(regisseur)
    plan = url("case_plan", case)
    seen = {"seen_casusregisseur": "", "seen_review_on": ""}
    day = (TODAY + timedelta(days=20)).isoformat()
    wrong = client.post(plan, {"casusregisseur": haltmedewerker.pk, "review_on": day, **seen})
    assert wrong.status_code == 400
    past = client.post(plan, {"casusregisseur": "", "review_on": "2020-01-01", **seen})
    assert (past.status_code, "Kies vandaag of een dag daarna" in text_of(past)) == (400, True)
    assert client.post(plan, {"review_on": "31-31-2020\x00", **seen}).status_code == 400
    answer = client.post(plan, {"casusregisseur": jongerenwerker.pk, "review_on": day, **seen})
    assert answer.status_code == 303
    with acting_as(regisseur):
        case.refresh_from_db()
        assert (case.casusregisseur, case.review_on.isoformat()) == (jongerenwerker, day)


def test_a_stale_plan_is_not_saved_and_both_are_shown(
    client, case, regisseur, tweede_regisseur, jongerenwerker
):
    soon, later = TODAY + timedelta(days=5), TODAY + timedelta(days=50)
    with acting_as(tweede_regisseur):
        cases.plan(
            case=case, casusregisseur=jongerenwerker, review_on=soon, seen=(None, None), by=tweede_regisseur
        )
    client.force_login(regisseur)
    mine = {"casusregisseur": regisseur.pk, "review_on": later.isoformat()}
    answer = client.post(url("case_plan", case), {**mine, "seen_casusregisseur": "", "seen_review_on": ""})
    assert answer.status_code == 409
    text = text_of(answer)
    assert f"casusregisseur {jongerenwerker}" in text
    assert f'value="{later.isoformat()}"' in text
    hidden = answer.context["plan"]
    seen = {name: hidden[name].value() for name in ("seen_casusregisseur", "seen_review_on")}
    assert client.post(url("case_plan", case), {**mine, **seen}).status_code == 303
    with acting_as(regisseur):
        case.refresh_from_db()
        assert (case.casusregisseur, case.review_on) == (regisseur, later)


def test_closing_tells_what_hinders_before_and_after_typing(client, case, regisseur, partners):
    client.force_login(regisseur)
    close, typed = (
        url("case_close", case),
        {"evaluation": "Rust sinds maart", "helped": "Coach", "aftercare": ""},
    )
    assert "Dossier sluiten" in text_of(client.get(close))
    empty = client.post(close, {})
    assert (empty.status_code, empty.context["form"].errors.keys()) == (400, {"evaluation", "helped"})
    with acting_as(regisseur):
        action = make.action(by=regisseur, case=case, partner=partners["jens"])
    assert "Er loopt nog 1 actie" in text_of(client.get(close))
    late = client.post(close, typed)
    assert late.status_code == 409
    assert "Rust sinds maart" in text_of(late)  # nothing typed is lost
    with acting_as(regisseur):
        actions.end(action=action, to="done", result="", by=regisseur)
    assert client.post(close, typed).status_code == 303
    assert client.post(close, typed).status_code == 409
    reopen = url("case_reopen", case)
    assert client.post(reopen, {"reason": "", "review_on": ""}).status_code == 400
    again = {"reason": "Nieuw feit", "review_on": TODAY.isoformat()}
    assert client.post(reopen, again).status_code == 303
    assert client.post(reopen, again).status_code == 409
    with acting_as(regisseur):
        assert Case.objects.visible_to(regisseur).open().filter(pk=case.pk).exists()
    text = text_of(client.get(url("case_detail", case)))
    assert "Dossier heropend" in text
    assert "Rust sinds maart" in text


def test_oversized_text_gets_an_answer(client, case, regisseur):
    client.force_login(regisseur)
    answer = client.post(url("case_close", case), {"evaluation": "x" * 4001, "helped": "y"})
    assert answer.status_code == 400
    assert client.post(url("case_close", case), {"evaluation": "x" * 1_100_000}).status_code == 413
    assert client.delete(url("case_detail", case)).status_code == 405


def test_a_level_is_a_word_not_a_number(client, case, regisseur):
    assert Level.JPP.label in text_of(page_of(client, regisseur, url("case_detail", case)))
