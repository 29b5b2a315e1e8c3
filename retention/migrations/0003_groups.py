"""A term for groups, and what is due by the text of today. How it is destroyed: see 0004_attachments."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"


def add_term(apps, schema_editor):
    term = apps.get_model("retention", "RetentionTerm").objects.using(schema_editor.connection.alias)
    term.create(
        code="group",
        counted_from="het sluiten van de groepsaanpak",
        months=12,
        regime="AVG artikel 5, eerste lid, onder e: niet langer dan nodig",
        source="Voorstel van het project, nog niet geverifieerd: laat de privacy officer en de archivaris het vaststellen.",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0002_destroy"),
        ("cases", "0063_newest_sightings"),
        ("meetings", "0063_contributions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="certificate",
            name="kind",
            field=models.CharField(
                choices=[("case", "dossier"), ("signal", "signaal"), ("group", "groep")],
                max_length=10,
                verbose_name="soort",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="code",
            field=models.CharField(
                choices=[
                    ("signal_rejected", "Afgewezen signaal"),
                    ("signal_referred", "Doorverwezen signaal"),
                    ("signal_withdrawn", "Ingetrokken signaal"),
                    ("signal_draft", "Signaal dat nooit is ingediend"),
                    ("case_jpp", "Dossier dat alleen bij de JPP was"),
                    ("case_lja", "Dossier dat bij een LJA was"),
                    ("case_pga", "Dossier dat bij de PGA was"),
                    ("group", "Groepsaanpak die is gesloten"),
                ],
                max_length=20,
                verbose_name="termijn",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="kind",
            field=models.CharField(
                choices=[("case", "dossier"), ("signal", "signaal"), ("group", "groep")],
                max_length=10,
                verbose_name="soort",
            ),
        ),
        migrations.AlterField(
            model_name="retentionterm",
            name="code",
            field=models.CharField(
                choices=[
                    ("signal_rejected", "Afgewezen signaal"),
                    ("signal_referred", "Doorverwezen signaal"),
                    ("signal_withdrawn", "Ingetrokken signaal"),
                    ("signal_draft", "Signaal dat nooit is ingediend"),
                    ("case_jpp", "Dossier dat alleen bij de JPP was"),
                    ("case_lja", "Dossier dat bij een LJA was"),
                    ("case_pga", "Dossier dat bij de PGA was"),
                    ("group", "Groepsaanpak die is gesloten"),
                ],
                max_length=20,
                unique=True,
                verbose_name="wat",
            ),
        ),
        migrations.RunPython(add_term, migrations.RunPython.noop),
        migrations.RunSQL((SQL / "due.sql").read_text(), migrations.RunSQL.noop),
    ]
