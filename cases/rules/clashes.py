"""Where measures of several partners get in each other's way, or do not fit the age: warnings, never a bar.

Each rule has a name (R01 to R20, see docs/clash-rules.md), says in a sentence what it saw and what to consider, and
leaves the rest to people. Ages and numbers of days come from the catalogue.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from accounts.models import PartnerKind
from cases.models import Measure, MeasureNature, Role
from cases.models.measures import IMPOSED, AgeAt, MeasureFamily
from cases.models.names import search_form
from cases.rules.situations import Clash, Situation, age_for, is_current

Family = MeasureFamily
HOME_VISIT, AGE_NEAR = "huisbezoek", "leeftijdsgrens"  # RuleTerm.code


Rule = Callable[[Situation], Iterable[Clash]]


def clashes(situation: Situation) -> list[Clash]:
    """Every warning, in the order of the rules."""
    return [clash for rule in RULES.values() for clash in rule(situation)]


# --- age ----------------------------------------------------------------------------------------
def _ages(situation: Situation, families: set[str] | None) -> Iterator[tuple[Measure, int]]:
    for measure in situation.measures:
        age = age_for(measure.kind, situation.youth, fact_on=measure.fact_on, today=situation.today)
        if is_current(measure) and age is not None and (families is None or measure.kind.family in families):
            yield measure, age


def _too_young(situation: Situation) -> Iterator[Clash]:
    """R01: below the lowest age of the catalogue (for Halt: twelve, on the day of the fact)."""
    for measure, age in _ages(situation, set(Family.values) - {Family.AREA_ORDER}):
        least = measure.kind.min_age
        if least is not None and age < least:
            was = "was" if measure.kind.age_moment == AgeAt.FACT else "is"
            text = f"De jongere {was} {age} jaar; {measure.label} kan vanaf {least} jaar."
            yield Clash("R01", text, measure.kind.younger_advice, (measure,))


def _too_old(situation: Situation) -> Iterator[Clash]:
    """R02: above the highest age of the catalogue."""
    for measure, age in _ages(situation, None):
        most = measure.kind.max_age
        if most is not None and age > most:
            was = "was" if measure.kind.age_moment == AgeAt.FACT else "is"
            text = f"De jongere {was} {age} jaar; {measure.label} kan tot en met {most} jaar."
            yield Clash("R02", text, "Vraag wie oplegt wat wel kan.", (measure,))


def _order_for_a_child(situation: Situation) -> Iterator[Clash]:
    """R06: an order of the burgemeester for a young child; there is another article for that."""
    for measure, age in _ages(situation, {Family.AREA_ORDER}):
        least = measure.kind.min_age
        if least is not None and age < least:
            yield Clash("R06", f"De jongere is {age} jaar.", measure.kind.younger_advice, (measure,))


def _age_limit_near(situation: Situation) -> Iterator[Clash]:
    """R13: an age at which something changes comes near, while a measure is there."""
    born = situation.youth.birth_on
    if born is None or not any(is_current(m) for m in situation.measures):
        return
    until = situation.today + timedelta(days=situation.terms.get(AGE_NEAR, 0))
    for limit in situation.age_limits:
        birthday = _birthday(born, limit.age)
        if situation.today < birthday <= until:
            text = f"Wordt {limit.age} jaar op {_short(birthday)}."
            yield Clash("R13", text, limit.consequence)


def _short(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:  # the 29th of February
        return date(born.year + age, 3, 1)


# --- Halt ---------------------------------------------------------------------------------------
def _earlier_halt(situation: Situation) -> Iterator[Clash]:
    """R03: Halt before, or twice at once. Who decides is the police and Halt: the sources differ about how often."""
    penal = situation.current(Family.HALT_PENAL)
    others = [m for m in situation.measures if m.kind.family == Family.HALT_PENAL]
    for measure in penal:
        earlier = [m for m in others if m.pk != measure.pk and (m.pk < measure.pk or not is_current(m))]
        if earlier:
            text = "Er is een eerdere Halt-straf bekend."
            yield Clash("R03", text, "Politie en Halt toetsen of het nog kan.", (*earlier, measure))


def _no_confession(situation: Situation) -> Iterator[Clash]:
    """R04: Halt asks a confession."""
    for measure in situation.current(Family.HALT_PENAL):
        if not measure.is_confessed:
            yield Clash(
                "R04", "Een bekentenis is niet vastgelegd.", "Vraag het na bij de politie.", (measure,)
            )


def _same_fact_at_the_prosecutor(situation: Situation) -> Iterator[Clash]:
    """R05: one fact, two roads."""
    for halt in situation.current(Family.HALT_PENAL):
        for case in situation.current(Family.PENAL_CASE):
            if halt.fact_on and halt.fact_on == case.fact_on:
                yield Clash("R05", "Hetzelfde feit loopt al bij het OM.", "Stem af met het OM.", (halt, case))


# --- orders -------------------------------------------------------------------------------------
def _place_in_the_way(situation: Situation) -> Iterator[Clash]:
    """R07: an area where the youth may not come, and must be for school or for another measure."""
    for order in situation.current(Family.AREA_ORDER, Family.PROSECUTOR_ORDER):
        if order.place and _same_place(order.place, situation.youth.school):
            text = f"Het verbod raakt de school: {situation.youth.school}."
            yield Clash("R07", text, "Maak een uitzondering of stem de route af.", (order,))
        for other in situation.measures:
            if other.pk != order.pk and is_current(other) and _same_place(order.place, other.place):
                place = "" if other.is_masked else f": {other.place}"
                text = f"Het verbod raakt de plek van {other.label}{place}."
                yield Clash("R07", text, "Kies een andere plek of stem het verbod af.", (order, other))


_NO_PLACE = {"heerlen", "kerkrade", "landgraaf", "brunssum", "voerendaal", "simpelveld", "beekdaelen", "centrum",
             "straat", "plein", "gebied", "rond", "rondom", "school", "college"}  # fmt: skip


def _same_place(one: str, other: str) -> bool:
    """A word that names a place stands in both."""
    words = [set(re.findall(r"\w{4,}", search_form(text))) - _NO_PLACE for text in (one, other)]
    return bool(words[0] & words[1])


def _too_long(situation: Situation) -> Iterator[Clash]:
    """R08: longer, or more often renewed, than the catalogue allows; for an order under 172b see R09."""
    for measure in situation.measures:
        kind = measure.kind
        if not is_current(measure) or kind.family == Family.PARENT_ORDER:
            continue
        length = (
            (measure.ends_on - measure.starts_on).days + 1 if measure.ends_on and measure.starts_on else 0
        )
        most = kind.max_total_days if measure.renewals else kind.max_days
        if most and length > most:
            yield Clash("R08", f"Duurt {length} dagen; hoogstens {most}.", "Vraag wie oplegt.", (measure,))
        elif kind.max_renewals is not None and measure.renewals > kind.max_renewals:
            text = f"Is {measure.renewals} keer verlengd; hoogstens {kind.max_renewals}."
            yield Clash("R08", text, "De maximale duur is bereikt.", (measure,))


def _cannot_be_renewed(situation: Situation) -> Iterator[Clash]:
    """R09: an order to parents that was renewed."""
    for measure in situation.current(Family.PARENT_ORDER):
        if measure.kind.max_renewals is not None and measure.renewals > measure.kind.max_renewals:
            yield Clash("R09", "Een bevel aan ouders kan niet worden verlengd.", "", (measure,))


def _two_orders(situation: Situation) -> Iterator[Clash]:
    """R10: the prosecutor and the burgemeester at once."""
    for theirs in situation.current(Family.PROSECUTOR_ORDER):
        for ours in situation.current(Family.AREA_ORDER):
            text = "Er loopt een gedragsaanwijzing van de officier."
            yield Clash("R10", text, "Geen bevel van de burgemeester zonder overleg.", (theirs, ours))


# --- who is there -------------------------------------------------------------------------------
def _guardian_not_here(situation: Situation) -> Iterator[Clash]:
    """R11: supervision or probation, and whoever carries it out does not take part."""
    if PartnerKind.CHILD_PROTECTION in situation.partner_kinds:
        return
    for measure in situation.current(Family.SUPERVISION):
        text = f"{measure.label} loopt, en de gecertificeerde instelling neemt niet deel."
        yield Clash("R11", text, "Vraag haar erbij.", (measure,))


_AT_HOME = re.compile(r"\b(huis|thuis)(bezoek|gesprek)", re.IGNORECASE)


def _many_home_visits(situation: Situation) -> Iterator[Clash]:
    """R12: several organisations at the door within a short time."""
    visits = [action for action in situation.actions if _AT_HOME.search(action.text)]
    near = timedelta(days=situation.terms.get(HOME_VISIT, 0))
    for one, other in combinations(visits, 2):
        if one.owner_partner_id != other.owner_partner_id and abs(one.due_on - other.due_on) <= near:
            text = f"{one.owner_partner} en {other.owner_partner} gaan kort na elkaar op huisbezoek."
            yield Clash("R12", text, "Kies één gezinscontact.")
            return


# --- what kind ----------------------------------------------------------------------------------
def _voluntary_but_imposed(situation: Situation) -> Iterator[Clash]:
    """R14: nobody can be made to take what is voluntary."""
    for measure in situation.measures:
        if is_current(measure) and measure.kind.nature == MeasureNature.VOLUNTARY and measure.imposed_by:
            text = f"{measure.label} is vrijwillig en kan niet worden opgelegd."
            yield Clash("R14", text, "Haal weg wie oplegde, of kies een andere maatregel.", (measure,))


def _only_a_victim(situation: Situation) -> Iterator[Clash]:
    """R15: in every signal the youth is the victim, and something is imposed on the youth."""
    if situation.roles != {Role.VICTIM}:
        return
    for measure in situation.measures:
        if is_current(measure) and measure.kind.nature in IMPOSED:
            text = "De jongere staat in de signalen alleen als slachtoffer."
            yield Clash("R15", text, f"Klopt {measure.label} dan?", (measure,))


def _no_result(situation: Situation) -> Iterator[Clash]:
    """R16: the last day has passed, and nobody said how it went."""
    for measure in situation.measures:
        if measure.is_over_on(situation.today):
            yield Clash("R16", f"Het resultaat van {measure.label} ontbreekt.", "Vraag het na.", (measure,))


def _of_another_town(situation: Situation) -> Iterator[Clash]:
    """R17: one municipality imposes, the youth lives in another."""
    for measure in situation.measures:
        imposer = measure.municipality_id
        if is_current(measure) and imposer and situation.municipality_id not in (None, imposer):
            text = f"{measure.label} is opgelegd door een andere gemeente dan de woongemeente."
            yield Clash("R17", text, "Informeer de burgemeester van de woongemeente.", (measure,))


# --- informing, and what the catalogue says of two --------------------------------------------------
def _speak_first(situation: Situation) -> Iterator[Clash]:
    """R18: youth or parents must be told, and the police or the prosecutor want to speak first."""
    if day := situation.held_until:
        text = f"Jongere of ouders moeten het nog weten, en politie of OM wil tot en met {_short(day)} eerst overleg."
        yield Clash("R18", text, "Stem af voordat iemand iets vertelt of verstuurt.")


def _not_together(situation: Situation) -> Iterator[Clash]:
    """R19: the catalogue says that two do not go together."""
    for one, other in combinations([m for m in situation.measures if is_current(m)], 2):
        if other.kind_id in one.kind.excludes or one.kind_id in other.kind.excludes:
            text = f"{one.label} en {other.label} gaan volgens de catalogus niet samen."
            yield Clash("R19", text, "Stem af welke doorgaat.", (one, other))


def _not_alone(situation: Situation) -> Iterator[Clash]:
    """R20: the catalogue says that one needs another. What is kept strictly is not asked for: who cannot see it
    would read here that it is not there."""
    present = {m.kind_id for m in situation.measures if is_current(m)}
    for measure in situation.measures:
        lacking = [pk for pk in measure.kind.requires if pk in situation.kind_names and pk not in present]
        if is_current(measure) and lacking:
            names = " en ".join(situation.kind_names[pk] for pk in lacking)
            text = f"Naast {measure.label} hoort volgens de catalogus: {names}."
            yield Clash("R20", text, "Vraag na of dat er is.", (measure,))


RULES: dict[str, Rule] = {
    "R01": _too_young,
    "R02": _too_old,
    "R03": _earlier_halt,
    "R04": _no_confession,
    "R05": _same_fact_at_the_prosecutor,
    "R06": _order_for_a_child,
    "R07": _place_in_the_way,
    "R08": _too_long,
    "R09": _cannot_be_renewed,
    "R10": _two_orders,
    "R11": _guardian_not_here,
    "R12": _many_home_visits,
    "R13": _age_limit_near,
    "R14": _voluntary_but_imposed,
    "R15": _only_a_victim,
    "R16": _no_result,
    "R17": _of_another_town,
    "R18": _speak_first,
    "R19": _not_together,
    "R20": _not_alone,
}
