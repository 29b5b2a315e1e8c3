"""What is said of minutes: remarks on the concept, two who make it final, numbered addenda that never change."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import protect, sees_parent


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0041_contributions"),
        ("meetings", "0071_sheets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Addendum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                ("text", models.TextField(max_length=4000, verbose_name="wat er anders is")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="toegevoegd op"
                    ),
                ),
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
                        related_name="addenda",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "addendum bij een verslag",
                "verbose_name_plural": "addenda bij verslagen",
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="addendum_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesRemark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField(max_length=1000, verbose_name="wat er anders moet")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="geschreven op"
                    ),
                ),
                ("is_taken", models.BooleanField(null=True, verbose_name="overgenomen")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="antwoord")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="beantwoord op")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                        related_name="minutes_remarks",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "opmerking bij het conceptverslag",
                "verbose_name_plural": "opmerkingen bij conceptverslagen",
                "ordering": ("made_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at", None),
                                ("answered_by", None),
                                ("is_taken", None),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("is_taken__isnull", False),
                                models.Q(
                                    ("is_taken", True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="minutesremark_answer_is_whole",
                    )
                ],
            },
        ),
        *protect("meetings_addendum"),
        sees_parent("meetings_addendum", "item_id", "meetings_agendaitem"),
        migrations.RunSQL("REVOKE UPDATE ON meetings_addendum FROM ijap_app;", migrations.RunSQL.noop),
        *protect("meetings_minutesremark"),
        sees_parent("meetings_minutesremark", "item_id", "meetings_agendaitem"),
        migrations.AddField(
            model_name="meeting",
            name="addenda_made",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="addenda"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="approved_at",
            field=models.DateTimeField(null=True, verbose_name="akkoord met het verslag op"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="approved_text",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_at", None),
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("confirmed_by")), _negated=True),
                    _connector="OR",
                ),
                name="meeting_confirmed_by_two",
                violation_error_message="Een ander stelt het verslag vast.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("approved_by", None)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="meeting_approved_pair",
            ),
        ),
    ]
