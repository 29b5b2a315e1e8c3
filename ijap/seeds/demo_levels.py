"""Plays what happens beside the meetings: other levels, access by name, who comes and goes in a case."""

from collections.abc import Callable, Iterator

from access import operations as access
from access.models import Grant, Ground, Participation
from accounts.models import User
from accounts.roles import Level
from cases.models import Action, ActionState, Case, LevelChange, LevelCriterion
from cases.operations import actions, cases, levels
from ijap.seeds.demo_script import When
from ijap.seeds.demo_stage import Calendar, Play, Scene, Stage, key_of

REGISSEUR = "regisseur"
# Why an organisation sits at the table of a case.
TAKES_PART = {
    "politie": "Kent de jongere van meldingen",
    "politie_kerkrade": "Kent de jongere van meldingen",
    "jens": "Heeft contact met de jongere of het gezin",
    "halt": "Kan een traject of preventieve inzet bieden",
    "bjz": "Heeft of onderzoekt jeugdhulp",
    "leerplicht": "Volgt het verzuim",
    "oov_heerlen": "De gemeente heeft een maatregel opgelegd",
    "raad": "Onderzoekt of een maatregel nodig is",
    "reclassering": "Begeleidt na de 18e verjaardag",
    "om": "Heeft een strafzaak in behandeling",
}
# Who speaks for an organisation, where no person was named.
SPEAKS_FOR = {
    "politie": "politie", "politie_kerkrade": "politie.kerkrade", "jens": "jens", "halt": "halt", "bjz": "jeugdzorg",
    "leerplicht": "leerplicht", "oov_heerlen": "oov", "raad": "raad", "reclassering": "reclassering", "om": "om",
}  # fmt: skip


def let_in(case: Case, partners: tuple[str, ...], by: User, stage: Stage) -> None:
    """These organisations take part in the present room of the case."""
    sitting = Participation.objects.visible_to(by).active().filter(compartment=case.room)
    known = set(sitting.values_list("partner__uuid", flat=True))
    for partner in partners:
        if key_of(f"partner {partner}") not in known:
            access.add_participation(
                compartment=case.room, partner=stage.partner(partner), ground=Ground.CONVENANT,
                reason=TAKES_PART[partner], by=by,
            )  # fmt: skip


Row = tuple[When, str, str, Play]


def scenes(calendar: Calendar, case_of: Callable[[str, User], Case]) -> Iterator[Scene]:
    """The scenes beside the meetings, each with its moment."""
    beside = Beside(calendar, case_of)
    for when, name, who, play in [*_to_the_lja(beside), *_elsewhere(beside), *_access(beside)]:
        yield Scene(calendar.moment(when), f"beside {name}", who, play)


def _to_the_lja(beside: "Beside") -> list[Row]:
    """One youth goes up and comes down again; another is there now."""
    return [
        # up to the LJA, and down again
        (When(1, 2, "10:40"), "zofia up", "lja.heerlen", beside.accept(
            "zofia", "Wij nemen het over. Komende week een eerste overleg met JENS, politie en Bureau Jeugdzorg.")),
        (When(1, 2, "11:15"), "zofia at lja", "lja.heerlen", beside.begin(
            "zofia", ("jens", "politie", "bjz", "raad"), When(5, 0),
            ("jens", "jens.coach", "Coacht haar drie keer per week", When(5, 0)),
            ("politie", "politie", "Geeft door als zij wordt gezien bij de auto", When(4, 0)))),
        (When(2, 6, "15:30"), "zofia coached", "jens.coach", beside.end(
            "zofia", "Coacht haar", ActionState.DONE, "Woont weer bij haar tante. Stage begint volgende week.")),
        (When(3, 4, "11:10"), "zofia seen", "politie", beside.end(
            "zofia", "Geeft door", ActionState.DONE, "Zes weken niet meer gezien bij de auto.")),
        (When(5, 2, "09:30"), "zofia down", "lja.heerlen", beside.propose(
            "zofia", Level.JPP, "Afschalen naar JPP: acht weken geen feiten, stage loopt, coach blijft tot april.",
            "Coach drie keer per week, woonplek bij familie.", When(6, -2))),
        (When(5, 4, "10:10"), "zofia back", REGISSEUR, beside.accept("zofia", "Fijn. Wij bespreken haar in het volgende JPP.")),
        (When(5, 4, "10:25"), "zofia at jpp", REGISSEUR, beside.begin("zofia", ("jens", "politie", "leerplicht"), When(6, -2))),
        # to the LJA, and there now
        (When(2, 2, "13:50"), "omer up", "lja.heerlen", beside.accept(
            "omer", "Wij nemen het over en nodigen moeder uit voor een gesprek.")),
        (When(2, 3, "09:40"), "omer at lja", "lja.heerlen", beside.begin(
            "omer", ("politie", "jens", "bjz", "leerplicht"), When(7, 2),
            ("jens", "jens.coach", "Coacht hem twee keer per week", When(8, 0)),
            ("leerplicht", "leerplicht", "Maakt proces-verbaal op over het verzuim", When(4, 0)),
            ("bjz", "jeugdzorg", "Bespreekt met moeder hulp in huis", When(6, 2)))),
        (When(2, 6, "16:00"), "omer coached", "jens.coach", beside.move("omer", "Coacht hem", ActionState.IN_PROGRESS)),
        (When(3, 5, "14:00"), "omer truant", "leerplicht", beside.end(
            "omer", "Maakt proces-verbaal", ActionState.DONE, "Opgemaakt. De zitting is over zes weken.")),
    ]  # fmt: skip


def _elsewhere(beside: "Beside") -> list[Row]:
    """Straight to the PGA; and answers that were no, not yet, or not needed."""
    return [
        # straight to the PGA
        (When(4, 2, "11:30"), "e up", "pga", beside.accept(
            "e", "Wij nemen het over. Alleen wie nodig is zit aan tafel. Voor de 18e verjaardag ligt er een plan.")),
        (When(4, 3, "09:15"), "e at pga", "pga", beside.begin(
            "e", ("politie", "bjz", "reclassering", "om"), When(7, 6),
            ("reclassering", "reclassering", "Maakt een plan voor na de 18e verjaardag", When(8, 0)),
            ("politie", "politie", "Zet alle feiten op een rij", When(5, 0)),
            ("om", "om", "Bekijkt of zaken samen op zitting kunnen", When(8, -2)))),
        (When(4, 6, "15:00"), "e planned", "reclassering", beside.move("e", "Maakt een plan", ActionState.ACCEPTED)),
        (When(4, 9, "16:30"), "e listed", "politie", beside.end("e", "Zet alle feiten", ActionState.DONE, "Overzicht gedeeld aan tafel.")),
        # no, and not yet
        (When(4, 3, "15:20"), "yagmur no", "lja.kerkrade", beside.refuse(
            "yagmur", "Nog niet. Het plan van school is niet geprobeerd. Lukt dat niet, stel het dan opnieuw voor.")),
        (When(5, 3, "13:10"), "milan up", REGISSEUR, beside.propose(
            "milan", Level.LJA, "Hij was twee nachten weg en wordt misschien gebruikt.", "Gesprekken met jongere en ouders.",
            When(7, 0))),
        (When(5, 4, "09:05"), "milan taken back", REGISSEUR, beside.withdraw("milan")),
        (When(7, -6, "14:45"), "tygo up", REGISSEUR, beside.propose(
            "tygo", Level.LJA, "Drie feiten in drie maanden, school is gestopt, ouders vragen om meer hulp.",
            "Opgezocht op straat. Gesprek met ouders door leerplicht. Feiten op een rij door de politie.", When(8, 0))),
    ]  # fmt: skip


def _access(beside: "Beside") -> list[Row]:
    """Access by name, and who comes and goes in a case."""
    return [
        # access by name, and who comes and goes
        (When(5, 3, "16:10"), "jaimy named", REGISSEUR, beside.grant("jaimy", "mentor", "Begeleidt de terugkeer naar school", When(7, 10))),
        (When(6, 2, "09:20"), "jaimy unnamed", REGISSEUR, beside.end_grant("jaimy", "mentor")),
        (When(6, 3, "11:50"), "zoe named", REGISSEUR, beside.grant("zoe", "mentor", "Is haar vaste persoon op school", When(8, 5))),
        (When(7, -4, "12:15"), "emine halt", REGISSEUR, beside.sit_until("emine", "halt", When(7, 4))),
        (When(5, 1, "15:40"), "kacper politie", REGISSEUR, beside.leave("kacper", "politie")),
        (When(7, -2, "14:30"), "nina excluded", REGISSEUR, beside.exclude("nina", "regisseur2", "Kent het gezin privé")),
    ]  # fmt: skip


class Beside:
    """What can happen to a case outside a meeting, as plays to be played later."""

    def __init__(self, calendar: Calendar, case_of: Callable[[str, User], Case]) -> None:
        self.calendar, self.case_of = calendar, case_of

    def propose(self, key: str, to: Level, reason: str, tried: str, review: When) -> Play:
        def play(by: User, stage: Stage) -> None:
            case = self.case_of(key, by)
            levels.propose(
                case=case, to=to, reason=reason, tried=tried, review_on=self.calendar.day(review),
                criteria=LevelCriterion.objects.between(case.level, to), key=key_of(f"level {key} {to}"), by=by,
            )  # fmt: skip

        return play

    def accept(self, key: str, answer: str) -> Play:
        return lambda by, stage: levels.accept(change=self._proposal(key, by), answer=answer, by=by)

    def refuse(self, key: str, answer: str) -> Play:
        return lambda by, stage: levels.refuse(change=self._proposal(key, by), answer=answer, by=by)

    def withdraw(self, key: str) -> Play:
        return lambda by, stage: levels.withdraw(change=self._proposal(key, by), by=by)

    def begin(
        self, key: str, partners: tuple[str, ...], review: When, *deeds: tuple[str, str, str, When]
    ) -> Play:
        """A level begins afresh: its own partners, its own actions, a day to look again."""

        def play(by: User, stage: Stage) -> None:
            case = self.case_of(key, by)
            let_in(case, partners, by, stage)
            for number, (partner, person, text, due) in enumerate(deeds):
                actions.agree(
                    case=case, text=text, owner_partner=stage.partner(partner), owner_person=stage.user(person),
                    due_on=self.calendar.day(due), key=key_of(f"action {key} {case.level} {number}"), by=by,
                )  # fmt: skip
            seen = (case.casusregisseur_id, case.review_on)
            cases.plan(case=case, casusregisseur=by, review_on=self.calendar.day(review), seen=seen, by=by)

        return play

    def move(self, key: str, text: str, to: ActionState) -> Play:
        return lambda by, stage: actions.move(action=self.action(key, text, by), to=to, by=by)

    def end(self, key: str, text: str, to: ActionState, result: str) -> Play:
        return lambda by, stage: actions.end(action=self.action(key, text, by), to=to, result=result, by=by)

    def action(self, key: str, text: str, by: User) -> Action:
        """The newest action of a case that begins with these words."""
        found: Action = (
            Action.objects.visible_to(by)
            .filter(case=self.case_of(key, by), text__startswith=text)
            .latest("pk")
        )
        return found

    def grant(self, key: str, person: str, reason: str, until: When) -> Play:
        def play(by: User, stage: Stage) -> None:
            case = self.case_of(key, by)
            access.grant(
                compartment=case.room, user=stage.user(person), ground=Ground.CASE_NEED, reason=reason,
                until=stage.later(self.calendar.day(until)), by=by,
            )  # fmt: skip

        return play

    def end_grant(self, key: str, person: str) -> Play:
        def play(by: User, stage: Stage) -> None:
            given = Grant.objects.select_related("content_object").get(
                content_object=self.case_of(key, by).room, user__username=person
            )
            access.end_grant(grant=given, by=by)

        return play

    def sit_until(self, key: str, partner: str, until: When) -> Play:
        return lambda by, stage: access.add_participation(
            compartment=self.case_of(key, by).room, partner=stage.partner(partner), ground=Ground.CASE_NEED,
            reason="Denkt een keer mee over een passend gesprek", until=stage.later(self.calendar.day(until)), by=by,
        )  # fmt: skip

    def leave(self, key: str, partner: str) -> Play:
        def play(by: User, stage: Stage) -> None:
            sitting = Participation.objects.visible_to(by).filter(
                compartment=self.case_of(key, by).room, ended_at=None
            )
            access.end_participation(participation=sitting.get(partner=stage.partner(partner)), by=by)

        return play

    def exclude(self, key: str, person: str, reason: str) -> Play:
        return lambda by, stage: access.exclude(
            compartment=self.case_of(key, by).compartment, user=stage.user(person), reason=reason, by=by
        )

    def _proposal(self, key: str, by: User) -> LevelChange:
        found: LevelChange = (
            LevelChange.objects.visible_to(by).filter(case=self.case_of(key, by)).latest("proposed_at", "pk")
        )
        return found
