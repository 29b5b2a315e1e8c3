"""Destroying knows of youths who are one, and of signals that stood with the wrong youth."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
RIGHTS = """
GRANT SELECT, DELETE ON cases_youthmerge, cases_wrongyouth, cases_wrongyouthreader TO ijap_destroyer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0040_merges"),
        ("retention", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL((SQL / "due.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "destroy.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
