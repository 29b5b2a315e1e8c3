"""What organisations say beforehand, and which version of a meeting went to whose calendar."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import allow, protect, sees_parent

# Also what is for regie alone closes for its writer when the point does.
WITH_ITEM = """
CREATE POLICY with_item ON meetings_contribution AS RESTRICTIVE FOR SELECT TO ijap_app
  USING (EXISTS (SELECT FROM meetings_agendaitem i WHERE i.id = item_id));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0041_contributions"),
        ("accounts", "0012_change_notices"),
        ("meetings", "0062_find_newest"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="reminded_at",
            field=models.DateTimeField(null=True, verbose_name="herinnerd aan inbreng op"),
        ),
        migrations.CreateModel(
            name="CalendarNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField(default=0, verbose_name="versie")),
                ("facts", models.CharField(max_length=200, verbose_name="wat erin stond")),
                ("is_cancelled", models.BooleanField(default=False, verbose_name="afgezegd")),
                (
                    "sent_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="verstuurd op"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_notices",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "afspraak in een agenda",
                "verbose_name_plural": "afspraken in agenda's",
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "person"), name="calendarnotice_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("known", "Bekend"),
                            ("unknown", "Niet bekend"),
                            ("nothing", "Niets te delen"),
                        ],
                        max_length=8,
                        verbose_name="antwoord",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="kort")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("table", "Iedereen die bij dit punt aan tafel zit"),
                            ("regie", "Alleen de regisseur"),
                        ],
                        default="table",
                        max_length=5,
                        verbose_name="wie dit leest",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("convenant", "Deelnemer volgens het convenant"),
                            ("case_need", "Nodig voor de aanpak van deze jongere"),
                            ("legal_task", "Wettelijke taak van de organisatie"),
                            ("safety", "Directe veiligheid"),
                        ],
                        default="convenant",
                        max_length=12,
                        verbose_name="op welke grond",
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="geschreven op"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="vervangen op")),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.compartment",
                        verbose_name="compartiment",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.partner",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "inbreng bij een agendapunt",
                "verbose_name_plural": "inbreng bij agendapunten",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("item", "written_by"),
                        name="contribution_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), ("answer", "known"), _connector="OR"),
                        name="contribution_text_of_known",
                    ),
                ],
            },
        ),
        allow("meetings_calendarnotice"),
        *protect("meetings_contribution"),
        sees_parent("meetings_contribution", "item_id", "meetings_agendaitem"),
        migrations.RunSQL(WITH_ITEM, migrations.RunSQL.noop),
    ]
