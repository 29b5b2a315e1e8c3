"""The cast of the demo: organisations and people with a login, at least one for every role.

One list for who makes the accounts (the seed), who lists them (`demo_accounts`) and the login page of the
demo. Their password is the same and public, so they exist only where DEMO_MODE is on.
"""

from dataclasses import dataclass

from accounts.models import PartnerKind
from accounts.roles import DataClass, Level, Role

PASSWORD = "fictief-parkstad-2026"  # noqa: S105 (public on purpose: it opens made-up data only)
HOUSE = "house"


@dataclass(frozen=True)
class Organisation:
    """A partner of the demo; the house that leads exists already and has no entry here."""

    name: str
    short_name: str
    kind: PartnerKind
    municipality: str = ""  # empty: all of Parkstad


PARTNERS: dict[str, Organisation] = {
    "politie": Organisation("Politie Basisteam Heerlen", "Politie Heerlen", PartnerKind.POLICE, "Heerlen"),
    "politie_kerkrade": Organisation(
        "Politie Basisteam Kerkrade", "Politie Kerkrade", PartnerKind.POLICE, "Kerkrade"
    ),
    "jens": Organisation("JENS jongerenwerk", "JENS", PartnerKind.YOUTH_WORK),
    "halt": Organisation("HALT Limburg", "HALT", PartnerKind.HALT),
    "bjz": Organisation("Bureau Jeugdzorg Limburg", "Bureau Jeugdzorg", PartnerKind.CHILD_PROTECTION),
    "raad": Organisation(
        "Raad voor de Kinderbescherming Limburg", "Raad Kinderbescherming", PartnerKind.CHILD_PROTECTION
    ),
    "om": Organisation("Openbaar Ministerie Limburg", "OM", PartnerKind.JUSTICE),
    "reclassering": Organisation("Reclassering Nederland", "Reclassering", PartnerKind.JUSTICE),
    "leerplicht": Organisation("Leerplicht en RMC Parkstad", "Leerplicht", PartnerKind.MUNICIPALITY),
    "oov_heerlen": Organisation(
        "Gemeente Heerlen, openbare orde en veiligheid", "OOV Heerlen", PartnerKind.MUNICIPALITY, "Heerlen"
    ),
    "oov_kerkrade": Organisation(
        "Gemeente Kerkrade, openbare orde en veiligheid", "OOV Kerkrade", PartnerKind.MUNICIPALITY, "Kerkrade"
    ),
    "jeugdboa": Organisation("Jeugdboa's Parkstad", "Jeugdboa's", PartnerKind.ENFORCEMENT),
    "ggd": Organisation("GGD Zuid Limburg, jeugdgezondheidszorg", "GGD", PartnerKind.CARE),
    "school": Organisation("Vmbo Voorbeeldcollege", "Voorbeeldcollege", PartnerKind.SCHOOL, "Heerlen"),
}


@dataclass(frozen=True)
class Person:
    """Somebody with a login: works at `partner`, holds `role` (a deelnemer at each of `levels`)."""

    username: str
    first_name: str
    last_name: str
    partner: str
    function: str
    role: Role
    levels: tuple[Level, ...] = ()
    municipality: str = ""
    cleared: tuple[DataClass, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def partner_name(self) -> str:
        """The organisation as lists show it."""
        return PARTNERS[self.partner].short_name if self.partner in PARTNERS else "Zorg- en Veiligheidshuis"

    @property
    def role_text(self) -> str:
        """The role with its tables and its municipality: "Deelnemer JPP en LJA"."""
        words = [Role(self.role).label, " en ".join(level.label for level in self.levels), self.municipality]
        return " ".join(word for word in words if word)


_JPP, _LJA, _PGA = (Level.JPP,), (Level.LJA,), (Level.PGA,)
_STRICT = (DataClass.WPG, DataClass.ZORG, DataClass.GEHEIM)
_WPG, _ZORG = (DataClass.WPG,), (DataClass.ZORG,)
_JPP_LJA, _ALL = (Level.JPP, Level.LJA), (Level.JPP, Level.LJA, Level.PGA)

PEOPLE: list[Person] = [
    # who leads
    Person("regisseur", "Anouk", "Voorbeeld", HOUSE, "Regisseur JPP", Role.REGISSEUR_JPP, cleared=_STRICT),
    Person("regisseur2", "Joris", "van Fictief", HOUSE, "Regisseur JPP", Role.REGISSEUR_JPP,
           cleared=_STRICT),
    Person("lja.heerlen", "Mirjam", "Proef", "oov_heerlen", "Regisseur LJA", Role.REGISSEUR_LJA,
           municipality="Heerlen", cleared=_STRICT),
    Person("lja.kerkrade", "Ton", "Schets", "oov_kerkrade", "Regisseur LJA", Role.REGISSEUR_LJA,
           municipality="Kerkrade", cleared=_STRICT),
    Person("pga", "Yasmina", "Denkbeeld", HOUSE, "Regisseur PGA", Role.REGISSEUR_PGA, cleared=_STRICT),
    # who sits at the table
    Person("politie", "Bas", "Testman", "politie", "Jeugdagent", Role.DEELNEMER, _ALL, cleared=_WPG),
    Person("politie.kerkrade", "Chantal", "Model", "politie_kerkrade", "Jeugdagent", Role.DEELNEMER, _JPP_LJA,
           cleared=_WPG),
    Person("jens", "Dilara", "Verzonnen", "jens", "Jongerenwerker", Role.DEELNEMER, _JPP_LJA),
    Person("jens.coach", "Maikel", "Schijn", "jens", "Jongerencoach", Role.DEELNEMER, _JPP_LJA),
    Person("halt", "Esther", "Nepnaam", "halt", "Haltmedewerker", Role.DEELNEMER, _JPP, cleared=_WPG),
    Person("jeugdzorg", "Farid", "Demo", "bjz", "Jeugdbeschermer", Role.DEELNEMER, _ALL,
           cleared=_ZORG),
    Person("raad", "Hanneke", "Zogenaamd", "raad", "Raadsonderzoeker", Role.DEELNEMER, _LJA),
    Person("reclassering", "Wim", "Bedacht", "reclassering", "Reclasseringswerker", Role.DEELNEMER, _PGA),
    Person("om", "Ilse", "Toets", "om", "Parketsecretaris", Role.DEELNEMER, _PGA),
    Person("leerplicht", "Gül", "Oefening", "leerplicht", "Leerplichtambtenaar", Role.DEELNEMER, _JPP_LJA),
    Person("oov", "Ruud", "Beeldspraak", "oov_heerlen", "Adviseur openbare orde", Role.DEELNEMER, _JPP),
    # who tells
    Person("wijkagent", "Kevin", "Proefman", "politie", "Wijkagent", Role.MELDER),
    Person("mentor", "Sanne", "Klasje", "school", "Mentor", Role.MELDER),
    Person("jeugdboa", "Sefa", "Ronde", "jeugdboa", "Jeugdboa", Role.MELDER),
    # who looks at figures, at the log, after accounts
    Person("management", "Paul", "Overzicht", "oov_heerlen", "Teammanager veiligheid", Role.MANAGEMENT,
           municipality="Heerlen"),
    Person("burgemeester", "Marleen", "Ketting", "oov_kerkrade", "Adviseur van de burgemeester",
           Role.MANAGEMENT),
    Person("fg", "Lotte", "Toezicht", HOUSE, "Functionaris gegevensbescherming", Role.PRIVACY_OFFICER),
    Person("privacy.politie", "Nadia", "Inzicht", "politie", "Privacycontact", Role.PRIVACY_CONTACT),
    Person("beheerder", "Remco", "Sleutel", HOUSE, "Beheerder", Role.BEHEERDER),
]  # fmt: skip
