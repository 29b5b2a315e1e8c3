"""The quarterly review: begun, decided line by line, closed. It ends no right by itself: the beheerder does."""

from datetime import date

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from audit.log import record
from oversight.events import OversightEvent
from oversight.models import ReviewLine, ReviewRound, Verdict
from oversight.permissions import check_may_close_round, check_may_decide, check_may_oversee
from oversight.queries import users_with_roles
from oversight.rules import due_of_review, first_of_quarter


@transaction.atomic
def start(*, day: date, by: User) -> ReviewRound:
    """Begin the round of the quarter of this day, with a line per role. Beginning twice is beginning once."""
    check_may_oversee(by)
    quarter = first_of_quarter(day)
    review, is_new = ReviewRound.objects.get_or_create(
        quarter=quarter, defaults={"due_on": due_of_review(quarter), "started_by": by}
    )
    if is_new:
        lines = [
            ReviewLine(round=review, user=user, assignment=assignment)
            for user in users_with_roles()
            for assignment in (user.held_roles or [None])  # type: ignore[attr-defined]
        ]
        ReviewLine.objects.bulk_create(lines)
        record(OversightEvent.REVIEW_STARTED, by=by, about=review, lines=len(lines))
    return review


@transaction.atomic
def decide(*, line: ReviewLine, verdict: Verdict, by: User) -> None:
    """This right is needed, or it must go. May be changed as long as the round runs."""
    line = ReviewLine.objects.select_for_update(of=("self",)).select_related("round").get(pk=line.pk)
    check_may_decide(by, line)
    if line.verdict == verdict:
        return
    ReviewLine.objects.filter(pk=line.pk).update(verdict=verdict, decided_at=Now(), decided_by=by)
    record(OversightEvent.LINE_DECIDED, by=by, about=line, person=line.user_id, verdict=verdict.value)


@transaction.atomic
def close(*, review: ReviewRound, by: User) -> None:
    """Every line is decided. Closing twice is closing once."""
    review = ReviewRound.objects.select_for_update().get(pk=review.pk)
    if review.closed_at:
        return
    check_may_close_round(by, review)
    ReviewRound.objects.filter(pk=review.pk).update(closed_at=Now(), closed_by=by)
    record(OversightEvent.REVIEW_CLOSED, by=by, about=review)
