"""The cast. Everybody who appears in a test is somebody, with a role at an organisation."""

from datetime import timedelta

from django.utils import timezone

from access.models import PoliceData, PoliceDecision
from accounts.models import Clearance, Municipality, Partner, PartnerKind, RoleAssignment, User
from accounts.roles import DataClass, Level, Role

PARTNERS = {
    "politie": ("Politie Basisteam Heerlen", "Politie Heerlen", PartnerKind.POLICE),
    "jens": ("JENS", "JENS", PartnerKind.YOUTH_WORK),
    "halt": ("HALT Limburg", "HALT", PartnerKind.HALT),
    "school": ("Vmbo De Test", "Vmbo De Test", PartnerKind.SCHOOL),
    "gemeente": ("Gemeente Heerlen", "Gemeente Heerlen", PartnerKind.MUNICIPALITY),
}

# name: (partner or None for the house that leads, role, level, municipality)
PEOPLE = {
    "regisseur": (None, Role.REGISSEUR_JPP, None, None),
    "tweede_regisseur": (None, Role.REGISSEUR_JPP, None, None),
    "lja_heerlen": ("gemeente", Role.REGISSEUR_LJA, None, "Heerlen"),
    "lja_kerkrade": ("gemeente", Role.REGISSEUR_LJA, None, "Kerkrade"),
    "pga": (None, Role.REGISSEUR_PGA, None, None),
    "agent": ("politie", Role.DEELNEMER, Level.JPP, None),
    "wijkagent": ("politie", Role.MELDER, None, None),
    "jongerenwerker": ("jens", Role.DEELNEMER, Level.JPP, None),
    "coach_lja": ("jens", Role.DEELNEMER, Level.LJA, None),
    "haltmedewerker": ("halt", Role.DEELNEMER, Level.JPP, None),
    "mentor": ("school", Role.MELDER, None, None),
    "manager": ("gemeente", Role.MANAGEMENT, None, "Heerlen"),
    "fg": (None, Role.PRIVACY_OFFICER, None, None),
    "privacycontact": ("politie", Role.PRIVACY_CONTACT, None, None),
    "beheerder": (None, Role.BEHEERDER, None, None),
}

_ALL = (DataClass.WPG, DataClass.ZORG, DataClass.GEHEIM)
CLEARED = {
    "regisseur": _ALL,
    "lja_heerlen": _ALL,
    "pga": _ALL,
    "agent": (DataClass.WPG,),
}


def gather():
    """Put the cast in the template database, once."""
    house = Partner.objects.get(kind=PartnerKind.REGIE)
    heerlen = Municipality.objects.get(name="Heerlen")
    made = {None: house}
    for key, (name, short, kind) in PARTNERS.items():
        brings = DataClass.WPG if kind == PartnerKind.POLICE else DataClass.BASIS
        made[key] = Partner.objects.create(
            name=name, short_name=short, kind=kind, municipality=heerlen, brings=brings
        )
    for username, (partner, role, level, municipality) in PEOPLE.items():
        user = User.objects.create(
            username=username,
            first_name=username.title(),
            last_name="Test",
            partner=made[partner],
            password="!",
        )
        place = Municipality.objects.get(name=municipality) if municipality else None
        RoleAssignment.objects.create(user=user, role=role, level=level, municipality=place)
    beheerder = User.objects.get(username="beheerder")
    clear(beheerder)
    decide(made, beheerder)


def clear(beheerder):
    """Who may read stricter data; the second regisseur, the youth worker and HALT may not."""
    until = timezone.now() + timedelta(days=365)
    for username, classes in CLEARED.items():
        user = User.objects.get(username=username)
        for data_class in classes:
            Clearance.objects.create(
                user=user, data_class=data_class, reason="Screening", until=until, given_by=beheerder
            )


def decide(made, beheerder):
    """A decision to provide police data, about everybody, to the police and HALT."""
    today = timezone.localdate()
    decision = PoliceDecision.objects.create(
        reference="Besluit 2026-1", interest="Veiligheid van jongeren", covers=PoliceData.values,
        valid_from=today - timedelta(days=30), valid_until=today + timedelta(days=300), added_by=beheerder,
    )  # fmt: skip
    decision.recipients.set([made["politie"], made["halt"]])


def partners():
    """The partners of the cast by their key."""
    return {key: Partner.objects.get(short_name=short) for key, (_, short, _) in PARTNERS.items()}
