"""Management commands of the wiring."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Partner, User
from ijap.demo.people import PASSWORD, PEOPLE
from ijap.management.commands import build_docs


def run(name, *options):
    out = StringIO()
    call_command(name, *options, stdout=out)
    return out.getvalue()


# --- demo_accounts --------------------------------------------------------------------------------
def test_the_accounts_of_the_demo_are_listed_as_far_as_they_exist(db, settings):
    settings.DEMO_MODE = True
    User.objects.create(username="jens", partner=Partner.objects.get(short_name="JENS"), password="!")
    rows = {row["username"]: row for row in json.loads(run("demo_accounts", "--json"))}
    assert rows["jens"] == {
        "username": "jens",
        "password": PASSWORD,
        "role": "Deelnemer JPP en LJA",
        "partner": "JENS",
    }
    assert set(rows) <= {person.username for person in PEOPLE}
    assert "coach_lja" not in rows
    assert PASSWORD in run("demo_accounts")


def test_there_are_no_demo_accounts_outside_the_demo(db, settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="DEMO_MODE"):
        run("demo_accounts", "--json")


def test_before_the_seed_there_is_nobody_to_list(db, settings):
    settings.DEMO_MODE = True
    User.objects.filter(username__in=[p.username for p in PEOPLE]).update(is_active=False)
    with pytest.raises(CommandError, match="seed_demo"):
        run("demo_accounts")


# --- build_docs -----------------------------------------------------------------------------------
def test_the_pages_are_up_to_date():
    run("build_docs", "--check")


def test_an_old_page_is_noticed_and_written_anew(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    with pytest.raises(CommandError, match=r"permissions\.md"):
        run("build_docs", "--check")
    run("build_docs")
    run("build_docs", "--check")
    (tmp_path / "docs" / "permissions.md").write_text("oud")
    with pytest.raises(CommandError, match=r"Verouderd: permissions\.md"):
        run("build_docs", "--check")


def test_the_table_of_permissions_has_every_role_and_permission():
    from accounts.roles import Permission, Role

    page = build_docs.permissions()
    for word in (*Role, *Permission):
        assert word.label in page
    assert "Nooit samen: Beheerder en Regisseur JPP." in page


def test_the_picture_of_the_levels_has_an_arrow_for_every_way():
    page = build_docs.case_levels()
    assert page.count("▶") == 3
    assert page.count("◀") == 3
