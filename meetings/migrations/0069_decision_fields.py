"""What a decision says by its kind: who becomes casusregisseur, who is not informed yet and on what ground."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0068_presence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="audience",
            field=models.CharField(
                blank=True,
                choices=[("youth", "jongere"), ("parents", "ouders"), ("both", "jongere en ouders")],
                max_length=8,
                verbose_name="wie wordt nog niet geïnformeerd",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="casusregisseur",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("c", "openbare veiligheid (UAVG 41, c)"),
                    ("d", "opsporing of voorkoming van strafbare feiten (UAVG 41, d)"),
                    ("e", "een ander belangrijk algemeen belang (UAVG 41, e)"),
                    ("i", "bescherming van de jongere of van een ander (UAVG 41, i)"),
                ],
                max_length=1,
                verbose_name="grond van uitstel",
            ),
        ),
    ]
