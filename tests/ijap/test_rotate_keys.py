"""Keys rotate: everything sealed with an old key is sealed anew, or nothing is."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from accounts.models import User
from cases.models import SecretAddress
from cases.operations import secrets
from foundation.scope import acting_as
from foundation.secrets import Unreadable, unseal
from tests.factories import cases as make

NEW = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


@pytest.fixture
def noted(committed_db):
    regisseur = User.objects.get(username="regisseur")
    with acting_as(regisseur):
        case = make.case(by=regisseur)
        return secrets.note_address(case=case, address="Schuilstraat 1", by=regisseur)


def now(noted):
    connections["owner"].close()
    return SecretAddress._base_manager.using("owner").get(pk=noted.pk)


def test_after_rotating_the_new_key_alone_opens_it(noted, settings):
    [old] = settings.FIELD_ENCRYPTION_KEYS
    settings.FIELD_ENCRYPTION_KEYS = [NEW, old]
    call_command("rotate_keys", "--check")
    assert bytes(now(noted).sealed) == bytes(noted.sealed)
    call_command("rotate_keys")
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert unseal(now(noted).sealed, row=noted.row) == "Schuilstraat 1"


def test_when_one_cannot_be_opened_nothing_changes_and_it_says_so(noted, settings):
    [old] = settings.FIELD_ENCRYPTION_KEYS
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(CommandError, match="niets gewijzigd"):
        call_command("rotate_keys")
    with pytest.raises(Unreadable):
        unseal(now(noted).sealed, row=noted.row)
    settings.FIELD_ENCRYPTION_KEYS = [old]
    assert unseal(now(noted).sealed, row=noted.row) == "Schuilstraat 1"
