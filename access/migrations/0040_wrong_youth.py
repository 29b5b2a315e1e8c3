"""A signal that stood with the wrong youth has a compartment of its own, which the privacy officer reads too."""

from pathlib import Path

from django.db import migrations, models

READERS = Path(__file__).parent.parent / "sql" / "readers.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0030_groups"),
    ]

    operations = [
        migrations.AlterField(
            model_name="compartment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("youth", "jongere"),
                    ("case", "dossier op een niveau"),
                    ("signal", "signaal in beoordeling"),
                    ("agenda_item", "agendapunt"),
                    ("document", "document"),
                    ("secret", "geheim"),
                    ("access_request", "verzoek om toegang"),
                    ("group", "groep"),
                    ("wrong_youth", "losgemaakt signaal"),
                ],
                max_length=20,
                verbose_name="soort",
            ),
        ),
        migrations.RunSQL(READERS.read_text(), migrations.RunSQL.noop),
    ]
