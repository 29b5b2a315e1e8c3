"""Noting a BSN, sealed, and finding who has the same one. No function gives the number back."""

from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from access.models import CompartmentKind
from access.operations import open_compartment
from accounts.models import User
from accounts.roles import DataClass, Level
from audit.log import record
from cases.events import CaseEvent
from cases.models import Case, CitizenNumber, Youth
from cases.operations.cases import lock
from cases.permissions.secrets import check_may_note_number
from cases.rules.citizen_numbers import check_in_use, check_is_test_number, plain
from foundation.secrets import fingerprints, seal, unseal

USE = "citizen-number"


@transaction.atomic
def note(*, case: Case, number: str, by: User) -> CitizenNumber:
    """Keep the BSN of this youth; the one before it is over. The same number twice is once.

    Raises NotPossible without a ground (settings.BSN_GROUND), or when this is no BSN (elfproef).
    """
    check_in_use(settings.BSN_GROUND)
    case = lock(case=case, by=by)
    check_may_note_number(by, case)
    digits = plain(number)
    check_is_test_number(digits, is_demo=settings.DEMO_MODE)
    prints = fingerprints(digits, use=USE)
    current = CitizenNumber.objects.visible_to(by).filter(youth=case.youth_id, ended_at=None)
    if same := current.filter(fingerprint__in=prints).first():
        kept: CitizenNumber = same
        return kept
    current.update(ended_at=Now(), ended_by=by)
    compartment = open_compartment(
        kind=CompartmentKind.SECRET,
        level=Level.JPP,
        municipality=case.youth.municipality,
        within=case.compartment,
        data_class=DataClass.GEHEIM,
        by=by,
    )
    noted = CitizenNumber(uuid=uuid4(), compartment=compartment, youth=case.youth, noted_by=by)
    noted.ground, noted.fingerprint = settings.BSN_GROUND, prints[0]
    noted.sealed = seal(digits, row=noted.row)
    noted.save()
    record(CaseEvent.NUMBER_NOTED, by=by, about=noted, data_class=DataClass.GEHEIM)
    return noted


def same_person(*, youth: Youth, by: User) -> list[Youth]:
    """The other youths with the BSN of this one, as far as this user may know of them. Writes down who was shown."""
    standing = CitizenNumber.objects.visible_to(by).filter(ended_at=None)
    mine = standing.filter(youth=youth).first()
    # Another may still be printed with an older key.
    prints = fingerprints(unseal(bytes(mine.sealed), row=mine.row), use=USE) if mine else []
    same = standing.filter(fingerprint__in=prints).exclude(youth=youth)
    others = list(same.values_list("youth_id", flat=True))
    found = Youth.objects.visible_to(by).filter(pk__in=others).select_related("municipality")
    youths = list(found.order_by("pk"))
    if youths:
        record(CaseEvent.NUMBERS_COMPARED, by=by, about=[youth, *youths], data_class=DataClass.GEHEIM)
    return youths
