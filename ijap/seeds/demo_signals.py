"""Plays the signals: written, sent, judged, answered, taken back."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Municipality, User
from cases.models import Case, Role, Signal, Youth
from cases.operations import cases, signals, triage, youths
from ijap.seeds import demo_picture
from ijap.seeds.demo_levels import let_in
from ijap.seeds.demo_script import TODAY, Accepted, Asked, Referred, Rejected, Tip, When, Withdrawn, Young
from ijap.seeds.demo_stage import Calendar, Play, Scene, Stage, key_of
from ijap.seeds.demo_youths import BY_KEY

REGISSEUR = "regisseur"
SECOND = "regisseur2"
NEED = "Meer organisaties zijn nodig: een enkele kan dit niet alleen."


def born(young: Young, today: date) -> date:
    """Somebody of this age now, whose last birthday was so many days ago or whose next is so many days away."""
    birthday = today - timedelta(days=young.days)
    age = young.age + (1 if young.days < 0 else 0)
    is_leap_day = (birthday.month, birthday.day) == (2, 29)  # no birthday in most years
    return birthday.replace(year=birthday.year - age, day=28 if is_leap_day else birthday.day)


def case_of(key: str, by: User) -> Case:
    """The newest case of a youth of the demo."""
    young = BY_KEY[key]
    # The room is not joined: who receives a proposal sees the case and not its present room.
    mine = Case.objects.visible_to(by).filter(
        youth__first_name=young.first_name, youth__last_name=young.last_name
    )
    found: Case = mine.latest("opened_at", "pk")
    return found


def youth_of(key: str, by: User) -> Youth | None:
    young = BY_KEY[key]
    found = Youth.objects.visible_to(by).filter(first_name=young.first_name, last_name=young.last_name)
    youth: Youth | None = found.order_by("pk").first()
    return youth


def scenes(tips: list[Tip], calendar: Calendar) -> Iterator[Scene]:
    """Everything that happens to these signals, each with its moment."""
    for tip in tips:
        if tip.sent is None:
            yield Scene(
                calendar.moment(When(TODAY, -1, "17:10")), f"write {tip.key}", tip.by, _writing(tip, calendar)
            )
            continue
        sent = calendar.moment(tip.sent)
        yield Scene(sent, f"send {tip.key}", tip.by, _sending(tip, calendar))
        yield from _judged(tip, calendar)


def _judged(tip: Tip, calendar: Calendar) -> Iterator[Scene]:
    outcome = tip.outcome
    if outcome is None:
        return
    at = calendar.moment(outcome.at)
    if isinstance(outcome, Withdrawn):
        yield Scene(
            at,
            f"withdraw {tip.key}",
            tip.by,
            lambda by, stage: signals.withdraw(signal=_signal(tip, by), by=by),
        )
        return
    is_colleague = not isinstance(outcome, Accepted) and len(tip.text) % 3 == 0
    who = SECOND if is_colleague else REGISSEUR
    yield Scene(at, f"judge {tip.key}", who, lambda by, stage: _judge(tip, by, stage))
    if isinstance(outcome, Accepted) and outcome.partners:
        later = at + timedelta(minutes=12)
        yield Scene(
            later, f"partners {tip.key}", who, lambda by, stage: _let_take_part(tip, outcome, by, stage)
        )
    if tip.news_is_seen:
        seen = at + timedelta(hours=3)
        yield Scene(
            seen, f"see {tip.key}", tip.by, lambda by, stage: signals.see_news(signal=_signal(tip, by), by=by)
        )
    if isinstance(outcome, Asked) and outcome.answered_at:
        yield Scene(
            calendar.moment(outcome.answered_at), f"answer {tip.key}", tip.by,
            lambda by, stage: signals.answer(signal=_signal(tip, by), text=outcome.answer, by=by),
        )  # fmt: skip


# --- the sender ---------------------------------------------------------------------------------
def _writing(tip: Tip, calendar: Calendar) -> Play:
    def write(by: User, stage: Stage) -> Signal:
        signal = signals.start(key=key_of(f"signal {tip.key}"), by=by)
        return signals.save(signal=signal, version=signal.version, content=_content(tip, calendar), by=by)

    return write


def _sending(tip: Tip, calendar: Calendar) -> Play:
    write = _writing(tip, calendar)

    def send(by: User, stage: Stage) -> None:
        write(by, stage)
        signals.submit(signal=_signal(tip, by), by=by)

    return send


def _content(tip: Tip, calendar: Calendar) -> dict[str, Any]:
    young = tip.about if isinstance(tip.about, Young) else BY_KEY[tip.about]
    sent = calendar.day(tip.sent) if tip.sent else calendar.day(When(TODAY, -1))
    youth_knows, parents_know = tip.informed
    return {
        "first_name": young.first_name,
        "prefix": young.prefix,
        "last_name": young.last_name,
        "birth_on": None if tip.is_birth_unknown else born(young, calendar.today),
        "is_birth_unknown": tip.is_birth_unknown,
        "description": tip.description,
        "municipality": Municipality.objects.filter(name=young.town).first(),
        "school": young.school,
        "observed": tip.text,
        "observed_on": sent - timedelta(days=tip.seen),
        "location": tip.location,
        "nature": tip.nature,
        "role": tip.role,
        "themes": [theme.value for theme in tip.themes],
        "urgency": tip.urgency,
        "ground": tip.ground if tip.sent else "",
        "purpose": tip.purpose,
        "youth_informed": youth_knows,
        "parents_informed": parents_know,
        "not_informed_because": tip.because,
        "boa_capacity": tip.capacity,
    }


def _signal(tip: Tip, by: User) -> Signal:
    found: Signal = Signal.objects.visible_to(by).get(uuid=key_of(f"signal {tip.key}"))
    return found


# --- regie --------------------------------------------------------------------------------------
def _judge(tip: Tip, by: User, stage: Stage) -> None:
    signal, outcome = _signal(tip, by), tip.outcome
    if isinstance(outcome, Referred):
        triage.refer(signal=signal, to=outcome.to, feedback=outcome.feedback, by=by)
    elif isinstance(outcome, Rejected):
        triage.reject(signal=signal, reason=outcome.reason, feedback=outcome.feedback, by=by)
    elif isinstance(outcome, Asked):
        triage.ask_more(signal=signal, question=outcome.question, by=by)
    elif isinstance(outcome, Accepted):
        _accept(tip, signal, outcome, by, stage)


def _accept(tip: Tip, signal: Signal, outcome: Accepted, by: User, stage: Stage) -> None:
    assert isinstance(tip.about, str), "only a youth of the demo goes to the table"
    text, need = outcome.told or tip.text, outcome.need or NEED
    youth = youth_of(tip.about, by)
    if outcome.reopens:
        cases.reopen(case=case_of(tip.about, by), reason=outcome.reopens, review_on=None, by=by)
    new_youth = None if youth else _new_youth(tip.about, stage.calendar.today)
    own_partner = key_of(f"partner {outcome.partners[0]}") if outcome.partners else None
    triage.accept(
        signal=signal,
        youth=youth,
        new_youth=new_youth,  # type: ignore[arg-type]
        text=text,
        summary=outcome.summary,
        role=Role(tip.role),
        feedback=outcome.feedback,
        need=need,
        takes_part=signal.sender_partner.uuid == own_partner,
        key=key_of(f"told {tip.key}"),
        by=by,
    )
    if not outcome.reopens:
        on = timezone.localdate(stage.calendar.moment(outcome.at))
        demo_picture.told(case_of(tip.about, by), tip.key, on, by)
    for other in outcome.also:
        case = cases.open_case(youth=_add(other, by, stage), by=by)
        triage.tell(
            signal=signal,
            case=case,
            text=text,
            summary=outcome.summary,
            role=Role(tip.role),
            need=need,
            key=key_of(f"told {tip.key} {other}"),
            by=by,
        )


def _new_youth(key: str, today: date) -> dict[str, Any]:
    young = BY_KEY[key]
    return {
        "first_name": young.first_name,
        "prefix": young.prefix,
        "last_name": young.last_name,
        "birth_on": born(young, today),
        "description": "",
        "municipality": Municipality.objects.get(name=young.town),
        "school": young.school,
    }


def _add(key: str, by: User, stage: Stage) -> Youth:
    return youth_of(key, by) or youths.add_youth(**_new_youth(key, stage.calendar.today), by=by)


def _let_take_part(tip: Tip, outcome: Accepted, by: User, stage: Stage) -> None:
    """Who sits at the table for this youth, and for the others the signal is about."""
    assert isinstance(tip.about, str)
    for key in (tip.about, *outcome.also):
        let_in(case_of(key, by), outcome.partners, by, stage)
