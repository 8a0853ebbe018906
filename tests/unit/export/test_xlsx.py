"""What holds for workbooks alone."""

import math
import re
import zipfile
from datetime import date, datetime

import openpyxl
import pyarrow as pa
import pytest

from riskengine.errors import ResultsError
from riskengine.export.exporter import ExportOptions, RunRows
from riskengine.export.xlsx import destination
from riskengine.star.dictionary import BY_ITERATION, STAR, schema_of
from tests.support.command_line import riskengine
from tests.support.exports import export_to
from tests.support.star_runs import write_batch

SMALL = tuple(name for name in STAR if name not in BY_ITERATION)


@pytest.fixture
def results(tmp_path):
    return write_batch(tmp_path / "results", 2)


def test_tables_by_iteration_are_left_out_and_that_is_said(tmp_path, results):
    done = riskengine("export", "results", "--to", "xlsx:runs.xlsx", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        "note: fact_iteration and fact_gate_iteration are left out; name tables with --table to have them"
    ]
    assert openpyxl.load_workbook(tmp_path / "runs.xlsx").sheetnames == [*SMALL, "columns"]
    asked = riskengine("export", "results", "--to", "xlsx:all.xlsx", "--table", "fact_iteration", cwd=tmp_path)
    assert asked.stderr == b""
    assert openpyxl.load_workbook(tmp_path / "all.xlsx").sheetnames == ["dim_run", "fact_iteration", "columns"]


def test_every_column_is_explained_on_a_sheet(tmp_path, results):
    export_to("xlsx", results, tmp_path, SMALL)
    rows = list(openpyxl.load_workbook(tmp_path / "runs.xlsx")["columns"].values)
    expected = [(table, column.name, column.meaning) for table in SMALL for column in STAR[table].columns]
    assert [(table, column, meaning) for table, column, _, _, meaning in rows[1:]] == expected


def test_the_same_runs_give_the_same_bytes(tmp_path, results):
    (tmp_path / "again").mkdir()
    export_to("xlsx", results, tmp_path, SMALL)
    export_to("xlsx", results, tmp_path / "again", SMALL)
    assert (tmp_path / "runs.xlsx").read_bytes() == (tmp_path / "again" / "runs.xlsx").read_bytes()


def test_more_rows_than_a_sheet_takes_are_refused(tmp_path, results, monkeypatch):
    monkeypatch.setattr(destination, "MOST_ROWS", 1199)
    with pytest.raises(ResultsError, match=r"RE728 fact_iteration has more rows"):
        export_to("xlsx", results, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["results"]
    monkeypatch.setattr(destination, "MOST_ROWS", 1200)
    export_to("xlsx", results, tmp_path)


def test_runs_that_are_not_named_again_are_not_lost(tmp_path, results):
    export_to("xlsx", results, tmp_path, SMALL)
    write_batch(tmp_path / "more", 3)
    with pytest.raises(ResultsError, match="RE729 plan-0@2027-03-01, plan-1@2027-03-01 would be lost"):
        export_to("xlsx", tmp_path / "more" / "plan-2", tmp_path, SMALL)
    assert len(export_to("xlsx", tmp_path / "more" / "plan-2", tmp_path, SMALL, is_forced=True).new) == 1


def test_a_workbook_that_somebody_saved_is_not_replaced(tmp_path, results):
    export_to("xlsx", results, tmp_path, SMALL)
    book = openpyxl.load_workbook(tmp_path / "runs.xlsx")
    book["dim_run"]["A9"] = "my note"
    book.save(tmp_path / "runs.xlsx")
    write_batch(tmp_path / "results", 3)
    with pytest.raises(ResultsError, match=r"RE72[34]"):
        export_to("xlsx", results, tmp_path, SMALL)
    assert openpyxl.load_workbook(tmp_path / "runs.xlsx")["dim_run"]["A9"].value == "my note"


def test_a_library_that_is_missing_is_named_with_what_brings_it(tmp_path, results):
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "sitecustomize.py").write_text(
        "import importlib.util\n"
        "find_spec = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name == 'xlsxwriter' else find_spec(name, *more)\n"
    )
    from tests.support.places import ROOT

    path = f"{blocked}:{ROOT}"
    done = riskengine("export", "results", "--to", "xlsx:runs.xlsx", cwd=tmp_path, PYTHONPATH=path)
    assert done.returncode == 4
    assert "RE726 xlsxwriter is not installed; run pip install '.[bi]'" in done.stderr.decode()
    assert riskengine("export", "results", "--to", "csv:out", cwd=tmp_path, PYTHONPATH=path).returncode == 0


def write_tasks(folder, **columns):
    """A workbook with tasks whose other columns are empty."""
    count = len(next(iter(columns.values())))
    schema = schema_of("dim_task")
    keys = {"run_key": ["k"] * count, "task": [f"t{number}" for number in range(count)]}
    rows = [{name: values[number] for name, values in (keys | columns).items()} for number in range(count)]
    table = pa.Table.from_pylist([dict.fromkeys(schema.names) | row for row in rows], schema=schema)
    place = folder / "tasks.xlsx"
    with destination.workbook_file(str(place), ExportOptions(("dim_task",))) as book:
        book.append([RunRows("k", "p", "c", {"dim_task": table})])
        assert book.count_rows(["k"]) == {"dim_task": count}
        book.commit()
    return place


def numbers_in(place, column):
    """The numbers of a column as they stand in the file, below its head."""
    position = chr(ord("A") + schema_of("dim_task").names.index(column))
    with zipfile.ZipFile(place) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    return [float(value) for value in re.findall(rf'<c r="{position}\d+"[^>]*><v>([^<]*)</v>', text)]


def test_dates_are_the_serial_numbers_of_excel_also_in_its_first_weeks(tmp_path):
    """Excel has a 29 February 1900; XlsxWriter takes 1 January 1900 for a time without a date, a day too early."""
    dates = {
        datetime(1900, 1, 1, 12): 1.5,
        datetime(1900, 2, 28): 59.0,
        datetime(1900, 3, 1): 61.0,
        datetime(2027, 3, 1, 6): 46447.25,
        datetime(2999, 12, 31, 18): 401768.75,
    }
    place = write_tasks(tmp_path, deterministic_start=list(dates))
    assert numbers_in(place, "deterministic_start") == list(dates.values())
    days = write_tasks(tmp_path / "days", deterministic_start_date=[date(1900, 1, 1), date(2027, 3, 1)])
    assert numbers_in(days, "deterministic_start_date") == [1.0, 46447.0]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("deterministic_start", datetime(1899, 12, 31, 23, 59)),
        ("deterministic_start_date", date(1899, 12, 31)),
        ("deterministic_float", math.inf),
        ("deterministic_float", -math.inf),
        ("deterministic_float", math.nan),
        ("name", "a" * 32_768),
        ("name", "\U0001f600" * 16_384),
    ],
)
def test_what_a_cell_cannot_hold_is_refused_and_nothing_is_left(tmp_path, column, value):
    with pytest.raises(ResultsError, match="RE728 dim_task: ") as refused:
        write_tasks(tmp_path, **{column: [value]})
    assert "riskengine" in str(refused.value) or refused.value.code == "RE728"
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == []


@pytest.mark.parametrize("text", ["a" * 32_767, "\U0001f600" * 16_383, "_x0041_", "a\x01b", "a\r\nb", "x\ufffey"])
def test_texts_that_files_of_excel_write_otherwise_come_back(tmp_path, text):
    place = write_tasks(tmp_path, name=[text])
    (cell,) = [row[3] for row in openpyxl.load_workbook(place)["dim_task"].iter_rows(min_row=2)]
    assert re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match.group(1), 16)), cell.value) == text
