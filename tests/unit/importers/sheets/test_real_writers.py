"""Workbooks as real programs write them: what looks filled to a person is never read as empty in silence."""

import datetime
import json
import random
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from riskengine.errors import ScenarioError
from riskengine.importers.register.read import read_register
from riskengine.importers.sheets import workbook as opening
from riskengine.importers.sheets.process import contents
from riskengine.importers.sheets.workbook import worksheets
from riskengine.scenario.tables.sheets import Odd, is_blank
from tests.unit.importers.sheets.workbooks import HEAD as XML
from tests.unit.importers.sheets.workbooks import MAIN, parts, zipped

HEAD = ["ID", "Title", "Probability", "Delay (days)", "Cost (EUR)", "Affected tasks"]
ROW = ["R1", "Late", 0.3, 5, 1000, "B"]
MANY = 60
"""Random workbooks of each writer."""


@pytest.fixture
def in_process(monkeypatch):
    """Read workbooks without a process of their own, which would take a third of a second each."""
    monkeypatch.setattr(opening, "ask", lambda raw, wanted: json.loads(json.dumps(contents(raw, wanted))))


VISIBLE = (
    "text", " padded ", "0", "-", "'quoted", "ÄÖ€", "two\nlines", "1,5", 0, 0.0, 5, -3.25, 1e-9, 1e300, True, False,
    datetime.date(2027, 3, 1), datetime.datetime(2027, 3, 1, 12, 30), datetime.time(8, 30),
    datetime.timedelta(hours=30),
    "=1+1", "=A1&\"x\"", "#N/A", "#REF!", "12345678901234567890",
)  # fmt: skip
INVISIBLE = (None, "", "   ", "\t")


def random_grid(rng: random.Random) -> list[list[object]]:
    """Rows of cells that show something or nothing."""
    rows, columns = rng.randrange(1, 8), rng.randrange(1, 8)
    return [
        [rng.choice(VISIBLE) if rng.random() < 0.6 else rng.choice(INVISIBLE) for _ in range(columns)]
        for _ in range(rows)
    ]


def with_openpyxl(path: Path, grid: list[list[object]]) -> None:
    """Write cells with openpyxl, which stores no results of formulas."""
    book = openpyxl.Workbook()
    for row, cells in enumerate(grid, start=1):
        for column, value in enumerate(cells, start=1):
            book.active.cell(row, column, value)
    book.save(path)


def with_xlsxwriter(path: Path, grid: list[list[object]]) -> None:
    """Write cells with XlsxWriter, which stores 0 as the result of formulas."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Risks")
    for row, cells in enumerate(grid):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    book.close()


def with_xlsxwriter_in_rows(path: Path, grid: list[list[object]]) -> None:
    """Write cells with XlsxWriter row by row, which puts texts into the cells."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", "constant_memory": True})
    sheet = book.add_worksheet("Risks")
    for row, cells in enumerate(grid):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    book.close()


WRITERS = {"openpyxl": with_openpyxl, "xlsxwriter": with_xlsxwriter, "in rows": with_xlsxwriter_in_rows}


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("writer", WRITERS)
def test_what_looks_filled_is_read_as_filled_and_the_rest_as_empty(tmp_path, writer):
    path = tmp_path / "r.xlsx"
    for number in range(MANY):
        grid = random_grid(random.Random(f"{writer} {number}"))
        WRITERS[writer](path, grid)
        (sheet,) = worksheets(path)
        for row, cells in enumerate(grid):
            for column, value in enumerate(cells):
                found = sheet.cell(row, column) if row < len(sheet.rows) else None
                is_visible = not (value is None or (isinstance(value, str) and not value.strip()))
                assert is_blank(found) != is_visible, (number, row, column, value, found)
                if isinstance(value, str) and value.startswith("="):
                    assert isinstance(found, Odd) and found.has_no_value, (value, found)


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("column", range(6))
@pytest.mark.parametrize("row", [0, 1])
def test_a_formula_that_a_program_wrote_without_computing_it_is_refused(tmp_path, writer, row, column):
    grid = [list(HEAD), list(ROW)]
    grid[row][column] = '=IF(1,"B","C")'
    WRITERS[writer](tmp_path / "r.xlsx", grid)
    with pytest.raises(ScenarioError) as caught:
        read_register(tmp_path / "r.xlsx")
    place = f"!{'ABCDEF'[column]}{row + 1} "
    assert [issue.code for issue in caught.value.issues if place in issue.path] == ["RE872"]


@pytest.mark.parametrize("writer", WRITERS)
def test_a_register_without_formulas_is_read(tmp_path, writer):
    WRITERS[writer](tmp_path / "r.xlsx", [HEAD, ROW])
    (risk,) = read_register(tmp_path / "r.xlsx").risks
    assert (risk.id, risk.probability, risk.impacts["B"]["cost"]["value"]) == ("R1", 0.3, 1000)


def test_results_that_xlsxwriter_was_given_are_read(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "r.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, ROW)
    sheet.write_formula("E2", "=500*3", None, 1500)
    sheet.write_formula("F2", '="B"', None, "B")
    book.close()
    (risk,) = read_register(tmp_path / "r.xlsx").risks
    assert risk.impacts["B"]["cost"]["value"] == 1500


def test_a_formula_that_spills_over_cells_is_refused_in_each(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "r.xlsx"))
    sheet = book.add_worksheet("Risks")
    sheet.write_row(0, 0, HEAD)
    for row in (1, 2, 3):
        sheet.write_row(row, 0, [f"R{row}", *ROW[1:4], None, "B"])
    sheet.write_dynamic_array_formula("E2:E4", "=SEQUENCE(3)*1000")
    book.close()
    with pytest.raises(ScenarioError) as caught:
        read_register(tmp_path / "r.xlsx")
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [
        ("RE872", f"Risks!E{row} Cost (EUR)") for row in (2, 3, 4)
    ]


def test_hidden_filtered_and_struck_rows_of_openpyxl_are_said(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Risks"
    sheet.append(HEAD)
    for number in range(2, 7):
        sheet.append([f"R{number}", *ROW[1:]])
    sheet.row_dimensions[3].hidden = True
    sheet.auto_filter.ref = "A1:F6"
    sheet.auto_filter.add_filter_column(0, ["R2"])
    sheet.row_dimensions[5].hidden = True
    sheet["A4"].font = Font(strike=True)
    sheet.column_dimensions["E"].hidden = True
    sheet["B2"] = CellRichText(TextBlock(InlineFont(strike=True), "Early"), " Late")
    book.create_sheet("Old").sheet_state = "hidden"
    book.save(tmp_path / "r.xlsx")
    register = read_register(tmp_path / "r.xlsx")
    assert len(register.risks) == 5
    assert "2 rows hidden or filtered out are read like the others: rows 3, 5" in register.notes
    assert "1 row struck through is read like the others: row 4" in register.notes
    assert '1 hidden column is read like the others: E "Cost (EUR)"' in register.notes
    assert 'hidden worksheets are not looked at: "Old"' in register.notes


def test_an_amount_that_openpyxl_strikes_through_in_part_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(ROW)
    book.active["D2"] = CellRichText(TextBlock(InlineFont(strike=True), "5"), TextBlock(InlineFont(), "10"))
    book.save(tmp_path / "r.xlsx")
    with pytest.raises(ScenarioError) as caught:
        read_register(tmp_path / "r.xlsx")
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("RE873", "Sheet!D2 Delay (days)")]


LIBRE = (
    "<row r='{n}' customFormat='false' ht='12.8' hidden='{hidden}' customHeight='false' outlineLevel='0' "
    "collapsed='false'><c r='A{n}' s='0' t='inlineStr'><is><t>R{n}</t></is></c>"
    "<c r='B{n}' s='0' t='str'><f aca='false'>UPPER(&quot;late&quot;)</f><v>LATE</v></c>"
    "<c r='C{n}' s='0' t='n'><v>0.3</v></c><c r='D{n}' s='0' t='n'><f aca='false'>2+3</f>{delay}</c>"
    "<c r='E{n}' s='0' t='e'><f aca='false'>1/0</f><v>#DIV/0!</v></c></row>"
)


def libre(path: Path, rows: list[str]) -> Path:
    """A workbook in the manner of LibreOffice."""
    head = "".join(
        f"<c r='{letter}1' s='0' t='inlineStr'><is><t>{text}</t></is></c>"
        for letter, text in zip("ABCDE", ["ID", "Title", "Probability", "Delay (days)", "Memo"], strict=True)
    )
    sheet = f"{XML}<worksheet xmlns='{MAIN}'><sheetData><row r='1'>{head}</row>{''.join(rows)}</sheetData></worksheet>"
    path.write_bytes(zipped(parts({"Risks": sheet})))
    return path


def test_what_libreoffice_computed_is_read_and_what_it_hides_is_said(tmp_path):
    rows = [LIBRE.format(n=n, hidden=hidden, delay="<v>5</v>") for n, hidden in ((2, "false"), (3, "true"))]
    register = read_register(libre(tmp_path / "r.xlsx", rows))
    assert [(risk.name, risk.impacts["project"]["delay"]["value"]) for risk in register.risks] == [("LATE", 5)] * 2
    assert "1 row hidden or filtered out is read like the others: row 3" in register.notes
    assert "cells without a value in columns that are not read do no harm: Risks!E2, Risks!E3" in register.notes


def test_what_libreoffice_did_not_compute_is_refused(tmp_path):
    path = libre(tmp_path / "r.xlsx", [LIBRE.format(n=2, hidden="false", delay="<v></v>")])
    with pytest.raises(ScenarioError) as caught:
        read_register(path)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("RE872", "Risks!D2 Delay (days)")]
