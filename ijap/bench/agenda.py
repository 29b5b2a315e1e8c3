"""Building a JPP agenda: its cost grows with what stands on it, not with the number of cases."""

from django.db import transaction

from accounts.robots import Robot, robot
from foundation.scope import acting_as
from ijap.bench.databases import filled_with
from ijap.bench.lists import SIZES, prepared_meeting
from ijap.bench.measure import Report, Timing, in_turn
from meetings.models import MeetingState
from meetings.operations import agenda
from meetings.operations.candidates import gather


def measure(report: Report) -> None:
    """Gather and store the agenda at both sizes; each round is rolled back."""
    found: dict[int, Timing] = {}
    for size in SIZES:
        with filled_with(size, report.say):
            meeting = prepared_meeting()
            maker = robot(Robot.AGENDA)

            def build(meeting=meeting, maker=maker) -> None:  # type: ignore[no-untyped-def]
                with acting_as(maker):
                    meeting.state = MeetingState.DRAFT
                    type(meeting).objects.filter(pk=meeting.pk).update(state=MeetingState.DRAFT)
                    agenda.store_agenda(meeting=meeting, gathered=gather(meeting=meeting, by=maker), by=maker)
                    transaction.set_rollback(True)

            with acting_as(maker):
                report.say(
                    f"\n  {size} jongeren: {len(gather(meeting=meeting, by=maker).candidates)} kandidaten"
                )
            found[size] = in_turn({"agenda": build}, rounds=40)["agenda"]
            report.timing("agenda maken", found[size])
    small, large = (found[size].p50 for size in SIZES)
    report.figure("agenda maken: 200.000 ÷ 2.000", large / small, wanted=1.5)
