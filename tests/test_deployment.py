"""Dockerfile and docker-compose.yml say what the settings ask. Nothing is built or started here."""

import ast
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("web-init", "web", "worker", "beat")
LASTING = ("web", "worker", "beat")
DOCKERFILE = (ROOT / "Dockerfile").read_text()
POWERFUL = {"DATABASE_OWNER_URL", "DATABASE_BULK_URL", "DATABASE_SUPERUSER_URL", "POSTGRES_PASSWORD"}


def variables():
    """Every variable that the settings read → whether they can do without it."""
    found = {}
    for node in ast.walk(ast.parse((ROOT / "ijap" / "settings.py").read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        if isinstance(node.func, ast.Name) and node.func.id == "required":
            found[name] = False
        elif isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "env" and name:
            found[name] = any(k.arg == "default" for k in node.keywords) or len(node.args) > 1
    return found


def environment(service):
    return SERVICES[service].get("environment", {})


def test_the_services_are_there():
    assert set(SERVICES) == {
        "postgres",
        "redis",
        "web-init",
        "web",
        "live",
        "worker",
        "beat",
        "mailpit",
        "clamav",
    }


def test_the_settings_are_read_at_all():
    assert variables()["SECRET_KEY"] is False
    assert variables()["DATABASE_URL"] is False
    assert variables()["DEBUG"] is True


@pytest.mark.parametrize("service", OURS)
def test_every_setting_without_a_default_is_given(service):
    required = {name for name, can_do_without in variables().items() if not can_do_without}
    assert required <= set(environment(service))


@pytest.mark.parametrize("service", OURS)
def test_no_variable_is_given_that_nobody_reads(service):
    assert set(environment(service)) - set(variables()) - {"DATABASE_OWNER_URL", "DATABASE_BULK_URL"} == set()


@pytest.mark.parametrize("service", LASTING)
def test_what_stays_running_knows_one_database_role(service):
    assert not POWERFUL & set(environment(service))
    assert environment(service)["DATABASE_URL"].startswith("postgres://ijap_app:")
    assert "DEBUG" not in environment(service)


def test_the_live_process_knows_no_key_and_a_role_that_may_read_nothing():
    assert set(environment("live")) == {"LIVE_DATABASE_URL", "LIVE_WEB_URL", "BASE_URL"}
    assert environment("live")["LIVE_DATABASE_URL"].startswith("postgres://ijap_live:")


def test_only_what_ends_by_itself_may_migrate():
    assert environment("web-init")["DATABASE_OWNER_URL"].startswith("postgres://ijap_owner:")
    assert "migrate --database=owner" in " ".join(SERVICES["web-init"]["command"])
    assert "manage.py bootstrap" in " ".join(SERVICES["web-init"]["command"])
    for service in LASTING:
        needs = SERVICES[service]["depends_on"]["web-init"]
        assert needs == {"condition": "service_completed_successfully"}


def test_no_secret_stands_in_the_file():
    """Every password comes from `.env`, and without it nothing starts."""
    for service in SERVICES:
        for name, value in environment(service).items():
            if re.search("PASSWORD|SECRET|_URL", name) and "//" not in value:
                assert value.startswith("${"), name
            for secret in re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*)(.)", str(value)):
                assert secret[1] == ":", f"{name}: {secret[0]} may not be empty"
    wanted = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    offered = set(re.findall(r"^(\w+)=", (ROOT / "docker" / "dotenv.example").read_text(), re.MULTILINE))
    assert wanted == offered


@pytest.mark.parametrize("service", [*LASTING, "postgres", "redis", "mailpit"])
def test_what_stays_running_tells_how_it_is(service):
    assert SERVICES[service]["healthcheck"]["test"]


@pytest.mark.parametrize("service", SERVICES)
def test_nothing_writes_to_its_own_file_system(service):
    assert SERVICES[service]["read_only"] is True
    assert "no-new-privileges:true" in SERVICES[service]["security_opt"]


@pytest.mark.parametrize("service", OURS)
def test_ours_are_nobody_in_particular(service):
    user, group = SERVICES[service]["user"].split(":")
    assert int(user) >= 10000
    assert int(group) >= 10000
    assert SERVICES[service]["cap_drop"] == ["ALL"]


def test_nothing_is_open_to_the_network():
    for service in SERVICES.values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_there_is_one_clock():
    assert SERVICES["beat"].get("deploy", {}).get("replicas", 1) == 1
    assert sum("beat" in service.get("command", []) for service in SERVICES.values()) == 1


def test_the_image_runs_as_nobody_in_particular():
    user, group = re.search(r"^USER (\d+):(\d+)$", DOCKERFILE, re.MULTILINE).groups()
    assert int(user) >= 10000
    assert int(group) >= 10000
    assert DOCKERFILE.index("\nUSER") < DOCKERFILE.index("\nCMD")
    assert "HEALTHCHECK" in DOCKERFILE


def test_every_floor_travels_into_the_image():
    from django.conf import settings

    floors = {app.split(".")[0] for app in settings.INSTALLED_APPS} & {p.name for p in ROOT.iterdir()}
    let_through = (ROOT / ".dockerignore").read_text().splitlines()
    for folder in floors | {"templates", "static"}:
        assert f"\nCOPY {folder} {folder}\n" in DOCKERFILE
        assert f"!{folder}" in let_through


def test_what_the_image_copies_exists():
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        for name in line.split()[:-1]:
            assert (ROOT / name).exists(), name


def test_what_bootstrap_reads_travels_along():
    let_through = (ROOT / ".dockerignore").read_text().splitlines()
    for name in ("docker/postgres-roles.sql", "docker/postgres-database.sql"):
        assert name in DOCKERFILE
        assert f"!{name}" in let_through


def test_the_superuser_is_lent_to_nobody_here():
    for service in OURS:
        assert "DATABASE_SUPERUSER_URL" not in environment(service)


def test_the_image_is_built_with_every_required_setting():
    build = DOCKERFILE[DOCKERFILE.index("RUN SECRET_KEY") :].split("\nUSER")[0]
    for name, can_do_without in variables().items():
        assert can_do_without or f"{name}=" in build, name
    assert "requirements-dev" not in DOCKERFILE


def test_postgres_says_the_same_as_on_the_developers_machine():
    from tools.postgres import ALWAYS

    command = SERVICES["postgres"]["command"]
    for name in ("shared_buffers", "random_page_cost", "jit", "timezone"):
        assert f"{name}={ALWAYS[name]}" in command


def test_the_sql_files_are_given_to_postgres():
    mounted = [volume.split(":")[0] for volume in SERVICES["postgres"]["volumes"]]
    for name in ("postgres-init.sh", "postgres-roles.sql", "postgres-database.sql"):
        assert f"./docker/{name}" in mounted
        assert (ROOT / "docker" / name).exists()
