"""What a refusal tells: nothing. Not whether a record exists, not whose it is, not how many there are."""

import re
import uuid

import pytest
from django.apps import apps
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, include, path, reverse

from access.models import Compartment
from accounts.models import User
from cases.models import Action, Case, Youth
from foundation.scope import acting_as, protected_tables
from tests.doors import ANYBODY, all_doors
from tests.test_house import OURS

NOT_THERE = uuid.UUID(int=1)


# --- addresses ------------------------------------------------------------------------------------
def converters(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield from (
                (entry.name, word, type(found).__name__) for word, found in entry.pattern.converters.items()
            )
        else:
            yield from converters(entry)


# Seals, and the name of a chart: no numbers of a record. And the two pages on which the privacy officer, who may
# know no more of a youth, says by the number of the log whose readers are asked for.
# Words, and ages in law, that everybody may know.
SPOKEN = {
    "rule_term_change",
    "age_limit_change",
    "life_area_change",
    "regime_change",
    "convenant_kind_change",
    "finder_threshold_change",
    "first_password",
    "invitation",
    "chart",
    "subject_detail",
    "subject_paper",
    "follow_since",  # how often a meeting changed
    "proof",  # random too, and short enough to type
    "proof_compare",
    "live_item_since",  # the same
}


def test_no_address_counts():
    """Only random ids: whoever has one address cannot guess the next."""
    found = list(converters(get_resolver()))
    assert len(found) > 40
    assert not [c for c in found if c[2] != "UUIDConverter" and c[0] not in SPOKEN]


def test_every_id_in_an_address_is_random():
    for model in OURS:
        if any(f.name == "uuid" for f in model._meta.fields):
            field = model._meta.get_field("uuid")
            assert field.unique and (field.default is uuid.uuid4 or not field.has_default()), model


HIDDEN = ["haltmedewerker", "lja_kerkrade", "coach_lja", "manager", "beheerder"]


def without_reference(answer):
    return re.sub(rb"<code>[0-9a-f]{8}</code>", b"", answer.content)


@pytest.mark.parametrize("who", HIDDEN)
def test_a_hidden_record_answers_as_one_that_is_not_there(who, world, client_of):
    """Same status, same words, same headers, byte for byte but for the reference."""
    client, wrong, compared = client_of(who), [], 0
    for name, door in all_doors().items():
        kwargs = door.kwargs(world)
        if door.ok == ANYBODY or "uuid" not in kwargs:
            continue
        real = client.generic(door.method, reverse(name, kwargs=kwargs))
        if real.status_code not in (403, 404):
            client.get("/")  # shows what was done, so that the next page does not
            continue
        absent = client.generic(door.method, reverse(name, kwargs=kwargs | {"uuid": NOT_THERE}))
        if real.status_code == 403 and absent.status_code == 404:
            continue  # known to this person, who may not do this with it: tests/doors says who
        compared += 1
        same = without_reference(real) == without_reference(absent) and real.status_code == absent.status_code
        if not same or set(real.headers) != set(absent.headers):
            wrong.append(name)
    assert compared > 20
    assert not wrong


# --- the database ---------------------------------------------------------------------------------
def words_of(sql, *params):
    """The class and the first words of what the database says, without the numbers."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, params)
    except Error as error:
        return type(error).__name__, str(error).splitlines()[0]
    return "taken", ""


def tables_with(column):
    with_column = [m for m in OURS if any(f.column == column for f in m._meta.concrete_fields)]
    return sorted(m._meta.db_table for m in with_column if m._meta.db_table in protected_tables())


@pytest.mark.parametrize("table", tables_with("compartment_id"))
def test_a_row_in_a_hidden_compartment_is_refused_as_one_in_none(table, world, agent_there):
    """Foreign keys look past row security; the policy on new rows does not, and comes first."""
    with acting_as(agent_there):
        hidden = words_of(f"INSERT INTO {table} (compartment_id) VALUES (%s)", world.hidden_case.room_id)
        absent = words_of(f"INSERT INTO {table} (compartment_id) VALUES (%s)", 2**40)
    assert hidden == absent
    assert "row-level security" in hidden[1]


def pointing_fields():
    """Every foreign key between protected tables, but for those to compartments."""
    for model in OURS:
        for field in model._meta.concrete_fields if model._meta.db_table in protected_tables() else ():
            parent = field.related_model._meta.db_table if field.is_relation and field.related_model else ""
            if parent in protected_tables() - {"access_compartment"}:
                yield model._meta.db_table, field.column


def test_every_pointer_to_a_protected_row_is_looked_at(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname FROM pg_policies WHERE permissive = 'RESTRICTIVE' AND cmd = 'INSERT'"
        )
        found = set(cursor.fetchall())
    assert {(table, f"sees_{column}") for table, column in pointing_fields()} == found


ACTION = """INSERT INTO cases_action (compartment_id, uuid, case_id, text, owner_partner_id, due_on, state, result, agreed_by_id)
VALUES (%s, gen_random_uuid(), %s, 'x', %s, now(), 'open', '', %s)"""


def test_a_row_for_a_hidden_case_is_refused_as_one_for_none(world, agent_there):
    """In a compartment one does read, pointing to a case one does not."""
    rest = [agent_there.partner_id, agent_there.pk]
    with acting_as(agent_there):
        hidden = words_of(ACTION, world.case.room_id, world.hidden_case.pk, *rest)
        absent = words_of(ACTION, world.case.room_id, 2**40, *rest)
        assert words_of(ACTION, world.case.room_id, world.case.pk, *rest) == ("taken", "")
    assert hidden[0] == absent[0]
    assert "row-level security" in hidden[1] and "row-level security" in absent[1]


@pytest.fixture
def agent_there(world):
    return User.objects.get(username="agent")


def add_to_hidden(request):
    Youth.objects.create(
        compartment_id=int(request.GET["in"]),
        first_name="A",
        last_name="B",
        search_name="a b",
        made_by=request.user,
    )


def add_twice(request):
    compartment = Compartment.objects.visible_to(request.user).filter(kind="youth").first()
    fields = {"compartment": compartment, "search_name": "a b", "made_by": request.user}
    Youth.objects.create(uuid=request.GET["uuid"], first_name="A", last_name="B", **fields)


urlpatterns = [
    path("", include("ijap.urls")),
    path("verborgen/", add_to_hidden, name="add_to_hidden"),
    path("dubbel/", add_twice, name="add_twice"),
]


@pytest.mark.urls(__name__)
def test_hidden_absent_and_double_get_one_and_the_same_answer(world, agent_there):
    client = Client(raise_request_exception=False)
    client.force_login(agent_there)
    with acting_as(User.objects.get(username="regisseur")):
        hidden = Youth.objects.get(cases=world.hidden_case)
    answers = [
        client.get("/verborgen/", {"in": hidden.compartment_id}),
        client.get("/verborgen/", {"in": 2**40}),
        client.get("/dubbel/", {"uuid": hidden.uuid}),
    ]
    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert len({without_reference(answer) for answer in answers}) == 1
    text = answers[0].content.decode()
    assert not re.search(r"bestaat al|dubbel|unique|Noor|cases_|violates", text)


def test_a_choice_nobody_offered_is_refused_like_one_that_does_not_exist(world, client_of):
    """The person of another's action, a case that cannot be seen: the form knows neither."""
    client = client_of("regisseur")
    url = reverse("cases:action_agree", args=[world.case.uuid])
    answers = []
    for owner in (f"person-{User.objects.get(username='haltmedewerker').pk}", "person-99999999"):
        answer = client.post(
            url, {"text": "Bellen", "owner": owner, "due_on": "2030-01-01", "key": str(uuid.uuid4())}
        )
        answers.append((answer.status_code, owner in answer.content.decode()))
    assert answers[0][0] == answers[1][0] == 400
    with acting_as(User.objects.get(username="regisseur")):
        assert not Action.objects.filter(text="Bellen").exists()


def test_the_models_of_this_proof_are_still_there():
    assert {Case, Youth, Action} <= set(apps.get_models())
