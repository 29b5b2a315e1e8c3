"""`rotate_keys`: what is sealed with an older key is sealed again with the newest."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from cases.models import CitizenNumber, Reporter, SecretAddress
from cases.operations.citizen_numbers import USE
from foundation.secrets import Unreadable, fingerprints, seal, unseal

OWNER = "owner"  # migrates, and so sees every row; the application sees only those of a reader
SEALED_WORDS = ("secret", "seed")  # of an app, of recovery codes


class Command(BaseCommand):
    help = "Verzegelt alles opnieuw met de eerste sleutel van FIELD_ENCRYPTION_KEYS. Daarna kan de oude weg."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="kijk alleen of alles te openen is")

    def handle(self, *args: Any, **options: Any) -> None:
        if OWNER not in connections:
            raise CommandError("Zet DATABASE_OWNER_URL: deze opdracht leest alle verzegelde rijen.")
        try:
            with transaction.atomic(using=OWNER):
                count = sum(_again(write=not options["check"]))
        except Unreadable as lost:
            raise CommandError(f"Niet alles is te openen, er is niets gewijzigd. {lost}") from lost
        word = "te openen" if options["check"] else "opnieuw verzegeld"
        self.stdout.write(f"{count} gegevens {word}.")


def _again(*, write: bool) -> Iterator[int]:
    """One for each text. Raises Unreadable when no key opens one of them."""
    for model in (SecretAddress, Reporter, CitizenNumber):
        # Only the owner sees all rows; nobody's scope is open, and no text is shown.
        for row in model._base_manager.using(OWNER).select_for_update().order_by("pk"):
            text = unseal(bytes(row.sealed), row=row.row)
            if write:
                anew: dict[str, Any] = {"sealed": seal(text, row=row.row)}
                if isinstance(row, CitizenNumber):
                    anew["fingerprint"] = fingerprints(text, use=USE)[0]
                model._base_manager.using(OWNER).filter(pk=row.pk).update(**anew)
            yield 1
    adapter = get_adapter()
    for one in Authenticator.objects.using(OWNER).select_for_update().order_by("pk"):
        for word in SEALED_WORDS:
            if word in one.data:
                one.data[word] = adapter.encrypt(adapter.decrypt(one.data[word]))
                yield 1
        if write:
            one.save(using=OWNER, update_fields=["data"])
