"""Two youths who are one: said, shown to who may know of both, and taken back exactly."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from access import operations as access
from cases.merge_queries import mark_of, side_of
from cases.models import Action, Case, Closing, Youth, YouthMerge
from cases.operations import actions, cases, merges, triage, youths
from cases.rules.youths import Identity
from foundation.errors import NotAllowed, NotPossible, Stale
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories import retention as over
from tests.factories.audit import logged

REASON = "Zelfde moeder en zelfde school; de achternaam was verkeerd gespeld"


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def page(client, name, *args):
    return client.get(reverse(f"cases:{name}", args=args))


@pytest.fixture
def kept(regisseur, partners):
    """The one who stays: JENS takes part."""
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=[partners["jens"]], first_name="Fenna", last_name="Blijver")


@pytest.fixture
def absorbed(regisseur, partners):
    """The other: HALT takes part, with an action that runs."""
    with acting_as(regisseur):
        case = make.case(by=regisseur, partners=[partners["halt"]], first_name="Fena", last_name="Oplosser")
        make.action(by=regisseur, case=case, partner=partners["halt"])
        return case


def merge(kept, absorbed, by, reason=REASON, seen=None):
    with acting_as(by):
        one, other = (Youth.objects.get(pk=case.youth_id) for case in (kept, absorbed))
        mark = mark_of((side_of(one, by), side_of(other, by))) if seen is None else seen
        return merges.merge(kept=one, absorbed=other, reason=reason, seen=mark, by=by)


def undo(merged, by, reason="Het zijn nichtjes"):
    with acting_as(by):
        return merges.undo(merge=merged, reason=reason, by=by)


def now(case, by):
    with acting_as(by):
        return Case.objects.get(pk=case.pk)


def identity(**changes):
    return Identity(**{"first_name": "Fena", "last_name": "Oplosser", "birth_on": date(2011, 3, 4)} | changes)


# --- what it does -------------------------------------------------------------------------------
def test_two_become_one_and_the_case_of_who_is_absorbed_closes(kept, absorbed, regisseur, haltmedewerker):
    merged = merge(kept, absorbed, regisseur)
    assert merged.kept_id == kept.youth_id and merged.absorbed_id == absorbed.youth_id
    assert now(absorbed, regisseur).closed_at and not now(kept, regisseur).closed_at
    with acting_as(regisseur):
        assert Closing.objects.get(case=absorbed).is_merge
    with acting_as(haltmedewerker):  # what was agreed goes on with who does it
        action = Action.objects.visible_to(haltmedewerker).get(case=absorbed)
        actions.end(action=action, to="done", result="Gedaan", by=haltmedewerker)
    (event,) = logged("youth_merge.made")
    assert set(event.youth_ids) == {kept.youth_id, absorbed.youth_id}


def test_the_case_page_says_it_to_who_may_know_of_both(kept, absorbed, regisseur):
    merge(kept, absorbed, regisseur)
    client = as_(regisseur)
    text = page(client, "case_detail", absorbed.uuid).text
    assert "Fenna Blijver" in text and reverse("cases:case_detail", args=[kept.uuid]) in text
    text = page(client, "case_detail", kept.uuid).text
    assert "Fena Oplosser" in text and reverse("cases:case_detail", args=[absorbed.uuid]) in text
    shown = [event for event in logged("youth_merge.shown") if event.actor_id == regisseur.pk]
    assert set(shown[0].youth_ids) == {kept.youth_id, absorbed.youth_id}


def test_who_sees_only_one_of_both_sees_nothing_of_the_other(
    kept, absorbed, regisseur, jongerenwerker, haltmedewerker
):
    merge(kept, absorbed, regisseur)
    for person, own, hidden, words in [
        (jongerenwerker, kept, absorbed, "Oplosser"),
        (haltmedewerker, absorbed, kept, "Blijver"),
    ]:
        client = as_(person)
        own_page = page(client, "case_detail", own.uuid)
        assert own_page.status_code == 200
        assert words not in own_page.text and REASON not in own_page.text
        assert str(hidden.uuid) not in own_page.text
        assert page(client, "case_detail", hidden.uuid).status_code == 404
        with acting_as(person):
            assert not YouthMerge.objects.exists()  # row security itself
            assert not YouthMerge.objects.visible_to(person).exists()


def test_nobody_reads_more_or_less_than_before(kept, absorbed, regisseur, jongerenwerker, haltmedewerker):
    def seen(person):
        with acting_as(person):
            return {model: set(model.objects.values_list("pk", flat=True)) for model in (Youth, Case, Action)}

    people = [jongerenwerker, haltmedewerker]
    before = [seen(person) for person in people]
    merge(kept, absorbed, regisseur)
    assert [seen(person) for person in people] == before


def test_searching_and_matching_offer_who_stays_under_both_names(kept, absorbed, regisseur, mentor):
    merge(kept, absorbed, regisseur)
    with acting_as(regisseur):
        found = youths.find(asked=identity(), by=regisseur)
    assert [match.youth.pk for match in found] == [kept.youth_id]
    assert "Ook bekend als Fena Oplosser" in found[0].reasons
    assert set(logged("youth.searched")[-1].youth_ids) == {kept.youth_id, absorbed.youth_id}
    with acting_as(mentor):
        signal = make.signal(by=mentor, first_name="Fena", last_name="Oplosser")
    text = page(as_(regisseur), "triage_detail", signal.uuid).text
    assert "Fenna Blijver" in text and reverse("cases:case_detail", args=[kept.uuid]) in text


def test_a_signal_is_not_accepted_to_who_was_absorbed(kept, absorbed, regisseur, mentor):
    merge(kept, absorbed, regisseur)
    with acting_as(mentor):
        signal = make.signal(by=mentor)
    with acting_as(regisseur), pytest.raises(NotPossible, match="samengevoegd"):
        triage.accept(
            signal=signal, youth=Youth.objects.get(pk=absorbed.youth_id), text="T", role="involved",
            feedback="Dank", by=regisseur,
        )  # fmt: skip
    with acting_as(regisseur), pytest.raises(NotPossible, match="samengevoegd"):
        cases.open_case(youth=Youth.objects.get(pk=absorbed.youth_id), by=regisseur)
    with acting_as(regisseur), pytest.raises(NotPossible, match="samengevoegd"):
        cases.reopen(case=absorbed, reason="Toch weer", review_on=None, by=regisseur)


def test_not_even_by_a_regisseur_who_may_not_know_of_the_other(kept, absorbed, regisseur, tweede_regisseur):
    with acting_as(regisseur):
        access.exclude(
            compartment=Youth.objects.get(pk=kept.youth_id).compartment,
            user=tweede_regisseur, reason="Buurmeisje", by=regisseur,
        )  # fmt: skip
    merge(kept, absorbed, regisseur)
    with acting_as(tweede_regisseur):
        assert not YouthMerge.objects.exists()
        with pytest.raises(NotPossible, match="samengevoegd"):
            cases.open_case(youth=Youth.objects.get(pk=absorbed.youth_id), by=tweede_regisseur)


# --- who may, and what cannot be -----------------------------------------------------------------
@pytest.mark.parametrize("who", ["jongerenwerker", "lja_heerlen", "pga", "mentor", "fg", "beheerder"])
def test_who_has_no_regie_of_both_is_refused_and_nothing_changed(who, request, kept, absorbed, regisseur):
    person = request.getfixturevalue(who)
    with acting_as(regisseur):
        one, other = (Youth.objects.get(pk=case.youth_id) for case in (kept, absorbed))
    with acting_as(person), pytest.raises(NotAllowed):
        merges.merge(kept=one, absorbed=other, reason=REASON, seen="", by=person)
    with acting_as(regisseur):
        assert not YouthMerge.objects.exists()
    assert not now(absorbed, regisseur).closed_at


def test_a_case_that_runs_elsewhere_is_not_closed_from_here(kept, absorbed, regisseur, lja_heerlen, partners):
    with acting_as(regisseur):
        proposal = make.proposal(by=regisseur, case=kept)
    with acting_as(lja_heerlen):
        make.at_lja(change=proposal, by=lja_heerlen)
    with pytest.raises(NotAllowed, match="regie"):
        merge(kept, absorbed, regisseur)


def test_no_chains(kept, absorbed, regisseur):
    with acting_as(regisseur):
        third = make.case(by=regisseur, first_name="Feline", last_name="Derde")
    merge(kept, absorbed, regisseur)
    with pytest.raises(NotPossible, match="al samengevoegd"):
        merge(absorbed, third, regisseur)
    with pytest.raises(NotPossible, match="al samengevoegd"):
        merge(third, absorbed, regisseur)
    with pytest.raises(NotPossible, match="ging al een andere op"):
        merge(third, kept, regisseur)
    merge(kept, third, regisseur)  # one may keep more than one


def test_the_only_open_case_belongs_to_who_stays(kept, absorbed, regisseur):
    with acting_as(regisseur):
        make.close(by=regisseur, case=kept)
    with pytest.raises(NotPossible, match="Alleen de andere"):
        merge(kept, absorbed, regisseur)
    merge(absorbed, kept, regisseur)
    assert not now(absorbed, regisseur).closed_at


def test_a_proposal_that_waits_comes_first(kept, absorbed, regisseur):
    with acting_as(regisseur):
        make.proposal(by=regisseur, case=absorbed)
    with pytest.raises(NotPossible, match="voorstel"):
        merge(kept, absorbed, regisseur)


def test_what_changed_since_the_comparison_is_compared_again(kept, absorbed, regisseur, partners):
    with acting_as(regisseur):
        seen = mark_of(side_of(case.youth, regisseur) for case in (kept, absorbed))
        make.action(by=regisseur, case=absorbed, partner=partners["halt"])
    with pytest.raises(Stale):
        merge(kept, absorbed, regisseur, seen=seen)


def test_twice_is_once(kept, absorbed, regisseur):
    first = merge(kept, absorbed, regisseur)
    assert merge(kept, absorbed, regisseur).pk == first.pk
    with acting_as(regisseur):
        assert Closing.objects.count() == YouthMerge.objects.count() == 1
    assert undo(first, regisseur).undone_at == undo(first, regisseur, "Nog eens").undone_at
    assert len(logged("youth_merge.made")) == len(logged("youth_merge.undone")) == 1


def test_the_database_keeps_one_live_merge_and_not_with_oneself(kept, absorbed, regisseur):
    merged = merge(kept, absorbed, regisseur)
    with acting_as(regisseur):
        third = make.youth(by=regisseur, first_name="Feline")
        same = {
            "compartment_id": merged.compartment_id, "absorbed_id": absorbed.youth_id, "reason": "x",
            "made_by": regisseur,
        }  # fmt: skip
        with pytest.raises(IntegrityError, match="absorbed_once"), transaction.atomic():
            YouthMerge.objects.create(kept=third, **same)
        with pytest.raises(IntegrityError, match="of_two"), transaction.atomic():
            YouthMerge.objects.create(kept_id=absorbed.youth_id, **same)


# --- at the same moment --------------------------------------------------------------------------
def at_once(*works):
    barrier, given = threading.Barrier(len(works)), []

    def run(work):
        barrier.wait(timeout=10)
        try:
            given.append(work())
        except (NotPossible, Stale) as no:
            given.append(no)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    [thread.start() for thread in threads]
    [thread.join(timeout=30) for thread in threads]
    assert len(given) == len(works)
    return given


def test_two_ways_round_at_the_same_moment(committed_db, kept, absorbed, regisseur, tweede_regisseur):
    with acting_as(regisseur):
        one, other = (Youth.objects.get(pk=case.youth_id) for case in (kept, absorbed))
        seen = mark_of((side_of(one, regisseur), side_of(other, regisseur)))

    def work(person, kept, absorbed):
        def go():
            with acting_as(person):
                return merges.merge(kept=kept, absorbed=absorbed, reason=REASON, seen=seen, by=person)

        return go

    given = at_once(work(regisseur, one, other), work(tweede_regisseur, other, one))
    assert sum(isinstance(answer, YouthMerge) for answer in given) == 1
    with acting_as(regisseur):
        assert YouthMerge.objects.count() == 1
        assert Case.objects.open().filter(youth__in=[one, other]).count() == 1


def test_a_signal_accepted_while_merging(committed_db, kept, absorbed, regisseur, tweede_regisseur, mentor):
    """Before or after: never a case that opens for who is absorbed."""
    with acting_as(mentor):
        signal = make.signal(by=mentor)
    with acting_as(regisseur):
        make_closed = Action.objects.get(case=absorbed)
        actions.end(action=make_closed, to="withdrawn", result="Niet nodig", by=regisseur)
        make.close(by=regisseur, case=absorbed)
        one, other = (Youth.objects.get(pk=case.youth_id) for case in (kept, absorbed))
        seen = mark_of((side_of(one, regisseur), side_of(other, regisseur)))

    def joining():
        with acting_as(regisseur):
            return merges.merge(kept=one, absorbed=other, reason=REASON, seen=seen, by=regisseur)

    def accepting():
        with acting_as(tweede_regisseur):
            return triage.accept(
                signal=signal, youth=other, text="T", role="involved", feedback="Dank", by=tweede_regisseur
            )

    given = at_once(joining, accepting)
    with acting_as(regisseur):
        merged = YouthMerge.objects.exists()
        opened = Case.objects.open().filter(youth=other).exists()
    assert merged != opened, given


# --- taking it back -------------------------------------------------------------------------------
def stamps(tables):
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT id, md5(row::text) FROM {table} row ORDER BY id")
            found[table] = cursor.fetchall()
        return found


KEPT_AS_IT_WAS = ["cases_youth", "cases_case", "cases_action", "access_compartment", "access_participation"]


def test_undoing_restores_exactly(kept, absorbed, regisseur, haltmedewerker):
    with acting_as(regisseur):
        before = stamps(KEPT_AS_IT_WAS)
    merged = merge(kept, absorbed, regisseur)
    with acting_as(regisseur):
        changed = [table for table, rows in stamps(KEPT_AS_IT_WAS).items() if rows != before[table]]
    assert changed == ["cases_case"]
    undo(merged, regisseur)
    with acting_as(regisseur):
        assert stamps(KEPT_AS_IT_WAS) == before
        found = youths.find(asked=identity(), by=regisseur)
        assert absorbed.youth_id in {match.youth.pk for match in found}
    text = page(as_(regisseur), "case_detail", absorbed.uuid).text
    assert "Blijver" not in text
    assert merge(kept, absorbed, regisseur).pk != merged.pk  # and it can be said again


def test_undoing_leaves_closed_what_has_another_open(kept, absorbed, regisseur):
    merged = merge(kept, absorbed, regisseur)
    with acting_as(regisseur):  # no page does this while they are one
        Case.objects.create(
            youth_id=absorbed.youth_id, compartment_id=absorbed.compartment_id, room_id=absorbed.room_id,
            opened_by=regisseur,
        )  # fmt: skip
    client = as_(regisseur)
    client.post(reverse("cases:merge_undo", args=[merged.uuid]), {"reason": "Het zijn nichtjes"})
    assert "bleef dicht" in page(client, "case_detail", absorbed.uuid).text
    assert now(absorbed, regisseur).closed_at


def test_undoing_is_for_who_may_merge(kept, absorbed, regisseur, jongerenwerker, lja_heerlen):
    merged = merge(kept, absorbed, regisseur)
    for person in (jongerenwerker, lja_heerlen):
        with acting_as(person), pytest.raises(NotAllowed):
            merges.undo(merge=merged, reason="Nee", by=person)
        assert page(as_(person), "merge_undo", merged.uuid).status_code == 404
    assert now(absorbed, regisseur).closed_at
    with acting_as(regisseur):
        assert not YouthMerge.objects.get().undone_at


# --- the pages --------------------------------------------------------------------------------
def test_from_the_case_page_to_the_comparison_and_on(kept, absorbed, regisseur):
    client = as_(regisseur)
    assert reverse("cases:merge_find", args=[kept.uuid]) in page(client, "case_detail", kept.uuid).text
    found = client.post(
        reverse("cases:merge_find", args=[kept.uuid]), {"first_name": "Fena", "last_name": "Oplosser"}
    )
    with acting_as(regisseur):
        other = Youth.objects.get(pk=absorbed.youth_id)
    url = reverse("cases:merge_confirm", args=[kept.uuid, other.uuid])
    assert url in found.text
    text = client.get(url).text
    for words in ("Fenna Blijver", "Fena Oplosser", "4 maart 2011", "Heerlen", "Vmbo De Test", "JENS", "HALT",
                  "Gaat op huisbezoek"):  # fmt: skip
        assert words in text, words
    seen = client.get(url).context["form"]["seen"].value()
    sent = {"keep": str(kept.youth.uuid), "reason": REASON, "seen": seen}
    refused = client.post(url, sent)
    assert refused.status_code == 400 and "kruis dit aan" in refused.text and REASON in refused.text
    assert client.post(url, sent | {"is_same": "on"}).status_code == 303
    assert client.post(url, sent | {"is_same": "on"}).status_code == 303
    with acting_as(regisseur):
        assert YouthMerge.objects.count() == 1


def test_a_comparison_that_is_old_keeps_the_text(kept, absorbed, regisseur, partners):
    client = as_(regisseur)
    with acting_as(regisseur):
        other = Youth.objects.get(pk=absorbed.youth_id)
    url = reverse("cases:merge_confirm", args=[kept.uuid, other.uuid])
    seen = client.get(url).context["form"]["seen"].value()
    with acting_as(regisseur):
        make.action(by=regisseur, case=absorbed, partner=partners["halt"], text="Belt met moeder")
    answer = client.post(url, {"keep": str(kept.youth.uuid), "reason": REASON, "seen": seen, "is_same": "on"})
    assert answer.status_code == 409 and REASON in answer.text and "Belt met moeder" in answer.text
    assert answer.context["form"]["seen"].value() != seen


def test_the_case_page_asks_as_often_for_one_as_for_five(kept, regisseur, django_assert_max_num_queries):
    client, counts = as_(regisseur), []
    page(client, "case_list")
    for extra in (1, 4):
        for number in range(extra):
            with acting_as(regisseur):
                other = make.case(by=regisseur, first_name=f"Nr{extra}{number}", last_name="Meer")
            merge(kept, other, regisseur)
        with django_assert_max_num_queries(62) as asked:
            page(client, "case_detail", kept.uuid)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- not kept longer, and not shorter -------------------------------------------------------------
def test_who_stays_waits_for_who_was_absorbed_and_then_goes(committed_db, kept, absorbed, regisseur):
    merged = merge(kept, absorbed, regisseur)
    over.close_long_ago(kept, months=80, by=regisseur)
    assert [p.object_number for p in over.propose()] == []  # the absorbed one has a case whose term runs
    over.long_ago("cases_youthmerge", merged.pk, "made_at", 80)
    over.close_long_ago(absorbed, months=72, by=regisseur)
    (first,) = over.propose()
    assert first.object_number == absorbed.pk and first.takes_youth
    over.approve(first)
    over.destroy(first)
    with acting_as(regisseur):
        assert not YouthMerge.objects.exists()
        assert Youth.objects.filter(pk=kept.youth_id).exists()
    (second,) = over.propose()
    assert second.object_number == kept.pk and second.takes_youth


def test_who_was_absorbed_without_a_case_goes_with_who_stays(committed_db, kept, regisseur):
    with acting_as(regisseur):
        bare = make.youth(by=regisseur, first_name="Fena", last_name="Zonderdossier")
        mark = mark_of((side_of(kept.youth, regisseur), side_of(bare, regisseur)))
        merges.merge(kept=kept.youth, absorbed=bare, reason=REASON, seen=mark, by=regisseur)
    over.close_long_ago(kept, months=72, by=regisseur)
    (proposal,) = over.propose()
    over.approve(proposal)
    certificate = over.destroy(proposal)
    assert certificate.counts["cases_youth"] == 2 and certificate.counts["cases_youthmerge"] == 1
    assert certificate.left_over == 0
    with acting_as(regisseur):
        assert not Youth.objects.filter(pk__in=[kept.youth_id, bare.pk]).exists()
