"""Note, decision and action: saved once, never lost, and final in the end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.roles import Level
from cases.models import ActionState, Case, Informing, LevelChange, LevelChangeState, PostponeGround
from cases.operations import informing
from foundation.errors import NotAllowed, NotPossible, Stale
from foundation.scope import acting_as
from meetings.models import AgendaItem, AgreedAction, DecidedAudience, Decision, DecisionKind, Note
from meetings.operations import desk, live, presence
from tests.factories import meetings as factory

SOON = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def table(partners):
    return [partners["politie"], partners["jens"]]


@pytest.fixture
def item(regisseur, table):
    with acting_as(regisseur):
        meeting = factory.running_meeting(by=regisseur, partners=table, items=1)
        return AgendaItem.objects.select_related("case", "meeting__series").get(meeting=meeting)


def _save(item, text, version, by):
    with acting_as(by):
        return desk.save_note(item=item, text=text, version=version, by=by)


def _notes(item, by):
    with acting_as(by):
        return list(
            Note.objects.visible_to(by).filter(item=item).order_by("version").values_list("text", flat=True)
        )


def test_every_version_of_a_note_is_kept(regisseur, item):
    assert _save(item, "Moeder belt.", 0, regisseur) == 1
    assert _save(item, "Moeder belt morgen.", 1, regisseur) == 2
    assert _notes(item, regisseur) == ["Moeder belt.", "Moeder belt morgen."]


def test_the_same_text_is_no_new_version(regisseur, item):
    assert _save(item, "Regel een\r\nregel twee ", 0, regisseur) == 1
    assert _save(item, "Regel een\nregel twee", 1, regisseur) == 1
    assert _save(item, "Regel een\nregel twee", 0, regisseur) == 1  # the answer got lost, we send again
    assert len(_notes(item, regisseur)) == 1


def test_a_stale_save_is_refused_and_carries_both_texts(regisseur, tweede_regisseur, item):
    _save(item, "Vader komt.", 0, regisseur)
    with pytest.raises(Stale) as refused:
        _save(item, "Moeder komt.", 0, tweede_regisseur)
    assert (refused.value.current.text, refused.value.current.written_by) == ("Vader komt.", regisseur)
    assert _notes(item, regisseur) == ["Vader komt."]
    assert _save(item, "Vader en moeder komen.", 1, tweede_regisseur) == 2


def test_a_lost_answer_is_no_conflict_with_oneself(regisseur, item):
    _save(item, "Vader komt", 0, regisseur)
    assert _save(item, "Vader komt morgen", 0, regisseur) == 2


def test_an_emptied_note_is_not_filled_again_by_a_stale_save(regisseur, tweede_regisseur, item):
    _save(item, "Weg ermee", 0, regisseur)
    _save(item, "", 1, regisseur)
    with pytest.raises(Stale):
        _save(item, "Weg ermee, toch niet", 1, tweede_regisseur)


def test_a_participant_does_not_write(agent, item):
    with acting_as(agent), pytest.raises(NotAllowed):
        desk.save_note(item=item, text="Zelf geschreven", version=0, by=agent)


def _decide(item, by, kind=DecisionKind.PREVENTIVE, key=None, **more):
    with acting_as(by):
        return desk.decide(item=item, kind=kind, key=key or uuid4(), by=by, **more)


def test_a_decision_that_is_sent_twice_is_one(regisseur, item):
    key = uuid4()
    assert _decide(item, regisseur, key=key) == _decide(item, regisseur, key=key)
    with acting_as(regisseur):
        assert Decision.objects.visible_to(regisseur).count() == 1
        assert AgendaItem.objects.visible_to(regisseur).get(pk=item.pk).discussed_at


def test_monitoring_sets_the_review_date_of_the_case(regisseur, item):
    decision = _decide(item, regisseur, DecisionKind.MONITOR, until_on=SOON)
    with acting_as(regisseur):
        assert Case.objects.visible_to(regisseur).get(pk=item.case_id).review_on == SOON
    assert decision.title.startswith("Monitoren tot ")


def test_escalating_proposes_and_taking_back_withdraws(regisseur, item):
    decision = _decide(
        item, regisseur, DecisionKind.ESCALATE, to=Level.LJA, text="Herhaling", tried="Coach", review_on=SOON
    )
    assert decision.title == "Opschalen naar LJA"
    with acting_as(regisseur):
        change = LevelChange.objects.visible_to(regisseur).get(case=item.case)
        assert (change.state, change.new, change.reason) == (
            LevelChangeState.PROPOSED,
            Level.LJA,
            "Herhaling",
        )
        desk.take_back_decision(decision=decision, by=regisseur)
        desk.take_back_decision(decision=decision, by=regisseur)
        change.refresh_from_db()
        assert change.state == LevelChangeState.WITHDRAWN
        assert Decision.objects.visible_to(regisseur).get().withdrawn_by == regisseur


def test_escalating_goes_up(regisseur, item):
    with pytest.raises(NotPossible, match="lager niveau"):
        _decide(item, regisseur, DecisionKind.DE_ESCALATE, to=Level.PGA, text="x", tried="y", review_on=SOON)


def test_closing_a_case_is_only_written_down(regisseur, item):
    _decide(item, regisseur, DecisionKind.CLOSE)
    with acting_as(regisseur):
        assert Case.objects.visible_to(regisseur).get(pk=item.case_id).closed_at is None


def _agree(item, by, partner, key=None):
    with acting_as(by):
        return desk.agree_action(
            item=item, text="Belt vader", owner_partner=partner, owner_person=None, due_on=SOON,
            key=key or uuid4(), by=by,
        )  # fmt: skip


def test_an_action_that_is_sent_twice_is_one(regisseur, partners, item):
    key = uuid4()
    assert _agree(item, regisseur, partners["politie"], key) == _agree(
        item, regisseur, partners["politie"], key
    )
    with acting_as(regisseur):
        agreed = AgreedAction.objects.visible_to(regisseur).get()
        assert (agreed.action.text, agreed.text, agreed.owner) == (
            "Belt vader",
            "Belt vader",
            "Politie Heerlen",
        )


def test_the_owner_takes_part_in_the_case(regisseur, partners, item):
    with pytest.raises(NotPossible, match="neemt nu niet deel"):
        _agree(item, regisseur, partners["school"])


def test_an_action_taken_back_ends_on_the_case_too(regisseur, partners, item):
    agreed = _agree(item, regisseur, partners["politie"])
    with acting_as(regisseur):
        desk.take_back_action(agreed=agreed, by=regisseur)
        desk.take_back_action(agreed=agreed, by=regisseur)
        agreed.action.refresh_from_db()
        assert agreed.action.state == ActionState.WITHDRAWN


def test_after_closing_only_notes_and_after_confirming_nothing(regisseur, partners, item):
    decision = _decide(item, regisseur)
    with acting_as(regisseur):
        live.close(meeting=item.meeting, by=regisseur)
    assert _save(item, "Verbeterd na het sluiten", 0, regisseur) == 1
    with pytest.raises(NotPossible, match="gesloten"):
        _decide(item, regisseur)
    with acting_as(regisseur):
        factory.confirm(meeting=item.meeting, by=regisseur)
    for change in (
        lambda: _save(item, "Te laat", 1, regisseur),
        lambda: _decide(item, regisseur),
        lambda: _agree(item, regisseur, partners["politie"]),
        lambda: _take_back(decision, regisseur),
        lambda: _attendance(item.meeting, partners["politie"], regisseur),
    ):
        with pytest.raises(NotPossible, match="vastgesteld"):
            change()


def _take_back(decision, by):
    with acting_as(by):
        desk.take_back_decision(decision=decision, by=by)


def _attendance(meeting, partner, by):
    with acting_as(by):
        presence.note_attendance(meeting=meeting, seen=[presence.Seen(partner, "absent")], by=by)


def test_a_decision_or_an_action_names_no_youth_whom_the_table_may_not_know(regisseur, table):
    """JENS sits at the first point and not at the second; the police at both."""
    with acting_as(regisseur):
        meeting = factory.running_meeting(by=regisseur, partners=table, items=2)
        found = AgendaItem.objects.filter(meeting=meeting).select_related("case__youth", "meeting__series")
        first, second = found.order_by("slot__position")
        name = second.case.youth.name
        with pytest.raises(NotPossible, match="JENS mag die naam niet zien"):
            decide(first, regisseur, text=f"Samen met {name}")
        with pytest.raises(NotPossible, match="JENS mag die naam niet zien"):
            factory.agree(by=regisseur, item=first, text=f"Belt ook {name}")
        assert not first.decisions.exists() and not first.agreed_actions.exists()
        assert decide(
            second, regisseur, text=f"Samen met {first.case.youth.name}"
        )  # who sits here knows both


def decide(item, by, text):
    return desk.decide(item=item, kind=DecisionKind.PARTNER_ACTS, text=text, key=uuid4(), by=by)


def test_taking_a_casusregisseur_back_puts_the_one_before_back(regisseur, agent, tweede_regisseur, item):
    def name(who):
        key = uuid4()
        return desk.decide(
            item=item, kind=DecisionKind.CASUSREGISSEUR, key=key, by=regisseur, casusregisseur=who
        )

    def now():
        return Case.objects.get(pk=item.case_id).casusregisseur

    with acting_as(regisseur):
        first, second = name(agent), name(tweede_regisseur)
        desk.take_back_decision(decision=second, by=regisseur)
        assert now() == agent
        third = name(regisseur)
        desk.take_back_decision(decision=first, by=regisseur)
        assert now() == regisseur  # somebody else was named since
        desk.take_back_decision(decision=third, by=regisseur)
        assert now() is None  # as it was before the first, which was taken back as well


def test_naming_a_casusregisseur_reaches_the_case(regisseur, agent, item):
    with acting_as(regisseur):
        desk.decide(
            item=item, kind=DecisionKind.CASUSREGISSEUR, key=uuid4(), by=regisseur, casusregisseur=agent
        )
        assert Case.objects.get(pk=item.case_id).casusregisseur == agent


def _postpone(item, by):
    with acting_as(by):
        return desk.decide(
            item=item,
            kind=DecisionKind.POSTPONE_INFORMING,
            key=uuid4(),
            by=by,
            text="De politie laat weten wanneer het kan",
            until_on=SOON,
            audience=DecidedAudience.BOTH,
            ground=PostponeGround.OFFENCES,
        )


def _lines(item, by):
    with acting_as(by):
        return list(Informing.objects.visible_to(by).filter(case=item.case).order_by("audience"))


def test_a_decision_to_postpone_stands_in_the_ledger_until_it_is_taken_back(regisseur, item):
    made = _postpone(item, regisseur)
    lines = _lines(item, regisseur)
    assert [(line.audience, line.recheck_on, line.needs_agreement) for line in lines] == [
        ("parents", SOON, True),
        ("youth", SOON, True),
    ]
    with acting_as(regisseur):
        desk.take_back_decision(decision=made, by=regisseur)
    assert not any(line.needs_agreement for line in _lines(item, regisseur))


def test_a_postponement_that_two_agreed_on_is_not_taken_back_with_the_decision(
    regisseur, tweede_regisseur, item
):
    made = _postpone(item, regisseur)
    line = _lines(item, regisseur)[0]
    with acting_as(tweede_regisseur):
        informing.agree(line=line, by=tweede_regisseur)
    with acting_as(regisseur):
        desk.take_back_decision(decision=made, by=regisseur)
    kept, other = _lines(item, regisseur)
    assert kept.counts and kept.withdrawn_at is None and other.withdrawn_at is not None
