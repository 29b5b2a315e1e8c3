"""In which version something was written at one point only: who follows asks for that point."""

from django.db import migrations, models

# Who follows while this runs knows a version of before: then everything is new.
ALL_IS_NEW = "UPDATE meetings_meeting SET whole_version = version"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0075_seats")]

    operations = [
        migrations.AddField(
            "meeting",
            "whole_version",
            models.PositiveIntegerField(db_default=1, default=1, editable=False),
        ),
        migrations.AddField(
            "slot", "version", models.PositiveIntegerField(db_default=0, default=0, editable=False)
        ),
        migrations.RunSQL(ALL_IS_NEW, migrations.RunSQL.noop),
    ]
