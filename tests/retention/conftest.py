"""A case and a signal whose terms are over, in a database of their own."""

import pytest

from cases.models import Signal
from cases.operations import triage
from foundation.scope import acting_as
from tests.factories import cases
from tests.factories import retention as factory


@pytest.fixture
def old_case(committed_db, regisseur, partners):
    """Closed six years ago."""
    with acting_as(regisseur):
        case = cases.case(by=regisseur, partners=[partners["jens"]], first_name="Mus", last_name="Oudegeest")
        cases.action(by=regisseur, case=case, partner=partners["jens"])
    factory.close_long_ago(case, months=72, by=regisseur)
    return case


@pytest.fixture
def old_signal(committed_db, regisseur, mentor):
    """Rejected eight months ago."""
    with acting_as(mentor):
        signal = cases.signal(by=mentor, first_name="Vink", last_name="Oudegeest")
    with acting_as(regisseur):
        triage.reject(signal=signal, reason="own_chain", feedback="Kan zonder de JPP.", by=regisseur)
    factory.long_ago("cases_signal", signal.pk, "decided_at", 8)
    return signal


@pytest.fixture
def proposal(old_case):
    (made,) = factory.propose()
    return made


@pytest.fixture
def count():
    """How many cases and signals somebody sees now."""

    def counted(person):
        with acting_as(person):
            return Signal.objects.visible_to(person).count()

    return counted
