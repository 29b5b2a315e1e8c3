"""Who takes part in the demo: organisations, people with a login, the series of meetings and its closed days."""

from datetime import time, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from access.models import PoliceData
from access.operations import police_decisions
from accounts.events import AccountEvent
from accounts.models import Municipality, Partner, PartnerKind, RoleAssignment, User
from accounts.operations import clearances as clearance_operations
from accounts.operations import confirmations as confirmation_operations
from accounts.operations import partners as partner_operations
from accounts.operations import roles as role_operations
from accounts.roles import DataClass, Level, Role
from audit.log import record
from foundation.scope import acting_as
from ijap.demo.people import HOUSE, PARTNERS, PASSWORD, PEOPLE, Organisation, Person
from ijap.seeds.demo_script import NEXT
from ijap.seeds.demo_stage import Calendar, key_of
from meetings.models import Meeting, Series, SeriesKind, StandingParticipant
from meetings.operations import deputies as deputy_operations
from meetings.operations import series as series_operations
from meetings.rules.rhythm import ProposedDay, dates_of_series, starts_at

BEHEERDER = "beheerder"
SERIES = "JPP Parkstad"
AT = time(13)
MINUTES = 120
VIDEO = "https://vergaderen.example.nl/jpp-parkstad"
TOGETHER = "Partneroverleg Parkstad"
DEPUTY = "jens.coach"
PLACE = "Stadskantoor Heerlen, zaal 2 (fictief)"
HALF_A_YEAR = timedelta(weeks=26)
A_YEAR = timedelta(days=365)
STANDING = ("politie", "politie_kerkrade", "jens", "halt", "bjz", "leerplicht", "oov_heerlen")
_K = PartnerKind
BRINGS = {_K.POLICE: DataClass.WPG, _K.CARE: DataClass.ZORG}
# Who may receive police data, beside the police itself.
RECIPIENTS = ("politie", "politie_kerkrade", "halt", "bjz", "raad", "om", "reclassering", "jeugdboa")

# Who speaks for an organisation: says who its people are.
CONTACTS = {
    "politie": "politie", "politie_kerkrade": "politie.kerkrade", "jens": "jens", "halt": "halt", "bjz": "jeugdzorg",
    "raad": "raad", "om": "om", "reclassering": "reclassering", "leerplicht": "leerplicht", "oov_heerlen": "oov",
    "oov_kerkrade": "burgemeester", "jeugdboa": "jeugdboa", "school": "mentor",
}  # fmt: skip

# Organisations without a login in the demo.
MORE_PARTNERS = {
    "politie_brunssum": Organisation("Politie Basisteam Brunssum/Landgraaf", "Politie Brunssum", _K.POLICE, "Brunssum"),
    "ws": Organisation("William Schrikker Stichting", "William Schrikker", _K.CHILD_PROTECTION),
    "ldh": Organisation("Leger des Heils Jeugdbescherming", "Leger des Heils", _K.CHILD_PROTECTION),
    "vt": Organisation("Veilig Thuis Zuid-Limburg", "Veilig Thuis", _K.CARE),
    "mondriaan": Organisation("Mondriaan jeugd", "Mondriaan", _K.CARE),
    "xonar": Organisation("Xonar", "Xonar", _K.CARE),
    "slachtofferhulp": Organisation("Slachtofferhulp Nederland", "Slachtofferhulp", _K.OTHER),
    "th_heerlen": Organisation("Gemeente Heerlen, toezicht en handhaving", "T&H Heerlen", _K.ENFORCEMENT, "Heerlen"),
    "oov_landgraaf": Organisation("Gemeente Landgraaf, openbare orde en veiligheid", "OOV Landgraaf", _K.MUNICIPALITY,
                                  "Landgraaf"),
    "toegang_beekdaelen": Organisation("Lokale toegang jeugd Beekdaelen", "Toegang Beekdaelen", _K.MUNICIPALITY,
                                       "Beekdaelen"),
    "toegang_brunssum": Organisation("Lokale toegang jeugd Brunssum", "Toegang Brunssum", _K.MUNICIPALITY, "Brunssum"),
    "havo": Organisation("Havo-vwo De Schets (fictief)", "De Schets", _K.SCHOOL, "Heerlen"),
    "praktijkschool": Organisation("Praktijkschool Het Model (fictief)", "Het Model", _K.SCHOOL, "Heerlen"),
    "basisschool": Organisation("Basisschool De Proeftuin (fictief)", "De Proeftuin", _K.SCHOOL, "Landgraaf"),
    "voetbal": Organisation("Voetbalvereniging De Bedachte Bal (fictief)", "De Bedachte Bal", _K.OTHER, "Kerkrade"),
}  # fmt: skip
ALL_PARTNERS = PARTNERS | MORE_PARTNERS


def gather() -> None:
    """Organisations, people and their roles; what is there already stays as it is."""
    known = set(User.objects.values_list("username", flat=True))
    new = [person for person in PEOPLE if person.username not in known]
    secret = make_password(PASSWORD) if new else ""
    beheerder = _first_beheerder(secret)
    towns = {town.name: town for town in Municipality.objects.all()}
    with acting_as(beheerder):
        made = {HOUSE: Partner.objects.get(kind=PartnerKind.REGIE)}
        for key, one in ALL_PARTNERS.items():
            made[key] = _partner(key, one, towns, beheerder)
        new = [person for person in new if person.username != BEHEERDER]
        for person in new:
            user = _user(person, made[person.partner], secret)
            record(AccountEvent.USER_ADDED, by=beheerder, about=user, partner=user.partner_id)
        for person in new:
            _assign(person, towns, beheerder)
            _clear(person, beheerder)
        _decide(made, beheerder)
        _contacts(beheerder)


def _contacts(by: User) -> None:
    """Somebody speaks for each organisation with a login, once."""
    for key, username in CONTACTS.items():
        partner = Partner.objects.get(uuid=key_of(f"partner {key}"))
        if partner.contact_id is None:
            person = User.objects.get(username=username)
            confirmation_operations.choose_contact(partner=partner, user=person, by=by)


def _first_beheerder(secret: str) -> User:
    """Somebody must be the first; nobody could have added them."""
    person = next(p for p in PEOPLE if p.username == BEHEERDER)
    if known := User.objects.filter(username=BEHEERDER).first():
        return known
    user = _user(person, Partner.objects.get(kind=PartnerKind.REGIE), secret)
    RoleAssignment.objects.create(uuid=key_of("role beheerder"), user=user, role=Role.BEHEERDER)
    return user


def _user(person: Person, partner: Partner, secret: str) -> User:
    """With the public password of the demo: the operation would make one that nobody knows."""
    return User.objects.create(
        uuid=key_of(f"user {person.username}"),
        username=person.username,
        first_name=person.first_name,
        last_name=person.last_name,
        email=f"{person.username}@example.nl",
        function=person.function,
        partner=partner,
        password=secret,
    )


def _partner(key: str, one: Organisation, towns: dict[str, Municipality], by: User) -> Partner:
    return partner_operations.add(
        key=key_of(f"partner {key}"),
        name=one.name,
        short_name=one.short_name,
        kind=one.kind,
        brings=BRINGS.get(one.kind, DataClass.BASIS),
        municipality=towns.get(one.municipality),
        by=by,
    )


def _assign(person: Person, towns: dict[str, Municipality], by: User) -> None:
    user = User.objects.get(username=person.username)
    levels: tuple[Level | None, ...] = person.levels or (None,)
    for level in levels:
        role_operations.assign(
            key=key_of(f"role {person.username} {person.role} {level}"),
            user=user,
            role=person.role,
            level=level,
            municipality=towns.get(person.municipality),
            by=by,
        )


def _clear(person: Person, by: User) -> None:
    for data_class in person.cleared:
        clearance_operations.give(
            key=key_of(f"clearance {person.username} {data_class.name}"),
            user=User.objects.get(username=person.username),
            data_class=data_class,
            reason="Screening en training in 2026 (fictief)",
            until=timezone.now() + A_YEAR,
            by=by,
        )


def _decide(made: dict[str, Partner], by: User) -> None:
    """Without a decision the police could send in nothing."""
    today = timezone.localdate()
    police_decisions.add(
        key=key_of("police decision"),
        reference="Fictief besluit Wpg 20, IJAP",
        interest="Voorkomen dat jongeren in Parkstad strafbare feiten plegen of er slachtoffer van worden.",
        conditions="Alleen wat nodig is om af te spreken wie wat doet. Geen processen-verbaal.",
        covers=list(PoliceData),
        recipients=[made[key] for key in RECIPIENTS],
        valid_from=today - A_YEAR,
        valid_until=today + A_YEAR,
        by=by,
    )


def plan_meetings(calendar: Calendar, short_meetings: dict[int, int]) -> None:
    """The JPP, its seats and closed days, the meetings of the story, and half a year ahead."""
    beheerder = User.objects.get(username=BEHEERDER)
    with acting_as(beheerder):
        years = (calendar.today.year, calendar.today.year + 1)
        days = [ProposedDay(on, name, False) for on, name in calendar.closed.items() if on.year in years]
        series_operations.add_closing_days(days=days, by=beheerder)
        series = series_operations.add_series(
            key=key_of("series jpp"),
            name=SERIES,
            level=Level.JPP,
            municipality=None,
            first_on=calendar.first_on,
            time=AT,
            every_weeks=2,
            minutes=MINUTES,
            location=PLACE,
            video_url=VIDEO,
            by=beheerder,
        )
        _seat(series, beheerder)
        _stand_in(series, beheerder)
        _past_meetings(series, calendar, short_meetings)
        together = series_operations.add_series(
            key=key_of("series partners"),
            name=TOGETHER,
            kind=SeriesKind.PARTNERS,
            level=Level.JPP,
            municipality=None,
            first_on=calendar.meetings[NEXT],
            time=time(15, 30),
            every_weeks=4,
            minutes=60,
            location=PLACE,
            by=beheerder,
        )
        _seat(together, beheerder)
        for one in (series, together):
            series_operations.plan_ahead(series=one, until=calendar.today + HALF_A_YEAR, by=beheerder)


def _seat(series: Series, by: User) -> None:
    """Every organisation of the JPP, with the person who usually comes."""
    seated = set(StandingParticipant.objects.filter(series=series).values_list("partner__uuid", flat=True))
    for key in STANDING:
        if key_of(f"partner {key}") not in seated:
            partner = Partner.objects.get(uuid=key_of(f"partner {key}"))
            person = User.objects.filter(partner=partner, assignments__level=Level.JPP).order_by("pk").first()
            series_operations.add_standing(series=series, partner=partner, person=person, by=by)


def _stand_in(series: Series, by: User) -> None:
    """Youth work says who comes when its youth worker cannot."""
    seat = StandingParticipant.objects.get(series=series, partner__uuid=key_of("partner jens"))
    deputy_operations.name_deputy(seat=seat, person=User.objects.get(username=DEPUTY), by=by)


def _past_meetings(series: Series, calendar: Calendar, short_meetings: dict[int, int]) -> None:
    """The operation plans ahead only; what was planned long ago is written down here."""
    rhythm = dates_of_series(
        first_on=calendar.meetings[1],
        every_weeks=2,
        until=calendar.today + HALF_A_YEAR,
        closing_days=calendar.closed,
    )
    wanted = {day.on for day in rhythm if not day.is_skipped} - {
        calendar.rhythm_on
    }  # which is today, or moved to it
    wanted |= set(calendar.meetings.values())
    numbers = {on: number for number, on in calendar.meetings.items()}
    for on in sorted(wanted):
        Meeting.objects.get_or_create(
            series=series,
            starts_at=starts_at(on, AT),
            defaults={
                "level": series.level,
                "minutes": short_meetings.get(numbers.get(on, 0), MINUTES),
                "location": PLACE,
                "video_url": series.video_url,
            },
        )
