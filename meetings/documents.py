"""How minutes are read, by one reader, as a page and as a PDF.

The same text is read in the scope of regie for the whole and in the scope of a partner's own seat for its
part, so that row security itself makes the cut.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localtime

from access.models import Participation, ParticipationQuerySet
from accounts.models import Partner
from accounts.roles import Level
from audit.seals import newest_short
from cases.models import Youth
from foundation.errors import NotPossible
from foundation.pdf import PdfFailed, measure_pdf
from foundation.scope import Reader
from meetings.models import (
    AgendaItem,
    AgreedAction,
    Decision,
    GroupPoint,
    ItemPresence,
    Meeting,
    Note,
    Topic,
)
from meetings.papers import Agreed, Decided, GroupOnPaper, Minutes, Paper, Point
from meetings.rules.live import numbers_of, places_of
from meetings.rules.minutes import Slip, mentions, slips_between, ways_to_write

SECONDS = 150


def read_minutes(
    meeting: Meeting, reader: Reader, *, part_for: Partner | None = None, only: AgendaItem | None = None
) -> Minutes:
    """What this reader may read of a meeting, or of one point of it. Call in the reader's own scope."""
    keys = list(reader.session_keys())
    numbers = numbers_of(places_of(meeting))
    found = AgendaItem.objects.readable_with(keys).filter(meeting=meeting).on_agenda()
    found = found.filter(pk=only.pk) if only else found
    items = list(found.select_related("case__youth__municipality", "case__municipality"))
    of_items = {"item__in": [item.pk for item in items]}
    newest = Note.objects.readable_with(keys).filter(**of_items, version=F("item__note_version"))
    decisions = Decision.objects.readable_with(keys).filter(**of_items, withdrawn_at=None)
    actions = AgreedAction.objects.readable_with(keys).filter(**of_items, withdrawn_at=None)
    notes = {note.item_id: note.text for note in newest}
    decided = _by_item(decisions.select_related("level_change", "casusregisseur"))
    agreed = _by_item(actions.select_related("owner_partner", "owner_person"))
    there = ItemPresence.objects.readable_with(keys).filter(**of_items, is_present=True)
    present = _by_item(there.select_related("partner").order_by("partner__name"))
    points = [
        _point(
            meeting,
            item,
            numbers[item.slot_id],
            notes.get(item.pk, ""),
            decided[item.pk],
            agreed[item.pk],
            present[item.pk],
        )
        for item in items
    ]
    topics = tuple(Topic.objects.standing().filter(meeting=meeting))
    return Minutes(
        title=f"Verslag {meeting.series}, {date_format(localtime(meeting.starts_at), 'j F Y')}",
        code=code_of(meeting),
        lead=_lead(meeting),
        part_for=part_for.name if part_for else "",
        facts=_facts(meeting, len(points) or len(topics), is_part=part_for is not None),
        attendance=_attendance(meeting),
        points=tuple(points),
        groups=() if part_for else _groups(meeting, keys),
        seal=newest_short(),
        topics=topics,
    )


def _groups(meeting: Meeting, keys: list[int]) -> tuple[GroupOnPaper, ...]:
    found = GroupPoint.objects.readable_with(keys).standing().filter(meeting=meeting).select_related("group")
    return tuple(GroupOnPaper(p.group_id, p.group.name, p.question, p.outcome) for p in found)


def code_of(meeting: Meeting) -> str:
    """The number of a meeting, for footers and file names: no person in it."""
    return code_at(meeting.level, meeting.starts_at)


def code_at(level: int, starts_at: datetime) -> str:
    """The number of the meeting of this level and moment."""
    return f"{Level(level).label}-{localtime(starts_at):%Y-%m-%d}"


def names_in(items: Iterable[AgendaItem]) -> dict[int, frozenset[str]]:
    """The ways to write the name of the youth of each point, by youth."""
    youths = (item.case.youth for item in items)
    return {youth.pk: frozenset(ways_to_write(youth)) for youth in youths}


def check_names(minutes: Minutes, names: Mapping[int, frozenset[str]]) -> None:
    """Refuse a part in which a youth is named whom its reader may not know.

    The note was checked when the minutes were confirmed; this is the second lock.
    """
    own = set(minutes.youth_ids)
    own_names = {name for youth_id in own for name in names.get(youth_id, ())}
    strange = {name for youth_id, ways in names.items() if youth_id not in own for name in ways} - own_names
    for point in minutes.points:
        if mentions("\n".join(point.texts()), strange):
            raise NotPossible(
                f"Bij punt {point.number} staat de naam van een jongere die deze organisatie niet mag zien."
            )


def slips_in(meeting: Meeting, minutes: Minutes, reader: Reader) -> list[Slip]:
    """Names that would reach a partner who may not know them. Call with the whole, in the scope of regie."""
    texts = {point.number: "\n".join(point.texts()) for point in minutes.points}
    return slips_between(texts, *_who_knows_whom(meeting, reader))


def names_that_slip(item: AgendaItem, text: str, reader: Reader) -> list[Slip]:
    """The same for one more text at one point."""
    number = numbers_of(places_of(item.meeting))[item.slot_id]
    return slips_between({number: text}, *_who_knows_whom(item.meeting, reader))


def check_names_stay(item: AgendaItem, text: str, reader: Reader) -> None:
    """Refuse a text that names a youth of this meeting whom somebody at this point may not know.

    As far as this writer knows them: what reads it in another's scope looks again (stranger_queries.py).
    """
    if slips := names_that_slip(item, text, reader):
        raise NotPossible(f"{slips[0]} Haal de naam weg, of schrijf 'een andere jongere'.")


def _who_knows_whom(meeting: Meeting, reader: Reader) -> tuple[dict[int, Youth], dict[int, dict[int, str]]]:
    """By the number of the point: its youth, and the organisations that take part in it by id."""
    numbers = numbers_of(places_of(meeting))
    items = items_of(meeting, reader)
    places = {item.compartment_id: numbers[item.slot_id] for item in items}
    partners: dict[int, dict[int, str]] = {number: {} for number in places.values()}
    for row in participants_of(places, list(reader.session_keys())):
        partners[places[row.compartment_id]][row.partner_id] = str(row.partner)
    return {numbers[item.slot_id]: item.case.youth for item in items}, partners


def items_of(meeting: Meeting, reader: Reader) -> list[AgendaItem]:
    """What stands on the agenda, as far as this reader may see it."""
    found = AgendaItem.objects.readable_with(list(reader.session_keys())).filter(meeting=meeting).on_agenda()
    return list(found.select_related("case__youth"))


def partners_of(meeting: Meeting, reader: Reader) -> list[Partner]:
    """The partners that were invited to at least one item, by name."""
    compartments = [item.compartment_id for item in items_of(meeting, reader)]
    rows = participants_of(compartments, list(reader.session_keys()))
    return list({row.partner_id: row.partner for row in rows}.values())


def participants_of(compartments: Iterable[int], keys: list[int]) -> ParticipationQuerySet:
    """Who takes part in these items now."""
    rows = Participation.objects.readable_with(keys).active().filter(compartment__in=list(compartments))
    found: ParticipationQuerySet = rows.select_related("partner").order_by("partner__name")
    return found


def to_html(minutes: Minutes) -> str:
    """The paper as HTML. User text is escaped by the template."""
    values = {"minutes": minutes, "seal": minutes.seal, "demo_mode": settings.DEMO_MODE}
    return render_to_string("pdf/minutes.html", values)


def make_paper(minutes: Minutes) -> Paper:
    """Lay out and print. Long, and without a database."""
    if not minutes.points and not minutes.topics:
        raise NotPossible("Deze organisatie kan geen enkel punt van dit overleg zien.")
    try:
        made = measure_pdf(to_html(minutes), title=minutes.page_title(), seconds=SECONDS)
    except PdfFailed as failure:
        raise NotPossible(failure.reason) from failure
    return Paper(made.pdf, hashlib.sha256(made.pdf).hexdigest(), made.pages)


def _by_item(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    grouped: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.item_id].append(row)
    return grouped


def _point(
    meeting: Meeting,
    item: AgendaItem,
    number: int,
    note: str,
    decisions: Sequence[Decision],
    actions: Sequence[AgreedAction],
    present: Sequence[ItemPresence],
) -> Point:
    youth, municipality = item.case.youth, item.case.municipality or item.case.youth.municipality
    age = youth.age_on(localtime(meeting.starts_at).date())
    facts = (f"{age} jaar" if age is not None else "leeftijd onbekend", str(municipality or ""))
    return Point(
        number=number,
        youth_id=youth.pk,
        name=youth.name,
        facts=", ".join(fact for fact in facts if fact),
        reasons=tuple(item.reasons),
        question=item.question,
        note=note,
        decisions=tuple(Decided(decision.title, decision.text) for decision in decisions),
        actions=tuple(
            Agreed(action.text, action.owner, date_format(action.due_on, "j F Y"), number)
            for action in actions
        ),
        present=tuple(one.words for one in present),
    )


def _lead(meeting: Meeting) -> str:
    begin = localtime(meeting.started_at or meeting.starts_at)
    words = f"{date_format(begin, 'l j F Y')}, {begin:%H.%M}"
    if meeting.closed_at:
        words += f" tot {localtime(meeting.closed_at):%H.%M}"
    return f"{words} uur, {meeting.location}" if meeting.location else f"{words} uur"


def _facts(meeting: Meeting, count: int, *, is_part: bool) -> tuple[tuple[str, str], ...]:
    rows = [("Nummer", code_of(meeting)), ("Punten in dit deel" if is_part else "Punten", str(count))]
    if meeting.started_by:
        rows.append(("Geleid door", str(meeting.started_by)))
    if meeting.confirmed_by and meeting.confirmed_at:
        when = date_format(localtime(meeting.confirmed_at), "j F Y, H:i")
        two = (
            f"{meeting.approved_by} en {meeting.confirmed_by}"
            if meeting.approved_by
            else meeting.confirmed_by
        )
        rows.append(("Vastgesteld", f"{when} uur, door {two}"))
    return tuple(rows)


def _attendance(meeting: Meeting) -> tuple[tuple[str, str, str], ...]:
    rows = meeting.attendances.select_related("partner").order_by("partner__name")
    return tuple((row.partner.name, row.get_presence_display(), row.people) for row in rows)
