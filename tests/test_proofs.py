"""What docs/ calls proof must exist: every test that is named, every requirement, every setting, every hash."""

import ast
import re
from pathlib import Path

import pytest

from tests.test_deployment import variables

ROOT = Path(__file__).parent.parent
PAGES = ["abuse-cases.md", "asvs.md", "beheer.md", "features.md", "security.md"]
NODE = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
NOT_YET = "**nog niet**"
# Requirements of level 3 that we chose as well.
CHOSEN = {
    "1.2.10",
    "2.3.5",
    "3.4.8",
    "3.5.8",
    "4.1.4",
    "5.2.4",
    "6.3.5",
    "6.3.7",
    "6.3.8",
    "6.4.6",
    "7.5.3",
    "8.3.2",
    "13.4.6",
    "14.2.6",
    "14.2.7",
    "14.2.8",
    "15.2.5",
    "15.4.2",
    "16.5.4",
}


def page(name):
    return (ROOT / "docs" / name).read_text()


def named(name):
    return sorted(set(NODE.findall(page(name))))


@pytest.mark.parametrize("name", PAGES)
def test_every_test_that_is_named_exists(name):
    wrong = []
    for path, function in named(name):
        file = ROOT / path
        functions = (
            {n.name for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.FunctionDef)}
            if file.exists()
            else None
        )
        if functions is None or (function and function not in functions):
            wrong.append(f"{path}::{function}")
    assert not wrong, f"docs/{name} names tests that are not there"


def test_proofs_are_really_named():
    assert len(named("asvs.md")) > 80
    assert len(named("abuse-cases.md")) > 25


# --- ASVS -----------------------------------------------------------------------------------------
def requirements():
    lines = (ROOT / "tests" / "asvs.txt").read_text().splitlines()
    return dict(line.split() for line in lines if not line.startswith("#"))


def rows(name, pattern):
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page(name).splitlines()
        if re.match(pattern, line)
    ]


def test_every_requirement_of_level_one_and_two_has_its_row():
    levels = requirements()
    assert len(levels) == 345
    wanted = {number for number, level in levels.items() if level in "12"} | CHOSEN
    told = [row[0] for row in rows("asvs.md", r"\| \d+\.\d+\.\d+ \|")]
    assert len(told) == len(set(told)), "twice"
    assert set(told) == wanted


def test_every_row_has_a_proof_or_a_reason():
    for number, level, what, proof in rows("asvs.md", r"\| \d+\.\d+\.\d+ \|"):
        assert level == requirements()[number], number
        assert len(what) >= 4, number
        has_reason = re.match(r"(n\.v\.t\.|beschreven|keuze): \S.{6,}", proof)
        assert NODE.search(proof) or NOT_YET in proof or has_reason, number


def test_what_is_described_elsewhere_is_there():
    for name in PAGES:
        for path in re.findall(r"\bdocs/[\w/.-]+\.md\b", page(name)):
            is_promised = path in {"docs/inloggen.md", "docs/access-matrix.yaml"}
            assert is_promised or (ROOT / path).exists(), f"{name}: {path}"


# --- abuse cases ----------------------------------------------------------------------------------
def test_there_are_twenty_five_abuse_cases_each_with_proof_or_reason():
    told = rows("abuse-cases.md", r"\| A\d\d \|")
    assert [row[0] for row in told] == [f"A{number:02}" for number in range(1, 26)]
    for number, what, prevented, proof in told:
        assert len(what) >= 15 and len(prevented) > 20, number
        assert NODE.search(proof) or NOT_YET in proof, number


# --- settings, packages ---------------------------------------------------------------------------
def test_every_setting_is_in_the_manual():
    known = set(variables()) | {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BULK_URL"}
    told = {row[0].strip("`") for row in rows("beheer.md", r"\| `[A-Z_]+` \| [^|]*\| [^|]+\|$")}
    assert known - told == set(), "docs/beheer.md, chapter 3"
    assert told - known == set(), "settings that are no more"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"])
def test_every_package_has_its_hash(name):
    """Installing with --require-hashes refuses another file under the same name and version."""
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())
    packages = [block for block in blocks if re.match(r"[a-z0-9._-]+==", block)]
    assert len(packages) >= 1
    assert all("--hash=sha256:" in block for block in packages)
    assert "--require-hashes" in (ROOT / "run").read_text()
    assert (ROOT / "Dockerfile").read_text().count("--require-hashes") == 2
