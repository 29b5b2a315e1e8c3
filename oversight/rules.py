"""What is possible with flags, papers and reviews, whoever asks; and the thresholds that come with the house."""

from collections.abc import Mapping
from datetime import date, timedelta

from foundation.errors import NotPossible
from oversight.models import Flag, FlagKind, Paper, ReviewLine, ReviewRound

Limits = Mapping[str, int]

REVIEW_DAYS = 42
PAPER_DAYS = 30
SHORTEST_EXPLANATION = 10
# What each flag means, for who has to look at it.
MEANS: dict[FlagKind, str] = {
    FlagKind.MUCH_MORE: "Deze persoon opende op één dag veel meer dossiers dan gewoon is voor deze persoon.",
    FlagKind.NO_REASON: "Deze persoon opende dossiers waarin rond die dag niets gebeurde.",
    FlagKind.SAME_NAME: "Deze persoon las over een jongere met dezelfde achternaam. Familie, of toeval?",
    FlagKind.ODD_HOURS: "Deze persoon las over jongeren buiten werktijd of in het weekend.",
    FlagKind.CROWD: "Veel mensen van één organisatie openden binnen een dag hetzelfde dossier. Is er nieuws over?",
    FlagKind.SEARCHES: "Deze persoon zocht in korte tijd vaak, of vaak zonder gevolg.",
    FlagKind.AFTER_END: "Deze persoon probeerde een dossier te openen nadat de deelname was geëindigd.",
    FlagKind.PAPERS: "Deze persoon haalde op één dag veel documenten op.",
    FlagKind.BREAK_GLASS: "Deze persoon gebruikte in één maand vaak noodtoegang.",
    FlagKind.LEAVER: "Deze persoon vertrekt, en las kort daarvoor meer dan gewoon.",
    FlagKind.NEW_PLACE: "Deze persoon logde in vanaf een netwerk dat niet eerder is gebruikt.",
    FlagKind.KEEPER_READS: "Een beheerder leest geen dossiers. Dit had niet gekund: zoek ook uit hoe het kon.",
}
# name: (what the page says, what a new house starts with). `term` is in days, for who looks at the flag.
TERM = ("binnen zoveel dagen afhandelen", 14)
SOON = ("binnen zoveel dagen afhandelen", 3)
THRESHOLDS: dict[FlagKind, dict[str, tuple[str, int]]] = {
    FlagKind.MUCH_MORE: {
        "factor": ("zoveel keer het eigen gewone aantal", 3),
        "least": ("en ten minste zoveel dossiers op een dag", 25),
        "term": TERM,
    },
    FlagKind.NO_REASON: {
        "days": ("zoveel dagen ervoor en erna gebeurde er niets", 14),
        "least": ("zoveel van zulke dossiers op een dag", 3),
        "term": TERM,
    },
    FlagKind.SAME_NAME: {"least": ("zo vaak op een dag", 1), "term": SOON},
    FlagKind.ODD_HOURS: {
        "from_hour": ("de werkdag begint om (uur)", 7),
        "to_hour": ("en eindigt om (uur)", 20),
        "least": ("zo vaak daarbuiten op een dag", 5),
        "term": TERM,
    },
    FlagKind.CROWD: {"more_than": ("meer dan zoveel lezers binnen 24 uur", 5), "term": SOON},
    FlagKind.SEARCHES: {
        "more_than": ("meer dan zoveel zoekvragen binnen tien minuten", 15),
        "misses": ("of zoveel zoekvragen zonder gevolg op een dag", 10),
        "term": TERM,
    },
    FlagKind.AFTER_END: {"least": ("zoveel pogingen op een dag", 2), "term": TERM},
    FlagKind.PAPERS: {"more_than": ("meer dan zoveel documenten op een dag", 20), "term": TERM},
    FlagKind.BREAK_GLASS: {"more_than": ("meer dan zo vaak in een maand", 2), "term": SOON},
    FlagKind.LEAVER: {
        "days": ("zoveel dagen voor het einde", 14),
        "factor": ("zoveel keer het eigen gewone aantal", 2),
        "least": ("en ten minste zoveel dossiers op een dag", 10),
        "term": SOON,
    },
    FlagKind.NEW_PLACE: {
        "known": ("na zoveel keer inloggen van bekende plekken", 5),
        "days": ("een plek is bekend tot zoveel dagen later", 90),
        "term": TERM,
    },
    FlagKind.KEEPER_READS: {"least": ("zo vaak op een dag", 1), "term": SOON},
}


def first_of_quarter(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def due_of_review(quarter: date) -> date:
    """Six weeks after the quarter began."""
    return quarter + timedelta(days=REVIEW_DAYS)


def check_can_close_flag(flag: Flag, explanation: str) -> None:
    if flag.closed_at:
        raise NotPossible("Deze vlag is al afgehandeld.")
    if len(explanation.strip()) < SHORTEST_EXPLANATION:
        raise NotPossible(f"Leg in ten minste {SHORTEST_EXPLANATION} tekens uit wat u vond.")


def check_can_decide(line: ReviewLine) -> None:
    if line.round.closed_at:
        raise NotPossible("Deze ronde is afgerond. Wat er nu niet klopt, staat in de volgende.")


def check_can_close_round(review: ReviewRound) -> None:
    left = review.lines.undecided().count()
    if left:
        words = "1 regel is" if left == 1 else f"{left} regels zijn"
        raise NotPossible(f"{words} nog niet beoordeeld.")


def check_can_store(paper: Paper) -> None:
    if paper.made_at:
        raise NotPossible("Dit stuk is al gemaakt.")


def check_threshold(kind: FlagKind, name: str, value: int) -> None:
    if name not in THRESHOLDS[kind]:
        raise NotPossible("Deze drempel bestaat niet.")
    highest = 24 if name in ("from_hour", "to_hour") else 365 if name in ("term", "days") else 10_000
    if not (name == "from_hour" or value >= 1) or value > highest:
        raise NotPossible(f"Kies een getal van 1 tot en met {highest}.")
