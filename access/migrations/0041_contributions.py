"""A kind of compartment for what an organisation says to regie alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0040_wrong_youth"),
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
                    ("contribution", "inbreng alleen voor regie"),
                ],
                max_length=20,
                verbose_name="soort",
            ),
        ),
    ]
