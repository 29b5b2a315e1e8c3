"""A group has a compartment of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_classes"),
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
                ],
                max_length=20,
                verbose_name="soort",
            ),
        ),
    ]
