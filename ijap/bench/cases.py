"""A case with three years of story against a case with one of each; and words looked for in all cases."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

from django.db import connections
from django.utils import timezone

from access.models import Ground
from access.operations import add_participation
from accounts.models import Partner, User
from accounts.roles import DataClass
from cases.group_queries import LOOKS_BACK
from cases.models import (
    Action,
    Case,
    FinderThreshold,
    LifeArea,
    Measure,
    MeasureKind,
    MeasureState,
    Remark,
    RemarkKind,
)
from cases.operations import actions, cases, finding, measures, picture, youths
from cases.operations.measures import CONTENT
from foundation.scope import acting_as
from ijap.bench.databases import filled_with
from ijap.bench.lists import APP, READERS, SIZES
from ijap.bench.measure import Report, Timing, in_turn
from ijap.bench.requests import as_role, browser_of, opens

LONG = {"actions": 30, "measures": 12, "remarks": 40}
SHORT = {"actions": 1, "measures": 1, "remarks": 1}
YEARS = 3


LOOKS = 300  # days; the threshold of the site is shorter, and what is told in the filling is older
BESIDE = 1500
PLACES = """
UPDATE cases_toldsignal SET location = 'Plek ' || id %% 200
 WHERE id IN (SELECT id FROM cases_toldsignal ORDER BY observed_on DESC, id DESC LIMIT %s)
"""
WORDS = {"gewoon woord": ["telefoon"], "twee woorden": ["fatbike", "maand"], "nergens": ["zeepkist"]}


def measure(report: Report) -> None:
    _measure_story(report)
    _measure_words(report)
    _measure_finder(report)


def _measure_finder(report: Report) -> None:
    """The page that suggests groups, when far more was told than it looks at, at two hundred places."""
    found: dict[int, Timing] = {}
    for size in SIZES:
        with filled_with(size, report.say):
            FinderThreshold.objects.using("bulk").filter(code=LOOKS_BACK).update(number=LOOKS)
            with connections["bulk"].cursor() as cursor:
                cursor.execute(PLACES, [2 * BESIDE])
            page = as_role(APP, opens(browser_of(READERS["regisseur"]), "/groepen/mogelijk/"))
            found[size] = in_turn({"groepen": page}, rounds=40)["groepen"]
            report.timing(f"mogelijke groepen onder {size} jongeren", found[size])
    small, large = (found[size].p50 for size in SIZES)
    report.figure("mogelijke groepen: 200.000 ÷ 2.000", large / small, wanted=1.5)


def _measure_words(report: Report) -> None:
    """The finding, the excerpts and the row in the log, for who reads everything."""
    found: dict[int, dict[str, Timing]] = {}
    for size in SIZES:
        with filled_with(size, report.say):
            user = User.objects.get(username=READERS["regisseur"])

            def look(words: list[str], user: User = user) -> None:
                with acting_as(user):
                    finding.search(words=words, place=None, by=user)

            looks = {name: as_role(APP, partial(look, words)) for name, words in WORDS.items()}
            found[size] = in_turn(looks, rounds=60)
            for name, timing in found[size].items():
                report.timing(f"woorden zoeken, {name}, onder {size} jongeren", timing)
    small, large = (found[size] for size in SIZES)
    for name in WORDS:
        value = large[name].p50 / small[name].p50
        report.figure(f"woorden zoeken, {name}: 200.000 ÷ 2.000", value, wanted=1.5)


def _measure_story(report: Report) -> None:
    """The whole page, as the regisseur opens it: all of the story, and the newest part of it."""
    with filled_with(2_000, report.say):
        user = User.objects.get(username=READERS["regisseur"])
        with acting_as(user):
            long, short = _case(user, **LONG), _case(user, **SHORT)
        client = browser_of(READERS["regisseur"])
        pages = {
            f"{name}{part or ', nieuwste'}": as_role(APP, opens(client, f"/dossiers/{case.uuid}/{query}"))
            for name, case in (("lang", long), ("kort", short))
            for part, query in (("", ""), (", alles", "?sinds=alles"))
        }
        timings = in_turn(pages, rounds=60)
    for name, timing in timings.items():
        report.timing(f"dossier, {name}", timing)
    for part in (", nieuwste", ", alles"):
        value = timings[f"lang{part}"].p50 / timings[f"kort{part}"].p50
        report.figure(f"dossier{part}: drie jaar ÷ een van elk", value, wanted=2)


def _case(by: User, *, actions: int, measures: int, remarks: int) -> Case:
    youth = youths.add_youth(
        first_name="Meet", prefix="", last_name=f"Ing{uuid4().hex[:8]}", birth_on=date(2011, 3, 4),
        description="", municipality=None, school="", by=by,
    )  # fmt: skip
    case = cases.open_case(youth=youth, by=by)
    partner = Partner.objects.at_the_table().order_by("pk")[0]
    add_participation(
        compartment=case.room, partner=partner, ground=Ground.CONVENANT, reason="Doet mee", by=by
    )
    for number in range(actions):
        _action(case, partner, number, by)
    for number in range(measures):
        _measure(case, partner, number, by)
    for number in range(remarks):
        _remark(case, number, by)
    _spread(case)
    return case


def _action(case: Case, partner: Partner, number: int, by: User) -> None:
    due_on = timezone.localdate() + timedelta(days=number + 1)
    actions.agree(
        case=case, text=f"Afspraak {number}", owner_partner=partner, owner_person=None, due_on=due_on, by=by
    )


def _measure(case: Case, partner: Partner, number: int, by: User) -> None:
    kind = MeasureKind.objects.get(code="JONGERENWERK")
    blank = dict.fromkeys(CONTENT) | dict.fromkeys(("imposed_by", "place", "days"), "")
    starts_on = timezone.localdate() - timedelta(days=30 * number)
    measures.note(
        case=case, kind=kind, owner_partner=partner, state=MeasureState.RUNNING,
        content=blank | {"ground": kind.ground, "starts_on": starts_on, "source": "meting"}, key=uuid4(), by=by,
    )  # fmt: skip


def _remark(case: Case, number: int, by: User) -> None:
    picture.add_remark(
        case=case, kind=RemarkKind.WORRY, area=LifeArea.objects.order_by("pk")[number % 12], text=f"Zorg {number}",
        nature="fact", source="meting", seen_on=timezone.localdate(), data_class=DataClass.BASIS, key=uuid4(), by=by,
    )  # fmt: skip


def _spread(case: Case) -> None:
    """Over three years, evenly: as if it was written as it happened."""
    for model, moment in ((Action, "agreed_at"), (Measure, "noted_at"), (Remark, "made_at")):
        rows = list(model.objects.filter(case=case).order_by("pk"))
        for number, row in enumerate(rows):
            back = timedelta(days=365 * YEARS * number / len(rows))
            model.objects.filter(pk=row.pk).update(**{moment: timezone.now() - back})
