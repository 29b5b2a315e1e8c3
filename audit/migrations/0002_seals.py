"""The seals on the log, and the term after which an old month may go."""

from pathlib import Path

from django.db import migrations, models

SEALS = Path(__file__).parent.parent / "sql" / "seals.sql"


def one_term(apps, schema_editor):
    apps.get_model("audit", "Term").objects.using(schema_editor.connection.alias).create(pk=1, keep_years=5)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="nummer")),
                (
                    "kind",
                    models.CharField(
                        choices=[("rows", "regels"), ("closing", "oude maand verwijderd")],
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                ("from_transaction", models.BigIntegerField(verbose_name="vanaf transactie")),
                ("to_transaction", models.BigIntegerField(verbose_name="tot transactie")),
                (
                    "next_transaction",
                    models.BigIntegerField(verbose_name="eerste transactie die nog niet begonnen was"),
                ),
                ("rows", models.BigIntegerField(verbose_name="aantal regels")),
                ("digest", models.BinaryField(verbose_name="vingerafdruk van de regels")),
                ("sealed_at", models.DateTimeField(verbose_name="verzegeld op")),
                ("closed", models.JSONField(null=True, verbose_name="verwijderde maand")),
                ("link", models.BinaryField(verbose_name="schakel")),
            ],
            options={"verbose_name": "zegel", "verbose_name_plural": "zegels"},
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "keep_years",
                    models.PositiveSmallIntegerField(default=5, verbose_name="jaren bewaren"),
                ),
            ],
            options={
                "verbose_name": "bewaartermijn van het logboek",
                "verbose_name_plural": "bewaartermijn van het logboek",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("keep_years__gte", 5)),
                        name="term_five_years",
                        violation_error_message="Het logboek wordt ten minste vijf jaar bewaard.",
                    )
                ],
            },
        ),
        migrations.RunPython(one_term, migrations.RunPython.noop),
        # The table of the log itself is written in SQL; the model follows it.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SEALS.read_text(), migrations.RunSQL.noop)],
            state_operations=[
                migrations.AddField(
                    "event",
                    "break_glass_id",
                    models.BigIntegerField(null=True, verbose_name="noodtoegang"),
                ),
                migrations.AddIndex(
                    "event", models.Index(fields=["transaction_id"], name="audit_event_transaction")
                ),
            ],
        ),
    ]
