"""Everything that changes a request for access: asked, answered, opened, looked at.

Break-glass is a request too. Its asker cannot see the case, so the database opens it (cases/sql/break_glass.sql).
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now

from access.models import Compartment, CompartmentKind, Ground
from access.operations import grant as grant_to
from access.operations import open_compartment
from accounts.models import User
from accounts.roles import Level
from audit.log import record
from cases.events import CaseEvent
from cases.models import AccessRequest, Case, Need, RequestKind, Verdict
from cases.models.names import search_form
from cases.permissions.access_requests import (
    check_may_answer,
    check_may_ask,
    check_may_break_glass,
    check_may_let_in,
    check_may_open,
    check_may_review,
)
from cases.rules.access_requests import check_is_open, check_reason
from foundation.errors import NotPossible


@transaction.atomic
def ask(
    *,
    key: UUID,
    kind: RequestKind,
    first_name: str,
    prefix: str,
    last_name: str,
    birth_on: date,
    need: Need | str,
    reason: str,
    by: User,
) -> AccessRequest:
    """Ask regie to read along, or ask for break-glass. The same key twice is one request."""
    check_may_ask(by)
    sent: AccessRequest | None = AccessRequest.objects.visible_to(by).filter(uuid=key).first()
    if sent:
        return sent
    check_reason(reason)
    if kind != RequestKind.ORDINARY:
        check_may_break_glass(by, overdue=overdue_of(by=by))
        if not need:
            raise NotPossible("Kies waarom dit niet kan wachten.")
    compartment = open_compartment(
        kind=CompartmentKind.ACCESS_REQUEST, level=Level.JPP, municipality=None, author=by, by=by
    )
    request = AccessRequest.objects.create(
        uuid=key,
        compartment=compartment,
        kind=kind,
        need=need if kind != RequestKind.ORDINARY else "",
        first_name=first_name,
        prefix=prefix,
        last_name=last_name,
        birth_on=birth_on,
        search_name=search_form(first_name, prefix, last_name),
        reason=reason,
        asked_by=by,
        partner=by.partner,
    )
    event = CaseEvent.BREAK_GLASS_ASKED if request.is_break_glass else CaseEvent.REQUEST_MADE
    record(event, by=by, about=request, what=kind)
    return request


def overdue_of(*, by: User) -> int:
    """How many earlier uses of break-glass by this person wait too long for a second person."""
    return AccessRequest.objects.visible_to(by).filter(asked_by=by).overdue().count()


@transaction.atomic
def pass_on(*, request: AccessRequest, case: Case, by: User) -> None:
    """The case is at another level: its regie answers. Who passes it on no longer sees it."""
    request = _locked(request, by)
    check_may_answer(by, request)
    check_is_open(case)
    AccessRequest.objects.visible_to(by).filter(pk=request.pk).update(case=case, youth_number=case.youth_id)
    record(CaseEvent.REQUEST_PASSED_ON, by=by, about=case, request=request.pk)
    Compartment.objects.filter(pk=request.compartment_id).update(
        level=case.level, municipality=case.municipality
    )


@transaction.atomic
def grant(
    *, request: AccessRequest, case: Case, ground: Ground, until: datetime, answer: str, by: User
) -> AccessRequest:
    """Let the asker read this case until then."""
    request = _locked(request, by)
    check_may_let_in(by, request, case)
    check_is_open(case)
    reason = f"Gevraagd: {request.reason}"[:300]
    grant_to(compartment=case.room, user=request.asked_by, until=until, ground=ground, reason=reason, by=by)
    _answer(request, True, answer, by, case=case, until=until)
    record(CaseEvent.REQUEST_GRANTED, by=by, about=request, ground=ground, recipients=[request.partner_id])
    return request


@transaction.atomic
def approve(*, request: AccessRequest, case: Case, answer: str, by: User) -> AccessRequest:
    """The second person of break-glass: from now on the asker can open it, once, for a short while."""
    request = _locked(request, by)
    check_may_let_in(by, request, case)
    check_is_open(case)
    _answer(request, True, answer, by, case=case)
    record(CaseEvent.BREAK_GLASS_APPROVED, by=by, about=request, recipients=[request.partner_id])
    return request


@transaction.atomic
def refuse(*, request: AccessRequest, answer: str, by: User) -> AccessRequest:
    """Say no, and why."""
    request = _locked(request, by)
    check_may_answer(by, request)
    if not answer.strip():
        raise NotPossible("Schrijf een zin voor de vrager.")
    _answer(request, False, answer, by)
    event = CaseEvent.BREAK_GLASS_REFUSED if request.is_break_glass else CaseEvent.REQUEST_REFUSED
    record(event, by=by, about=request, recipients=[request.partner_id])
    return request


@transaction.atomic
def open_now(*, request: AccessRequest, by: User) -> datetime | None:
    """Break the glass. Returns until when, or None when no single case is meant."""
    request = _locked(request, by)
    check_may_open(by, request, overdue=overdue_of(by=by))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cases_open_break_glass(%s, %s, %s)",
            [request.pk, settings.BREAK_GLASS_MINUTES, settings.BREAK_GLASS_REVIEW_HOURS],
        )
        until: datetime | None = cursor.fetchone()[0]
    if until is None:
        record(CaseEvent.BREAK_GLASS_FAILED, by=by, about=request)
        return None
    opened = AccessRequest.objects.visible_to(by).get(pk=request.pk)
    record(CaseEvent.BREAK_GLASS_OPENED, by=by, about=opened, ground=opened.need)
    return until


@transaction.atomic
def review(*, request: AccessRequest, verdict: Verdict, text: str, by: User) -> AccessRequest:
    """What a second person says of it afterwards. Until then the user cannot use break-glass for long."""
    request = _locked(request, by)
    check_may_review(by, request)
    if not text.strip():
        raise NotPossible("Leg uw oordeel uit in een zin.")
    request.verdict, request.review, request.reviewed_at, request.reviewed_by = verdict, text, Now(), by
    request.save(update_fields=["verdict", "review", "reviewed_at", "reviewed_by"])
    record(CaseEvent.BREAK_GLASS_REVIEWED, by=by, about=request, verdict=verdict)
    return request


@dataclass(frozen=True)
class News:
    """Break-glass was used: who must hear of it follows from where the case is and who used it."""

    level: int
    municipality_id: int | None
    partner_id: int


@transaction.atomic
def claim_news(*, by: User) -> list[News]:
    """Uses of which nobody heard yet; marked at once, so that nobody hears twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_claim_break_glass_news()")
        news = [News(*row) for row in cursor.fetchall()]
    if news:
        record(CaseEvent.REQUESTS_TOLD, by=by, uses=len(news))
    return news


def _answer(request: AccessRequest, is_granted: bool, answer: str, by: User, **more: object) -> None:
    changes = {"is_granted": is_granted, "answer": answer, "answered_at": Now(), "answered_by": by, **more}
    if isinstance(case := more.get("case"), Case):
        changes["youth_number"] = case.youth_id
    AccessRequest.objects.visible_to(by).filter(pk=request.pk).update(**changes)


def _locked(request: AccessRequest, by: User) -> AccessRequest:
    found = AccessRequest.objects.visible_to(by).select_for_update(no_key=True, of=("self",))
    locked: AccessRequest | None = found.select_related("asked_by").filter(pk=request.pk).first()
    if locked is None:
        raise NotPossible("U kunt dit verzoek niet meer zien.")
    return locked
