"""What is written at one item during the meeting: the note, the decisions, the actions."""

import uuid
from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Partner, User
from accounts.roles import Level
from audit.log import record
from cases.models import ActionState, Audience, Case, InformOutcome, LevelChange
from cases.operations import actions as case_actions
from cases.operations import cases, informing, levels
from cases.permissions.cases import check_can_plan
from foundation.errors import Stale, allows, check_is_same
from meetings.documents import check_names_stay
from meetings.events import MeetingEvent
from meetings.models import (
    AgendaItem,
    AgreedAction,
    DecidedAudience,
    Decision,
    DecisionKind,
    Meeting,
    MeetingState,
    Note,
)
from meetings.operations.live import hold_item
from meetings.operations.presence import check_is_cleared, take_presence
from meetings.permissions.live import check_can_correct, check_can_decide, check_can_write
from meetings.rules import live as rules

TAKEN_BACK = "Teruggenomen in het overleg."


@transaction.atomic
def save_note(*, item: AgendaItem, text: str, version: int, by: User) -> int:
    """Save the note as a new version and return its number. The same text again is no new version.

    Raises Stale, with the newest note in it, when somebody else saved first. A text that begins with all
    of the newest text loses nothing: that is our own save whose answer got lost, and it goes on.
    """
    item = hold_item(item=item, by=by, changes_only_it=True)
    check_can_correct(by, item.meeting)
    text = text.replace("\r\n", "\n").strip()
    current = item.notes.order_by("-version").select_related("written_by").first()
    known = current.text if current else ""
    if text == known:
        return item.note_version
    if version != item.note_version and not (known and text.startswith(known)):
        raise Stale("Iemand anders heeft deze notitie intussen gewijzigd.", current=current)
    note = Note.objects.create(
        compartment_id=item.compartment_id, item=item, version=item.note_version + 1, text=text, written_by=by
    )
    AgendaItem.objects.filter(pk=item.pk).update(note_version=note.version)
    record(MeetingEvent.NOTE_SAVED, by=by, about=note, version=note.version)
    return note.version


class Said(TypedDict, total=False):
    """What a decision says besides its kind; each kind asks some of it (forms/desk.py)."""

    text: str
    until_on: date | None
    casusregisseur: User | None
    audience: str
    ground: str
    to: Level | None
    tried: str
    review_on: date | None


@transaction.atomic
def decide(
    *, item: AgendaItem, kind: DecisionKind, key: uuid.UUID, by: User, **said: Unpack[Said]
) -> Decision:
    """Write down what the table decided, and carry it out. The same key again is the same decision.

    Raises KeyUsed when another decision was made with this key.
    """
    item = hold_item(item=item, by=by)
    own_key = uuid.uuid5(key, f"decision {item.pk}")
    fields = _fields(kind, said)
    if made := item.decisions.filter(uuid=own_key).first():
        check_is_same(made, **fields)
        if change := made.level_change:
            check_is_same(
                change, new=said.get("to"), tried=said.get("tried"), review_on=said.get("review_on")
            )
        return made
    check_can_decide(by, item.meeting, item.case, kind, said.get("to"))
    check_is_cleared(item=item, by=by)
    check_names_stay(item, said.get("text", ""), by)
    _is_here(item)
    before = item.case.casusregisseur
    change = _carry_out(item, kind, said, own_key, by)
    decision = Decision.objects.create(
        uuid=own_key,
        compartment_id=item.compartment_id,
        item=item,
        casusregisseur_before=before if said.get("casusregisseur") else None,
        level_change=change,
        **fields,
        decided_by=by,
    )
    AgendaItem.objects.filter(pk=item.pk, discussed_at=None).update(discussed_at=Now())
    take_presence(item=item, by=by)
    record(MeetingEvent.DECIDED, by=by, about=decision, decided=kind)
    return decision


def _fields(kind: DecisionKind, said: Said) -> dict[str, Any]:
    """What is written down of a decision itself."""
    return {
        "kind": kind,
        "text": said.get("text", ""),
        "until_on": said.get("until_on") if kind in rules.NEEDS_DATE else None,
        "casusregisseur": said.get("casusregisseur"),
        "audience": said.get("audience", ""),
        "ground": said.get("ground", ""),
    }


def _carry_out(
    item: AgendaItem, kind: DecisionKind, said: Said, key: uuid.UUID, by: User
) -> LevelChange | None:
    """What a decision does at the case: ask for another level, name the casusregisseur, plan, postpone."""
    to, review_on, until_on = said.get("to"), said.get("review_on"), said.get("until_on")
    if kind in rules.MOVES and to and review_on:
        change = levels.propose(
            case=item.case,
            to=to,
            reason=said.get("text", ""),
            tried=said.get("tried", ""),
            review_on=review_on,
            by=by,
            key=key,
        )
        _plan(item, None, None, by)
        return change
    _plan(item, until_on if kind == DecisionKind.MONITOR else None, said.get("casusregisseur"), by)
    if said.get("audience") and said.get("ground"):
        content = {
            "outcome": InformOutcome.POSTPONED,
            "ground": said["ground"],
            "reason": said.get("text", ""),
        }
        for audience in DecidedAudience(said["audience"]).each:
            line = {**content, "audience": audience, "recheck_on": until_on}
            informing.note(case=item.case, content=line, key=_line_key(key, audience), by=by)
    return None


def _line_key(key: uuid.UUID, audience: Audience) -> uuid.UUID:
    """The line in the ledger of informing that this decision wrote."""
    return uuid.uuid5(key, audience)


def _plan(item: AgendaItem, until_on: date | None, casusregisseur: User | None, by: User) -> None:
    """Monitoring sets the next look. Any other decision settles a look that was due: this was it."""
    case = item.case
    was_due = case.review_on is not None and case.review_on <= timezone.localdate(item.meeting.starts_at)
    if until_on or was_due or casusregisseur:
        seen = (case.casusregisseur_id, case.review_on)
        look = until_on if until_on or was_due else case.review_on
        who = casusregisseur or case.casusregisseur
        cases.plan(case=case, casusregisseur=who, review_on=look, seen=seen, by=by)


@transaction.atomic
def take_back_decision(*, decision: Decision, by: User) -> None:
    """The table comes back on a decision: it stays written, struck out. Twice is once."""
    item = hold_item(item=decision.item, by=by)
    check_can_write(by, item.meeting)
    decision = item.decisions.select_related("level_change", "casusregisseur_before").get(pk=decision.pk)
    taken = Decision.objects.filter(pk=decision.pk, withdrawn_at=None).update(
        withdrawn_at=Now(), withdrawn_by=by
    )
    if not taken:
        return
    if decision.level_change:
        levels.withdraw(change=decision.level_change, by=by)
    _name_again(item.case, decision, by)
    if decision.audience:
        each = DecidedAudience(decision.audience).each
        keys = [_line_key(decision.uuid, audience) for audience in each]
        informing.take_back(case=item.case, keys=keys, by=by)
    record(MeetingEvent.DECISION_WITHDRAWN, by=by, about=decision)


def _name_again(case: Case, decision: Decision, by: User) -> None:
    """Who was casusregisseur before this decision; when it was named anew since, that decision remembers it instead."""
    named, before = decision.casusregisseur_id, decision.casusregisseur_before
    if not named:
        return
    since = Decision.objects.visible_to(by).filter(item__case=case, pk__gt=decision.pk, withdrawn_at=None)
    if later := since.filter(casusregisseur__isnull=False).order_by("pk").first():
        Decision.objects.filter(pk=later.pk).update(casusregisseur_before=before)
    elif case.casusregisseur_id == named and allows(check_can_plan, by, case):
        seen = (named, case.review_on)
        cases.plan(case=case, casusregisseur=before, review_on=case.review_on, seen=seen, by=by)


@transaction.atomic
def agree_action(
    *,
    item: AgendaItem,
    text: str,
    owner_partner: Partner,
    owner_person: User | None,
    due_on: date,
    key: uuid.UUID,
    by: User,
) -> AgreedAction:
    """Agree an action at this item; it lives on the case. The same key again is the same action.

    Raises KeyUsed when another action was agreed with this key.
    """
    item = hold_item(item=item, by=by, changes_only_it=True)
    own_key = uuid.uuid5(key, f"action {item.pk}")
    agreed: dict[str, Any] = {"text": text, "owner_partner": owner_partner, "owner_person": owner_person}
    agreed["due_on"] = due_on
    if made := item.agreed_actions.filter(uuid=own_key).first():
        check_is_same(made, **agreed)
        return made
    check_can_write(by, item.meeting)
    check_is_cleared(item=item, by=by)
    check_names_stay(item, text, by)
    _is_here(item)
    action = case_actions.agree(case=item.case, by=by, key=own_key, **agreed)
    made = AgreedAction.objects.create(
        uuid=own_key, compartment_id=item.compartment_id, item=item, action=action, **agreed
    )
    record(MeetingEvent.ACTION_AGREED, by=by, about=made, recipients=[owner_partner.pk], action=action.pk)
    return made


@transaction.atomic
def take_back_action(*, agreed: AgreedAction, by: User) -> None:
    """An action that was agreed by mistake. Twice is once."""
    item = hold_item(item=agreed.item, by=by, changes_only_it=True)
    check_can_write(by, item.meeting)
    taken = AgreedAction.objects.filter(pk=agreed.pk, withdrawn_at=None).update(
        withdrawn_at=Now(), withdrawn_by=by
    )
    if taken:
        case_actions.end(action=agreed.action, to=ActionState.WITHDRAWN, result=TAKEN_BACK, by=by)
        record(MeetingEvent.ACTION_WITHDRAWN, by=by, about=agreed)


@transaction.atomic
def mark_discussed(*, item: AgendaItem, is_discussed: bool, by: User) -> None:
    """Tick an item off, or put it back. The place on the agenda stays."""
    item = hold_item(item=item, by=by)
    check_can_write(by, item.meeting)
    if is_discussed == (item.discussed_at is not None):
        return
    if is_discussed:
        check_is_cleared(item=item, by=by)
    AgendaItem.objects.filter(pk=item.pk).update(discussed_at=Now() if is_discussed else None)
    if is_discussed:
        take_presence(item=item, by=by)
        _go_on(item)
    record(MeetingEvent.ITEM_DISCUSSED, by=by, about=item, is_discussed=is_discussed)


@transaction.atomic
def open_item(*, item: AgendaItem, by: User) -> None:
    """Where who began the meeting looks is where the table is; others may look ahead."""
    meeting = item.meeting
    is_chair = meeting.state == MeetingState.RUNNING and meeting.started_by_id == by.pk
    if is_chair and meeting.at_slot_id != item.slot_id:
        _is_here(hold_item(item=item, by=by))


def _go_on(item: AgendaItem) -> None:
    """To the point after this one, past a break; after the last the table stays."""
    later = list(rules.numbers_of(rules.places_of(item.meeting)))
    after = later[later.index(item.slot_id) + 1 :]
    if after:
        Meeting.objects.filter(pk=item.meeting_id).update(at_slot=after[0])


def _is_here(item: AgendaItem) -> None:
    """The table is at this point. Not for a note: its last save may come when the table has gone on."""
    if item.meeting.state == MeetingState.RUNNING and item.meeting.at_slot_id != item.slot_id:
        Meeting.objects.filter(pk=item.meeting_id).update(at_slot=item.slot_id, whole_version=F("version"))
