"""Who must still hear that what they log in with has changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import allow


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_login_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("password", "Uw wachtwoord is gewijzigd."),
                            (
                                "second_factor",
                                "Uw tweede stap is gewijzigd: een app, een passkey of uw herstelcodes.",
                            ),
                            (
                                "partner_login",
                                "De koppeling met het inloggen van uw organisatie is gewijzigd.",
                            ),
                            ("email", "Uw e-mailadres is gewijzigd. Deze mail gaat naar het oude adres."),
                        ],
                        max_length=20,
                        verbose_name="wijziging",
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="adres")),
                (
                    "noted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="gewijzigd op"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bericht van een wijziging",
                "verbose_name_plural": "berichten van wijzigingen",
            },
        ),
        # FOR UPDATE asks for UPDATE; what is sent goes.
        allow("accounts_changenotice", "SELECT, INSERT, UPDATE, DELETE"),
    ]
