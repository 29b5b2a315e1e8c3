"""The seven municipalities of Parkstad, the house that leads, and the robots. Every installation has these."""

from django.db import migrations

MUNICIPALITIES = [
    ("GM0917", "Heerlen"),
    ("GM0928", "Kerkrade"),
    ("GM0882", "Landgraaf"),
    ("GM0899", "Brunssum"),
    ("GM0965", "Simpelveld"),
    ("GM0986", "Voerendaal"),
    ("GM1954", "Beekdaelen"),
]
ROBOTS = ["robot-agenda", "robot-herinnering", "robot-cijfers", "robot-toegang"]
TABLES_AT = {"robot-agenda": [1], "robot-herinnering": [1, 2, 3]}


def fill(apps, schema_editor):
    db = schema_editor.connection.alias
    for code, name in MUNICIPALITIES:
        apps.get_model("accounts", "Municipality").objects.using(db).create(code=code, name=name)
    house = (
        apps.get_model("accounts", "Partner")
        .objects.using(db)
        .create(name="Zorg- en Veiligheidshuis Parkstad", short_name="Zorg- en Veiligheidshuis", kind="regie")
    )
    for name in ROBOTS:
        robot = (
            apps.get_model("accounts", "User")
            .objects.using(db)
            .create(
                username=name,
                first_name="Robot",
                last_name=name.removeprefix("robot-"),
                partner=house,
                password="!",
            )
        )
        for level in TABLES_AT.get(name, [None]):
            apps.get_model("accounts", "RoleAssignment").objects.using(db).create(
                user=robot, role="robot", level=level
            )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_framework_tables")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
