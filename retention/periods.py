"""What happens to every kind of row when a youth, a case or a signal goes. The table is complete: a test walks all models.

The database does it (retention/sql/destroy.sql); a test holds its rights against this table, so that what is written
here is what can happen and nothing else.
"""

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    GOES = "vernietigd"
    EMPTIED = "geleegd"
    STAYS = "blijft"


@dataclass(frozen=True)
class Period:
    """What becomes of it, and why so or when."""

    fate: Fate
    because: str


def _goes(when: str) -> Period:
    return Period(Fate.GOES, when)


def _emptied(because: str) -> Period:
    return Period(Fate.EMPTIED, because)


def _stays(because: str) -> Period:
    return Period(Fate.STAYS, because)


_WITH_CASE = _goes("met het dossier")
_WITH_YOUTH = _goes("met het laatste dossier van de jongere")
_WITH_SIGNAL = _goes("met het signaal")
_WITH_ROOM = _goes("met het compartiment waarin het staat")
_WITH_ITEM = _goes("met het agendapunt, en dat gaat met het dossier; ook eerdere versies")

_WITH_GROUP = _goes("met de groep")

PERIODS: dict[str, Period] = {
    # who it is
    "cases.Youth": _goes(
        "met het laatste dossier, als er geen signaal over deze jongere wacht; ook zoeknaam en klank"
    ),
    "cases.YouthMerge": _goes(
        "met een van de twee jongeren; wie blijft, wacht tot de ander geen dossier meer heeft"
    ),
    "cases.SecretAddress": _WITH_YOUTH,
    "cases.CitizenNumber": _WITH_YOUTH,
    "cases.Place": _WITH_YOUTH,
    "cases.Relative": _WITH_YOUTH,
    "cases.GroupMember": _goes("met de jongere, of eerder met de groep"),
    # signals. One that was also told about another youth is emptied; see retention_empty_signals.
    "cases.Signal": _goes(
        "afgewezen, doorverwezen, ingetrokken of nooit ingediend: na de eigen termijn; geaccepteerd: met het laatste"
        " dossier waarin het is ingebracht, en geleegd als het ook over een andere jongere is ingebracht"
    ),
    "cases.SignalNote": _WITH_SIGNAL,
    "cases.Reporter": _WITH_SIGNAL,
    "cases.ToldSignal": _goes(
        "met het dossier waarin het is ingebracht; wat over een ander is ingebracht, is van de ander"
    ),
    "cases.Correction": _WITH_CASE,
    "cases.CorrectionTask": _WITH_CASE,
    "cases.WrongYouth": _goes(
        "met het dossier waarin het signaal ten onrechte stond; het signaal zelf gaat zijn eigen weg"
    ),
    "cases.WrongYouthReader": _goes("met het losgemaakte signaal waarvan het zegt wie het las"),
    # the case
    "cases.Case": _goes("na de termijn van het zwaarste niveau, of later na een verlenging"),
    "cases.LevelChange": _WITH_CASE,
    "cases.Closing": _WITH_CASE,
    "cases.Action": _WITH_CASE,
    "cases.Measure": _WITH_CASE,
    "cases.Group": _goes("na de eigen termijn, geteld vanaf het sluiten van de groepsaanpak"),
    "cases.GroupStep": _WITH_GROUP,
    "cases.GroupPlace": _WITH_GROUP,
    "cases.GroupGoal": _WITH_GROUP,
    "meetings.GroupPoint": _WITH_GROUP,
    "cases.ClashAnswer": _WITH_CASE,
    "cases.Remark": _WITH_CASE,
    "cases.Attachment": _goes(
        "met het dossier of met het signaal waar zij bij staat, ook als zij was teruggenomen"
    ),
    "cases.PlanGoal": _WITH_CASE,
    "cases.Advice": _WITH_CASE,
    "cases.Informing": _WITH_CASE,
    "retention.Extension": _WITH_CASE,
    "cases.AccessRequest": _goes(
        "met het dossier; met de jongere ook wat op naam en geboortedatum over hem is gevraagd"
    ),
    "cases.Reveal": _WITH_ROOM,
    # meetings
    "meetings.AgendaItem": _WITH_CASE,
    "meetings.Omission": _WITH_CASE,
    "meetings.Note": _WITH_ITEM,
    "meetings.Decision": _WITH_ITEM,
    "meetings.AgreedAction": _WITH_ITEM,
    "meetings.ItemInvitation": _WITH_ITEM,
    "meetings.Contribution": _WITH_ITEM,
    "meetings.ItemPresence": _WITH_ITEM,
    "meetings.MinutesRemark": _WITH_ITEM,
    "meetings.Addendum": _WITH_ITEM,
    "meetings.Document": _emptied(
        "een verslag (PDF) is niet te knippen: het is leeg zodra de eerste jongere die erin staat wordt vernietigd;"
        " vingerafdruk, bladzijden en datum blijven, en notities en besluiten over de anderen staan in hun eigen rijen"
    ),
    "meetings.DocumentCopy": _goes("met de inhoud van het verslag waarvan het een afschrift is"),
    # who read it
    "access.Compartment": _goes(
        "met de jongere, het dossier, het signaal of het verzoek waarvan het is, met zijn lezers"
    ),
    "access.Participation": _WITH_ROOM,
    "access.Grant": _WITH_ROOM,
    "access.EndedGrant": _WITH_ROOM,
    "access.Exclusion": _WITH_ROOM,
    "access.Inclusion": _WITH_ROOM,
    # what keeps numbers only
    "oversight.Paper": _emptied(
        "het stuk wordt leeg, als het dat na dertig dagen niet al was; het nummer blijft"
    ),
    "oversight.Flag": _stays("gaat over een medewerker; noemt een jongere of dossier alleen met een nummer"),
    "audit.Event": _stays("het logboek heeft alleen nummers, en een eigen termijn (ten minste vijf jaar)"),
    "jobs.Job": _stays("werk dat af is: een soort en een nummer"),
    "retention.Proposal": _stays("alleen nummers; de toelichting bij tegenhouden wordt leeg"),
    "retention.Approval": _stays("wie het goedkeurde: het bewijs"),
    "retention.Certificate": _stays("het bewijs: nummers en aantallen, geen naam"),
    "retention.SignalTrace": _stays("een nummer, de gemeente, de staat en de maanden: voor de cijfers"),
}
