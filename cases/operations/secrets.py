"""Everything that keeps and opens what is secret. The database holds it sealed."""

from uuid import uuid4

from django.db import transaction
from django.db.models.functions import Now

from access.models import CompartmentKind
from access.operations import open_compartment
from accounts.models import User
from accounts.roles import DataClass, Level
from audit.log import record
from cases.events import CaseEvent
from cases.models import Case, Reporter, Reveal, SecretAddress, SecretKind, Signal
from cases.permissions.secrets import check_is_cleared, check_may_note_address, check_may_note_reporter
from cases.rules.access_requests import check_reason
from foundation.errors import NotAllowed, NotPossible
from foundation.secrets import Unreadable, seal, unseal

Secret = SecretAddress | Reporter


@transaction.atomic
def note_address(*, case: Case, address: str, by: User) -> SecretAddress:
    """Keep where a youth stays, for who is cleared only. The one before it is over."""
    check_may_note_address(by, case)
    if not address.strip():
        raise NotPossible("Vul het adres in.")
    compartment = open_compartment(
        kind=CompartmentKind.SECRET,
        level=Level.JPP,
        municipality=case.youth.municipality,
        within=case.compartment,
        data_class=DataClass.GEHEIM,
        by=by,
    )
    SecretAddress.objects.visible_to(by).filter(youth=case.youth_id, ended_at=None).update(
        ended_at=Now(), ended_by=by
    )
    secret = SecretAddress(uuid=uuid4(), compartment=compartment, youth=case.youth, noted_by=by)
    secret.sealed = seal(address, row=secret.row)
    secret.save()
    record(CaseEvent.ADDRESS_NOTED, by=by, about=secret, data_class=DataClass.GEHEIM)
    return secret


@transaction.atomic
def note_reporter(*, signal: Signal, name: str, by: User) -> Reporter:
    """Keep who told it to the sender, in confidence. Noting again replaces it."""
    check_may_note_reporter(by, signal)
    if not name.strip():
        raise NotPossible("Vul in wie het u vertelde.")
    reporter = Reporter.objects.visible_to(by).filter(signal=signal).first()
    if reporter is None:
        compartment = open_compartment(
            kind=CompartmentKind.SECRET,
            level=Level.JPP,
            municipality=signal.municipality,
            author=by,
            data_class=DataClass.GEHEIM,
            by=by,
        )
        reporter = Reporter(uuid=uuid4(), compartment=compartment, signal=signal)
    reporter.sealed, reporter.noted_by = seal(name, row=reporter.row), by
    reporter.save()
    record(CaseEvent.REPORTER_NOTED, by=by, about=reporter, data_class=DataClass.GEHEIM)
    return reporter


@transaction.atomic
def show(*, secret: Secret, reason: str, by: User) -> str:
    """The text itself, once, for a reason that a colleague reads afterwards."""
    _check_may_show(secret, by)
    check_reason(reason)
    kind = SecretKind.ADDRESS if isinstance(secret, SecretAddress) else SecretKind.REPORTER
    reveal = Reveal.objects.create(
        compartment_id=secret.compartment_id, kind=kind, reason=reason, shown_by=by
    )
    record(CaseEvent.SECRET_SHOWN, by=by, about=secret, what=kind, reveal=reveal.pk)
    try:
        return unseal(bytes(secret.sealed), row=secret.row)
    except Unreadable as broken:
        raise NotPossible(str(broken)) from broken


def _check_may_show(secret: Secret, by: User) -> None:
    if isinstance(secret, Reporter) and secret.noted_by_id == by.pk:
        return  # who noted it knows it
    check_is_cleared(by)


@transaction.atomic
def see_reveal(*, reveal: Reveal, by: User) -> None:
    """A colleague looked at it. Twice is once."""
    check_is_cleared(by)
    if reveal.shown_by_id == by.pk:
        raise NotAllowed("Een ander kijkt na wat u heeft bekeken.")
    if Reveal.objects.visible_to(by).filter(pk=reveal.pk, seen_at=None).update(seen_at=Now(), seen_by=by):
        record(CaseEvent.REVEAL_SEEN, by=by, about=reveal)
