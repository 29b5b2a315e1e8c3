"""Corrections on the home page: what to process, what others did not yet, and what waits for words of regie."""

from django.urls import reverse

from accounts.models import User
from accounts.roles import Permission
from cases.models import Correction, CorrectionTask
from foundation.paging import count_up_to
from ijap.attention import Part, task


def own_corrections(user: User) -> Part:
    """What a source took back or corrected after this organisation had read it."""
    if user.may(Permission.CASE_LEAD):
        return Part()
    mine = CorrectionTask.objects.visible_to(user).pending().of(user)
    words = ("verbetering te verwerken", "verbeteringen te verwerken")
    return Part(tasks=[task(count_up_to(mine), *words, reverse("cases:correction_list"))])


def corrections_of_others(user: User) -> Part:
    """For regie: what organisations did not process yet, and what still lacks the right text."""
    pending = CorrectionTask.objects.visible_to(user).pending()
    unworded = Correction.objects.visible_to(user).without_text()
    url = reverse("cases:correction_list")
    waiting = ("verbetering nog niet verwerkt", "verbeteringen nog niet verwerkt")
    wordless = ("verbetering wacht op uw tekst", "verbeteringen wachten op uw tekst")
    return Part(
        tasks=[
            task(count_up_to(unworded), *wordless, url),
            task(count_up_to(pending), *waiting, url),
        ]
    )
