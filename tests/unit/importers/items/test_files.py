"""Files of all kinds hold the same items: separators, encodings, workbooks; what is no such file is refused."""

import io

import pytest

from riskengine.importers import write_toml
from tests.unit.importers.items.exports import items_document, items_faults, one_note, table
from tests.unit.importers.sheets.workbooks import Raw, parts, worksheet, zipped

HEAD = ["#", "Task", "Aufwand (Tage)", "Vorgänger", "Verantwortlich"]
ROWS = [["1", "Räume messen", "2", "", "Jörg"], ["2", "Möbel", "1,5", "1EA+1 Tag", "Zoë"]]


def workbook(**sheets: list[list[object]]) -> bytes:
    """Return a workbook of some worksheets."""
    return zipped(parts({name: worksheet(rows) for name, rows in sheets.items()}))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings_make_no_difference(tmp_path, separator, encoding):
    raw = table(HEAD, *ROWS, separator=separator).encode(encoding)
    tasks = items_document(tmp_path, raw, map="list")["tasks"]
    assert tasks["1"] == {"name": "Räume messen", "duration": "16h", "owner": "Jörg"}
    assert tasks["2"] == {"name": "Möbel", "duration": "12h", "after": ["1 FS+8h"], "owner": "Zoë"}


@pytest.mark.parametrize("column", range(5))
def test_a_formula_without_a_stored_value_is_refused_in_every_column_that_is_read(tmp_path, column):
    pytest.importorskip("python_calamine")
    rows = [[1, "Räume messen", 2, None, "Jörg"], [2, "Möbel", 1.5, 1, "Zoë"]]
    rows[1][column] = Raw('<c r="{place}"><f>A1</f><v/></c>')
    faults = items_faults(tmp_path, workbook(Plan=[HEAD, *rows]), "plan.xlsx", map="list")
    assert [(fault.code, fault.line) for fault in faults] == [("RE872", 3)]


def test_an_error_of_a_spreadsheet_is_no_id_and_nobody_but_may_be_a_title(tmp_path):
    for column in (0, 2, 3, 4):
        row = ["2", "Möbel", "1,5", "1", "Zoë"]
        row[column] = "#N/A"
        (fault,) = items_faults(tmp_path, table(HEAD, ROWS[0], row), map="list")
        assert (fault.code, fault.line) == ("RE872", 3)
    tasks = items_document(tmp_path, table(HEAD, ROWS[0], ["2", "#N/A", "1,5", "", "Zoë"]), map="list")["tasks"]
    assert tasks["2"]["name"] == "#N/A"


def test_a_workbook_holds_the_same_items(tmp_path):
    pytest.importorskip("python_calamine")
    rows = [["Plan of the move"], HEAD, [1, "Räume messen", 2, None, "Jörg"], [2, "Möbel", 1.5, "1EA+1 Tag", "Zoë"]]
    content = items_document(tmp_path, workbook(Notes=[["nothing"]], Plan=rows), "plan.xlsx", map="list")
    assert content["tasks"]["2"] == {"name": "Möbel", "duration": "12h", "after": ["1 FS+8h"], "owner": "Zoë"}
    decimal = [HEAD, [1, "A", 2, None, ""], [2, "B", 2, None, ""], [3, "C", 2, 1.2, ""]]
    (fault,) = items_faults(tmp_path, workbook(Plan=decimal), "plan.xlsx", map="list")
    assert (fault.code, fault.path) == ("RE888", "Plan!D4 Vorgänger")


def test_the_same_file_gives_the_same_bytes(tmp_path):
    raw = table(HEAD, *ROWS)
    assert write_toml(items_document(tmp_path, raw, map="list")) == write_toml(
        items_document(tmp_path, raw, map="list")
    )


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "RE880"),
        (b"\x00\x01\x02\x03 binary", "RE880"),
        (b'#,Task,Days\n1,"A,2\n', "RE880"),
        (b"#,Task,Days\n", "RE895"),
        (b"PK\x03\x04 no workbook", "RE852"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, raw, code):
    assert code in [fault.code for fault in items_faults(tmp_path, raw, map="list")]


def test_a_long_description_is_not_kept(tmp_path):
    text = table([*HEAD, "Description"], *([*row, "secret " * 1_000] for row in ROWS))
    content = items_document(tmp_path, text, map="list")
    assert "secret" not in str(content)
    assert one_note(content, "not read").endswith("Description")
    assert io.StringIO(text).readline().strip().endswith("Description")
