"""Files at a case and at a signal are destroyed with it. The text that does so is run by the last migration here."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0003_groups"),
        ("cases", "0064_attachments"),
    ]

    operations: ClassVar = []
