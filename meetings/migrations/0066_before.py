"""Before a meeting: a video link, a break in the agenda, and who comes when somebody cannot."""

import uuid
from pathlib import Path

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import allow

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_change_notices"),
        ("meetings", "0065_version"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "noted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="gezegd op"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="komt toch sinds")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="meetings.standingparticipant",
                    ),
                ),
            ],
            options={
                "verbose_name": "afmelding vooraf",
                "verbose_name_plural": "afmeldingen vooraf",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("meeting", "seat"),
                        name="absence_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="gestopt op")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="plaatsvervanger",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to="meetings.standingparticipant",
                    ),
                ),
            ],
            options={
                "verbose_name": "plaatsvervanger",
                "verbose_name_plural": "plaatsvervangers",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("seat", "person"),
                        name="deputy_once",
                        violation_error_message="Deze persoon is al plaatsvervanger.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="video_url",
            field=models.CharField(
                blank=True,
                max_length=300,
                validators=[
                    django.core.validators.URLValidator(
                        code="not_https",
                        message="Vul een adres in dat met https:// begint.",
                        schemes=["https"],
                    )
                ],
                verbose_name="videolink",
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="break_after_minutes",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="pauze na ongeveer"),
        ),
        migrations.AddField(
            model_name="series",
            name="break_minutes",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="duur van de pauze"),
        ),
        migrations.AddField(
            model_name="series",
            name="video_url",
            field=models.CharField(
                blank=True,
                max_length=300,
                validators=[
                    django.core.validators.URLValidator(
                        code="not_https",
                        message="Vul een adres in dat met https:// begint.",
                        schemes=["https"],
                    )
                ],
                verbose_name="videolink",
            ),
        ),
        migrations.AddField(
            model_name="slot",
            name="is_break",
            field=models.BooleanField(db_default=False, default=False, verbose_name="pauze"),
        ),
        migrations.AlterField(
            model_name="calendarnotice",
            name="facts",
            field=models.CharField(max_length=500, verbose_name="wat erin stond"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("video_url", ""), ("video_url__startswith", "https://"), _connector="OR"),
                name="meeting_only_https",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("video_url", ""), ("video_url__startswith", "https://"), _connector="OR"),
                name="series_only_https",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("break_after_minutes", None), ("break_minutes", None)),
                    models.Q(("break_after_minutes__gt", 0), ("break_minutes__gt", 0)),
                    _connector="OR",
                ),
                name="series_break_pair",
            ),
        ),
        allow("meetings_deputy"),
        allow("meetings_absence"),
        migrations.RunSQL((SQL / "breaks.sql").read_text(), migrations.RunSQL.noop),
    ]
