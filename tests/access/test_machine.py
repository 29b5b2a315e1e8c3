"""A machine that does everything at the same moment, and after each step compares what is stored with what is true."""

import time
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from access import operations
from access.models import Compartment, Exclusion, Grant, Ground, Participation
from accounts.models import User
from accounts.robots import Robot, robot
from accounts.roles import DataClass
from foundation.errors import NotPossible
from foundation.scope import acting_as
from tests import cast
from tests.access.test_races import at_the_same_time
from tests.factories.access import room_elsewhere, youth_with_room

PARTNERS = ["politie", "jens", "halt", "school"]
PEOPLE = ["agent", "jongerenwerker", "haltmedewerker", "mentor"]
SOON = timedelta(milliseconds=150)


def differing():
    """Compartments that say something else than their participations, grants and exclusions."""
    with connections["bulk"].cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.readers, n.readers, c.excluded, n.excluded, c.valid_until, n.valid_until"
            " FROM access_compartment c JOIN access_computed(NULL) n ON n.id = c.id"
            " WHERE (c.readers, c.excluded, c.valid_until) IS DISTINCT FROM (n.readers, n.excluded, n.valid_until)"
        )
        return cursor.fetchall()


class Access(RuleBasedStateMachine):
    """Two works at once on one youth with two rooms and a stricter one."""

    def __init__(self):
        super().__init__()
        self.regie, self.keeper = User.objects.get(username="regisseur"), robot(Robot.KEEPER)
        self.partners = cast.partners()
        with acting_as(self.regie):
            self.youth, self.room = youth_with_room(by=self.regie)
            strict = operations.room_of_class(beside=self.room.pk, data_class=DataClass.ZORG, by=self.regie)
            self.strict = Compartment.objects.get(pk=strict)

    def works(self, draws):
        return [getattr(self, f"do_{name}")(*rest) for name, *rest in draws]

    @rule(
        draws=st.lists(
            st.one_of(
                st.tuples(st.just("add"), st.sampled_from(PARTNERS), st.booleans(), st.booleans()),
                st.tuples(st.just("end"), st.sampled_from(PARTNERS)),
                st.tuples(st.just("grant"), st.sampled_from(PEOPLE), st.booleans()),
                st.tuples(st.just("ungrant"), st.sampled_from(PEOPLE)),
                st.tuples(st.just("exclude"), st.sampled_from(PEOPLE)),
                st.tuples(st.just("include"), st.sampled_from(PEOPLE)),
                st.tuples(st.just("expire")),
                st.tuples(st.just("escalate")),
            ),
            min_size=2,
            max_size=3,
        )
    )
    def at_once(self, draws):
        at_the_same_time(*self.works(draws))

    @invariant()
    def stored_is_true(self):
        self.let_lapse()
        wrong = differing()
        if wrong:  # something lapsed between the two; nothing lasts longer than this
            time.sleep(2 * SOON.total_seconds())
            self.let_lapse()
            wrong = differing()
        assert wrong == []

    def let_lapse(self):
        with acting_as(self.keeper):
            operations.expire(by=self.keeper)

    # --- works: each in a thread of its own -------------------------------------------------------
    def regie_does(self, work):
        def run():
            try:
                with acting_as(User.objects.get(pk=self.regie.pk)):
                    work()
            except NotPossible:
                return  # somebody was first, or there is nothing to end: the rules said so

        return run

    def do_add(self, name, is_strict, is_short):
        room = self.strict if is_strict else self.room
        until = timezone.now() + SOON if is_short else None
        return self.regie_does(
            lambda: operations.add_participation(
                compartment=room, partner=self.partners[name], ground=Ground.CASE_NEED, reason="x", until=until,
                by=self.regie,
            )
        )  # fmt: skip

    def do_end(self, name):
        def work():
            seats = Participation.objects.select_related("compartment").filter(
                partner=self.partners[name], ended_at=None
            )
            for seat in seats.order_by("pk"):
                operations.end_participation(participation=seat, by=self.regie)

        return self.regie_does(work)

    def do_grant(self, name, is_short):
        until = timezone.now() + (SOON if is_short else timedelta(hours=1))
        return self.regie_does(
            lambda: operations.grant(
                compartment=self.room, user=User.objects.get(username=name), until=until, ground=Ground.SAFETY,
                reason="x", by=self.regie,
            )
        )  # fmt: skip

    def do_ungrant(self, name):
        def work():
            for given in Grant.objects.select_related("content_object").filter(user__username=name):
                operations.end_grant(grant=given, by=self.regie)

        return self.regie_does(work)

    def do_exclude(self, name):
        def work():
            user = User.objects.get(username=name)
            if not Exclusion.objects.filter(user=user, ended_at=None).exists():
                operations.step_aside(compartment=self.youth, reason="x", by=user)

        return self.regie_does(work)

    def do_include(self, name):
        def work():
            for exclusion in Exclusion.objects.select_related("compartment").filter(
                user__username=name, ended_at=None
            ):
                operations.end_exclusion(exclusion=exclusion, by=self.regie)

        return self.regie_does(work)

    def do_expire(self):
        def run():
            keeper = User.objects.get(pk=self.keeper.pk)
            with acting_as(keeper):
                operations.expire(by=keeper)

        return run

    def do_escalate(self):
        return self.regie_does(lambda: room_elsewhere(self.youth, by=self.regie))


@pytest.mark.parametrize("examples", [4, pytest.param(40, marks=pytest.mark.full)])
def test_whatever_happens_at_once_stored_is_true(committed_db, examples):
    run_state_machine_as_test(
        Access,
        settings=settings(
            max_examples=examples,
            stateful_step_count=8,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
