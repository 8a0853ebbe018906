"""The blind form: what is in it, and what is not."""

import io
import re
import zipfile

import openpyxl
import pytest

import riskengine

PLAN = """schema = 1
name = "=HYPERLINK(0)"
start = 2027-03-01
[tasks."@id"]
name = "=1+1"
duration = [5, 7777, 9999]
team = "A"
[tasks.begun]
duration = 30
remaining = "4444h"
actual_start = 2027-02-15
team = "B"
[tasks.effort]
work = "40h"
[tasks.gone]
milestone = true
"""
PLAN_UNDER_WAY = PLAN.replace("start = 2027-03-01", "data_date = 2027-03-01", 1)


def cells(content):
    """Cells of the sheet of estimates."""
    return openpyxl.load_workbook(io.BytesIO(content))["Estimates"]


def test_what_is_open_is_asked_without_what_the_plan_says():
    content = riskengine.elicit(PLAN_UNDER_WAY, expert="=Ana")
    sheet = cells(content)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_col=7)]
    assert rows == [["@id", "=1+1", "d", *[None] * 4], ["begun", "", "h", *[None] * 4]]
    assert sheet["B2"].value == "=Ana"
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "7777" not in text and "9999" not in text and "4444" not in text


def test_no_cell_is_a_formula_and_only_what_is_asked_is_open():
    content = riskengine.elicit(PLAN_UNDER_WAY)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 2
    for sheet in sheets:
        assert "<f>" not in sheet and "hyperlink" not in sheet
        assert re.search(r"<sheetProtection[^>]*sheet=\"1\"", sheet)
    sheet = cells(content)
    assert [cell.protection.locked for cell in sheet[6]] == [True, True, True, False, False, False, False]
    assert sheet["B2"].protection.locked is False and sheet["A1"].protection.locked is True
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, rule.operator, str(rule.sqref)) == ("decimal", "greaterThanOrEqual", "D6:F7")


def test_the_guide_says_what_p10_and_p90_are():
    book = openpyxl.load_workbook(io.BytesIO(riskengine.elicit(PLAN_UNDER_WAY)))
    guide = " ".join(str(row[0].value) for row in book["Guide"].iter_rows())
    for words in ("nine of the ten are done within this", "one of the ten is done within this", "d: working days"):
        assert words in guide


def test_a_team_is_asked_about_its_own_tasks():
    assert [row[0].value for row in cells(riskengine.elicit(PLAN_UNDER_WAY, team="B")).iter_rows(min_row=6)] == [
        "begun"
    ]
    with pytest.raises(riskengine.UsageError, match="RE749"):
        riskengine.elicit(PLAN_UNDER_WAY, team="C")
