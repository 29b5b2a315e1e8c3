"""What the demo knows around its youths: worries and strengths, who stands around them, and who was told."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from accounts.roles import DataClass
from cases.models import Audience, Case, Channel, InformOutcome, LifeArea, RemarkKind
from cases.operations import around, informing, picture
from ijap.seeds.demo_script import When
from ijap.seeds.demo_stage import Calendar, Play, Scene, Stage, key_of

REGISSEUR = "regisseur"
WORRY, STRENGTH = RemarkKind.WORRY, RemarkKind.STRENGTH
YOUTH, PARENTS = RemarkKind.YOUTH, RemarkKind.PARENTS
FACT, HEARD = "fact", "hearsay"
# Youth, kind, part of life, what, nature, source.
REMARKS = [
    ("a", STRENGTH, "vrije-tijd", "Traint twee keer per week bij de boksschool en slaat geen les over.", FACT, "trainer"),
    ("a", STRENGTH, "thuis", "Zijn tante is er elke avond en wordt door hem vertrouwd.", HEARD, "moeder"),
    ("a", WORRY, "school", "Mist de eerste twee uren van de maandag, zes weken achter elkaar.", FACT, "verzuimoverzicht"),
    ("a", WORRY, "vrienden", "Is vaak met oudere jongens op het plein.", FACT, "jongerenwerk"),
    ("a", YOUTH, "", "Ik wil gewoon mijn diploma halen, maar iedereen wil op hetzelfde moment met mij praten.", HEARD, "gesprek met jongerenwerk"),
    ("a", PARENTS, "", "Wij hebben liever één vast gezicht dan vijf.", HEARD, "gesprek met moeder"),
    ("b", STRENGTH, "school", "Helpt graag in de klas van de kleuters.", FACT, "leerkracht"),
    ("b", WORRY, "thuis", "Is na school vaak twee uur alleen thuis.", HEARD, "buurvrouw"),
]  # fmt: skip
# Youth, who, first name, last name, gezag, what they mean.
RELATIVES = [
    ("a", "mother", "Sanne", "Voorbeeld", "yes", ""),
    ("a", "brother", "Tim", "Voorbeeld", "unknown", "Zit in groep 8"),
    ("a", "adult", "Ben", "Trainer", "no", "Bokstrainer, ziet hem twee keer per week"),
    ("b", "father", "Piet", "Verzonnen", "yes", ""),
]
# Youth, what they do there, where.
PLACES = [
    ("a", "hangout", "Verzinselplein, bij de fontein"),
    ("a", "school", "Vmbo De Fictie"),
    ("b", "hangout", "Speeltuin Schets"),
]


def scenes(calendar: Calendar, case_of: Callable[[str, User], Case]) -> Iterator[Scene]:
    for number, (youth, kind, area, text, nature, source) in enumerate(REMARKS):
        moment = calendar.moment(When(7, -5, f"14:{10 + number}"))
        yield Scene(
            moment,
            f"remark {number}",
            REGISSEUR,
            _said(number, youth, kind, area, text, nature, source, case_of),
        )
    for number, (youth, who, first, last, custody, note) in enumerate(RELATIVES):
        content = {
            "kind": who,
            "first_name": first,
            "last_name": last,
            "custody": custody,
            "note": note,
            "source": "gesprek met het gezin",
        }
        moment = calendar.moment(When(7, -5, f"14:{30 + number}"))
        yield Scene(moment, f"relative {number}", REGISSEUR, _around(number, youth, content, case_of))
    for number, (youth, what, where) in enumerate(PLACES):
        content = {"kind": what, "text": where, "source": "jongerenwerk"}
        moment = calendar.moment(When(7, -5, f"14:{40 + number}"))
        yield Scene(moment, f"place {number}", REGISSEUR, _around(number, youth, content, case_of))


def _said(number: int, youth: str, kind: RemarkKind, area: str, text: str, nature: str, source: str,
          case_of: Callable[[str, User], Case]) -> Play:  # fmt: skip
    def play(by: User, stage: Stage) -> None:
        picture.add_remark(
            case=case_of(youth, by),
            kind=kind,
            area=LifeArea.objects.get(code=area) if area else None,
            text=text,
            nature=nature,
            source=source,
            seen_on=timezone.localdate() - timedelta(days=1),
            data_class=DataClass.BASIS,
            key=key_of(f"remark {number}"),
            by=by,
        )

    return play


def _around(number: int, youth: str, content: dict[str, str], case_of: Callable[[str, User], Case]) -> Play:
    is_place = "text" in content
    note = around.note_place if is_place else around.note_relative
    key = key_of(f"{'place' if is_place else 'relative'} {number}")

    def play(by: User, stage: Stage) -> None:
        note(case=case_of(youth, by), content=content, key=key, by=by)

    return play


def told(case: Case, name: str, on: date, by: User) -> None:
    """Youth and parents of this case were told in a talk, on the day it was opened."""
    for audience in Audience:
        content = {
            "audience": audience,
            "outcome": InformOutcome.TOLD,
            "told_on": on,
            "told_by": "de melder",
            "channel": Channel.TALK,
        }
        informing.note(case=case, content=content, key=key_of(f"informed {name} {audience}"), by=by)
