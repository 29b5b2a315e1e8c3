"""Why a signal needed the table, and what the database does itself with names and tellings."""

from pathlib import Path

from django.db import migrations, models

TELL_ELSEWHERE = Path(__file__).parent.parent / "sql" / "tell_elsewhere.sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="toldsignal",
            name="need",
            field=models.CharField(
                "waarom is de eigen keten niet genoeg", max_length=500, blank=True, default="", db_default=""
            ),
        ),
        migrations.AddField(
            model_name="toldsignal",
            name="exception",
            field=models.CharField(
                "waarom ook al woont de jongere elders", max_length=300, blank=True, default="", db_default=""
            ),
        ),
        migrations.RunSQL(TELL_ELSEWHERE.read_text(), migrations.RunSQL.noop),
    ]
