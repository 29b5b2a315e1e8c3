"""Plays the meetings: their agenda from the real data, then point by point, then the minutes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format

from accounts.models import User
from accounts.robots import Robot
from cases.models import Action, ActionState, Case, LevelChange, LevelCriterion
from cases.operations import actions, cases, levels
from foundation.scope import acting_as
from ijap.seeds.demo_cast import SERIES, STANDING, TOGETHER
from ijap.seeds.demo_levels import SPEAKS_FOR
from ijap.seeds.demo_script import NEXT, TODAY, Choice, Deed, Ending, Gathering, Talk, Turn, When
from ijap.seeds.demo_signals import case_of, youth_of
from ijap.seeds.demo_stage import Calendar, Play, Scene, Stage, key_of
from ijap.seeds.demo_youths import BY_KEY
from meetings.models import AgendaItem, DecisionKind, Meeting, Presence
from meetings.operations import agenda, breaks, desk, live, minutes, points, preparing, presence
from meetings.operations import topics as topic_operations
from meetings.operations.presence import Seen

NOTHING_NEW = Talk(
    "", "Geen nieuwe informatie.", (Choice(DecisionKind.PARTNER_ACTS, "Afspraken blijven staan."),)
)
TOPICS = (
    ("Een goed signaal", "Wat heeft de tafel nodig om iets te kunnen doen?", 20),
    ("Scholen en het JPP", "Wanneer belt een school eerst zelf met de ouders?", 20),
    ("Bereikbaar in de vakantie", "Wie neemt voor wie waar?", 10),
)
CONFIRMED = range(1, TODAY - 1)  # the minutes of the sixth are still a concept


def meeting_of(number: int, stage: Stage) -> Meeting:
    moment = stage.calendar.moment(When(number, 0, "13:00"))
    return Meeting.objects.select_related("series").get(series__name=SERIES, starts_at=moment)


def before(gathering: Gathering, calendar: Calendar) -> Iterator[Scene]:
    """The clock makes the agenda, the regisseur changes it by hand and confirms it."""
    number, who = gathering.number, gathering.leads
    yield Scene(
        calendar.moment(When(number, -3, "08:00")), f"meeting {number} built", Robot.AGENDA, _building(number)
    )
    yield Scene(
        calendar.moment(When(number, -2, "14:10")), f"meeting {number} prepared", who,
        lambda by, stage: _prepare(gathering, by, stage),
    )  # fmt: skip
    yield Scene(
        calendar.moment(When(number, -1, "15:30")), f"meeting {number} agreed", who,
        lambda by, stage: agenda.agree(meeting=meeting_of(number, stage), by=by),
    )  # fmt: skip


def next_concept(calendar: Calendar, who: str) -> Scene:
    """The regisseur looks ahead and presses the button for the next meeting."""
    return Scene(calendar.moment(When(TODAY, -1, "16:40")), f"meeting {NEXT} built", who, _building(NEXT))


def topics(calendar: Calendar, who: str) -> Iterator[Scene]:
    """The regisseur puts on the agenda of the partneroverleg what partners want to talk about."""
    at = calendar.moment(When(TODAY, -1, "16:50"))
    for number, (title, question, minutes_for) in enumerate(TOPICS):
        words = {"title": title, "question": question, "minutes": minutes_for}
        yield Scene(at + timedelta(minutes=number), f"topic {number}", who, _adding_topic(number, words))


def _adding_topic(number: int, words: dict[str, Any]) -> Play:
    def play(by: User, stage: Stage) -> None:
        meeting = Meeting.objects.filter(series__name=TOGETHER).order_by("starts_at").first()
        if meeting is None:
            stage.surprises.append("no partneroverleg was planned")
            return
        topic_operations.add(meeting=meeting, key=key_of(f"topic {number}"), by=by, **words)

    return play


def _building(number: int) -> Play:
    return lambda by, stage: agenda.build_agenda(meeting=meeting_of(number, stage), by=by)


def _prepare(gathering: Gathering, by: User, stage: Stage) -> None:
    meeting = meeting_of(gathering.number, stage)
    standing = {item.case_id: item for item in _items(meeting, by)}
    for key in gathering.taken_off:
        points.remove(item=standing[case_of(key, by).pk], by=by)
    for talk in gathering.talks:
        case = case_of(talk.about, by)
        if case.pk not in standing:
            stage.surprises.append(
                f"meeting {gathering.number}: {talk.about} was not on the agenda by itself"
            )
            points.add(meeting=meeting, case=case, by=by)
    for key, question in gathering.questions.items():
        if item := standing.get(case_of(key, by).pk):
            invited = [
                i.partner for i in item.invitations.filter(withdrawn_at=None).select_related("partner")
            ]
            preparing.prepare(item=item, question=question, minutes=10, partners=invited, by=by)
    if gathering.pause_after:
        breaks.put(meeting=meeting, after=gathering.pause_after, minutes=10, by=by)


def _items(meeting: Meeting, by: User) -> list[AgendaItem]:
    found = AgendaItem.objects.visible_to(by).filter(meeting=meeting).on_agenda()
    return list(found.select_related("slot", "meeting", "case__youth", "case__room"))


def begins(gathering: Gathering, calendar: Calendar) -> datetime:
    return calendar.moment(When(gathering.number, 0, "13:02"))


def hold(gathering: Gathering, stage: Stage) -> None:
    """The meeting itself: who is there, then every point, then the end."""
    number, who = gathering.number, gathering.leads
    begin = begins(gathering, stage.calendar)
    stage.play(Scene(begin, f"meeting {number} begun", who, lambda by, stage: _begin(gathering, by, stage)))
    talks = {talk.about: talk for talk in gathering.talks}
    order = _order(gathering, stage)
    for position, key in enumerate(order):
        at = begin + timedelta(minutes=3 + 8 * position)
        stage.play(
            Scene(at, f"meeting {number} point {key}", who, _discussing(gathering, key, talks.get(key)))
        )
    end = begin + timedelta(minutes=5 + 8 * len(order))
    stage.play(
        Scene(
            end,
            f"meeting {number} ended",
            who,
            lambda by, stage: live.close(meeting=meeting_of(number, stage), by=by),
        )
    )
    if number in CONFIRMED:
        other = "regisseur" if who != "regisseur" else "regisseur2"
        for clock, reader in (("10:30", who), ("14:10", other)):
            at = stage.calendar.moment(When(number, 1, clock))
            stage.play(Scene(at, f"meeting {number} confirmed by {reader}", reader, _confirming(number)))


def _confirming(number: int) -> Play:
    return lambda by, stage: minutes.confirm(meeting=meeting_of(number, stage), by=by)


def _begin(gathering: Gathering, by: User, stage: Stage) -> None:
    meeting = live.start(meeting=meeting_of(gathering.number, stage), by=by)
    presence.note_attendance(meeting=meeting, seen=[_seen(key, gathering, stage) for key in STANDING], by=by)


def _seen(key: str, gathering: Gathering, stage: Stage) -> Seen:
    partner = stage.partner(key)
    if key in gathering.excused:
        return Seen(partner, Presence.EXCUSED)
    if key in gathering.absent:
        return Seen(partner, Presence.ABSENT)
    return Seen(partner, Presence.PRESENT, str(stage.user(SPEAKS_FOR[key])))


def _order(gathering: Gathering, stage: Stage) -> list[str]:
    """The keys of the youths on the agenda, in the order in which they are discussed."""
    by_name = {(young.first_name, young.last_name): young.key for young in BY_KEY.values()}
    with acting_as(by := stage.user(gathering.leads)):
        items = _items(meeting_of(gathering.number, stage), by)
        return [by_name[item.case.youth.first_name, item.case.youth.last_name] for item in items]


def _discussing(gathering: Gathering, key: str, talk: Talk | None) -> Play:
    def play(by: User, stage: Stage) -> None:
        if talk is None:
            stage.surprises.append(f"meeting {gathering.number}: nobody wrote what was said about {key}")
        _discuss(gathering, key, talk or NOTHING_NEW, by, stage)

    return play


def _discuss(gathering: Gathering, key: str, talk: Talk, by: User, stage: Stage) -> None:
    case = case_of(key, by)
    item = next(i for i in _items(meeting_of(gathering.number, stage), by) if i.case_id == case.pk)
    desk.save_note(item=item, text=talk.note, version=item.note_version, by=by)
    _plan(talk, case, by, stage)
    presence.clear(item=item, by=by)
    name = f"{gathering.number} {key}"
    for number, choice in enumerate(talk.choices):
        until = stage.calendar.day(choice.until) if choice.until else None
        made = desk.decide(
            item=item,
            kind=choice.kind,
            key=key_of(f"decision {name} {number}"),
            text=choice.text.format(tot=date_format(until, "j F Y")) if until else choice.text,
            until_on=until,
            to=choice.to,
            tried=choice.tried,
            review_on=stage.calendar.day(talk.review) if talk.review and choice.to else None,
            by=by,
        )
        _tick(made.level_change, by)
    on = stage.calendar.meetings[gathering.number]
    for number, deed in enumerate(talk.deeds):
        desk.agree_action(
            item=item,
            text=deed.text,
            owner_partner=stage.partner(deed.who),
            owner_person=stage.user(deed.person) if deed.person else None,
            due_on=on + timedelta(days=deed.days),
            key=key_of(f"deed {name} {number}"),
            by=by,
        )


def _tick(change: LevelChange | None, by: User) -> None:
    """What a meeting proposes gets its criteria right after it."""
    if change:
        levels.tick(change=change, criteria=LevelCriterion.objects.between(change.old, change.new), by=by)


def _plan(talk: Talk, case: Case, by: User, stage: Stage) -> None:
    """Who is casusregisseur and when the table looks again; a decision to monitor says so itself."""
    moves = any(choice.to for choice in talk.choices)
    monitors = any(choice.kind == DecisionKind.MONITOR for choice in talk.choices)
    review_on = stage.calendar.day(talk.review) if talk.review and not moves else None
    lead = stage.user(talk.lead) if talk.lead else case.casusregisseur
    if not monitors or talk.lead:
        seen = (case.casusregisseur_id, case.review_on)
        cases.plan(case=case, casusregisseur=lead, review_on=review_on, seen=seen, by=by)


# --- after the meeting --------------------------------------------------------------------------
def scenes(gathering: Gathering, calendar: Calendar) -> Iterator[Scene]:
    """What becomes of what was agreed: actions that go on, cases that end."""
    for talk in gathering.talks:
        for number, deed in enumerate(talk.deeds):
            for turn in deed.turns:
                at = _in_time(
                    deed,
                    gathering.number,
                    calendar.moment(When(gathering.number, turn.days, "15:05")),
                    calendar,
                )
                at += timedelta(minutes=number)
                is_taken_back = turn.to == ActionState.WITHDRAWN
                who = gathering.leads if is_taken_back else deed.person or SPEAKS_FOR[deed.who]
                yield Scene(
                    at,
                    f"turn {gathering.number} {talk.about} {number} {turn.to}",
                    who,
                    _turning(talk, deed, turn),
                )
        if talk.closes:
            at = calendar.moment(When(gathering.number, talk.closes.days, "14:20"))
            yield Scene(
                at, f"close {gathering.number} {talk.about}", gathering.leads, _closing(talk, talk.closes)
            )


def _in_time(deed: Deed, number: int, at: datetime, calendar: Calendar) -> datetime:
    """Holidays make a turn later, but never so late that the next agenda already calls it overdue."""
    due_on = calendar.meetings[number] + timedelta(days=deed.days)
    later = [other for other, on in calendar.meetings.items() if on > due_on]
    return min(at, calendar.moment(When(later[0], -4, "14:05"))) if later else at


def _turning(talk: Talk, deed: Deed, turn: Turn) -> Play:
    def play(by: User, stage: Stage) -> None:
        mine = Action.objects.visible_to(by).filter(case__youth=youth_of(talk.about, by), text=deed.text)
        action = mine.latest("pk")
        if turn.to in (ActionState.ACCEPTED, ActionState.IN_PROGRESS):
            actions.move(action=action, to=turn.to, by=by)
        else:
            actions.end(action=action, to=turn.to, result=turn.result, by=by)

    return play


def _closing(talk: Talk, ending: Ending) -> Play:
    return lambda by, stage: cases.close(
        case=case_of(talk.about, by), evaluation=ending.evaluation, helped=ending.helped,
        aftercare=ending.aftercare, by=by,
    )  # fmt: skip
