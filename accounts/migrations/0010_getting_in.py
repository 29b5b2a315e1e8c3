"""Sessions that can be ended, invitations, confirmation by the partner, login at a partner."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from foundation.rls import allow


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_privacy_contact"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdentityProvider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("issuer", models.URLField(verbose_name="adres van de inlogdienst")),
                ("client_id", models.CharField(max_length=120, verbose_name="client-id")),
                (
                    "secret_variable",
                    models.CharField(max_length=80, verbose_name="omgevingsvariabele met het geheim"),
                ),
                (
                    "amr_values",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="amr die een tweede stap bewijst"
                    ),
                ),
                (
                    "acr_values",
                    models.CharField(
                        blank=True, max_length=400, verbose_name="acr die een tweede stap bewijst"
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="gestopt op")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="providers",
                        to="accounts.partner",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "inlogdienst",
                "verbose_name_plural": "inlogdiensten",
                "ordering": ("partner__name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("partner",),
                        name="identityprovider_one_open_per_partner",
                        violation_error_message="Deze organisatie heeft al een inlogdienst.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("acr_values", ""), ("amr_values", ""), _negated=True),
                        name="identityprovider_asks_second_factor",
                        violation_error_message="Vul in hoe de inlogdienst laat zien dat er een tweede stap was.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "invited_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="uitgenodigd op"
                    ),
                ),
                ("until", models.DateTimeField(verbose_name="geldig tot")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="verstuurd op")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="gebruikt op")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="ingetrokken op")),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "uitnodiging",
                "verbose_name_plural": "uitnodigingen",
            },
        ),
        migrations.AddField(
            model_name="partner",
            name="contact",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contact_of",
                to=settings.AUTH_USER_MODEL,
                verbose_name="contactpersoon",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="contact_asked_on",
            field=models.DateField(blank=True, null=True, verbose_name="gevraagd op"),
        ),
        migrations.AddField(
            model_name="user",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="bevestigd op"),
        ),
        migrations.AddField(
            model_name="user",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="enabled_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), verbose_name="ingeschakeld op"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="session_round",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="ronde van sessies"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="user_confirmed_pair",
            ),
        ),
        allow("accounts_invitation"),
        allow("accounts_identityprovider"),
    ]
