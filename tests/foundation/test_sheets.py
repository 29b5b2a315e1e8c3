"""A file that a Dutch spreadsheet opens, in which nothing calculates."""

import csv
import io

import pytest

from foundation.sheets import csv_of, defused

FORMULAS = [
    "=1+1",
    "+31 6",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "  =1+1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_be_a_formula_is_text(text):
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Sem", "A=B", "12-03-2011", "ß", "", "'t Hart"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert defused(text) == text


def test_a_dutch_spreadsheet_reads_it():
    made = csv_of(["Naam", "Stand"], [["Çağla; van", None], ['"Q"\nregel', 3]])
    assert made.startswith(b"\xef\xbb\xbf") and b";" in made and made.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [["Naam", "Stand"], ["Çağla; van", ""], ['"Q"\nregel', "3"]]


def test_no_cell_breaks_out_of_its_place():
    """A quote, a semicolon or a line end in a cell begins no new cell that could calculate."""
    made = csv_of(["A"], [['x";=1+1'], ["x\r\n=1+1"], ["x;=1"]]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(made, newline=""), delimiter=";"))
    assert all(len(row) == 1 for row in rows)
