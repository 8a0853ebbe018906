"""No text becomes a formula, in whatever program a table is opened.

Spreadsheets of other countries take a semicolon or a tab for the end of a cell, and then quotes inside a line for text:
so every file is cut up as they would, too.
"""

import csv
import itertools
import re

import openpyxl
import pyarrow as pa
import pytest

from riskengine.export.exporter import ExportOptions, RunRows
from riskengine.export.formats import place_named
from riskengine.export.formulas import text_without_formulas
from riskengine.star.dictionary import STAR
from tests.support.exports import FORMATS, value_of, with_signs

SIGNS = "=+-@＝＋－＠"
BEFORE = [
    "",
    " ",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "'",
    "''",
    '"',
    '""',
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\x00",
    ";",
    "a;",
    "a\t",
    "b\n ",
]
BEHIND = ["cmd|' /C calc'!A0", "1+1", "SUM(1;2)", 'HYPERLINK("http://x","y")', "A1;x", "1\n=2", "\t=3", ""]
PAYLOADS = [f"{before}{sign}{behind}" for before, sign, behind in itertools.product(BEFORE, SIGNS, BEHIND)]
HARMLESS = ["Phase 1, +10 %", "a-b", "x = y", "1;2", 'say "no"', "it's", "", "<r><t>x</t></r>", "_x0041_", "語", "-"]


def rows_of(texts):
    """A run in whose gates all names are these texts."""
    table = STAR["dim_gate"]
    columns = []
    for column in table.columns:
        if column.name in ("run_key", "gate_key", "gate"):
            columns.append(pa.array([f"{column.name}{i}" for i in range(len(texts))]))
        elif column.type == pa.utf8():
            columns.append(pa.array(texts))
        else:
            columns.append(pa.nulls(len(texts), column.type) if column.nullable else pa.array([-0.5] * len(texts)))
    gates = pa.Table.from_arrays(columns, schema=table.schema())
    return RunRows("run", "project", "0", {"dim_gate": gates})


def written(scheme, texts, folder):
    """Write a run with these names, and return the place."""
    place = place_named(f"{scheme}:{FORMATS[scheme].place(folder)}")
    with place.exporter.open(place.text, ExportOptions(("dim_gate",))) as destination:
        destination.append([rows_of(texts)])
        destination.count_rows(["run"])
        destination.commit()
    return FORMATS[scheme].place(folder)


def acts(cell):
    """Whether a spreadsheet would take a cell for a formula: it begins with a sign, and is no number."""
    inside = re.sub(r"^[\s\"\u00a0\u200b\ufeff\x00]+", "", cell)
    return inside[:1] in SIGNS and inside != "" and not re.fullmatch(r"-?[\d.eE+-]+", inside)


def test_there_are_payloads_that_act_where_nothing_is_done():
    assert len(PAYLOADS) > 1000
    assert sum(acts(payload) for payload in PAYLOADS) > 300


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
def test_no_cell_of_a_csv_file_is_a_formula_however_it_is_cut_up(tmp_path, delimiter, quoting):
    place = written("csv", PAYLOADS, tmp_path)
    text = (place / "dim_gate.csv").read_bytes().decode("utf-8").replace("\x00", "")
    lines = re.split(r"\r\n|\r|\n", text)
    cells = [cell for line in csv.reader(lines, delimiter=delimiter, quoting=quoting) for cell in line]
    whole = [cell for line in csv.reader(text.splitlines(keepends=True), delimiter=delimiter) for cell in line]
    assert len(cells) > len(PAYLOADS)
    assert [cell for cell in (*cells, *whole) if acts(cell)] == []


def test_texts_come_back_when_the_apostrophes_are_taken_off():
    for payload in (*PAYLOADS, *HARMLESS):
        assert with_signs(text_without_formulas(payload)) == payload


def test_a_text_that_begins_no_formula_is_left_as_it_is():
    assert [text_without_formulas(text) for text in HARMLESS[:-1]] == HARMLESS[:-1]
    assert text_without_formulas("-") == "'-"


def test_a_workbook_holds_every_text_as_text(tmp_path):
    place = written("xlsx", [*PAYLOADS, *HARMLESS], tmp_path)
    sheet = openpyxl.load_workbook(place)["dim_gate"]
    head = [cell.value for cell in sheet[1]]
    name, confidence = head.index("name"), head.index("confidence")
    rows = list(sheet.iter_rows(min_row=2))
    field = STAR["dim_gate"].schema().field("name")
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "inlineStr"}
    texts = [value_of(row[name], field).replace("\r\n", "\n") for row in rows]
    assert texts == [text.replace("\r\n", "\n") for text in (*PAYLOADS, *HARMLESS)]
    quoted = [bool(row[name].quotePrefix) for row in rows]
    assert quoted == [text_without_formulas(text) != text for text in (*PAYLOADS, *HARMLESS)]
    assert {row[confidence].value for row in rows} == {-0.5}
