"""Papers prove themselves: a code, the one before, the copies that were given; and a finished one stays as it is."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import protect, sees_parent

SQL = Path(__file__).parent.parent / "sql"

# Who was there before there were mails about it, is told nothing now.
OLD_ARE_TOLD = "UPDATE meetings_document SET told_at = made_at"
# And after that no document changes any more. A copy never did.
STAYS = """
CREATE TRIGGER stays BEFORE UPDATE ON meetings_document
  FOR EACH ROW EXECUTE FUNCTION meetings_document_stays();
REVOKE UPDATE ON meetings_documentcopy FROM ijap_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0041_contributions"),
        ("meetings", "0069_decision_fields"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="code",
            field=models.CharField(blank=True, default="", max_length=14, verbose_name="controlecode"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="document",
            name="previous_sha256",
            field=models.CharField(
                blank=True, default="", max_length=64, verbose_name="vingerafdruk van het vorige verslag"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="document",
            name="told_at",
            field=models.DateTimeField(null=True, verbose_name="per mail gemeld op"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True), fields=("code",), name="document_code_once"
            ),
        ),
        migrations.CreateModel(
            name="DocumentCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="vingerafdruk")),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="gemaakt op"
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
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="meetings.document",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="voor",
                    ),
                ),
            ],
            options={
                "verbose_name": "afschrift",
                "verbose_name_plural": "afschriften",
                "indexes": [models.Index(fields=["document", "sha256"], name="documentcopy_print")],
            },
        ),
        *protect("meetings_documentcopy"),
        sees_parent("meetings_documentcopy", "document_id", "meetings_document"),
        migrations.RunSQL(OLD_ARE_TOLD, migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "papers.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL(STAYS, migrations.RunSQL.noop),
    ]
