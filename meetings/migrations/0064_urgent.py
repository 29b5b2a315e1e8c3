"""Spoedoverleggen: a series that no rhythm plans."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0063_contributions"),
    ]

    operations = [
        migrations.AddField(
            model_name="series",
            name="kind",
            field=models.CharField(
                choices=[("rhythm", "reeks"), ("urgent", "spoedoverleg")],
                default="rhythm",
                max_length=8,
                verbose_name="soort",
            ),
        ),
    ]
