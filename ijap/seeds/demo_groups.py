"""One group of the demo: behaviour at a square first, and names only when the scan is there."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from accounts.models import Municipality, User
from accounts.roles import Level
from cases.group_queries import LOOKS_BACK, TIMES
from cases.models import Case, FinderThreshold, Group
from cases.models import Stage as Step
from cases.operations import group_goals, group_members, groups
from ijap.seeds.demo_script import When
from ijap.seeds.demo_stage import Calendar, Play, Scene, Stage, key_of

REGISSEUR, BEHEERDER, TOWN, SQUARE = "regisseur", "beheerder", "Heerlen", "Verzinselplein"
KEY = key_of("group square")
MEMBERS = {"ilyas": "", "jayden": "", "amine": "Is ouder en wordt nagedaan"}
# The demo is small: it shows what recurs once, and looks back far enough to see all of it.
THRESHOLDS = {LOOKS_BACK: 150, TIMES: 1}
PARTNERS = {
    "politie": "Maakt de groepsscan",
    "jens": "Spreekt hen op het plein",
    "oov_heerlen": "Werkt voor de burgemeester",
}


def scenes(calendar: Calendar, case_of: Callable[[str, User], Case]) -> Iterator[Scene]:
    for when, name, play in (
        (When(3, -3, "10:00"), "group begins", _begin(calendar)),
        (When(5, -4, "11:00"), "group may be named", _may_name(calendar)),
        (When(5, -2, "09:30"), "group is named", _name(calendar, case_of)),
        (When(7, -3, "14:00"), "group has a plan", _plan(calendar)),
    ):
        yield Scene(calendar.moment(when), name, REGISSEUR, play)
    yield Scene(calendar.moment(When(3, -4, "09:00")), "group finder is set", BEHEERDER, _set_finder)


def _set_finder(by: User, stage: Stage) -> None:
    for threshold in FinderThreshold.objects.filter(code__in=THRESHOLDS):
        group_goals.set_threshold(threshold=threshold, number=THRESHOLDS[threshold.code], by=by)


def _group(by: User) -> Group:
    found: Group = Group.objects.visible_to(by).get(uuid=KEY)
    return found


def _begin(calendar: Calendar) -> Play:
    def play(by: User, stage: Stage) -> None:
        town = Municipality.objects.get(name=TOWN)
        behaviour = (
            "Op vrijdag en zaterdag lawaai en afval. Voorbijgangers lopen om. Vier meldingen in drie weken."
        )
        group = groups.start(
            name=f"De groep van het {SQUARE}",
            behaviour=behaviour,
            level=Level.JPP,
            municipality=town,
            key=KEY,
            by=by,
        )
        since = calendar.today - timedelta(days=70)
        groups.add_place(
            group=group, name=SQUARE, municipality=town, since_on=since, key=key_of("group place"), by=by
        )
        for partner, reason in PARTNERS.items():
            groups.let_in(group=group, partner=stage.partner(partner), reason=reason, by=by)
        groups.move(group=group, to=Step.PROBLEM, reason="Vier meldingen over dezelfde plek", by=by)

    return play


def _may_name(calendar: Calendar) -> Play:
    def play(by: User, stage: Stage) -> None:
        group = _group(by)
        content = {name: getattr(group, name) for name in groups.CONTENT} | {
            "scan_on": calendar.today - timedelta(days=21),
            "convenant": "Convenant jeugdgroepen Parkstad 2025 (fictief)",
            "convenant_until": calendar.today + timedelta(days=400),
            "picture": "Een vaste kern van drie, met anderen eromheen. Het plein is hun enige plek bij slecht weer.",
        }
        group = groups.change(group=group, version=group.version, content=content, by=by)
        groups.move(group=group, to=Step.NAMES, reason="Driehoek: de aanpak gaat door, de scan is er", by=by)

    return play


def _name(calendar: Calendar, case_of: Callable[[str, User], Case]) -> Play:
    def play(by: User, stage: Stage) -> None:
        for key, position in MEMBERS.items():
            group_members.add(
                group=_group(by),
                youth=case_of(key, by).youth,
                source="Groepsscan van de politie",
                position=position,
                review_on=calendar.today + timedelta(days=60),
                ends_on=None,
                key=key_of(f"group member {key}"),
                by=by,
            )

    return play


def _plan(calendar: Calendar) -> Play:
    def play(by: User, stage: Stage) -> None:
        group = groups.move(group=_group(by), to=Step.PICTURE, reason="De namenlijst is klaar", by=by)
        for key, text, partner, days in (
            ("place", "Elke vrijdag een plek binnen, met iemand die zij kennen", "jens", 30),
            ("light", "Verlichting en afvalbakken op het plein", "oov_heerlen", 45),
        ):
            group_goals.add(
                group=group,
                text=text,
                owner_partner=stage.partner(partner),
                due_on=calendar.today + timedelta(days=days),
                key=key_of(f"group goal {key}"),
                by=by,
            )

    return play
