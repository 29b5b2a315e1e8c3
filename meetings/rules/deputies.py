"""Who can come for whom, whoever asks."""

from accounts.models import User
from accounts.roles import Level, Role
from foundation.errors import NotPossible
from meetings.models import Meeting, StandingParticipant


def check_can_stand_in(seat: StandingParticipant, person: User) -> None:
    """A deputy sits at that table for that organisation already: naming one opens nothing to anybody."""
    if seat.ended_at or not seat.person_id:
        raise NotPossible("Kies eerst een vaste persoon voor deze organisatie.")
    if person.pk == seat.person_id:
        raise NotPossible("Dit is de vaste persoon zelf.")
    if person.partner_id != seat.partner_id:
        raise NotPossible(f"Deze persoon werkt niet bij {seat.partner}.")
    if not person.is_active or not person.holds(Role.DEELNEMER, level=Level(seat.series.level)):
        raise NotPossible("Deze persoon heeft geen plek aan deze tafel.")


def check_has_person(meeting: Meeting, seat: StandingParticipant) -> None:
    if seat.series_id != meeting.series_id or seat.ended_at or not seat.person_id:
        raise NotPossible("Deze organisatie heeft geen vaste persoon bij dit overleg.")
