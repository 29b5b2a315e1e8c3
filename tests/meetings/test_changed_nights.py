"""The two nights in which the clock changes: what follows each other stays so, and a minute is a minute."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from icalendar import Calendar

from foundation.scope import acting_as
from meetings.calendars import invitation
from meetings.forms.urgent import UrgentForm, next_quarter
from meetings.models import Meeting, Slot
from meetings.rules.notices import Notice
from meetings.rules.rhythm import AMSTERDAM
from meetings.views.agenda_page import rows_of, when
from tests.factories import meetings as make

# (begin, minutes, what the page says, when its points of an hour begin)
AUTUMN = (datetime(2025, 10, 25, 23, 30, tzinfo=AMSTERDAM), 300, "23:30 tot 03:30 uur",
          ["23:30", "00:30", "01:30", "02:30", "02:30"])  # fmt: skip
SPRING = (datetime(2026, 3, 28, 23, 30, tzinfo=AMSTERDAM), 180, "23:30 tot 03:30 uur",
          ["23:30", "00:30", "01:30"])  # fmt: skip


@pytest.fixture(params=[AUTUMN, SPRING], ids=["an hour more", "an hour less"])
def night(request):
    return request.param


@pytest.fixture(params=["as it was written", "as it was stored"])
def meeting(request, night, regisseur):
    begin, minutes, _, times = night
    with acting_as(regisseur):
        made = make.agreed_meeting(by=regisseur)
        made.starts_at, made.minutes = begin, minutes
        made.save()
        for position in range(len(times)):
            Slot.objects.create(meeting=made, position=position, minutes=60)
    return made if request.param == "as it was written" else Meeting.objects.get(pk=made.pk)


def test_the_page_says_when_it_really_ends(meeting, night):
    assert night[2] in when(meeting)


def test_a_calendar_shows_its_real_length(meeting, night, agent):
    sent = invitation(meeting, agent, Notice(0, "", is_cancelled=False))
    [event] = Calendar.from_ical(sent).walk("VEVENT")
    begin, end = (event.decoded(name).astimezone(UTC) for name in ("dtstart", "dtend"))
    assert (begin, end - begin) == (night[0].astimezone(UTC), timedelta(minutes=night[1]))


def test_points_of_an_hour_begin_an_hour_after_each_other(meeting, night, regisseur):
    with acting_as(regisseur):
        rows = rows_of(meeting, [], regisseur)
    moments = [row.starts_at.astimezone(UTC) for row in rows]
    assert {later - one for one, later in pairwise(moments)} == {timedelta(hours=1)}
    assert [f"{moment.astimezone(AMSTERDAM):%H:%M}" for moment in moments] == night[3]
    assert not any(row.is_beyond for row in rows)


def test_half_past_two_summer_time_comes_before_half_past_two_winter_time(regisseur):
    first = datetime(2025, 10, 26, 2, 30, tzinfo=AMSTERDAM)
    with acting_as(regisseur):
        late, early = make.agreed_meeting(by=regisseur), make.agreed_meeting(by=regisseur)
        for one, moment in ((late, first.replace(fold=1)), (early, first)):
            one.starts_at = moment
            one.save()
    in_order = Meeting.objects.filter(pk__in=[late.pk, early.pk]).order_by("starts_at")
    assert list(in_order) == [early, late]
    assert late.starts_at.astimezone(UTC) - early.starts_at.astimezone(UTC) == timedelta(hours=1)


@pytest.mark.parametrize("minute", range(0, 180, 7))
@pytest.mark.parametrize(
    "midnight", [datetime(2025, 10, 25, 23, tzinfo=UTC), datetime(2026, 3, 28, 23, tzinfo=UTC)]
)
def test_what_a_spoedoverleg_is_offered_is_a_moment_that_comes(midnight, minute):
    now = midnight + timedelta(minutes=minute)
    with time_machine.travel(now, tick=False):
        offered = next_quarter()
    assert timedelta(hours=1) < offered.astimezone(UTC) - now <= timedelta(minutes=75)
    assert offered.minute % 15 == 0
    assert offered.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) == offered.replace(tzinfo=None)


@pytest.mark.parametrize("at", ["2025-10-26T02:30", "2026-03-29T02:30"])
def test_a_time_that_comes_twice_or_never_is_asked_again(at, partners):
    """Which of the two was meant nobody can know; what was typed stays."""
    data = {
        "starts_at": at,
        "minutes": 30,
        "question": "Waar slaapt hij vannacht?",
        "partners": [partners["jens"].pk],
    }
    form = UrgentForm(data, offered=[(partners["jens"], True)])
    assert set(form.errors) >= {"starts_at"}
    assert at in str(form["starts_at"])
    data["starts_at"] = at.replace("02:30", "03:30")
    assert "starts_at" not in UrgentForm(data, offered=[(partners["jens"], True)]).errors
