"""What is secret: sealed in the database, opened for a reason by who is cleared, looked at by a colleague."""

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from cases.models import Reporter, Reveal, SecretAddress
from cases.operations import secrets
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from foundation.secrets import Unreadable, seal, unseal
from tests.factories import cases as make
from tests.factories.audit import logged

ADDRESS = "Schuilstraat 1, 6411 AB Heerlen"
WHY = "Zus haalt vandaag spullen bij haar op"


@pytest.fixture
def noted(regisseur, partners):
    with acting_as(regisseur):
        case = make.case(by=regisseur, partners=[partners["jens"]])
        return secrets.note_address(case=case, address=ADDRESS, by=regisseur)


# --- the seal -------------------------------------------------------------------------------------
def test_a_seal_opens_for_its_own_row_only():
    sealed = seal("Straat 1", row="a")
    assert unseal(sealed, row="a") == "Straat 1"
    assert seal("Straat 1", row="a") != sealed  # twice the same text does not look the same
    for wrong in (
        lambda: unseal(sealed, row="b"),
        lambda: unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), row="a"),
        lambda: unseal(b"", row="a"),
    ):
        with pytest.raises(Unreadable):
            wrong()


def test_an_older_key_still_opens_and_a_lost_one_does_not(settings):
    [old] = settings.FIELD_ENCRYPTION_KEYS
    new = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    sealed = seal("Straat 1", row="a")
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    assert unseal(sealed, row="a") == "Straat 1"
    settings.FIELD_ENCRYPTION_KEYS = [new]
    with pytest.raises(Unreadable):
        unseal(sealed, row="a")


def test_the_database_cannot_read_it(noted, db):
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT set_config('ijap.keys', '{1}', true)")
    assert ADDRESS.encode() not in bytes(noted.sealed) and b"Schuil" not in bytes(noted.sealed)


# --- who --------------------------------------------------------------------------------------------
def test_only_cleared_regie_knows_that_it_is_there(noted, regisseur, tweede_regisseur, jongerenwerker, agent):
    for person, count in ((regisseur, 1), (tweede_regisseur, 0), (jongerenwerker, 0), (agent, 0)):
        with acting_as(person):
            assert SecretAddress.objects.visible_to(person).count() == count, person


def test_opening_asks_a_reason_and_is_looked_at_by_another(noted, regisseur, tweede_regisseur, beheerder):
    with acting_as(regisseur):
        with pytest.raises(NotPossible, match="20 tekens"):
            secrets.show(secret=noted, reason="Even kijken", by=regisseur)
        assert secrets.show(secret=noted, reason=WHY, by=regisseur) == ADDRESS
        reveal = Reveal.objects.visible_to(regisseur).get()
        with pytest.raises(NotAllowed, match="ander"):
            secrets.see_reveal(reveal=reveal, by=regisseur)
    with acting_as(tweede_regisseur), pytest.raises(NotAllowed, match="bevoegdheid"):
        secrets.see_reveal(reveal=reveal, by=tweede_regisseur)
    [row] = logged("secret.shown")
    assert ADDRESS not in str(row.details) and WHY not in str(row.details)


def test_a_new_address_ends_the_old_one(noted, regisseur):
    with acting_as(regisseur):
        case = noted.youth.cases.get()
        secrets.note_address(case=case, address="Elders 2", by=regisseur)
        assert SecretAddress.objects.filter(ended_at=None).count() == 1
        assert SecretAddress.objects.exclude(ended_at=None).get() == noted


def test_the_reporter_is_known_to_the_sender_and_to_cleared_regie(
    mentor, wijkagent, regisseur, tweede_regisseur
):
    with acting_as(mentor):
        signal = make.signal(by=mentor)
        reporter = secrets.note_reporter(signal=signal, name="Buurvrouw Jansen", by=mentor)
    with acting_as(wijkagent), pytest.raises(NotAllowed):
        secrets.note_reporter(signal=signal, name="Iemand", by=wijkagent)
    for person, count in ((mentor, 1), (regisseur, 1), (tweede_regisseur, 0), (wijkagent, 0)):
        with acting_as(person):
            assert Reporter.objects.visible_to(person).count() == count, person
    with acting_as(regisseur):
        assert secrets.show(secret=reporter, reason=WHY, by=regisseur) == "Buurvrouw Jansen"


# --- on screen ----------------------------------------------------------------------------------------
def test_on_screen_first_why_and_then_the_address(noted, regisseur):
    client = Client()
    client.force_login(regisseur)
    address = reverse("cases:address_reveal", args=[noted.uuid])
    assert ADDRESS not in client.get(address).text
    assert client.post(address, {"reason": "kort"}).status_code == 400
    shown = client.post(address, {"reason": WHY})
    assert (shown.status_code, ADDRESS in shown.text, shown["Cache-Control"]) == (200, True, "no-store")
    with acting_as(regisseur):
        case = noted.youth.cases.get()
    assert ADDRESS not in client.get(reverse("cases:case_detail", args=[case.uuid])).text
