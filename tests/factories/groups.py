"""Groups, as the operations make them. Call inside the scope of `by`, a regisseur."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.models import Municipality
from accounts.roles import Level
from cases.models import Stage
from cases.operations import group_goals, group_members, groups
from cases.rules.groups import ORDER


def group(*, by, name="De groep van het plein", town="Heerlen", level=Level.JPP, partners=()):
    """A group at step 1, in which these partners take part."""
    made = groups.start(
        name=name,
        behaviour="Rond de avond lawaai en afval, drie keer per week",
        level=level,
        municipality=Municipality.objects.get(name=town),
        key=uuid4(),
        by=by,
    )
    for partner in partners:
        groups.let_in(group=made, partner=partner, reason="Kent het plein", by=by)
    return made


def place(*, by, group, name="Verzinselplein", town="Heerlen"):
    return groups.add_place(
        group=group,
        name=name,
        municipality=Municipality.objects.get(name=town),
        since_on=timezone.localdate() - timedelta(days=40),
        key=uuid4(),
        by=by,
    )


def ground(*, by, group, **changes):
    """What step 2B asks, noted."""
    today = timezone.localdate()
    content = {name: getattr(group, name) for name in groups.CONTENT} | {
        "scan_on": today - timedelta(days=3),
        "convenant": "Convenant jeugdgroepen 2026",
        "convenant_until": today + timedelta(days=300),
        "picture": "Zij zoeken elkaar op omdat er niets anders is",
    }
    return groups.change(group=group, version=group.version, content=content | changes, by=by)


def walk(*, by, group, to):
    """Step by step to this stage; what the steps ask must be there."""
    for stage in ORDER[ORDER.index(Stage(group.stage)) + 1 : ORDER.index(to) + 1]:
        group = groups.move(group=group, to=stage, reason=f"Naar {stage.label}", by=by)
    return group


def naming(*, by, partners, **about):
    """A group at step 2B: a place, the scan, a convenant, the police among these partners."""
    made = group(by=by, partners=partners, **about)
    place(by=by, group=made, town=made.municipality.name)
    return walk(by=by, group=ground(by=by, group=made), to=Stage.NAMES)


def member(*, by, group, youth, position="", ends_on=None):
    return group_members.add(
        group=group,
        youth=youth,
        source="Groepsscan politie",
        position=position,
        review_on=timezone.localdate() + timedelta(days=90),
        ends_on=ends_on,
        key=uuid4(),
        by=by,
    )


def goal(*, by, group, partner, text="Jongerenwerk staat er op vrijdag"):
    return group_goals.add(
        group=group,
        text=text,
        owner_partner=partner,
        due_on=timezone.localdate() + timedelta(days=30),
        key=uuid4(),
        by=by,
    )
