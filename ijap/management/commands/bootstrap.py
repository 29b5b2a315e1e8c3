"""`bootstrap`: the first day of a real site, from an empty database to the first beheerder. Safe to run twice."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.mail import send_mail
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import reverse

from accounts.operations import first_link
from accounts.robots import Robot, robot
from foundation.errors import NotPossible
from foundation.scope import acting_as
from ijap import cluster
from ijap.checks import database, keys, site


class Command(BaseCommand):
    help = "Maakt een echte site klaar: instellingen, rollen, tabellen, controles, de eerste beheerder, een proefmail."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        who = parser.add_argument_group("de eerste beheerder (alle vier, of geen)")
        who.add_argument("--username", help="gebruikersnaam, in kleine letters")
        who.add_argument("--first-name", default="")
        who.add_argument("--last-name", default="")
        who.add_argument("--email", default="", help="hierheen gaat ook de proefmail")
        parser.add_argument("--no-mail", action="store_true", help="stuur geen proefmail")

    def handle(self, *args: Any, **options: Any) -> None:
        self.refuse(
            "Deze instellingen zijn niet die van een echte site", [*site.problems(), *keys.problems()]
        )
        self.step("instellingen en sleutels zijn in orde")
        self.prepare_roles()
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        connections["owner"].close()
        self.step("de tabellen zijn die van deze versie")
        self.refuse("De database is niet veilig", database.problems())
        self.step("rollen, rijbeveiliging, triggers en functies zijn in orde")
        self.let_in(options)
        self.prove_mail(options)

    def step(self, what: str) -> None:
        self.stdout.write(f"✓ {what}")
        self.stdout.flush()

    def refuse(self, what: str, messages: list[CheckMessage]) -> None:
        wrong = [m for m in messages if m.level >= Error("").level]
        if wrong:
            lines = "\n".join(f"  {m.id}: {m.msg}\n      {m.hint}" for m in wrong)
            raise CommandError(
                f"{what}:\n{lines}\nEr is niets gedaan dat u moet terugdraaien. Draai dit daarna opnieuw."
            )

    def prepare_roles(self) -> None:
        """Make the roles and the database when a superuser was lent to us; otherwise see that they are there."""
        if "owner" not in settings.DATABASES:
            raise CommandError(
                "Zet DATABASE_OWNER_URL: de tabellen worden gemaakt door hun eigenaar, ijap_owner."
            )
        if cluster.superuser_address():
            cluster.prepare()
            self.step("rollen en database zijn gemaakt; ijap_bulk kan niet inloggen")
        wrong = cluster.wrong_roles()
        if wrong:
            raise CommandError(
                "Deze rollen van de database ontbreken of mogen te veel of te weinig: "
                f"{', '.join(wrong)}.\nDraai docker/postgres-roles.sql en docker/postgres-database.sql als beheerder"
                " van PostgreSQL, of geef deze opdracht eenmalig DATABASE_SUPERUSER_URL mee."
            )

    def let_in(self, options: dict[str, Any]) -> None:
        if not options["username"]:
            self.step("geen beheerder gevraagd (geef --username, --first-name, --last-name en --email)")
            return
        who = {name: options[name] for name in ("username", "first_name", "last_name", "email")}
        if not all(who.values()):
            raise CommandError(
                "Geef voor de eerste beheerder --username, --first-name, --last-name en --email."
            )
        keeper = robot(Robot.KEEPER)
        try:
            with acting_as(keeper):
                user, seal = first_link.invite_first_beheerder(by=keeper, **who)
        except NotPossible as refusal:
            self.step(f"niemand toegevoegd: {refusal.reason}")
            return
        path = reverse("accounts:first_password", kwargs={"uuid": user.uuid, "seal": seal})
        self.step("de eerste beheerder kiest een wachtwoord op dit adres, één keer, binnen 24 uur:")
        self.stdout.write(f"\n  {settings.BASE_URL.rstrip('/')}{path}\n")
        self.stdout.write(
            "  Dit adres staat nergens anders. Een nieuw adres: draai dit opnieuw; het oude werkt dan niet."
        )

    def prove_mail(self, options: dict[str, Any]) -> None:
        to = options["email"] or settings.DEFAULT_FROM_EMAIL
        if options["no_mail"]:
            return
        try:
            send_mail("IJAP: proefmail", "Deze mail bewijst dat IJAP mail kan sturen.\n", None, [to])
        except OSError as error:
            raise CommandError(
                f"De proefmail is niet verstuurd ({type(error).__name__}). Al het andere is klaar.\n"
                "Controleer EMAIL_URL en FROM_EMAIL en draai dit opnieuw."
            ) from error
        self.step("de proefmail is aangenomen door de mailserver")
