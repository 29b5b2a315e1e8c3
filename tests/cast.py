"""The cast. Everybody who appears in a test is somebody, with a role at an organisation."""

from accounts.models import Municipality, Partner, PartnerKind, RoleAssignment, User
from accounts.roles import Level, Role

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


def gather():
    """Put the cast in the template database, once."""
    house = Partner.objects.get(kind=PartnerKind.REGIE)
    heerlen = Municipality.objects.get(name="Heerlen")
    made = {None: house}
    for key, (name, short, kind) in PARTNERS.items():
        made[key] = Partner.objects.create(name=name, short_name=short, kind=kind, municipality=heerlen)
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


def partners():
    """The partners of the cast by their key."""
    return {key: Partner.objects.get(short_name=short) for key, (_, short, _) in PARTNERS.items()}
