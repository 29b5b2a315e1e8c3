"""Everything that changes a question to those above or beside the table."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from audit.log import record
from cases.events import CaseEvent
from cases.models import Advice, AdviceKind, Case
from cases.operations.cases import lock
from cases.permissions.cases import check_can_plan
from cases.rules.advice import check_answer, check_awaited, check_has_advice
from foundation.errors import NotPossible


@transaction.atomic
def ask(*, case: Case, kind: AdviceKind, asked_of: str, question: str, key: UUID, by: User) -> Advice:
    """Ask it. The same key twice is one question."""
    case = lock(case=case, by=by)
    sent: Advice | None = Advice.objects.visible_to(by).filter(uuid=key).first()
    if sent:
        return sent
    check_can_plan(by, case)
    check_has_advice(case.level)
    advice = Advice.objects.create(
        uuid=key,
        case=case,
        compartment_id=case.room_id,
        kind=kind,
        asked_of=asked_of,
        question=question,
        asked_by=by,
    )
    record(CaseEvent.ADVICE_ASKED, by=by, about=advice, advice=advice.kind)
    return advice


@transaction.atomic
def answer(*, advice: Advice, text: str, answered_on: date, by: User) -> None:
    """Write down what was answered. Twice the same is once."""
    found = Advice.objects.visible_to(by).select_for_update(no_key=True, of=("self",)).select_related("case")
    kept: Advice | None = found.filter(pk=advice.pk).first()
    if kept is None:
        raise NotPossible("U kunt deze vraag niet meer zien.")
    check_can_plan(by, kept.case)
    if (kept.answer, kept.answered_on, kept.answered_by_id) == (text, answered_on, by.pk):
        return
    check_awaited(kept)
    asked_on = timezone.localdate(kept.asked_at)
    check_answer(kept, text, answered_on, asked_on=asked_on, today=timezone.localdate())
    Advice.objects.filter(pk=kept.pk).update(
        answer=text, answered_on=answered_on, answered_at=Now(), answered_by=by
    )
    record(CaseEvent.ADVICE_ANSWERED, by=by, about=kept, advice=kept.kind)
