"""The table: which role may do what in general. Printed to docs/permissions.md."""

from django.db import models


class Level(models.IntegerChoices):
    """The three levels of the approach."""

    JPP = 1, "JPP"
    LJA = 2, "LJA"
    PGA = 3, "PGA"


class DataClass(models.IntegerChoices):
    """How strictly data is kept. What is of a stricter class is a row in another compartment."""

    BASIS = 0, "basis"
    WPG = 1, "politiegegevens"
    ZORG = 2, "zorggegevens"
    GEHEIM = 3, "geheim"


class Permission(models.TextChoices):
    """What a role may do; on which records is decided elsewhere."""

    SIGNAL_REGISTER = "signal.register", "signalen aanmelden en volgen"
    SIGNAL_TRIAGE = "signal.triage", "signalen beoordelen"
    CASE_READ = "case.read", "dossiers lezen waarbij men betrokken is"
    CASE_LEAD = "case.lead", "dossiers leiden: betrokkenen, niveau, sluiten"
    ACTION_OWN = "action.own", "acties uitvoeren en afmelden"
    MEETING_ATTEND = "meeting.attend", "deelnemen aan overleg"
    MEETING_LEAD = "meeting.lead", "overleg voorbereiden, leiden en vastleggen"
    FIGURES_READ = "figures.read", "cijfers zonder personen lezen"
    LOG_READ = "log.read", "het logboek lezen"
    LOG_READ_OWN = "log.read_own", "het logboek lezen van de eigen organisatie"
    ADMIN = "admin", "organisaties, gebruikers en lijsten beheren"
    ROBOT = "robot", "werk dat de klok begint"


class Role(models.TextChoices):
    """Who somebody is at work. A user may hold several, except beheerder beside a regisseur."""

    MELDER = "melder", "Melder"
    DEELNEMER = "deelnemer", "Deelnemer"
    REGISSEUR_JPP = "regisseur_jpp", "Regisseur JPP"
    REGISSEUR_LJA = "regisseur_lja", "Regisseur LJA"
    REGISSEUR_PGA = "regisseur_pga", "Regisseur PGA"
    MANAGEMENT = "management", "Management"
    PRIVACY_OFFICER = "privacy_officer", "Privacy officer (FG)"
    PRIVACY_CONTACT = "privacy_contact", "Privacycontact van de organisatie"
    BEHEERDER = "beheerder", "Beheerder"
    ROBOT = "robot", "Robot"


_LEADS = {
    Permission.SIGNAL_TRIAGE,
    Permission.SIGNAL_REGISTER,
    Permission.CASE_READ,
    Permission.CASE_LEAD,
    Permission.ACTION_OWN,
    Permission.MEETING_ATTEND,
    Permission.MEETING_LEAD,
    Permission.FIGURES_READ,
}

ROLE_PERMISSIONS: dict[Role, set[Permission]] = {
    Role.MELDER: {Permission.SIGNAL_REGISTER},
    Role.DEELNEMER: {
        Permission.SIGNAL_REGISTER,
        Permission.CASE_READ,
        Permission.ACTION_OWN,
        Permission.MEETING_ATTEND,
    },
    Role.REGISSEUR_JPP: _LEADS,
    Role.REGISSEUR_LJA: _LEADS - {Permission.SIGNAL_TRIAGE},
    Role.REGISSEUR_PGA: _LEADS - {Permission.SIGNAL_TRIAGE},
    Role.MANAGEMENT: {Permission.FIGURES_READ},
    Role.PRIVACY_OFFICER: {Permission.LOG_READ, Permission.FIGURES_READ},
    Role.PRIVACY_CONTACT: {Permission.LOG_READ_OWN},
    Role.BEHEERDER: {Permission.ADMIN},
    Role.ROBOT: {Permission.ROBOT, Permission.MEETING_LEAD, Permission.CASE_READ},
}

REGIE_LEVELS: dict[Role, Level] = {
    Role.REGISSEUR_JPP: Level.JPP,
    Role.REGISSEUR_LJA: Level.LJA,
    Role.REGISSEUR_PGA: Level.PGA,
}

# What a role asks of its assignment.
NEEDS_LEVEL = {Role.DEELNEMER}
NEEDS_MUNICIPALITY = {Role.REGISSEUR_LJA}
# A beheerder reads no case at all, by no other role either.
EXCLUDES: set[frozenset[Role]] = {
    frozenset({Role.BEHEERDER, other}) for other in (*REGIE_LEVELS, Role.DEELNEMER, Role.MELDER)
}
