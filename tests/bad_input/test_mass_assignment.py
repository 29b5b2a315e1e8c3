"""Every column of every table, sent along with every form: only what the form asks for is written."""

import re
import uuid
from datetime import datetime

import pytest
from django.db import connection, models, transaction
from django.test import Client

from accounts.models import User
from tests.bad_input.browser import filled, forms_not_shown, forms_of, post
from tests.test_house import OURS

PEOPLE = ["regisseur", "mentor", "wijkagent", "beheerder", "agent"]
SLIPPED_IN = "INGESLOPEN"
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b(?!.*django_session)", re.DOTALL)
RANDOM = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|pbkdf2\S+|[0-9a-f]{32,}"
)
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\S*")


def value_for(field):
    """Something this column would take."""
    if isinstance(field, models.ForeignKey):
        return "1"
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return "2001-02-03 04:05"
    if isinstance(field, models.DateField):
        return "2001-02-03"
    if isinstance(field, models.IntegerField):
        return "3"
    return str(field.choices[-1][0]) if field.choices else SLIPPED_IN


def extra_fields():
    """Name and column of every field of ours, with a value; and the words that attackers try first."""
    found = {
        "pk": "1",
        "role": "beheerder",
        "readers": "{1}",
        "excluded": "{}",
        "permissions": "1",
        "by": "1",
    }
    for model in OURS:
        for field in model._meta.concrete_fields:
            found[field.name] = found[field.attname] = value_for(field)
    return found


EXTRA = extra_fields()


def steady(value):
    """A value that is written, without what differs every time: random ids, moments, numbers of new rows."""
    if isinstance(value, uuid.UUID | datetime) or (isinstance(value, int) and value > 500):
        return "…"
    if isinstance(value, list | tuple):
        return [steady(part) for part in value]
    return MOMENT.sub("…", RANDOM.sub("…", re.sub(r"(?<=: )\d{3,}", "…", str(value))))


def written(client, url, answers):
    """Send it, note what is written to the database, and undo it."""
    notes = []

    def listen(execute, sql, params, many, context):
        if WRITES.match(sql) or "SELECT access_" in sql or "SELECT cases_" in sql:
            notes.append((re.sub(r"_\w*_sp_\w+|s\d+_x\d+", "", sql), steady(list(params or []))))
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(listen):
        status = post(client, url, answers).status_code
        transaction.set_rollback(True)
    return status, notes


def same(once, twice, now):
    """What is sent `now`, without the places that differ each time the same is sent: numbers of new rows."""
    if isinstance(now, list | tuple) and len(now) == len(once) == len(twice):
        return [same(*three) for three in zip(once, twice, now, strict=True)]
    return now if once == twice or type(now) is not type(once) else "…"


@pytest.mark.parametrize("who", PEOPLE)
def test_only_the_fields_of_the_form_are_written(who, shared_world):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=who))
    forms = forms_of(client, shared_world) | (forms_not_shown(shared_world) if who == "regisseur" else {})
    wrong, took = [], 0
    for name, (url, form) in forms.items():
        answers = filled(form)
        extra = {word: value for word, value in EXTRA.items() if word not in answers}
        plain, again = written(client, url, answers), written(client, url, answers)
        more = written(client, url, answers | extra)
        took += bool(plain[1]) and plain[0] in (200, 303)
        if same(plain, again, again) != same(plain, again, more) or SLIPPED_IN in str(more):
            wrong.append(f"{name}: {plain[0]} became {more[0]}:\n  {plain[1]}\n  {more[1]}"[:3000])
    assert took > 0
    assert not wrong, "\n".join(wrong)


def test_there_is_much_to_slip_in():
    assert len(EXTRA) > 150
    assert {"is_superuser", "is_staff", "compartment_id", "readers", "state", "level", "partner_id"} <= set(
        EXTRA
    )
