"""The privacy contact of an organisation, and the robot that looks at unusual reading."""

from django.db import migrations, models

ROLES = [
    ("melder", "Melder"),
    ("deelnemer", "Deelnemer"),
    ("regisseur_jpp", "Regisseur JPP"),
    ("regisseur_lja", "Regisseur LJA"),
    ("regisseur_pga", "Regisseur PGA"),
    ("management", "Management"),
    ("privacy_officer", "Privacy officer (FG)"),
    ("privacy_contact", "Privacycontact van de organisatie"),
    ("beheerder", "Beheerder"),
    ("robot", "Robot"),
]


def add_robot(apps, schema_editor):
    db = schema_editor.connection.alias
    house = apps.get_model("accounts", "Partner").objects.using(db).get(kind="regie")
    robot = (
        apps.get_model("accounts", "User")
        .objects.using(db)
        .create(
            username="robot-toezicht",
            first_name="Robot",
            last_name="toezicht",
            partner=house,
            password="!",
        )
    )
    # It reads the log with the key of the privacy officer, and no case.
    assignment = apps.get_model("accounts", "RoleAssignment").objects.using(db)
    assignment.create(user=robot, role="privacy_officer")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_clearances")]
    operations = [
        migrations.AlterField(
            "roleassignment", "role", models.CharField(choices=ROLES, max_length=20, verbose_name="rol")
        ),
        migrations.RunPython(add_robot, migrations.RunPython.noop),
    ]
