"""The list of cases with its filters: one way for the page, its views and its exports."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from access.models import Participation
from accounts.keys import person_key
from accounts.models import User
from accounts.roles import DataClass
from cases.models import Case, ToldSignal
from cases.models.cases import CaseQuerySet

REVIEW, CLOSED, ALL = "bekijken", "gesloten", "alle"


def listed_cases(user: User, wanted: Mapping[str, Any]) -> CaseQuerySet:
    """The cases this user may know about that fit; what was not answered narrows nothing.

    Every filter asks only what this user may see: who takes part in a room they do not read, and what a signal that
    is kept more strictly is about, it does not tell.
    """
    cases: CaseQuerySet = _in_state(Case.objects.visible_to(user), wanted.get("stand", ""))
    if level := wanted.get("niveau"):
        cases = cases.filter(level=level)
    if municipality := wanted.get("gemeente"):
        cases = cases.filter(municipality=municipality)
    if partner := wanted.get("organisatie"):
        seats = Participation.objects.visible_to(user).active().filter(partner=partner)
        cases = cases.filter(room__in=seats.values("compartment"))
    if theme := wanted.get("thema"):
        told = ToldSignal.objects.visible_to(user).filter(
            data_class=DataClass.BASIS, themes__contains=[theme]
        )
        cases = cases.filter(pk__in=told.values("case"))
    if day := wanted.get("bekijken"):
        cases = cases.filter(review_on__lte=day)
    return cases


def _in_state(cases: CaseQuerySet, state: str) -> CaseQuerySet:
    if state == CLOSED:
        return cases.exclude(closed_at=None)
    if state == REVIEW:
        return cases.open().filter(review_on__lte=timezone.localdate())
    return cases if state == ALL else cases.open()


def exported_cases(user: User, wanted: Mapping[str, Any]) -> CaseQuerySet:
    """As above, but nothing that opens by one's name only: break-glass and access by name are to read, not to keep."""
    by_role = [key for key in user.session_keys() if key != person_key(user.pk)]
    found: CaseQuerySet = listed_cases(user, wanted).readable_with(by_role)
    return found
