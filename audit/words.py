"""The words of the log in Dutch. A test holds this table against the events of every floor."""

from collections.abc import Iterable

KINDS: dict[str, str] = {
    # getting in
    "account.logged_in": "Ingelogd",
    "account.logged_out": "Uitgelogd",
    "account.login_failed": "Inloggen mislukt",
    "account.password_changed": "Eigen wachtwoord gewijzigd",
    "request.refused": "Aanvraag geweigerd",
    "home.viewed": "Startpagina bekeken",
    "log.read": "Logboek gelezen",
    "log.anchored": "Zegel van het logboek buitenshuis bewaard",
    # beheer
    "partner.added": "Organisatie toegevoegd",
    "partner.changed": "Organisatie gewijzigd",
    "partner.closed": "Organisatie gestopt",
    "partner.reopened": "Organisatie heropend",
    "user.added": "Gebruiker toegevoegd",
    "user.changed": "Gebruiker gewijzigd",
    "user.disabled": "Gebruiker uitgeschakeld",
    "user.enabled": "Gebruiker ingeschakeld",
    "user.password_reset": "Eenmalig wachtwoord gegeven",
    "role.assigned": "Rol gegeven",
    "role.ended": "Rol beëindigd",
    # who reads what
    "participation.added": "Organisatie laten deelnemen",
    "participation.ended": "Deelname beëindigd",
    "grant.given": "Persoonlijke toegang gegeven",
    "grant.ended": "Persoonlijke toegang beëindigd",
    "exclusion.added": "Persoon uitgesloten",
    "exclusion.ended": "Uitsluiting beëindigd",
    "readers.expired": "Verlopen toegang gesloten",
    "readers.recomputed": "Toegang nagerekend",
    # signals
    "signal.started": "Signaal begonnen",
    "signal.saved": "Signaal opgeslagen",
    "signal.submitted": "Signaal ingediend",
    "signal.withdrawn": "Signaal ingetrokken",
    "signal.answered": "Vraag over een signaal beantwoord",
    "signal.news_seen": "Nieuws over een signaal gezien",
    "signal.listed": "Lijst van signalen bekeken",
    "signal.viewed": "Signaal bekeken",
    "signal.more_asked": "Aanvulling op een signaal gevraagd",
    "signal.referred": "Signaal doorverwezen",
    "signal.rejected": "Signaal afgewezen",
    "signal.accepted": "Signaal geaccepteerd",
    "signal.told": "Signaal ingebracht in een dossier",
    "told_signal.listed": "Lijst van ingebrachte signalen bekeken",
    # cases
    "youth.searched": "Jongere gezocht",
    "youth.added": "Jongere toegevoegd",
    "case.opened": "Dossier geopend",
    "case.listed": "Lijst van dossiers bekeken",
    "case.viewed": "Dossier bekeken",
    "case.access_viewed": "Bekeken wie een dossier kan zien",
    "case.planned": "Datum van bespreking gekozen",
    "case.closed": "Dossier gesloten",
    "case.reopened": "Dossier heropend",
    "case.items_viewed": "Besprekingen van een dossier bekeken",
    # levels
    "level.proposed": "Ander niveau voorgesteld",
    "level.accepted": "Dossier overgenomen op ander niveau",
    "level.refused": "Voorstel voor ander niveau niet overgenomen",
    "level.withdrawn": "Voorstel voor ander niveau ingetrokken",
    "level.listed": "Lijst van niveauwissels bekeken",
    "level.viewed": "Niveauwissel bekeken",
    # actions
    "action.agreed": "Actie afgesproken",
    "action.moved": "Datum van actie gewijzigd",
    "action.ended": "Actie afgerond",
    "action.listed": "Lijst van acties bekeken",
    "action.viewed": "Actie bekeken",
    "action.reminded": "Herinnerd aan acties",
    # the rhythm of meetings
    "series.added": "Overlegreeks toegevoegd",
    "series.changed": "Overlegreeks gewijzigd",
    "series.ended": "Overlegreeks gestopt",
    "series.planned": "Overleggen gepland",
    "standing_participant.added": "Vaste deelnemer toegevoegd",
    "standing_participant.ended": "Vaste deelnemer gestopt",
    "closing_day.added": "Sluitingsdag toegevoegd",
    "closing_day.removed": "Sluitingsdag verwijderd",
    # before and during a meeting
    "meeting.list_viewed": "Lijst van overleggen bekeken",
    "meeting.agenda_viewed": "Agenda bekeken",
    "meeting.cancelled": "Overleg geannuleerd",
    "agenda.built": "Agenda gemaakt",
    "agenda.agreed": "Agenda vastgesteld",
    "agenda_item.viewed": "Agendapunt bekeken",
    "agenda_item.added": "Agendapunt toegevoegd",
    "agenda_item.removed": "Agendapunt van de agenda gehaald",
    "agenda_item.moved": "Agendapunt verplaatst",
    "agenda_item.prepared": "Agendapunt voorbereid",
    "agenda_item.opened": "Agendapunt geopend voor deelnemers",
    "meeting.started": "Overleg begonnen",
    "meeting.live_viewed": "Overlegscherm bekeken",
    "meeting.closed": "Overleg gesloten",
    "meeting.attendance_noted": "Aanwezigheid genoteerd",
    "agenda_item.closed": "Agendapunt gesloten",
    "agenda_item.led": "Agendapunt geopend in het overleg",
    "agenda_item.discussed": "Agendapunt besproken",
    "note.saved": "Notitie opgeslagen",
    "decision.taken": "Besluit vastgelegd",
    "decision.withdrawn": "Besluit teruggenomen",
    "agreed_action.added": "Actie afgesproken in overleg",
    "agreed_action.withdrawn": "Actie uit overleg ingetrokken",
    # the minutes
    "minutes.viewed": "Verslag bekeken",
    "minutes.confirmed": "Verslag vastgesteld",
    "minutes.documents_asked": "Verslagen laten maken",
    "document.stored": "Document opgeslagen",
    "document.downloaded": "Document gedownload",
    # figures
    "figures.counted": "Cijfers geteld",
    "figures.viewed": "Cijfers bekeken",
    "summary.asked": "Samenvatting laten maken",
    "summary.made": "Samenvatting gemaakt",
    "summary.downloaded": "Samenvatting gedownload",
}

# The small facts beside an event.
DETAILS: dict[str, str] = {
    "shown": "getoond",
    "page": "pagina",
    "record": "kenmerk",
    "method": "soort aanvraag",
    "role": "rol",
    "level": "niveau",
    "municipality": "gemeente",
    "partner": "organisatie",
    "until": "tot",
    "old": "van",
    "new": "naar",
    "compartment": "compartiment",
    "filters": "gefilterd op",
    "person": "persoon",
    "youth": "jongere",
    "seal": "zegel",
    "case": "dossier",
}


# How strictly data is kept: the numbers of DataClass (accounts/roles.py), which a test compares.
CLASSES: dict[int, str] = {0: "basis", 1: "politiegegevens", 2: "zorggegevens", 3: "geheim"}


def class_text(numbers: Iterable[int]) -> str:
    """The classes of what was seen, in Dutch."""
    return ", ".join(CLASSES.get(number, str(number)) for number in numbers)


def kind_text(kind: str) -> str:
    """What happened, in Dutch; an unknown word stays as it is."""
    return KINDS.get(kind, kind)
