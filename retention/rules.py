"""When a term is over, and what is possible with terms and proposals, whoever asks."""

from calendar import monthrange
from datetime import date

from accounts.roles import Level
from foundation.errors import NotPossible
from retention.models import Approval, Proposal, RetentionTerm, Side, TermCode

LONGEST_TERM = 240
LONGEST_EXTENSION = 60
SHORTEST_REASON = 20
CASE_TERMS = {Level.JPP: TermCode.CASE_JPP, Level.LJA: TermCode.CASE_LJA, Level.PGA: TermCode.CASE_PGA}


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the last day of a shorter one. The database counts the same."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def heaviest(levels: list[int]) -> Level:
    """The term is that of the heaviest level at which a case ever stood."""
    return Level(max(levels))


def over_on(closed_on: date, months: int, kept_until: date | None) -> date:
    """The day on which the term is over: that of the table, or later when somebody prolonged it."""
    due_on = months_later(closed_on, months)
    return max(due_on, kept_until) if kept_until else due_on


def check_months(months: int) -> None:
    if not 1 <= months <= LONGEST_TERM:
        raise NotPossible(f"Kies 1 tot en met {LONGEST_TERM} maanden.")


def check_can_extend(closed_on: date | None, due_on: date | None, until_on: date, reason: str) -> None:
    if closed_on is None or due_on is None:
        raise NotPossible("De termijn begint pas als het dossier is gesloten.")
    if until_on <= due_on:
        raise NotPossible("Kies een dag na het einde van de termijn van nu.")
    if until_on > months_later(due_on, LONGEST_EXTENSION):
        raise NotPossible("Een termijn wordt met ten hoogste vijf jaar verlengd.")
    check_motivated(reason)


def check_motivated(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotPossible(f"Leg in ten minste {SHORTEST_REASON} tekens uit waarom.")


def check_stands(proposal: Proposal) -> None:
    """Nothing was done with it yet."""
    if proposal.destroyed_at:
        raise NotPossible("Dit is al vernietigd.")
    if proposal.refused_at:
        raise NotPossible("Dit voorstel is tegengehouden.")
    if proposal.lapsed_at:
        raise NotPossible("Dit voorstel is vervallen: de termijn is niet meer voorbij.")


def check_one_person_once(proposal: Proposal, approvals: list[Approval], person_id: int, side: Side) -> None:
    """Two different people; neither of them proposed it."""
    if person_id == proposal.proposed_by_id:
        raise NotPossible("Wie het voorstelt, keurt het niet goed.")
    if any(a.person_id == person_id for a in approvals):
        raise NotPossible("U heeft dit al goedgekeurd. Een ander moet dit ook goedkeuren.")
    if any(a.side == side for a in approvals):
        raise NotPossible("Dit is namens deze kant al goedgekeurd.")


def check_can_refuse(proposal: Proposal, postponed_until: date, today: date) -> None:
    check_stands(proposal)
    if postponed_until <= today:
        raise NotPossible("Kies een dag na vandaag.")
    if postponed_until > months_later(today, LONGEST_EXTENSION):
        raise NotPossible("Stel het ten hoogste vijf jaar uit.")


def check_approved_by_two(proposal: Proposal, approvals: list[Approval]) -> None:
    check_stands(proposal)
    people = {a.person_id for a in approvals}
    if {a.side for a in approvals} != set(Side) or len(people) != len(Side):
        raise NotPossible("Dit is nog niet door twee mensen goedgekeurd.")


def check_term_known(term: RetentionTerm | None) -> RetentionTerm:
    if term is None:
        raise NotPossible("Voor dit soort dossier is geen termijn vastgesteld. Waarschuw de beheerder.")
    return term
