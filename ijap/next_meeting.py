"""The next meeting on the home page: when, how far its preparation is, and what to do now."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from ijap.attention import Part, task
from meetings.models import AgendaItem, Meeting, MeetingState
from meetings.views.agenda_page import to_answer


@dataclass(frozen=True)
class Step:
    """What a regisseur does with a meeting in this state."""

    text: str
    label: str
    url_name: str


STEPS: dict[MeetingState, Step] = {
    MeetingState.PLANNED: Step(
        "De agenda is nog niet gemaakt.", "Bereid de agenda voor", "meetings:meeting_detail"
    ),
    MeetingState.DRAFT: Step(
        "De conceptagenda wacht op vaststelling.", "Stel de agenda vast", "meetings:meeting_detail"
    ),
    MeetingState.AGREED: Step("De agenda is vastgesteld.", "Begin het overleg", "meetings:meeting_detail"),
    MeetingState.RUNNING: Step("Het overleg is bezig.", "Ga verder met het overleg", "meetings:live"),
}
OPEN_TO_THE_TABLE = (MeetingState.AGREED, MeetingState.RUNNING)


def next_meeting(user: User) -> Part:
    """The first meeting to come at a table of this user; for who leads it also minutes that wait."""
    coming = Meeting.objects.open_to(user).coming().select_related("series").order_by("starts_at", "pk")
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    meeting = coming.filter(Q(starts_at__gte=midnight) | Q(state=MeetingState.RUNNING)).first()
    led = Meeting.objects.led_by(user)
    tasks = []
    if unconfirmed := led.filter(state=MeetingState.CLOSED).count():
        words = ("verslag wacht op vaststelling", "verslagen wachten op vaststelling")
        tasks.append(task(unconfirmed, *words, reverse("meetings:meeting_list")))
    if meeting is None:
        return Part(tasks=tasks, panel="home/meeting.html", values={"meeting": None})
    leads = led.filter(pk=meeting.pk).exists()
    if waiting := to_answer(meeting, user):
        words = ("jongere vraagt uw inbreng voor het overleg", "jongeren vragen uw inbreng voor het overleg")
        tasks.append(task(waiting, *words, reverse("meetings:contribution_list", args=[meeting.uuid])))
    step = STEPS[MeetingState(meeting.state)]
    values = {
        "meeting": meeting,
        "meeting_url": reverse("meetings:meeting_detail", args=[meeting.uuid]),
        "leads_meeting": leads,
        "is_agreed": meeting.state in OPEN_TO_THE_TABLE,
        "item_count": _item_count(user, meeting),
        "step": step,
        "step_url": reverse(step.url_name, args=[meeting.uuid]),
    }
    return Part(tasks=tasks, panel="home/meeting.html", values=values)


def _item_count(user: User, meeting: Meeting) -> int:
    """How many youths this user discusses. Items are closed to the table until the agenda is agreed."""
    return AgendaItem.objects.visible_to(user).filter(meeting=meeting, slot__withdrawn_at=None).count()
