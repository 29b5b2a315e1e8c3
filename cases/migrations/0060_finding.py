"""Views that somebody keeps of a list, exports of cases, and finding words in what stands in cases."""

import uuid
from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import allow

FIND_TEXT = Path(__file__).parent.parent / "sql" / "find_text.sql"
# A view is its maker's only. Of an export its maker and the privacy officer know; nobody makes one in another's name.
LOCKS = """
ALTER TABLE cases_savedview ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_savedview FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_migrates ON cases_savedview TO ijap_owner USING (true) WITH CHECK (true);
CREATE POLICY own_only ON cases_savedview TO ijap_app
  USING (user_id = nullif(current_setting('ijap.user_id', true), '')::bigint);
ALTER TABLE cases_caseexport ENABLE ROW LEVEL SECURITY;
ALTER TABLE cases_caseexport FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_migrates ON cases_caseexport TO ijap_owner USING (true) WITH CHECK (true);
CREATE POLICY own_or_guards ON cases_caseexport FOR SELECT TO ijap_app
  USING (made_by_id = nullif(current_setting('ijap.user_id', true), '')::bigint OR 1 = ANY (audit_keys()));
CREATE POLICY own_name ON cases_caseexport FOR INSERT TO ijap_app
  WITH CHECK (made_by_id = nullif(current_setting('ijap.user_id', true), '')::bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_reading"),
        ("cases", "0050_corrections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseExport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("meeting", "Een overleg voorbereiden"),
                            ("report", "Verantwoorden wat wij doen"),
                            ("check", "Nakijken of dossiers kloppen"),
                            ("other", "Iets anders"),
                        ],
                        max_length=10,
                        verbose_name="waarvoor",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="waarom")),
                ("filters", models.JSONField(verbose_name="filters")),
                ("count", models.PositiveIntegerField(verbose_name="aantal dossiers")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="gemaakt op"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="door",
                    ),
                ),
            ],
            options={
                "verbose_name": "export van dossiers",
                "verbose_name_plural": "exports van dossiers",
                "indexes": [models.Index(fields=["made_by", "-made_at"], name="cases_caseexport_by")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kept_list",
                    models.CharField(choices=[("cases", "dossiers")], max_length=10, verbose_name="lijst"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="naam")),
                ("filters", models.JSONField(verbose_name="filters")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="bewaard op"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="van",
                    ),
                ),
            ],
            options={
                "verbose_name": "bewaarde weergave",
                "verbose_name_plural": "bewaarde weergaven",
                "ordering": ("name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "kept_list", "name"),
                        name="savedview_name_once",
                        violation_error_message="U heeft al een weergave met deze naam.",
                    )
                ],
            },
        ),
        allow("cases_caseexport", "SELECT, INSERT"),
        allow("cases_savedview", "SELECT, INSERT, DELETE"),
        migrations.RunSQL(LOCKS, migrations.RunSQL.noop),
        migrations.RunSQL(FIND_TEXT.read_text(), migrations.RunSQL.noop),
    ]
