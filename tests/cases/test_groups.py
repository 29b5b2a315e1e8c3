"""Groups: the steps, no names before 2B, own participants, and what each reader sees of them."""

import threading
import time
from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from access import operations as access
from access.models import Ground, Participation
from accounts.models import Municipality, Partner, PartnerKind
from accounts.roles import Level
from cases.models import ConvenantKind, Group, GroupGoal, GroupMember, GroupPlace, GroupStep, Stage
from cases.operations import group_goals, group_members, groups
from cases.rules.groups import NEEDS, ORDER, Known, check_can_move, next_stages
from foundation.errors import NotAllowed, NotPossible, Refused, Stale
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories import groups as factory
from tests.factories.audit import logged

TODAY = timezone.localdate()
S = Stage


def as_(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def table(partners):
    return [partners["politie"], partners["jens"]]


@pytest.fixture
def case(regisseur, table):
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=table, first_name="Sem", last_name="Fictief")


@pytest.fixture
def group(regisseur, table):
    """At step 2B."""
    with acting_as(regisseur):
        return factory.naming(by=regisseur, partners=table)


@pytest.fixture
def member(regisseur, group, case):
    with acting_as(regisseur):
        return factory.member(by=regisseur, group=group, youth=case.youth, position="Neemt het woord")


def page(user, group):
    return as_(user).get(reverse("cases:group_detail", args=[group.uuid]))


# --- the steps, as a table ---------------------------------------------------------------------------
FULL = Known(today=TODAY, places=1, members=0, goals=1, open_goals=1, has_police=True)


def at(stage, **changes):
    known = {
        "name": "Plein", "behaviour": "Lawaai", "scan_on": TODAY, "convenant": "Convenant", "picture": "Duiding",
        "convenant_until": TODAY,
    } | changes  # fmt: skip
    return Group(stage=stage, **known)


@pytest.mark.parametrize("stage", list(Stage))
def test_one_step_on_or_back_to_any(stage):
    nexts = next_stages(stage)
    if stage == S.CLOSED:
        assert nexts == []
        return
    assert [s for s in nexts if s > stage] == ORDER[ORDER.index(stage) + 1 : ORDER.index(stage) + 2]
    assert [s for s in nexts if s < stage] == list(reversed(ORDER[: ORDER.index(stage)]))
    for other in set(Stage) - {*nexts}:
        with pytest.raises(NotPossible, match="één stap"):
            check_can_move(at(stage), other, FULL)


@pytest.mark.parametrize(
    ("to", "group", "known", "reason"),
    [
        (S.PROBLEM, {}, {"places": 0}, "plek"),
        (S.PROBLEM, {"behaviour": " "}, {}, "gedrag"),
        (S.NAMES, {"scan_on": None}, {}, "groepsscan"),
        (S.NAMES, {"scan_on": TODAY + timedelta(days=1)}, {}, "groepsscan"),
        (S.NAMES, {"convenant": ""}, {}, "geldig convenant"),
        (S.NAMES, {"convenant_until": None}, {}, "geldig convenant"),
        (S.NAMES, {"convenant_until": TODAY - timedelta(days=1)}, {}, "geldig convenant"),
        (S.NAMES, {}, {"has_police": False}, "politie doet nog niet mee"),
        (S.PICTURE, {}, {"members": 0}, "niemand op de lijst"),
        (S.ADVICE, {"picture": ""}, {}, "duiding"),
        (S.ADVICE, {}, {"goals": 0}, "conceptplan"),
        (S.WORK, {}, {"open_goals": 0}, "geen doel"),
        (S.EVALUATION, {}, {"open_goals": 1}, "resultaat"),
    ],
)
def test_what_a_step_asks(to, group, known, reason):
    before = ORDER[ORDER.index(to) - 1]
    has_names = {"members": 1} if before >= S.NAMES else {}
    with pytest.raises(NotPossible, match=reason):
        check_can_move(at(before, **group), to, Known(**(vars(FULL) | has_names | known)))
    enough = {"open_goals": 0} if to == S.EVALUATION else {}
    check_can_move(
        at(before), to, Known(**(vars(FULL) | {"members": 1 if before >= S.NAMES else 0} | enough))
    )


def test_every_step_says_what_it_asks():
    assert set(NEEDS) == set(ORDER[1:])


# --- the steps, played --------------------------------------------------------------------------------
def test_a_group_is_begun_by_regie_of_the_municipality(regisseur, lja_heerlen, lja_kerkrade):
    for user, level, town in ((regisseur, Level.JPP, "Kerkrade"), (lja_heerlen, Level.LJA, "Heerlen")):
        with acting_as(user):
            made = factory.group(by=user, level=level, town=town)
        assert (made.stage, made.compartment.kind) == (S.SIGNALS, "group")
    with acting_as(lja_kerkrade), pytest.raises(NotAllowed, match="geen regie"):
        factory.group(by=lja_kerkrade, level=Level.LJA, town="Heerlen")
    with acting_as(lja_heerlen), pytest.raises(NotAllowed, match="geen regie"):
        factory.group(by=lja_heerlen, level=Level.JPP, town="Heerlen")
    assert len(logged("group.started")) == 2


@pytest.mark.parametrize("who", ["pga", "agent", "jongerenwerker", "mentor", "manager", "beheerder", "fg"])
def test_nobody_else_begins_one(who, request):
    user = request.getfixturevalue(who)
    with acting_as(user), pytest.raises(NotAllowed):
        factory.group(by=user)


def test_the_same_key_is_one_group(regisseur):
    key, heerlen = uuid4(), Municipality.objects.get(name="Heerlen")
    with acting_as(regisseur):
        made = [
            groups.start(
                name="Plein", behaviour="x", level=Level.JPP, municipality=heerlen, key=key, by=regisseur
            )
            for _ in range(2)
        ]
    assert made[0] == made[1]
    assert len(logged("group.started")) == 1


def test_the_seven_steps_to_the_end(group, case, regisseur, table):
    with acting_as(regisseur):
        factory.member(by=regisseur, group=group, youth=case.youth)
        goal = factory.goal(by=regisseur, group=group, partner=table[1])
        group = factory.walk(by=regisseur, group=group, to=S.WORK)
        with pytest.raises(NotPossible, match="Niet elk doel"):
            groups.close(group=group, evaluation="Rustig", by=regisseur)
        group_goals.report(goal=goal, result="Elke vrijdag geweest", by=regisseur)
        group = factory.walk(by=regisseur, group=group, to=S.EVALUATION)
        with pytest.raises(NotPossible, match="opgeleverd"):
            groups.close(group=group, evaluation=" ", by=regisseur)
        for _ in range(2):
            closed = groups.close(group=group, evaluation="Rustig", by=regisseur)
        assert (closed.stage, closed.closed_by) == (S.CLOSED, regisseur)
        member = GroupMember.objects.visible_to(regisseur).get()
        assert (member.ended_by, member.ended_at is not None) == (regisseur, True)
        assert not Participation.objects.active().filter(compartment=group.compartment_id).exists()
        told = list(
            GroupStep.objects.visible_to(regisseur).order_by("pk").values_list("old", "new", "made_by")
        )
    walked = [*ORDER, S.CLOSED]
    assert told == [(old, new, regisseur.pk) for old, new in pairwise(walked)]
    assert len(logged("group.closed")) == 1
    assert page(regisseur, group).status_code == 200


def test_a_step_has_a_reason_and_twice_is_once(regisseur):
    with acting_as(regisseur):
        made = factory.group(by=regisseur)
        factory.place(by=regisseur, group=made)
        with pytest.raises(NotPossible, match="waarom"):
            groups.move(group=made, to=S.PROBLEM, reason=" ", by=regisseur)
        for _ in range(2):
            groups.move(group=made, to=S.PROBLEM, reason="Drie meldingen", by=regisseur)
        assert GroupStep.objects.visible_to(regisseur).count() == 1
    assert [(e.details["old"], e.details["new"]) for e in logged("group.moved")] == [(10, 20)]


def test_back_a_step_but_not_past_the_names(member, group, regisseur):
    with acting_as(regisseur):
        group = factory.walk(by=regisseur, group=group, to=S.PICTURE)
        group = groups.move(group=group, to=S.NAMES, reason="Een naam klopt niet", by=regisseur)
        with pytest.raises(NotPossible, match="Voor stap 2B mag dat niet"):
            groups.move(group=group, to=S.PROBLEM, reason="Toch niet", by=regisseur)
        group_members.end(member=member, by=regisseur)
        assert groups.move(group=group, to=S.PROBLEM, reason="Toch niet", by=regisseur).stage == S.PROBLEM


def test_what_allows_names_is_not_emptied_under_them(group, regisseur):
    with acting_as(regisseur), pytest.raises(NotPossible, match="blijven"):
        factory.ground(by=regisseur, group=group, convenant="")


@pytest.mark.parametrize("who", ["agent", "lja_heerlen", "haltmedewerker", "mentor", "manager", "beheerder"])
def test_who_has_no_regie_of_it_changes_nothing(who, group, member, case, partners, request):
    user = request.getfixturevalue(who)
    with acting_as(user):
        for work in (
            lambda: groups.move(group=group, to=S.PICTURE, reason="x", by=user),
            lambda: groups.close(group=group, evaluation="x", by=user),
            lambda: factory.place(by=user, group=group),
            lambda: factory.goal(by=user, group=group, partner=partners["jens"]),
            lambda: factory.member(by=user, group=group, youth=case.youth),
            lambda: group_members.end(member=member, by=user),
            lambda: groups.let_in(group=group, partner=partners["gemeente"], reason="x", by=user),
            lambda: groups.let_out(group=group, partner=partners["jens"], by=user),
            lambda: groups.change(group=group, version=group.version, content=CONTENT, by=user),
        ):
            with pytest.raises(Refused):
                work()
    assert len(logged("group_member.added")) == 1
    assert logged("group_goal.added") == logged("group.closed") == logged("group_member.ended") == []


CONTENT = dict.fromkeys(("name", "behaviour", "convenant", "picture"), "x") | {
    "scan_on": TODAY, "convenant_until": TODAY,
}  # fmt: skip


# --- no names before 2B: the database -----------------------------------------------------------------
INSERT = """INSERT INTO cases_groupmember (uuid, compartment_id, group_id, youth_id, source, position, review_on, noted_by_id)
VALUES (gen_random_uuid(), %s, %s, %s, 'x', '', now(), %s)"""


def put_by_hand(group, youth, by):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("ijap_app",)
        cursor.execute(INSERT, [group.compartment_id, group.pk, youth.pk, by.pk])


@pytest.mark.parametrize("stage", [S.SIGNALS, S.PROBLEM])
def test_the_database_refuses_a_name_before_2b(stage, case, regisseur):
    with acting_as(regisseur):
        early = factory.group(by=regisseur)
        factory.place(by=regisseur, group=early)
        early = factory.walk(by=regisseur, group=early, to=stage)
        with pytest.raises(DatabaseError, match="no names before stage 2B"):
            put_by_hand(early, case.youth, regisseur)
        with pytest.raises(NotPossible, match="pas vanaf stap 2B"):
            factory.member(by=regisseur, group=early, youth=case.youth)
        assert GroupMember.objects.visible_to(regisseur).count() == 0


def test_the_database_takes_one_from_2b_and_none_after_the_end(group, case, regisseur):
    with acting_as(regisseur):
        put_by_hand(group, case.youth, regisseur)
        groups.close(group=group, evaluation="Rustig", by=regisseur)
        with pytest.raises(DatabaseError, match="no names before stage 2B"):
            put_by_hand(group, case.youth, regisseur)


@pytest.mark.parametrize("stage", [S.SIGNALS, S.PROBLEM, S.CLOSED])
def test_the_database_keeps_a_group_with_names_past_2b(stage, member, group, regisseur):
    closing = {"closed_at": timezone.now(), "closed_by": regisseur} if stage == S.CLOSED else {}
    with acting_as(regisseur), pytest.raises(DatabaseError, match="still has names"), transaction.atomic():
        Group.objects.filter(pk=group.pk).update(stage=stage, **closing)


def test_a_row_cannot_be_moved_to_a_group_without_names(member, regisseur):
    with acting_as(regisseur):
        early = factory.group(by=regisseur)
        with pytest.raises(DatabaseError, match="no names before stage 2B"), transaction.atomic():
            GroupMember.objects.filter(pk=member.pk).update(group=early, compartment=early.compartment)


def test_the_database_asks_scan_and_convenant(regisseur):
    with acting_as(regisseur):
        early = factory.group(by=regisseur)
        with pytest.raises(DatabaseError, match="group_names_need_ground"), transaction.atomic():
            Group.objects.filter(pk=early.pk).update(stage=S.NAMES)


@pytest.mark.parametrize("first", ["name", "back"])
def test_a_name_and_a_step_back_at_the_same_moment(first, committed_db, regisseur, partners):
    """Past the operations, straight to the tables: the second waits for the first, and is refused."""
    with acting_as(regisseur):
        case = make.case(by=regisseur)
        group = factory.naming(by=regisseur, partners=[partners["politie"]])
    youth, written, outcomes = case.youth, threading.Event(), {}

    def name():
        put_by_hand(group, youth, regisseur)

    def back():
        Group.objects.filter(pk=group.pk).update(stage=S.PROBLEM)

    def work(what, do, is_first):
        try:
            if not is_first:
                written.wait(5)
            with acting_as(regisseur):
                do()
                written.set()
                if is_first:
                    time.sleep(0.5)  # the other comes in meanwhile
            outcomes[what] = "done"
        except DatabaseError as refused:
            outcomes[what] = str(refused).splitlines()[0]
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=work, args=(what, do, what == first))
        for what, do in (("name", name), ("back", back))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (
        outcomes
        == {
            "name": {"name": "done", "back": "this group still has names"},
            "back": {"name": "no names before stage 2B", "back": "done"},
        }[first]
    )


# --- names --------------------------------------------------------------------------------------------
def test_a_name_has_a_source_and_twice_is_once(group, case, regisseur):
    with acting_as(regisseur):
        with pytest.raises(NotPossible, match="Zeg van wie"):
            group_members.add(
                group=group, youth=case.youth, source=" ", position="", review_on=TODAY, ends_on=None,
                key=uuid4(), by=regisseur,
            )  # fmt: skip
        made = [factory.member(by=regisseur, group=group, youth=case.youth) for _ in range(2)]
    assert made[0] == made[1]
    assert [e.youth_ids for e in logged("group_member.added")] == [[case.youth_id]]


def test_after_its_last_day_a_name_is_gone_and_may_come_back(group, case, regisseur):
    with acting_as(regisseur):
        old = factory.member(by=regisseur, group=group, youth=case.youth, ends_on=TODAY)
        GroupMember.objects.filter(pk=old.pk).update(ends_on=TODAY - timedelta(days=1))
        assert list(GroupMember.objects.visible_to(regisseur).current(TODAY)) == []
        new = factory.member(by=regisseur, group=group, youth=case.youth)
        old.refresh_from_db()
        assert (old.ended_at is not None, new.pk != old.pk) == (True, True)


def test_a_name_is_found_by_last_name_and_day_of_birth_only(group, regisseur):
    with acting_as(regisseur):
        one = make.youth(by=regisseur, first_name="Sem", prefix="van", last_name="Schijn")
        twin = make.youth(by=regisseur, first_name="Bo", prefix="van", last_name="Schijn")
        by_name = {"group": group, "birth_on": date(2011, 3, 4), "by": regisseur}
        assert group_members.find_youth(surname="van schijn", first_name="SEM", **by_name) == one
        assert group_members.find_youth(surname="Schijn", first_name="Bo", **by_name) == twin
        for surname, first_name, born in (
            ("Schijn", "", date(2011, 3, 4)),
            ("Schijn", "Sem", date(2011, 3, 5)),
            ("Schi", "Sem", date(2011, 3, 4)),
        ):
            with pytest.raises(NotPossible, match="geen jongere zien"):
                group_members.find_youth(
                    surname=surname, first_name=first_name, group=group, birth_on=born, by=regisseur
                )
    assert len(logged("youth.searched")) == 5


def test_a_member_is_shown_to_who_reads_both(member, group, regisseur, agent, coach_lja, partners):
    """The municipality takes part in the group, not in the case: it reads the group and no name."""
    assert "Sem Fictief" in page(agent, group).text
    assert [e.youth_ids for e in logged("group_member.seen")] == [[member.youth_id]]
    with acting_as(regisseur):
        seat = Participation.objects.visible_to(regisseur).get(
            compartment__kind="case", partner=partners["politie"], ended_at=None
        )
        access.end_participation(participation=seat, by=regisseur)
    shown = page(agent, group)
    assert shown.status_code == 200
    assert (
        "Sem Fictief" in shown.text,
        "Neemt het woord" in shown.text,
        "die u niet ziet" in shown.text,
    ) == (
        False,
        False,
        False,
    )
    with acting_as(agent):
        assert GroupMember.objects.count() == 0  # the second lock alone
    address = reverse("cases:group_member_end", args=[member.uuid])
    assert as_(agent).post(address).status_code == 404
    assert page(coach_lja, group).status_code == 404


def lja_group(lja_heerlen, table):
    with acting_as(lja_heerlen):
        return factory.naming(by=lja_heerlen, partners=table, level=Level.LJA)


def test_regie_hears_how_many_it_does_not_see(case, lja_heerlen, regisseur, table):
    """A youth whose case went back to another level: regie of the group knows that there is one more."""
    led = lja_group(lja_heerlen, table)
    with acting_as(regisseur):
        room = access.prepare_room(
            within=case.compartment_id, level=Level.LJA, municipality=case.municipality, by=regisseur
        )
    with acting_as(lja_heerlen):
        factory.member(by=lja_heerlen, group=led, youth=case.youth)
    with acting_as(regisseur):
        access.close_room(room=room, by=regisseur)
    shown = page(lja_heerlen, led).text
    assert ("Sem Fictief" in shown, "Nog 1 die u niet ziet" in shown) == (False, True)
    with acting_as(lja_heerlen):
        with pytest.raises(NotPossible, match="Voor stap 2B"):
            groups.move(group=led, to=S.PROBLEM, reason="Terug", by=lja_heerlen)
        groups.close(group=led, evaluation="Rustig", by=lja_heerlen)
    assert [e.details["ended"] for e in logged("group.closed")] == [1]


def test_who_is_kept_out_of_the_youth_hears_no_number(member, group, case, regisseur, tweede_regisseur):
    with acting_as(regisseur):
        access.exclude(compartment=case.compartment, user=tweede_regisseur, reason="Oom", by=regisseur)
    shown = page(tweede_regisseur, group).text
    assert ("Sem Fictief" in shown, "die u niet ziet" in shown) == (False, False)


# --- organisations ------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", PartnerKind.values)
def test_only_parties_of_the_convenant_take_part(kind, group, regisseur):
    partner = Partner.objects.create(name="Nieuw", short_name="Nieuw", kind=kind)
    parties = {"police", "justice", "municipality", "youth_work", "enforcement"}
    with acting_as(regisseur):
        if kind in parties:
            groups.let_in(group=group, partner=partner, reason="Convenant", by=regisseur)
            return
        with pytest.raises(NotPossible, match="volgens het convenant niet mee"):
            groups.let_in(group=group, partner=partner, reason="Convenant", by=regisseur)
        with pytest.raises(DatabaseError, match="no party of the convenant"), transaction.atomic():
            access.add_participation(
                compartment=group.compartment,
                partner=partner,
                ground=Ground.CONVENANT,
                reason="x",
                by=regisseur,
            )


def test_the_beheerder_follows_the_convenant(group, regisseur, beheerder, partners):
    client = as_(beheerder)
    address = reverse("cases:convenant_kind_change", args=["halt"])
    assert client.post(address, {"is_party": "on"}).status_code == 303
    assert client.post(address, {"is_party": "on"}).status_code == 303
    assert len(logged("convenant_kind.changed")) == 1
    with acting_as(regisseur):
        groups.let_in(group=group, partner=partners["halt"], reason="Convenant", by=regisseur)
    with acting_as(regisseur), pytest.raises(NotAllowed):
        group_goals.set_party(kind=ConvenantKind.objects.get(kind="school"), is_party=True, by=regisseur)
    assert not ConvenantKind.objects.get(kind="school").is_party


def test_who_leaves_reads_no_more(group, regisseur, agent, table):
    with acting_as(regisseur):
        for _ in range(2):
            groups.let_out(group=group, partner=table[0], by=regisseur)
    assert page(agent, group).status_code == 404


# --- places and plan -------------------------------------------------------------------------------------
def test_places_come_and_go(group, regisseur):
    with acting_as(regisseur):
        place = GroupPlace.objects.visible_to(regisseur).get(group=group)
        for _ in range(2):
            groups.end_place(place=place, by=regisseur)
        assert GroupPlace.objects.visible_to(regisseur).current().count() == 0
    assert len(logged("group_place.ended")) == 1


def test_who_does_it_tells_what_came_of_it(group, regisseur, jongerenwerker, agent, table, partners):
    with acting_as(regisseur):
        goal = factory.goal(by=regisseur, group=group, partner=table[1])
        with pytest.raises(NotPossible, match="doet niet mee"):
            factory.goal(by=regisseur, group=group, partner=partners["gemeente"])
    with acting_as(agent), pytest.raises(NotAllowed):
        group_goals.report(goal=goal, result="Gedaan", by=agent)
    with acting_as(jongerenwerker):
        with pytest.raises(NotPossible, match="resultaat"):
            group_goals.report(goal=goal, result=" ", by=jongerenwerker)
        for _ in range(2):
            group_goals.report(goal=goal, result="Gedaan", by=jongerenwerker)
        with pytest.raises(NotPossible, match="al een resultaat"):
            group_goals.report(goal=goal, result="Anders", by=jongerenwerker)
        assert GroupGoal.objects.visible_to(jongerenwerker).get().ended_by == jongerenwerker
    assert len(logged("group_goal.ended")) == 1


def test_two_who_change_the_same_both_keep_their_words(group, regisseur, tweede_regisseur):
    address = reverse("cases:group_change", args=[group.uuid])
    typed = {
        "version": str(group.version), "name": "Plein", "behaviour": "Mijn woorden", "scan_on": "2026-11-01",
        "convenant": "Convenant", "convenant_until": "2027-11-01", "picture": "",
    }  # fmt: skip
    assert as_(tweede_regisseur).post(address, typed | {"behaviour": "Hun woorden"}).status_code == 303
    refused = as_(regisseur).post(address, typed)
    assert refused.status_code == 409
    assert "Hun woorden" in refused.text
    assert "Mijn woorden" in refused.text
    with acting_as(regisseur), pytest.raises(Stale):
        groups.change(group=group, version=group.version, content=CONTENT, by=regisseur)


# --- on the screen --------------------------------------------------------------------------------------
def test_from_begin_to_a_name_on_the_screen(case, regisseur, table):
    client = as_(regisseur)
    town = Municipality.objects.get(name="Heerlen")
    begun = {"key": uuid4(), "name": "Het plein", "place": f"1-{town.code}", "behaviour": "Lawaai"}
    answer = client.post(reverse("cases:group_add"), begun)
    assert answer.status_code == 303
    with acting_as(regisseur):
        group = Group.objects.visible_to(regisseur).get()

    def send(page, **said):
        return client.post(reverse(f"cases:{page}", args=[group.uuid]), said).status_code

    place = {"key": uuid4(), "name": "Plein", "municipality": town.pk, "since_on": "2026-10-01"}
    name = {
        "key": uuid4(), "surname": "Fictief", "birth_on": "2011-03-04", "source": "Groepsscan",
        "review_on": (TODAY + timedelta(days=60)).isoformat(),
    }  # fmt: skip
    assert send("group_move", to="20", reason="Meldingen") == 409
    assert send("group_place_add", **place) == 303
    assert send("group_move", to="20", reason="Meldingen") == 303
    assert send("group_member_add", **name) == 409
    assert send("group_partner_add", partner=table[0].uuid, reason="Wijk") == 303
    assert send("group_move", to="25", reason="Namen nodig") == 409
    known = {
        "version": "1", "name": "Het plein", "behaviour": "Lawaai", "scan_on": "2026-11-01",
        "convenant": "Convenant 2026", "convenant_until": "2027-11-01", "picture": "",
    }  # fmt: skip
    assert send("group_change", **known) == 303
    assert send("group_move", to="25", reason="Besluit driehoek") == 303
    assert send("group_member_add", **name | {"surname": "Onbekend"}) == 409
    assert send("group_member_add", **name) == 303
    shown = page(regisseur, group).text
    assert "Sem Fictief" in shown
    assert "Besluit driehoek" in shown
    assert "Het plein" in client.get(reverse("cases:group_list")).text


def test_a_school_cannot_be_chosen(group, regisseur, partners):
    client, address = as_(regisseur), reverse("cases:group_partner_add", args=[group.uuid])
    assert "Vmbo De Test" not in client.get(address).text
    refused = client.post(address, {"partner": partners["school"].uuid, "reason": "Kent ze"})
    assert (refused.status_code, "Kent ze" in refused.text) == (400, True)


def test_the_list_holds_open_groups_and_no_name(member, group, regisseur, agent, lja_heerlen, manager):
    address = reverse("cases:group_list")
    assert "De groep van het plein" in as_(agent).get(address).text
    assert "Sem" not in as_(regisseur).get(address).text
    assert "De groep van het plein" not in as_(lja_heerlen).get(address).text
    assert as_(manager).get(address).status_code == 403
    with acting_as(regisseur):
        groups.close(group=group, evaluation="Rustig", by=regisseur)
    assert "De groep van het plein" not in as_(regisseur).get(address).text
    assert "De groep van het plein" in as_(regisseur).get(address + "?alles").text
