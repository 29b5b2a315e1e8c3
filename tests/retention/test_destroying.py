"""Everything goes and nothing else: a rich case is destroyed, and the whole database is searched."""

from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connections
from django.utils import timezone

from access import operations as access
from access.models import Grant
from accounts.models import User
from audit.models import Event
from cases.models import ClashAnswer, Closing
from cases.operations import secrets, triage
from foundation.scope import acting_as, protected_tables
from meetings.models import Document, Omission
from meetings.operations import copies
from retention import operations
from retention.models import Extension, RefusalGround
from tests import cast
from tests.conftest import SUPERUSER
from tests.factories import cases as case_factory
from tests.factories import retention as factory
from tests.test_canary import text_columns
from tests.test_house import OURS

TOKEN = "Kanariesson"
PROTECTED = [m for m in OURS if m._meta.db_table in protected_tables()]


def ask(sql, *params):
    """Asked as who sees every row of every table."""
    with psycopg.connect(SUPERUSER, dbname=connections.settings["default"]["NAME"]) as connection:
        return connection.execute(sql, params or None).fetchall()


def everywhere(word):
    """Every table in which this word stands, in whatever column."""
    tables = [
        t
        for (t,) in ask(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        )
    ]
    return {
        t for t in tables if ask(f'SELECT 1 FROM "{t}" row WHERE row::text ILIKE %s LIMIT 1', f"%{word}%")
    }


def enrich(world):
    """What the world lacks in its richest case."""
    regisseur, partners = User.objects.get(username="regisseur"), cast.partners()
    mentor, agent = User.objects.get(username="mentor"), User.objects.get(username="agent")
    with acting_as(regisseur):
        case, room = world.case, world.case.room
        youth = case.youth
        case_factory.measure(by=regisseur, case=case, partner=partners["jens"], code="GGZ")
        access.exclude(
            compartment=youth.compartment,
            user=User.objects.get(username="tweede_regisseur"),
            reason="Neef",
            by=regisseur,
        )
        access.end_grant(grant=Grant.objects.get(pk=world.grant.pk), by=regisseur)
        ClashAnswer.objects.create(
            compartment=youth.compartment,
            case=case,
            rule="R1",
            measure_ids=[1],
            reason="Zo is het",
            answered_by=regisseur,
        )
        Omission.objects.create(
            meeting=world.meeting_planned, case=case, compartment=room, kind="no_time", reason="Past niet"
        )
    with acting_as(agent):
        case_factory.access_request(by=agent, youth=youth)
    with acting_as(mentor):
        signal = case_factory.signal(by=mentor)
        secrets.note_reporter(signal=signal, name="Buurman", by=mentor)
    with acting_as(regisseur):
        case_factory.told(by=regisseur, signal=signal, case=case)
        both = world.told_signal.signal
        tell_elsewhere(both, world.hidden_case, regisseur)
        copies.hand_out(document=world.document_whole, by=regisseur)
    return youth


def tell_elsewhere(signal, case, by):
    """The same signal at the table of another youth."""
    triage.tell(
        signal=signal,
        case=case,
        text="Was erbij en keek toe.",
        role="witness",
        need="School kan dit niet alleen",
        by=by,
    )


def family(youth):
    """The compartments of this youth, found without the code that destroys."""
    rows = ask(
        "SELECT id FROM access_compartment WHERE id = %(c)s OR within_id = %(c)s"
        " UNION SELECT compartment_id FROM cases_signal WHERE youth_id = %(y)s"
        " UNION SELECT compartment_id FROM cases_reporter WHERE signal_id IN (SELECT id FROM cases_signal WHERE youth_id = %(y)s)"
        " UNION SELECT compartment_id FROM cases_accessrequest WHERE last_name = %(n)s".replace(
            "%(c)s", str(youth.compartment_id)
        )
        .replace("%(y)s", str(youth.pk))
        .replace("%(n)s", f"'{youth.last_name}'")
    )
    return [number for (number,) in rows]


def mark(places):
    """The token in every text of every row that stands in one of these."""
    tables = set()
    with connections["bulk"].cursor() as cursor:
        for model in PROTECTED:
            columns = list(text_columns(model))
            if not columns or model._meta.label == "access.Compartment":
                continue
            home = "content_object_id" if model._meta.label == "access.Grant" else "compartment_id"
            for column in columns:
                cursor.execute(
                    f"UPDATE {model._meta.db_table} SET {column} = left('{TOKEN} ' || {column}, 60)"
                    f" WHERE {home} = ANY (%s) AND {column} <> ''",
                    [places],
                )
                tables |= {model._meta.db_table} if cursor.rowcount else set()
    return tables


def stamps(places):
    """Every protected row that stands elsewhere, as {(table, id): hash}."""
    found = {}
    for model in PROTECTED:
        table, home = model._meta.db_table, "compartment_id"
        home = {"access.Compartment": "id", "access.Grant": "content_object_id"}.get(model._meta.label, home)
        for number, stamp in ask(
            f"SELECT id, md5(row::text) FROM {table} row WHERE {home} <> ALL (%s)", places
        ):
            found[table, number] = stamp
    return found


@pytest.fixture
def rich(world):
    """A case in which everything happened, closed six years ago; marked everywhere."""
    youth = enrich(world)
    regisseur = User.objects.get(username="regisseur")
    with acting_as(regisseur):
        close_long_ago(world, regisseur)
    places = family(youth)
    marked = mark(places)
    return SimpleNamespace(world=world, youth=youth, places=places, marked=marked)


def close_long_ago(world, by):
    """Closed six years ago, whatever still ran, and kept a little longer."""
    Closing.objects.create(
        case=world.case,
        compartment=world.case.room,
        evaluation="Rust",
        helped="Een vaste coach",
        aftercare="JENS",
        closed_by=by,
    )
    factory.close_long_ago(world.case, months=72, by=by)
    Extension.objects.create(
        compartment_id=world.case.compartment_id,
        case=world.case,
        until_on=timezone.localdate() - timedelta(days=9),
        reason="Er liep nog een klacht",
        extended_by=by,
    )


def of_case(proposals, case):
    return next(p for p in proposals if p.kind == "case" and p.object_number == case.pk)


def hold_back(proposal):
    """Refused with the token in the explanation, and then proposed anew."""
    regisseur = User.objects.get(username="regisseur")
    with acting_as(regisseur):
        operations.proposals.refuse(
            proposal=proposal,
            ground=RefusalGround.LAWSUIT,
            explanation=f"De zaak van {TOKEN} loopt nog",
            postponed_until=timezone.localdate() + timedelta(days=1),
            by=regisseur,
        )
    with connections["bulk"].cursor() as cursor:
        cursor.execute(
            "UPDATE retention_proposal SET postponed_until = current_date WHERE id = %s", [proposal.pk]
        )


def test_everything_of_the_youth_goes_and_nothing_of_others(rich):
    assert len(rich.marked) >= 18, rich.marked
    hold_back(of_case(factory.propose(), rich.world.case))
    proposal = of_case(factory.propose(), rich.world.case)
    assert proposal.takes_youth
    assert {"cases_youth", "retention_proposal"} <= everywhere(TOKEN)
    before = stamps(rich.places)
    factory.approve(proposal)
    certificate = factory.destroy(proposal)

    # What was told about somebody else stays in their room; the papers of the meeting are emptied.
    assert everywhere(TOKEN) == set()
    changed = {
        table
        for (table, number), stamp in stamps(rich.places).items()
        if before.get((table, number)) != stamp
    }
    gone = {key for key in before if key not in stamps(rich.places)}
    assert changed <= {"meetings_document"}
    # Its name leaves the group it was in; the other names there stay.
    # And what was said of it to regie alone lies apart from it: that goes with its room.
    # Copies of the paper that was emptied are no longer known as ours.
    apart = {"access_compartment", "meetings_contribution", "meetings_documentcopy"}
    assert {table for table, _ in gone} <= {"access_inclusion", "cases_groupmember"} | apart
    for table in {"cases_groupmember"} | apart:
        assert sum(one == table for one, _ in gone) == 1
    assert certificate.left_over == 0 and certificate.questions > 30
    assert certificate.counts["cases_case"] == certificate.counts["cases_youth"] == 1
    assert rich.marked <= set(certificate.counts) | set(certificate.emptied) | {"retention_proposal"}
    with acting_as(User.objects.get(username="regisseur")):
        papers = Document.objects.filter(meeting=rich.world.meeting_closed)
        assert papers and all(bytes(p.content) == b"" and p.sha256 for p in papers if p.pages)
    with acting_as(User.objects.get(username="fg")):
        event = Event.objects.get(kind="destruction.done", case_id=rich.world.case.pk)
        assert event.details["rows"] == sum(certificate.counts.values())
