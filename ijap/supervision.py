"""What asks for the attention of the privacy officer, and of the beheerder because of her."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.seals import unsealed_since
from foundation.paging import count_up_to
from ijap.attention import AT_MOST, Part, task
from oversight.models import Flag, ReviewLine, ReviewRound
from oversight.queries import open_flags
from retention.models import Proposal, Side

SEALED_WITHIN = timedelta(minutes=10)


def flags(user: User) -> Part:
    """Open flags, what is over time said aloud."""
    today = timezone.localdate()
    waiting = Flag.objects.open()
    late = waiting.late(today)
    url = reverse("oversight:flag_list")
    tasks = [task(count_up_to(waiting), "vlag te bekijken", "vlaggen te bekijken", url)]
    if number := late.count():
        text = "Iemand leest misschien wat niet mag. Kijk vandaag."
        tasks.insert(0, task(number, "vlag over tijd", "vlaggen over tijd", url, text))
    lines = [
        {"flag": row, "url": reverse("oversight:flag_detail", args=[row.uuid]), "is_late": row.due_on < today}
        for row in open_flags()[:AT_MOST]
    ]
    return Part(
        tasks=tasks, panel="home/flags.html" if lines else "", values={"flags": lines, "flags_url": url}
    )


def reviews(user: User) -> Part:
    """Rounds that run: how many rights are still to be looked at."""
    tasks = []
    for review in ReviewRound.objects.open().order_by("quarter"):
        left = review.lines.undecided().count()
        is_late = review.due_on < timezone.localdate()
        text = f"{'Over tijd: uiterlijk' if is_late else 'Uiterlijk'} {review.due_on:%d-%m-%Y}, {review}."
        url = reverse("oversight:review_detail", args=[review.uuid])
        tasks.append(task(left, "recht na te kijken", "rechten na te kijken", url, text))
    return Part(tasks=tasks)


def seals(user: User) -> Part:
    """Nothing to do, unless the clock no longer seals the log."""
    since = unsealed_since(SEALED_WITHIN)
    if since is None:
        return Part()
    text = f"Sinds {timezone.localtime(since):%d-%m-%Y %H:%M}. Bel de beheerder."
    words = "Het logboek wordt niet verzegeld"
    return Part(tasks=[task("!", words, words, reverse("audit:event_list"), text)])


def removals(user: User) -> Part:
    """For the beheerder: rights that the privacy officer found too many."""
    url = reverse("oversight:removal_list")
    return Part(
        tasks=[
            task(
                count_up_to(ReviewLine.objects.to_remove()),
                "recht dat weg moet",
                "rechten die weg moeten",
                url,
            )
        ]
    )


def destructions_for_regie(user: User) -> Part:
    """What regie of this level must still look at."""
    return _destructions(user, Side.REGIE)


def destructions_for_privacy(user: User) -> Part:
    """What the privacy officer must still look at."""
    return _destructions(user, Side.PRIVACY)


def _destructions(user: User, side: Side) -> Part:
    waiting = Proposal.objects.visible_to(user).lacking(side)
    url = reverse("retention:proposal_list")
    words = "vernietiging goed te keuren", "vernietigingen goed te keuren"
    return Part(tasks=[task(count_up_to(waiting), *words, url)])
