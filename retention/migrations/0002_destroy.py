"""Was what is due and how it is destroyed; that names every table, so the last migration of this floor does it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_initial"), ("cases", "0060_finding")]

    operations: list[object] = []
