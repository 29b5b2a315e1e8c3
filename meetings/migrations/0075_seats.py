"""When who sits at the table last changed: a door that was opened before is shut."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0074_corrections"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="seated_at",
            field=models.DateTimeField(null=True, verbose_name="wie er zit veranderd op"),
        ),
    ]
