"""The agenda builds itself, keeps what was changed by hand, and opens exactly what was chosen."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access import operations as access
from access.models import Participation
from accounts.robots import Robot, robot
from accounts.roles import DataClass
from cases.models import Action, ActionState, MeasureKind, Role
from cases.operations import actions, triage
from cases.operations.measures import answer_clash
from cases.queries import clashes_of, measures_of_youths
from foundation.errors import NotAllowed, NotPossible, Stale
from foundation.scope import acting_as
from jobs import operations as jobs
from jobs.models import Job, State
from meetings import tasks
from meetings.models import AgendaItem, ItemInvitation, MeetingState, Omission, OmissionKind, Slot
from meetings.operations import agenda, points, preparing
from tests.factories import cases, meetings
from tests.factories.audit import logged


@pytest.fixture
def meeting(beheerder, partners):
    return meetings.meeting(by=beheerder, seats=[partners["halt"]], weeks=8)


@pytest.fixture
def table(partners):
    return [partners["politie"], partners["jens"]]


def told(sender, regisseur, case, **content):
    """A signal of this sender, told at the table of this case."""
    with acting_as(sender):
        signal = cases.signal(by=sender, **content)
    with acting_as(regisseur):
        triage.accept(
            signal=signal,
            text="Zag een mes",
            role=Role.INVOLVED,
            feedback="Dank u",
            need="",
            case=case,
            by=regisseur,
        )


def late(action, days=5):
    Action.objects.filter(pk=action.pk).update(due_on=timezone.localdate() - timedelta(days=days))


def on(meeting):
    """Who stands on the agenda, in order."""
    found = AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("case__youth")
    return [item.case.youth.first_name for item in found]


def picture(meeting):
    """All of an agenda that a rebuild could change."""
    return (
        list(
            Slot.objects.filter(meeting=meeting).order_by("pk").values_list("pk", "position", "withdrawn_at")
        ),
        list(
            AgendaItem.objects.filter(meeting=meeting)
            .order_by("pk")
            .values_list("pk", "reasons", "is_by_hand")
        ),
        list(
            Omission.objects.filter(meeting=meeting, withdrawn_at=None)
            .order_by("case")
            .values_list("case", "kind", "reason")
        ),
        sorted(
            ItemInvitation.objects.filter(item__meeting=meeting, withdrawn_at=None).values_list(
                "item", "partner"
            )
        ),
    )


def test_the_agenda_is_found_in_the_data(meeting, regisseur, mentor, jongerenwerker, table):
    today = timezone.localdate()
    with acting_as(regisseur):
        new = cases.case(by=regisseur, partners=table, first_name="Nieuw", town="Kerkrade")
        overdue = cases.case(by=regisseur, partners=table, first_name="Telaat")
        late(cases.action(by=regisseur, case=overdue, partner=table[1]))
        failed = cases.case(by=regisseur, partners=table, first_name="Konniet")
        could_not = cases.action(by=regisseur, case=failed, partner=table[1])
        cases.case(by=regisseur, partners=table, first_name="Terugkomen", review_on=today)
        moving = cases.case(by=regisseur, partners=table, first_name="Omhoog")
        cases.proposal(by=regisseur, case=moving)
        cases.case(by=regisseur, partners=table, first_name="Rustig")
        cases.case(by=regisseur, partners=table, first_name="Later", review_on=today + timedelta(days=12))
    told(mentor, regisseur, new)
    with acting_as(jongerenwerker):
        actions.end(action=could_not, to=ActionState.COULD_NOT, result="Niet thuis", by=jongerenwerker)
    maker = robot(Robot.AGENDA)
    with acting_as(maker):
        agenda.build_agenda(meeting=meeting, by=maker)
    with acting_as(regisseur):
        assert on(meeting) == ["Omhoog", "Konniet", "Terugkomen", "Telaat", "Nieuw"]
        reasons = dict(
            AgendaItem.objects.filter(meeting=meeting).values_list("case__youth__first_name", "reasons")
        )
        assert [r.split(" (")[0] for r in reasons["Nieuw"]] == ["Nieuw signaal van Vmbo De Test"]
        assert reasons["Telaat"][0].startswith("Actie van JENS is te laat")
        assert reasons["Konniet"][0].startswith("Actie van JENS kon niet")
        assert reasons["Omhoog"][0].startswith("Voorstel om op te schalen naar LJA")
        omission = Omission.objects.get(meeting=meeting)
        assert (omission.kind, omission.case.youth.first_name) == (OmissionKind.REVIEW_LATER, "Later")
        assert not any("Niet thuis" in r or "Zag een mes" in r for why in reasons.values() for r in why)
        meeting.refresh_from_db()
        assert (meeting.state, meeting.agenda_built_at is not None) == (MeetingState.DRAFT, True)
        invited = set(ItemInvitation.objects.values_list("partner__short_name", flat=True))
        assert invited == {"Politie Heerlen", "JENS"}
    [event] = logged("agenda.built")
    assert (event.actor_id, len(event.youth_ids)) == (maker.pk, 5)


def test_a_measure_that_ends_or_ended_without_result_comes_to_the_table(meeting, regisseur, table):
    today = timezone.localdate()
    with acting_as(regisseur):
        for name, days, code, state in (
            ("Eindigt", 20, "WEERBAAR", "running"),
            ("Voorbij", -4, "WEERBAAR", "running"),
            ("Later", 400, "WEERBAAR", "running"),
            ("Voorstel", 20, "WEERBAAR", "proposed"),
            ("Zorg", 20, "GGZ", "running"),  # the reason is read by everybody at the item
        ):
            case = cases.case(by=regisseur, partners=table, first_name=name)
            cases.measure(by=regisseur, case=case, partner=table[1], code=code, state=state,
                          starts_on=today - timedelta(days=60), ends_on=today + timedelta(days=days))  # fmt: skip
    maker = robot(Robot.AGENDA)
    with acting_as(maker):
        agenda.build_agenda(meeting=meeting, by=maker)
    with acting_as(regisseur):
        assert sorted(on(meeting)) == ["Eindigt", "Voorbij"]
        reasons = dict(
            AgendaItem.objects.filter(meeting=meeting).values_list("case__youth__first_name", "reasons")
        )
    assert reasons["Eindigt"][0].startswith("Maatregel van JENS eindigt op")
    assert reasons["Voorbij"][0].endswith("het resultaat ontbreekt")


def test_a_second_build_gives_the_same_agenda(meeting, regisseur, table):
    with acting_as(regisseur):
        _some_cases(regisseur, table, 4)
        agenda.build_agenda(meeting=meeting, by=regisseur)
        first = picture(meeting)
        agenda.build_agenda(meeting=meeting, by=regisseur)
        assert picture(meeting) == first
        assert len(first[0]) == 4


def _all_know(case, by):
    """Youth and parents were told: on some days of the year the month to do so ends just before the next meeting."""
    for audience in ("youth", "parents"):
        cases.informing(by=by, case=case, audience=audience)


def _some_cases(regisseur, table, count, town="Heerlen", start=0):
    """Cases that are to be discussed again today."""
    today = timezone.localdate()
    return [
        cases.case(
            by=regisseur,
            partners=table,
            first_name=f"K{n:02}",
            town=town,
            review_on=today - timedelta(days=99 - n),
        )
        for n in range(start, start + count)
    ]


def test_for_whom_somebody_leaves_the_table_stands_last(meeting, regisseur, agent, mentor, table):
    with acting_as(regisseur):
        some = _some_cases(regisseur, table, 3)
        access.exclude(compartment=some[0].compartment, user=agent, reason="Buurjongen", by=regisseur)
        # A melder has no seat: nobody leaves the table for that.
        access.exclude(compartment=some[1].compartment, user=mentor, reason="Neefje", by=regisseur)
        agenda.build_agenda(meeting=meeting, by=regisseur)
        assert on(meeting) == ["K01", "K02", "K00"]


def test_what_does_not_fit_is_left_out_until_the_regisseur_adds_it(beheerder, regisseur, table):
    meeting = meetings.meeting(by=beheerder, minutes=24)
    with acting_as(regisseur):
        some = _some_cases(regisseur, table, 5)
        agenda.build_agenda(meeting=meeting, by=regisseur)
        assert on(meeting) == ["K00", "K01", "K02"]
        over = Omission.objects.filter(meeting=meeting).standing()
        assert {o.kind for o in over} == {OmissionKind.NO_TIME} and len(over) == 2
        points.add(meeting=meeting, case=some[4], by=regisseur)
        points.add(meeting=meeting, case=some[4], by=regisseur)
        assert on(meeting) == ["K00", "K01", "K02", "K04"]
        agenda.build_agenda(meeting=meeting, by=regisseur)
        assert on(meeting) == ["K00", "K01", "K02", "K04"]
        assert [o.case_id for o in over.all()] == [some[3].pk]


def test_who_did_not_fit_comes_back_the_next_time(beheerder, regisseur, table):
    first = meetings.meeting(by=beheerder, minutes=15)
    second = first.series.meetings.order_by("starts_at")[1]
    with acting_as(regisseur):
        some = _some_cases(regisseur, table, 2)
        _all_know(some[1], regisseur)
        agenda.build_agenda(meeting=first, by=regisseur)
        some[1].review_on = None
        some[1].save(update_fields=["review_on"])
        agenda.build_agenda(meeting=second, by=regisseur)
        item = AgendaItem.objects.get(meeting=second, case=some[1])
        assert item.reasons == ["Paste de vorige keer niet in de tijd"]


def test_a_rebuild_keeps_what_was_changed_by_hand(meeting, regisseur, partners, table):
    halt, politie = partners["halt"], partners["politie"]
    with acting_as(regisseur):
        some = _some_cases(regisseur, table, 4)
        quiet = cases.case(by=regisseur, partners=table, first_name="Rustig")
        agenda.build_agenda(meeting=meeting, by=regisseur)
        items = {
            i.case_id: i
            for i in AgendaItem.objects.filter(meeting=meeting).select_related("slot", "case", "meeting")
        }
        points.move(item=items[some[3].pk], up=True, seen=4, by=regisseur)
        points.remove(item=items[some[1].pk], by=regisseur)
        points.add(meeting=meeting, case=quiet, by=regisseur)
        preparing.prepare(
            item=items[some[0].pk],
            question="Wie belt vader?",
            minutes=15,
            partners=[halt, politie],
            by=regisseur,
        )
        assert on(meeting) == ["K00", "K03", "K02", "Rustig"]
        before = picture(meeting)
        agenda.build_agenda(meeting=meeting, by=regisseur)
        assert picture(meeting) == before
        _some_cases(regisseur, table, 1, town="Brunssum", start=9)
        agenda.build_agenda(meeting=meeting, by=regisseur)
        assert on(meeting) == ["K09", "K00", "K03", "K02", "Rustig"]
        item = AgendaItem.objects.select_related("slot").get(pk=items[some[0].pk].pk)
        assert (item.question, item.slot.minutes) == ("Wie belt vader?", 15)
        invited = item.invitations.standing().values_list("partner__short_name", flat=True)
        assert set(invited) == {"HALT", "Politie Heerlen"}
        off = Omission.objects.standing().get(meeting=meeting, case=some[1])
        assert off.kind == OmissionKind.BY_HAND


def test_what_is_solved_leaves_the_agenda_and_comes_back_with_a_new_reason(meeting, regisseur, table):
    with acting_as(regisseur):
        case = _some_cases(regisseur, table, 1)[0]
        agenda.build_agenda(meeting=meeting, by=regisseur)
        case.review_on = None
        case.save(update_fields=["review_on"])
        agenda.build_agenda(meeting=meeting, by=regisseur)
        assert on(meeting) == []
        late(cases.action(by=regisseur, case=case, partner=table[1]))
        agenda.build_agenda(meeting=meeting, by=regisseur)
        assert on(meeting) == ["K00"]
        assert AgendaItem.objects.filter(meeting=meeting).count() == 1


def test_what_the_table_discussed_is_no_reason_the_next_time(beheerder, regisseur, mentor, table):
    first = meetings.meeting(by=beheerder)
    second = first.series.meetings.order_by("starts_at")[1]
    with acting_as(regisseur):
        case = _some_cases(regisseur, table, 1)[0]
        _all_know(case, regisseur)
    told(mentor, regisseur, case)
    with acting_as(regisseur):
        agenda.build_agenda(meeting=first, by=regisseur)
        AgendaItem.objects.update(discussed_at=timezone.now())
        cases.action(by=regisseur, case=case, partner=table[1], days=60)
        agenda.build_agenda(meeting=second, by=regisseur)
        assert on(second) == []
        omission = Omission.objects.get(meeting=second)
        assert omission.kind == OmissionKind.ACTION_RUNS and "de actie van JENS loopt" in omission.reason
    told(mentor, regisseur, case)
    with acting_as(regisseur):
        agenda.build_agenda(meeting=second, by=regisseur)
        assert on(second) == ["K00"]
        assert Omission.objects.get(meeting=second).withdrawn_at


def test_urgent_comes_first_and_always_fits(beheerder, regisseur, mentor, table):
    meeting = meetings.meeting(by=beheerder, minutes=15)
    with acting_as(regisseur):
        _some_cases(regisseur, table, 2)
        urgent = cases.case(by=regisseur, partners=table, first_name="Spoed")
    told(mentor, regisseur, urgent, urgency="soon")
    with acting_as(regisseur):
        agenda.build_agenda(meeting=meeting, by=regisseur)
        assert on(meeting) == ["Spoed"]
        assert Omission.objects.filter(meeting=meeting).standing().count() == 2


def test_closed_and_moved_cases_are_not_built_and_not_agreed(meeting, regisseur, table):
    with acting_as(regisseur):
        some = _some_cases(regisseur, table, 2)
        agenda.build_agenda(meeting=meeting, by=regisseur)
        some[0].closed_at, some[0].closed_by = timezone.now(), regisseur
        some[0].save(update_fields=["closed_at", "closed_by"])
        with pytest.raises(NotPossible, match="gesloten"):
            agenda.agree(meeting=meeting, by=regisseur)
        agenda.build_agenda(meeting=meeting, by=regisseur)
        assert on(meeting) == ["K01"]


# --- confirming -------------------------------------------------------------------------------------------
def test_confirming_opens_exactly_to_who_was_chosen(
    meeting, regisseur, agent, jongerenwerker, haltmedewerker, wijkagent, partners, table
):
    with acting_as(regisseur):
        both, one = _some_cases(regisseur, table, 2)
        agenda.build_agenda(meeting=meeting, by=regisseur)
        second = AgendaItem.objects.select_related("slot", "case", "meeting", "compartment").get(case=one)
        preparing.prepare(item=second, question="", minutes=8, partners=[partners["jens"]], by=regisseur)
    assert seen_by(agent, jongerenwerker, haltmedewerker, wijkagent) == [0, 0, 0, 0]
    with acting_as(regisseur):
        agenda.agree(meeting=meeting, by=regisseur)
        agenda.agree(meeting=meeting, by=regisseur)
        meeting.refresh_from_db()
        assert (meeting.state, meeting.agreed_by) == (MeetingState.AGREED, regisseur)
        until = Participation.objects.filter(compartment__kind="agenda_item").values_list("until", flat=True)
        assert len(until) == 3
        last = timezone.localtime(meeting.starts_at).date() + timedelta(days=29)
        assert {timezone.localtime(u).date() for u in until} == {last}
    assert seen_by(agent, jongerenwerker, haltmedewerker, wijkagent) == [1, 2, 0, 0]
    assert len(logged("agenda.agreed")) == 1
    with acting_as(regisseur), pytest.raises(NotPossible):
        agenda.build_agenda(meeting=meeting, by=regisseur)


def seen_by(*users):
    counts = []
    for user in users:
        with acting_as(user):
            assert set(AgendaItem.objects.all()) == set(AgendaItem.objects.visible_to(user))
            counts.append(AgendaItem.objects.visible_to(user).count())
    return counts


def test_who_is_kept_out_of_a_point_does_not_confirm_and_does_not_spoil_it(
    meeting, regisseur, tweede_regisseur, table
):
    from access.operations import exclude

    with acting_as(regisseur):
        first, _ = _some_cases(regisseur, table, 2)
        agenda.build_agenda(meeting=meeting, by=regisseur)
        exclude(
            compartment=first.compartment, user=tweede_regisseur, reason="Kent de jongere privé", by=regisseur
        )
    with acting_as(tweede_regisseur):
        assert on(meeting) == ["K01"]
        agenda.build_agenda(meeting=meeting, by=tweede_regisseur)
        with pytest.raises(NotPossible, match="niet zien"):
            agenda.agree(meeting=meeting, by=tweede_regisseur)
    with acting_as(regisseur):
        assert sorted(on(meeting)) == ["K00", "K01"]
        agenda.agree(meeting=meeting, by=regisseur)


def test_who_left_the_case_meanwhile_is_not_let_in(meeting, regisseur, agent, jongerenwerker, table):
    from access.operations import end_participation

    with acting_as(regisseur):
        case = _some_cases(regisseur, table, 1)[0]
        agenda.build_agenda(meeting=meeting, by=regisseur)
        end_participation(
            participation=Participation.objects.get(compartment=case.room, partner=table[0]), by=regisseur
        )
        agenda.agree(meeting=meeting, by=regisseur)
    assert seen_by(agent, jongerenwerker) == [0, 1]


def test_after_confirming_points_open_and_close_at_once(
    meeting, regisseur, agent, haltmedewerker, partners, table
):
    with acting_as(regisseur):
        first = _some_cases(regisseur, table, 1)[0]
        agenda.build_agenda(meeting=meeting, by=regisseur)
        agenda.agree(meeting=meeting, by=regisseur)
        extra = cases.case(by=regisseur, partners=table, first_name="Extra")
        points.add(meeting=meeting, case=extra, by=regisseur)
    assert seen_by(agent, haltmedewerker) == [2, 0]
    with acting_as(regisseur):
        item = _item(first)
        preparing.prepare(item=item, question="", minutes=8, partners=[partners["halt"]], by=regisseur)
        points.remove(item=_item(extra), by=regisseur)
    assert seen_by(agent, haltmedewerker) == [0, 1]
    with acting_as(regisseur):
        points.add(meeting=meeting, case=extra, by=regisseur)
    assert seen_by(agent, haltmedewerker) == [1, 1]


def _item(case):
    return AgendaItem.objects.select_related("slot", "case", "meeting", "compartment").get(case=case)


def test_a_second_click_on_an_old_page_moves_nothing(meeting, regisseur, table):
    with acting_as(regisseur):
        some = _some_cases(regisseur, table, 3)
        agenda.build_agenda(meeting=meeting, by=regisseur)
        points.move(item=_item(some[0]), up=False, seen=1, by=regisseur)
        points.move(item=_item(some[0]), up=False, seen=1, by=regisseur)
        points.move(item=_item(some[1]), up=True, seen=1, by=regisseur)
        assert on(meeting) == ["K01", "K00", "K02"]


@pytest.mark.parametrize("who", ["agent", "lja_heerlen", "pga", "beheerder", "manager"])
def test_only_the_regisseur_of_the_table_makes_an_agenda(who, meeting, regisseur, table, request):
    with acting_as(regisseur):
        case = _some_cases(regisseur, table, 1)[0]
        agenda.build_agenda(meeting=meeting, by=regisseur)
        before = picture(meeting)
    other = request.getfixturevalue(who)
    with acting_as(other):
        for attempt in (
            lambda: agenda.build_agenda(meeting=meeting, by=other),
            lambda: agenda.agree(meeting=meeting, by=other),
            lambda: points.add(meeting=meeting, case=case, by=other),
        ):
            with pytest.raises(NotAllowed):
                attempt()
    with acting_as(regisseur):
        assert picture(meeting) == before


# --- the worker -------------------------------------------------------------------------------------------
def test_the_clock_asks_three_working_days_before_and_once(beheerder, regisseur, table, time_machine_at):
    meeting = meetings.meeting(by=beheerder, first_on=time_machine_at.tuesday, weeks=4)
    for day, wanted in (
        (time_machine_at.wednesday, 0),
        (time_machine_at.thursday, 1),
        (time_machine_at.friday, 1),
    ):
        time_machine_at.move(day)
        tasks.build_due_agendas()
        assert Job.objects.filter(kind=tasks.AGENDA, subject_id=meeting.pk).count() == wanted
    job = Job.objects.get(kind=tasks.AGENDA)
    assert jobs.run(job.pk)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.DRAFT


def test_a_worker_killed_halfway_leaves_no_half_agenda(meeting, regisseur, table, monkeypatch):
    with acting_as(regisseur):
        _some_cases(regisseur, table, 3)
        job = jobs.ask(kind=tasks.AGENDA, subject_id=meeting.pk, by=regisseur, key="agenda:test")
    whole = points.leave_out

    def pulled_out(**kwargs):
        raise SystemError("de stekker eruit")

    monkeypatch.setattr(points, "leave_out", pulled_out)
    assert not jobs.run(job.pk)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    with acting_as(regisseur):
        assert not Slot.objects.exists() and not AgendaItem.objects.exists()
    monkeypatch.setattr(points, "leave_out", whole)
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == State.DONE
    with acting_as(regisseur):
        assert on(meeting) == ["K00", "K01", "K02"]


def test_cost_grows_with_the_points_only(beheerder, regisseur, table):
    """The same number of questions whatever there is; per new point the making of its compartment."""

    def queries(minutes, name):
        made = meetings.meeting(by=beheerder, minutes=minutes, name=name)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            agenda.build_agenda(meeting=made, by=regisseur)
        return len(captured)

    with acting_as(regisseur):
        _some_cases(regisseur, table, 6)
        two, four = queries(16, "Twee"), queries(32, "Vier")
        per_point = (four - two) // 2
        assert per_point <= 2
        _some_cases(regisseur, table, 6, start=20)
        assert queries(16, "Weer twee") == two


def test_a_new_warning_brings_a_case_to_the_table_once_and_names_no_measure(
    meeting, regisseur, table, beheerder
):
    def reasons():
        with acting_as(regisseur):
            agenda.build_agenda(meeting=meeting, by=regisseur)
            items = AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("case__youth")
            return {i.case.youth.first_name: i.reasons for i in items}

    with acting_as(regisseur):
        warned = cases.case(by=regisseur, partners=table, first_name="Gewaarschuwd")
        fine = cases.case(by=regisseur, partners=table, first_name="Rustig")
        penal = cases.measure(
            by=regisseur, case=warned, partner=table[1], code="HALT-STRAF", state="proposed"
        )
        cases.measure(by=regisseur, case=fine, partner=table[1])
    assert [r for r in reasons()["Gewaarschuwd"] if "Waarschuwing bij een maatregel" in r]
    assert not [r for r in reasons().get("Rustig", []) if "Waarschuwing" in r]
    with acting_as(regisseur):
        measures = measures_of_youths([warned.youth_id], regisseur)
        for clash in clashes_of([warned], regisseur, measures)[warned.pk][0]:
            answer_clash(case=warned, clash=clash, reason="Nagevraagd", by=regisseur)
    assert penal and not [r for r in reasons().get("Gewaarschuwd", []) if "Waarschuwing" in r]


def test_a_warning_at_a_masked_measure_is_no_reason(meeting, regisseur, table):
    """Everybody at the item reads why it is there; that somebody has care or a police matter is not theirs to read."""
    MeasureKind.objects.filter(code="HALT-STRAF").update(data_class=DataClass.WPG)
    with acting_as(regisseur):
        case = cases.case(by=regisseur, partners=table, first_name="Gewaarschuwd")
        cases.measure(by=regisseur, case=case, partner=table[1], code="HALT-STRAF", state="proposed")
        assert clashes_of([case], regisseur, measures_of_youths([case.youth_id], regisseur))[case.pk][0]
        agenda.build_agenda(meeting=meeting, by=regisseur)
        items = AgendaItem.objects.filter(meeting=meeting).on_agenda()
        assert not [reason for item in items for reason in item.reasons if "Waarschuwing" in reason]


def test_who_prepares_a_point_on_an_old_page_sees_what_another_made_of_it(regisseur, partners, meeting):
    table = [partners["politie"], partners["halt"]]
    with acting_as(regisseur):
        _some_cases(regisseur, table, 1)
        agenda.build_agenda(meeting=meeting, by=regisseur)
        item = AgendaItem.objects.select_related("slot", "case", "meeting").get(meeting=meeting)
        seen = preparing.as_it_stands(item=item, by=regisseur).mark
        mine = {"item": item, "minutes": 9, "by": regisseur, "seen": seen}
        for _ in range(2):  # the answer got lost
            preparing.prepare(question="Wie belt vader?", partners=table, **mine)
        with pytest.raises(Stale) as refused:
            preparing.prepare(question="Wie belt moeder?", partners=table[:1], **mine)
        stands = refused.value.current
        assert (stands.question, stands.partners) == ("Wie belt vader?", {p.pk for p in table})
        preparing.prepare(question="Wie belt moeder?", partners=table[:1], **mine | {"seen": stands.mark})
        assert preparing.as_it_stands(item=item, by=regisseur).partners == {table[0].pk}
