"""Everything that changes a youth, and finding one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from access.models import CompartmentKind
from access.operations import open_compartment
from accounts.models import Municipality, User
from accounts.roles import Level
from audit.log import record
from cases.events import CaseEvent
from cases.merge_queries import as_one
from cases.models import Case, Youth
from cases.models.names import search_form
from cases.operations.cases import lock
from cases.permissions.cases import check_can_plan
from cases.permissions.youths import check_may_add, check_may_search
from cases.rules.names import sound_keys
from cases.rules.youths import Identity, Match, near_births, rank
from foundation.errors import Stale


@transaction.atomic
def add_youth(
    *,
    first_name: str,
    prefix: str,
    last_name: str,
    birth_on: date | None,
    description: str,
    municipality: Municipality | None,
    school: str,
    by: User,
) -> Youth:
    """Make a youth and its compartment, at the JPP."""
    check_may_add(by)
    compartment = open_compartment(
        kind=CompartmentKind.YOUTH, level=Level.JPP, municipality=municipality, by=by
    )
    youth = Youth.objects.create(
        compartment=compartment,
        first_name=first_name,
        prefix=prefix,
        last_name=last_name,
        birth_on=birth_on,
        description=description,
        municipality=municipality,
        school=school,
        search_name=search_form(first_name, prefix, last_name),
        sound_keys=sound_keys(first_name, prefix, last_name),
        made_by=by,
    )
    record(CaseEvent.YOUTH_ADDED, by=by, about=youth)
    return youth


def find(*, asked: Identity, by: User) -> list[Match]:
    """The youths who may be the one asked for, with the reasons. Writes down which youths were shown.

    Of two who are one, the one who stays is offered.
    """
    check_may_search(by)
    name = search_form(asked.first_name, asked.prefix, asked.last_name)
    with connection.cursor() as cursor:
        keys = sound_keys(asked.first_name, asked.prefix, asked.last_name)
        said = (name, near_births(asked.birth_on), keys)
        cursor.execute("SELECT youth FROM cases_find_youths(%s, %s, %s)", said)
        ids = [row[0] for row in cursor.fetchall()]
    found = Youth.objects.visible_to(by).filter(pk__in=ids).select_related("municipality").order_by("pk")
    matches, named = as_one(rank(asked, found), by)
    # Which name was asked for the log does not know, only whether it was the same one.
    term = salted_hmac("cases.youths", name).hexdigest()[:16]
    record(CaseEvent.YOUTHS_SEARCHED, by=by, about=[*(match.youth for match in matches), *named], term=term)
    return matches


CONTENT = ("first_name", "prefix", "last_name", "birth_on", "estimated_age", "description")


@transaction.atomic
def change_youth(*, case: Case, version: int, content: Mapping[str, Any], by: User) -> Youth:
    """Correct who the youth is, from its open case. Raises Stale when somebody else changed it meanwhile."""
    case = lock(case=case, by=by)
    check_can_plan(by, case)
    youth: Youth = Youth.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.youth_id)
    changed = {name: content[name] for name in CONTENT if content[name] != getattr(youth, name)}
    if not changed:
        return youth
    if youth.version != version:
        raise Stale("De gegevens van deze jongere zijn intussen door een ander gewijzigd.", current=youth)
    for name, value in changed.items():
        setattr(youth, name, value)
    if "estimated_age" in changed:
        youth.estimated_on = timezone.localdate() if youth.estimated_age else None
    youth.search_name = search_form(youth.first_name, youth.prefix, youth.last_name)
    youth.sound_keys = sound_keys(youth.first_name, youth.prefix, youth.last_name)
    youth.version += 1
    youth.save(update_fields=[*changed, "estimated_on", "search_name", "sound_keys", "version"])
    record(CaseEvent.YOUTH_CHANGED, by=by, about=youth, fields=sorted(changed))
    return youth
