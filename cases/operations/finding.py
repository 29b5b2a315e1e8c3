"""Looking for words, keeping a view of a list, and taking a list out as a file."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from audit.log import record
from cases.events import CaseEvent
from cases.list_queries import exported_cases
from cases.models import Case, CaseExport, ExportPurpose, KeptList, SavedView
from cases.permissions.cases import check_may_list
from cases.permissions.finding import check_may_export, check_may_find_text
from cases.rules.finding import MOST_EXPORTED, check_can_export, check_can_keep_view, check_words
from cases.text_queries import Place, Result, find_text
from foundation.errors import NotPossible


@transaction.atomic
def keep_view(*, name: str, filters: Mapping[str, str], by: User) -> SavedView:
    """Keep these filters of the list of cases under this name. The same twice is one view."""
    check_may_list(by)
    _hold(by)
    mine = SavedView.objects.filter(user=by, kept_list=KeptList.CASES)
    if kept := mine.filter(name=name).first():
        if kept.filters != filters:
            raise NotPossible("U heeft al een weergave met deze naam. Kies een andere naam.")
        return kept
    check_can_keep_view(mine.count())
    view = SavedView.objects.create(user=by, kept_list=KeptList.CASES, name=name, filters=dict(filters))
    record(CaseEvent.VIEW_KEPT, by=by, about=view)
    return view


@transaction.atomic
def remove_view(*, view: SavedView, by: User) -> None:
    """Remove one's own view. Removing twice is removing once."""
    gone, _ = SavedView.objects.filter(pk=view.pk, user=by).delete()
    if gone:
        record(CaseEvent.VIEW_REMOVED, by=by, about=view)


@transaction.atomic
def export(
    *,
    filters: Mapping[str, str],
    wanted: Mapping[str, Any],
    purpose: ExportPurpose,
    reason: str,
    key: UUID,
    by: User,
) -> tuple[CaseExport, list[Case]]:
    """Write down that these cases leave the house, and give them. `wanted` is `filters` as the form read it.

    The same key twice is one export of which the file is given again; each time the log says so.
    """
    check_may_export(by)
    _hold(by)
    found = exported_cases(by, wanted).select_related("youth", "municipality", "casusregisseur")
    cases = list(found.order_by("-opened_at", "-pk")[: MOST_EXPORTED + 1])
    mine = CaseExport.objects.filter(made_by=by)
    made = mine.filter(uuid=key).first()
    if made and (made.filters, made.purpose, made.reason) != (filters, purpose, reason):
        raise NotPossible("Deze export is al gemaakt. Open de pagina opnieuw voor een andere.")
    today = mine.filter(made_at__date=timezone.localdate()).exclude(uuid=key).count()
    check_can_export(count=len(cases), made_today=today, reason=reason)
    if made is None:
        made = CaseExport.objects.create(
            uuid=key, purpose=purpose, reason=reason, filters=dict(filters), count=len(cases), made_by=by
        )
    made.logged_youth_ids = [case.youth_id for case in cases]
    record(
        CaseEvent.CASES_EXPORTED,
        by=by,
        about=made,
        recipients=[by.partner_id],
        reason=purpose.value,
        filters=sorted(filters),
        shown=len(cases),
        cases=[case.pk for case in cases],
    )
    return made, cases


def search(*, words: list[str], place: Place, by: User) -> Result:
    """The cases in which these words stand, as far as this user may read them. Writes down which were shown."""
    check_may_find_text(by)
    check_words(words)
    result = find_text(by, words, place)
    shown = [one.case for one in result.found]
    # Which words the log does not know, only whether they were the same ones.
    term = salted_hmac("cases.text", " ".join(sorted(words))).hexdigest()[:16]
    record(CaseEvent.CASES_SEARCHED, by=by, about=shown, term=term, cases=[case.pk for case in shown])
    return result


def _hold(user: User) -> None:
    """One at a time for each person, so that nobody gets past a number by pressing twice."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
