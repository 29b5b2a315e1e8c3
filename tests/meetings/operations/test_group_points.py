"""A group at a meeting: who puts it there, who writes, who reads, and that no name stands in it."""

import pytest
from django.db import DatabaseError, transaction

from access import operations as access
from accounts.models import Municipality
from accounts.roles import Level
from cases.operations import groups
from foundation.errors import NotAllowed, NotPossible, Stale
from foundation.scope import acting_as
from meetings.documents import read_minutes
from meetings.models import GroupPoint, MeetingState
from meetings.operations import group_points, live
from tests.factories import cases as make_case
from tests.factories import groups as make_group
from tests.factories import meetings as make
from tests.factories.audit import logged


@pytest.fixture
def table(partners):
    return [partners["politie"], partners["jens"]]


@pytest.fixture
def meeting(regisseur, table):
    with acting_as(regisseur):
        made = make.agreed_meeting(by=regisseur)
        case = make_case.case(by=regisseur, partners=table, first_name="Noor", last_name="Verzonnen")
        make.point(by=regisseur, meeting=made, case=case, partners=table)
        return made


@pytest.fixture
def group(regisseur, table):
    with acting_as(regisseur):
        return make_group.naming(by=regisseur, partners=table)


@pytest.fixture
def point(regisseur, meeting, group):
    with acting_as(regisseur):
        return put(meeting, group, by=regisseur)


def put(meeting, group, *, by, question="Lukt het op vrijdagavond?", minutes=10, version=0):
    return group_points.put(
        meeting=meeting, group=group, question=question, minutes=minutes, version=version, by=by
    )


def write(point, outcome, *, by, version=1):
    return group_points.write(point=point, outcome=outcome, version=version, by=by)


def test_putting_it_there_again_changes_the_question(regisseur, meeting, group, point):
    with acting_as(regisseur):
        again = put(meeting, group, by=regisseur, question="Werkt het plein?", minutes=5, version=1)
        assert (again.pk, again.question, again.minutes) == (point.pk, "Werkt het plein?", 5)
        assert GroupPoint.objects.visible_to(regisseur).standing().count() == 1
        put(meeting, group, by=regisseur, question="Werkt het plein?", minutes=5)  # the answer got lost
        with pytest.raises(Stale) as refused:
            put(meeting, group, by=regisseur, question="Van een oude pagina", version=1)
        assert refused.value.current.question == "Werkt het plein?"
    assert len(logged("group_point.put")) == 2


@pytest.mark.parametrize(
    "who", ["agent", "jongerenwerker", "haltmedewerker", "lja_heerlen", "pga", "beheerder"]
)
def test_only_who_leads_both_puts_it_there(who, request, meeting, group):
    user = request.getfixturevalue(who)
    with acting_as(user), pytest.raises((NotAllowed, NotPossible)):
        put(meeting, group, by=user)


def test_a_group_belongs_at_the_table_of_its_level(regisseur, lja_heerlen, meeting):
    with acting_as(lja_heerlen):
        theirs = make_group.group(by=lja_heerlen, level=Level.LJA)
    with acting_as(regisseur), pytest.raises((NotAllowed, NotPossible)):
        put(meeting, theirs, by=regisseur)


def test_at_an_lja_only_its_own_municipality(regisseur, meeting, group):
    meeting.series.municipality = Municipality.objects.get(name="Kerkrade")
    meeting.series.save()
    with acting_as(regisseur), pytest.raises(NotPossible, match="andere gemeente"):
        put(meeting, group, by=regisseur)


def test_a_closed_group_is_put_on_no_agenda(regisseur, meeting, group):
    with acting_as(regisseur):
        groups.close(group=group, evaluation="Het is rustig", by=regisseur)
        with pytest.raises(NotPossible, match="gesloten"):
            put(meeting, group, by=regisseur)


def test_who_takes_part_reads_it_and_who_does_not_sees_nothing(agent, haltmedewerker, point):
    with acting_as(agent):
        assert list(GroupPoint.objects.visible_to(agent)) == [point]
    with acting_as(haltmedewerker):
        assert not GroupPoint.objects.visible_to(haltmedewerker).exists()
        assert not GroupPoint.objects.all().exists()  # the database says the same


def test_nothing_is_written_before_the_meeting_begins_or_after_it_is_final(regisseur, meeting, point):
    with acting_as(regisseur):
        with pytest.raises(NotPossible, match="nog niet begonnen"):
            write(point, "Rustiger", by=regisseur)
        live.start(meeting=meeting, by=regisseur)
        assert write(point, "Rustiger", by=regisseur).version == 2
        assert write(point, "Rustiger", by=regisseur).version == 2
        type(meeting).objects.filter(pk=meeting.pk).update(state=MeetingState.CONFIRMED)
        with pytest.raises(NotPossible, match="vastgesteld"):
            write(point, "Toch niet", by=regisseur, version=2)
    assert len(logged("group_point.written")) == 1


def test_two_writers_both_keep_their_text(regisseur, tweede_regisseur, meeting, point):
    with acting_as(regisseur):
        live.start(meeting=meeting, by=regisseur)
        write(point, "Rustiger op vrijdag", by=regisseur)
    with acting_as(tweede_regisseur):
        with pytest.raises(Stale) as refusal:
            write(point, "Nog onrustig", by=tweede_regisseur)
        assert refusal.value.current.outcome == "Rustiger op vrijdag"
        assert write(point, "Beide", by=tweede_regisseur, version=2).version == 3


def test_no_name_of_a_member_or_of_the_agenda_stands_in_it(regisseur, table, meeting, group, point):
    with acting_as(regisseur):
        case = make_case.case(by=regisseur, partners=table, first_name="Sem", last_name="Fictief")
        make_group.member(by=regisseur, group=group, youth=case.youth)
        live.start(meeting=meeting, by=regisseur)
        named = meeting.items.select_related("case__youth").first().case.youth
        for name in ("Sem Fictief", "fictief, SEM", named.name):
            with pytest.raises(NotPossible, match="naam van een jongere"):
                write(point, f"Wij spraken over {name}.", by=regisseur)
        with pytest.raises(NotPossible, match="begonnen|verandert niet meer"):
            put(meeting, group, by=regisseur)
        assert write(point, "Sem en de anderen", by=regisseur).outcome == "Sem en de anderen"


def test_a_question_names_nobody_either(regisseur, table, meeting, group):
    with acting_as(regisseur):
        case = make_case.case(by=regisseur, partners=table, first_name="Sem", last_name="Fictief")
        make_group.member(by=regisseur, group=group, youth=case.youth)
        with pytest.raises(NotPossible, match="naam van een jongere"):
            put(meeting, group, by=regisseur, question="Hoe gaat het met Sem Fictief?")


def test_off_the_agenda_once_and_on_again(regisseur, meeting, group, point):
    with acting_as(regisseur):
        group_points.remove(point=point, by=regisseur)
        group_points.remove(point=point, by=regisseur)
        again = put(meeting, group, by=regisseur)
        assert again.pk != point.pk
        live.start(meeting=meeting, by=regisseur)
        with pytest.raises(NotPossible, match="verandert niet meer"):
            group_points.remove(point=again, by=regisseur)
        with pytest.raises(NotPossible, match="niet meer op de agenda"):
            write(point, "Weg", by=regisseur)
    assert len(logged("group_point.removed")) == 1


def test_a_row_points_only_to_a_group_its_maker_sees(regisseur, haltmedewerker, meeting, group, point):
    with acting_as(haltmedewerker), pytest.raises(DatabaseError), transaction.atomic():
        GroupPoint.objects.create(
            compartment_id=point.compartment_id, meeting=meeting, group_id=group.pk, question="?", added_by=haltmedewerker
        )  # fmt: skip


def test_the_whole_minutes_have_it_and_no_part_does(regisseur, partners, meeting, group, point):
    with acting_as(regisseur):
        live.start(meeting=meeting, by=regisseur)
        write(point, "Vanaf volgende week is er sport.", by=regisseur)
        [told] = read_minutes(meeting, regisseur).groups
        assert (told.name, told.outcome) == (group.name, "Vanaf volgende week is er sport.")
        assert not read_minutes(meeting, regisseur, part_for=partners["jens"]).groups


def test_who_is_kept_out_of_the_group_is_kept_out_of_the_paper(
    regisseur, tweede_regisseur, meeting, group, point
):
    from meetings.models import Document
    from meetings.operations.minutes import store_document
    from meetings.papers import Paper

    with acting_as(regisseur):
        type(meeting).objects.filter(pk=meeting.pk).update(
            state=MeetingState.CONFIRMED, confirmed_at=point.added_at, confirmed_by=regisseur
        )
        meeting.refresh_from_db()
        store_document(
            meeting=meeting, partner=None, paper=Paper(b"%PDF", "0" * 64, 1), youth_ids=[], group_ids=[group.pk], by=regisseur
        )  # fmt: skip
    with acting_as(tweede_regisseur):
        assert Document.objects.visible_to(tweede_regisseur).exists()
    with acting_as(regisseur):
        access.exclude(compartment=group.compartment, user=tweede_regisseur, reason="Familie", by=regisseur)
    with acting_as(tweede_regisseur):
        assert not Document.objects.visible_to(tweede_regisseur).exists()
