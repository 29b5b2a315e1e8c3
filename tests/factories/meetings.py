"""Meetings and what is written at them. Call inside the scope of `by`."""

import hashlib
from datetime import time, timedelta
from uuid import uuid4

from django.utils import timezone

from access import operations as access
from access.models import CompartmentKind, Ground, Participation
from accounts.models import User
from accounts.roles import Level
from meetings.documents import items_of, read_minutes
from meetings.models import (
    AgendaItem,
    Answer,
    Audience,
    ClosingDay,
    DecisionKind,
    Meeting,
    MeetingState,
    Presence,
    Series,
    Slot,
)
from meetings.operations import contributions, desk, live, minutes, points, presence, topics
from meetings.operations import series as series_
from meetings.papers import Paper
from meetings.proofs import Proof
from meetings.rules.rhythm import ProposedDay
from tests.factories import cases

# --- a meeting that runs, straight on the models: what the agenda would have prepared ------------------
FIRST = ("Łukasz", "Şahin", "Zoë", "Çağla", "Noor", "Jürgen", "Ayşe", "Siân", "Daan", "Jadwiga")
LAST = ("Voorbeeld", "Fictief", "Żółtowski", "Öztürk", "Demo", "Proef", "Gündoğan", "Schets", "Model")
TOWNS = ("Heerlen", "Kerkrade", "Landgraaf", "Brunssum")


def agreed_meeting(*, by, name="JPP Proef", state=MeetingState.AGREED, days=0):
    """A meeting of today whose agenda is agreed, and still empty."""
    made, _ = Series.objects.get_or_create(
        name=name, defaults={"first_on": timezone.localdate(), "time": time(9, 30), "location": "Heerlen"}
    )
    return Meeting.objects.create(
        series=made,
        level=Level.JPP,
        # No two meetings of a series start at the same moment.
        starts_at=timezone.now().replace(microsecond=0) + timedelta(days=days, minutes=made.meetings.count()),
        location="Heerlen",
        state=state,
        agreed_at=timezone.now(),
        agreed_by=by,
    )


def point(
    *, by, meeting, case, partners=(), question="", reasons=("Nieuw signaal van Vmbo De Test (2 november)",)
):
    """A case on the agenda of this meeting, open to these partners."""
    place = meeting.slots.count() + 1
    compartment = access.open_compartment(
        kind=CompartmentKind.AGENDA_ITEM,
        level=Level.JPP,
        municipality=case.municipality,
        within=case.compartment,
        by=by,
    )
    made = AgendaItem.objects.create(
        compartment=compartment,
        meeting=meeting,
        slot=Slot.objects.create(meeting=meeting, position=place),
        case=case,
        reasons=list(reasons),
        question=question,
    )
    for partner in partners:
        access.add_participation(
            compartment=compartment, partner=partner, ground=Ground.CONVENANT, reason="Zit aan tafel", by=by
        )
    return made


def contribution(*, by, item, answer="known", text="", audience="table"):
    """What `by` says for its organisation about this point."""
    item = AgendaItem.objects.select_related("slot", "meeting__series", "case__municipality").get(pk=item.pk)
    return contributions.contribute(
        item=item,
        answer=Answer(answer),
        text=text,
        audience=Audience(audience),
        ground=Ground.CONVENANT,
        by=by,
    )


def running_meeting(*, by, partners, items=3, **when):
    """A meeting under way. Every partner sits at every second or third point; nothing is decided yet."""
    meeting = agreed_meeting(by=by, **when)
    for number in range(items):
        at_the_table = [p for place, p in enumerate(partners) if number % (2 + place % 2) == 0] or partners[
            :1
        ]
        one = cases.case(
            by=by,
            partners=at_the_table,
            first_name=FIRST[number % len(FIRST)],
            last_name=f"{LAST[number % len(LAST)]} {number + 1}",
            town=TOWNS[number * len(TOWNS) // items],
        )
        point(by=by, meeting=meeting, case=one, partners=at_the_table, question="Wie gaat erheen?")
    return live.start(meeting=meeting, by=by)


def decide_all(*, by, meeting, text="Het gaat thuis beter. School ziet hem weer elke dag."):
    """A note, a decision and an action at every point."""
    for item in (
        AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("case", "meeting__series")
    ):
        desk.save_note(item=item, text=text, version=item.note_version, by=by)
        desk.decide(item=item, kind=DecisionKind.PARTNER_ACTS, text="Halt belt vader.", key=uuid4(), by=by)
        agree(by=by, item=item)


def agree(*, by, item, text="Gaat op huisbezoek"):
    """An action at this point, for the first organisation that takes part in the case."""
    owner = Participation.objects.active().filter(compartment=item.case.room_id).order_by("pk").first()
    return desk.agree_action(
        item=item,
        text=text,
        owner_partner=owner.partner,
        owner_person=None,
        due_on=timezone.localdate() + timedelta(days=14),
        key=uuid4(),
        by=by,
    )


def full_meeting(
    *, by, partners, items=42, text="Het gaat thuis beter. School ziet hem weer elke dag.", **when
):
    """A closed meeting with everything written, as the minutes find it."""
    meeting = running_meeting(by=by, partners=partners, items=items, **when)
    decide_all(by=by, meeting=meeting, text=text)
    presence.note_attendance(
        meeting=meeting, seen=[presence.Seen(p, Presence.PRESENT, "Kim Test") for p in partners], by=by
    )
    return live.close(meeting=meeting, by=by)


def signed(*, by, meeting):
    """Somebody else of regie agreed with the minutes as they are: who signs next makes them final."""
    other = User.objects.get(username="regisseur" if by.username != "regisseur" else "tweede_regisseur")
    Meeting.objects.filter(pk=meeting.pk).update(
        approved_at=timezone.now(), approved_by=other, approved_text=read_minutes(meeting, by).fingerprint
    )


def confirm(*, by, meeting):
    """Make minutes final as the second of two; returns the jobs of the documents."""
    signed(by=by, meeting=meeting)
    return minutes.confirm(meeting=meeting, by=by)


def confirmed_meeting(*, by, partners, items=3):
    """Minutes confirmed; the documents are asked for and not made yet. Returns the meeting and its jobs."""
    meeting = full_meeting(by=by, partners=partners, items=items)
    return meeting, confirm(by=by, meeting=meeting)


def stored_paper(*, by, partner, content=b"%PDF-1.7", code="7KQM-3XRD-9TPW", items=1, is_whole=False):
    """A paper of a confirmed meeting, stored as the job does; whatever content, no printer is needed for it."""
    meeting, _ = confirmed_meeting(by=by, partners=[partner], items=items)
    meeting.refresh_from_db()
    return minutes.store_document(
        meeting=meeting,
        partner=None if is_whole else partner,
        paper=Paper(content, hashlib.sha256(content).hexdigest(), 1),
        youth_ids=[item.case.youth_id for item in items_of(meeting, by)],
        proof=Proof(code, ""),
        by=by,
    )


# --- series, planning and agenda, as the operations make them --------------------------------------------
def series(
    *,
    by,
    name="JPP Parkstad",
    level=Level.JPP,
    first_on=None,
    at=time(9, 30),
    weeks=2,
    minutes=120,
    seats=(),
    municipality=None,
    **more,
):
    """A rhythm of meetings with these seats. `by` keeps the rhythm: a beheerder."""
    made = series_.add_series(
        key=uuid4(),
        name=name,
        level=level,
        municipality=municipality,
        first_on=first_on or _workday(timezone.localdate() + timedelta(days=1)),
        time=at,
        every_weeks=weeks,
        minutes=minutes,
        location="Zaal 1",
        by=by,
        **more,
    )
    for partner in seats:
        series_.add_standing(series=made, partner=partner, person=None, by=by)
    return made


def _workday(on):
    return on + timedelta(days=max(0, 7 - on.weekday()) if on.weekday() > 4 else 0)


def meeting(*, by, weeks=26, **about_series):
    """The first meeting of a new series that is planned ahead."""
    made = series(by=by, **about_series)
    return series_.plan_ahead(series=made, until=made.first_on + timedelta(weeks=weeks), by=by)[0]


def closing_day(*, by, on, name="Studiedag"):
    series_.add_closing_days(days=[ProposedDay(on, name, is_optional=True)], by=by)
    return ClosingDay.objects.get(on=on)


def agenda_item(*, by, meeting, case):
    """A case put on an agenda by hand."""
    return points.add(meeting=meeting, case=case, by=by)


def topic(*, by, meeting, title="Wie belt wie in het weekend", question="Wat spreken wij af?", minutes=20):
    """A topic of a partneroverleg."""
    return topics.add(meeting=meeting, title=title, question=question, minutes=minutes, key=uuid4(), by=by)
