"""Youths, cases and what lives on them, as the operations make them. Call inside the scope of `by`."""

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from access import operations as access
from access.models import Ground
from accounts.models import Municipality
from accounts.roles import DataClass, Level
from cases.models import (
    AdviceKind,
    Attachment,
    Case,
    LevelCriterion,
    LifeArea,
    MeasureKind,
    MeasureState,
    RemarkKind,
    Signal,
    ToldSignal,
)
from cases.operations import (
    access_requests,
    actions,
    around,
    attachments,
    cases,
    corrections,
    levels,
    measures,
    picture,
    plans,
    signals,
    triage,
    youths,
)
from cases.operations import advice as advices
from cases.operations import informing as informings
from tests.factories.files import PHOTO


def youth(
    *,
    by,
    first_name="Testjongere",
    last_name="Voorbeeld",
    prefix="",
    town="Heerlen",
    birth_on=date(2011, 3, 4),
):
    municipality = Municipality.objects.get(name=town) if town else None
    return youths.add_youth(
        first_name=first_name,
        prefix=prefix,
        last_name=last_name,
        birth_on=birth_on,
        description="",
        municipality=municipality,
        school="Vmbo De Test",
        by=by,
    )


def case(*, by, youth=None, partners=(), review_on=None, **about_youth):
    """An open case at the JPP in which these partners take part."""
    opened = cases.open_case(youth=youth or _youth(by=by, **about_youth), by=by, review_on=review_on)
    for partner in partners:
        access.add_participation(
            compartment=opened.room, partner=partner, ground=Ground.CONVENANT, reason="Kent de jongere", by=by
        )
    return opened


_youth = youth


def action(*, by, case, partner, person=None, text="Gaat op huisbezoek", days=7):
    """An agreed action; `partner` takes part in the case."""
    return actions.agree(
        case=case,
        text=text,
        owner_partner=partner,
        owner_person=person,
        due_on=timezone.localdate() + timedelta(days=days),
        by=by,
    )


def proposal(*, by, case, to=Level.LJA, days=60):
    """A proposal to move this case, awaiting its answer."""
    return levels.propose(
        case=case,
        to=to,
        reason="Herhaling binnen drie maanden",
        tried="Gesprek met ouders, jongerencoach",
        review_on=timezone.localdate() + timedelta(days=days),
        criteria=LevelCriterion.objects.between(
            (Case.objects.visible_to(by).filter(pk=case.pk).first() or case).level, to
        ),
        by=by,
    )


SIGNAL = {
    "first_name": "Testjongere",
    "prefix": "",
    "last_name": "Voorbeeld",
    "birth_on": date(2011, 3, 4),
    "is_birth_unknown": False,
    "description": "",
    "municipality": "Heerlen",
    "school": "Vmbo De Test",
    "observed": "Toonde aan twee anderen een zakmes. Het mes is afgegeven.",
    "observed_on": date(2026, 9, 12),
    "location": "",
    "nature": "observed",
    "role": "involved",
    "themes": ["weapons"],
    "urgency": "normal",
    "ground": "public_task",
    "purpose": "Afspreken wie met de ouders praat.",
    "youth_informed": "yes",
    "parents_informed": "yes",
    "not_informed_because": "",
    "boa_capacity": "",
}


def signal_content(**changes):
    """What a complete signal says, as `save` takes it; a municipality by its name."""
    content = SIGNAL | changes
    town = content["municipality"]
    return content | {"municipality": Municipality.objects.get(name=town) if town else None}


def signal(*, by, submit=True, **changes):
    """A signal of this sender: complete and sent, or a draft. Call inside the scope of `by`."""
    if by.partner.brings == DataClass.WPG:
        changes = {"ground": "wpg_20"} | changes
    made = signals.start(key=uuid4(), by=by)
    made = signals.save(signal=made, version=made.version, content=signal_content(**changes), by=by)
    return signals.submit(signal=made, by=by) if submit else made


def told(*, by, signal, case, text="Toonde een zakmes. Het mes is afgegeven.", summary=""):
    """This signal, accepted onto this case. Call inside the scope of `by`, a regisseur."""
    triage.accept(
        signal=signal, case=case, text=text, summary=summary, role="involved", need="School kan dit niet alleen",
        feedback="Wij nemen uw signaal mee.", by=by,
    )  # fmt: skip
    return ToldSignal.objects.select_related("case").filter(signal=signal, case=case).latest("data_class")


def corrected(*, by, signal, text="Het mes was van een ander.", reason="Het was niet van deze jongere."):
    """The sender says how it is instead. Call inside the scope of `by`, who sent it in."""
    now = Signal.objects.get(pk=signal.pk)
    return corrections.correct(signal=now, text=text, reason=reason, version=now.version, by=by)


def taken_back(*, by, signal, reason="Het ging over iemand anders."):
    now = Signal.objects.get(pk=signal.pk)
    return corrections.take_back(signal=now, reason=reason, version=now.version, by=by)


MEASURE = {
    "imposed_by": "",
    "municipality": None,
    "ground": "vrijwillig aanbod",
    "place": "",
    "days": "",
    "starts_on": date(2026, 10, 1),
    "ends_on": None,
    "fact_on": None,
    "is_confessed": None,
    "source": "Gesprek met JENS",
}


def measure(*, by, case, partner, code="WEERBAAR", state="running", **changes):
    """A measure of this kind, carried out by this partner. Call inside the scope of `by`."""
    return measures.note(
        case=case,
        kind=MeasureKind.objects.get(code=code),
        owner_partner=partner,
        state=MeasureState(state),
        content=MEASURE | changes,
        key=uuid4(),
        by=by,
    )


def close(*, by, case):
    """Close this case, in which nothing runs."""
    return cases.close(
        case=case, evaluation="Rust sinds maart", helped="Vaste coach", aftercare="JENS", by=by
    )


def access_request(*, by, youth, kind="ordinary", **changes):
    """A request about this youth, as somebody who knows name and birth date makes it."""
    need = "" if kind == "ordinary" else "life"
    about = {
        "first_name": youth.first_name, "prefix": youth.prefix, "last_name": youth.last_name,
        "birth_on": youth.birth_on, "need": need, "reason": "Moeder belde: hij is niet thuisgekomen",
    } | changes  # fmt: skip
    return access_requests.ask(key=uuid4(), kind=kind, by=by, **about)


def remark(
    *, by, case, kind="worry", area="school", text="Is vaak te laat", data_class=DataClass.BASIS, **changes
):
    """A worry about school, unless something else is said. Call inside the scope of `by`."""
    known = {"nature": "fact", "source": "mentor", "seen_on": timezone.localdate(), "key": uuid4()}
    return picture.add_remark(
        case=case,
        kind=RemarkKind(kind),
        area=LifeArea.objects.get(code=area) if area else None,
        text=text,
        data_class=data_class,
        by=by,
        **known | changes,
    )


def attachment(*, by, case=None, signal=None, raw=PHOTO, title="Brief van school", checked=True, **changes):
    """A photo at a case or at a signal, looked at already. Call inside the scope of `by`."""
    said = {"raw": raw, "title": title, "source": "mentor", "key": uuid4(), "by": by} | changes
    if case:
        job = attachments.add_to_case(case=case, **{"data_class": DataClass.BASIS} | said)
    else:
        job = attachments.add_to_signal(signal=signal, **said)
    if checked:
        work = attachments.AttachmentWork()
        work.store(job, raw, work.make(raw, lambda done, total: None))
    return Attachment.objects.visible_to(by).get(pk=job.subject_id)


def place(*, by, case, kind="hangout", text="Skatebaan Fictief", **changes):
    content = {"kind": kind, "text": text, "municipality": None, "since_on": None, "source": "jongerenwerk"}
    return around.note_place(case=case, content=content | changes, key=uuid4(), by=by)


def relative(*, by, case, kind="mother", last_name="Fictief", **changes):
    content = {
        "kind": kind,
        "first_name": "Mia",
        "last_name": last_name,
        "custody": "yes",
        "source": "school",
    }
    return around.note_relative(case=case, content=content | changes, key=uuid4(), by=by)


def informing(*, by, case, audience="youth", outcome="told", **changes):
    told = {"told_on": timezone.localdate(), "told_by": "Mentor", "channel": "talk"}
    wait = {
        "ground": "d",
        "reason": "Loopt een onderzoek",
        "recheck_on": timezone.localdate() + timedelta(days=20),
    }
    held = {"recheck_on": wait["recheck_on"]}
    content = {"audience": audience, "outcome": outcome} | {"told": told, "held": held}.get(outcome, wait)
    return informings.note(case=case, content=content | changes, key=uuid4(), by=by)


def at_lja(*, change, by, partners=()):
    """The case of this proposal, taken over. Call inside the scope of the receiving regisseur."""
    return levels.accept(change=change, answer="Wij nemen het over", partners=partners, by=by)


def advice(*, by, case, kind="board", question="Er is geen plek", key=None):
    """A question of the PGA. Call inside the scope of its regisseur."""
    return advices.ask(
        case=case, kind=AdviceKind(kind), asked_of="Stuurgroep", question=question, key=key or uuid4(), by=by
    )


def goal(*, by, case, partner, text="Weer elke dag naar school", area="school", days=60, key=None):
    return plans.set_goal(
        case=case,
        area=LifeArea.objects.get(code=area),
        text=text,
        partner=partner,
        due_on=timezone.localdate() + timedelta(days=days),
        key=key or uuid4(),
        by=by,
    )
