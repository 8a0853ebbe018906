"""Exports of every format, and readers of them that are not ours."""

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import openpyxl.utils.escape
import pyarrow

from riskengine.export.exporter import ExportOptions
from riskengine.export.exporting import ExportOutcome, export
from riskengine.export.formats import place_named
from riskengine.export.sql import SQL_TYPES
from riskengine.star.dictionary import STAR
from riskengine.star.folders import find_runs
from tests.support import postgresql_server

Rows = list[tuple[Any, ...]]
ALL = tuple(STAR)


@dataclass(frozen=True)
class Format:
    """A format, the name of its place in a folder, and what reads a table of it back, in the order of the columns."""

    scheme: str
    name: str
    read: Callable[[Path, str], Rows]

    is_file: bool = True

    def place(self, folder: Path) -> Path:
        """The file or folder that an export into ``folder`` writes."""
        return folder / self.name

    def address(self, folder: Path) -> str:
        """The same as the command line has it."""
        place = self.place(folder)
        return f"{self.scheme}:{place}" if self.is_file else postgresql_server.address(place)

    def is_there(self, folder: Path) -> bool:
        """Whether there is anything at the place."""
        place = self.place(folder)
        return place.exists() if self.is_file else postgresql_server.is_there(place)


def read_parquet(place: Path, table: str) -> Rows:
    """DuckDB reads Parquet files by their names."""
    columns = ", ".join(f'"{column}"' for column in STAR[table].schema().names)
    return duckdb.sql(f"SELECT {columns} FROM '{place}/{table}/**/*.parquet'").fetchall()


def read_duckdb(place: Path, table: str) -> Rows:
    """DuckDB opens its own file."""
    with duckdb.connect(str(place), read_only=True) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def read_csv(place: Path, table: str) -> Rows:
    """DuckDB reads a CSV file with the types of the dictionary, and apostrophes before signs are taken off."""
    types = {field.name: SQL_TYPES[field.type] for field in STAR[table].schema()}
    found = csv_rows(place / f"{table}.csv", types)
    return [tuple(with_signs(value) if isinstance(value, str) else value for value in row) for row in found]


def csv_rows(file: Path, types: dict[str, Any]) -> Rows:
    """The rows of a CSV file with the types that are named; an empty cell in quotes is an empty text."""
    return duckdb.read_csv(
        str(file), columns=types, header=True, quotechar='"', escapechar='"', parallel=False, allow_quoted_nulls=False
    ).fetchall()


def read_postgresql(place: Path, table: str) -> Rows:
    """psql reads a table, and DuckDB what it prints; the database has the types of the dictionary."""
    types = {field.name: SQL_TYPES[field.type] for field in STAR[table].schema()}
    return query_postgresql(place, f"SELECT * FROM {table}", types)


def query_postgresql(place: Path, query: str, types: dict[str, Any]) -> Rows:
    """The answer of PostgreSQL to a query, with the types that are named."""
    with tempfile.TemporaryDirectory() as folder:
        file = postgresql_server.psql_csv(query, postgresql_server.schema_of(place), Path(folder) / "rows.csv")
        assert file.read_text(encoding="utf-8").partition("\n")[0] == ",".join(types)
        return csv_rows(file, types)


def with_signs(text: str) -> str:
    """The text as it was: one apostrophe before each sign that could begin a formula is taken off."""
    return re.sub(
        r"((?:^|[;\t\r\n])[\s'\"\x00-\x1f\x7f-\xa0\u200b-\u200f\u202a-\u202e\ufeff]*)'([=+@＝＋－＠-])", r"\1\2", text
    )


def read_xlsx(place: Path, table: str) -> Rows:
    """openpyxl reads a workbook; days are dates, and a text that is empty is no cell to it."""
    sheet = workbook(place, place.stat().st_mtime_ns)[table]
    fields = list(STAR[table].schema())
    assert [cell.value for cell in sheet[1]] == [field.name for field in fields]
    return [tuple(map(value_of, row, fields)) for row in sheet.iter_rows(min_row=2)]


@cache
def workbook(place: Path, modified: int) -> Any:
    """A workbook, read once for each state."""
    return openpyxl.load_workbook(place)


def value_of(cell: Any, field: pyarrow.Field) -> Any:
    """A value as the results have it: dates without time, whole numbers as floats where the column has these."""
    assert cell.data_type != "f"
    if cell.value is None:
        return "" if field.type == pyarrow.utf8() and not field.nullable else None
    if field.type == pyarrow.date32():
        return cell.value.date()
    if field.type == pyarrow.utf8():
        return openpyxl.utils.escape.unescape(cell.value)
    return float(cell.value) if field.type == pyarrow.float64() else cell.value


FORMATS = {
    one.scheme: one
    for one in (
        Format("parquet", "out", read_parquet),
        Format("csv", "tables", read_csv),
        Format("xlsx", "runs.xlsx", read_xlsx),
        Format("duckdb", "runs.duckdb", read_duckdb),
        Format("postgresql", "postgresql", read_postgresql, is_file=False),
    )
}
FILES = [scheme for scheme, one in FORMATS.items() if one.is_file]


def export_to(scheme: str, results: Path, folder: Path, tables=ALL, is_forced=False) -> ExportOutcome:
    """Export the runs under a folder into another one."""
    place = place_named(FORMATS[scheme].address(folder))
    return export(find_runs([results]).runs, place, ExportOptions(tables, is_forced))


def expected_rows(results: Path, table: str) -> Rows:
    """The rows that the results folders say a table has."""
    from riskengine.star.run_tables import run_tables

    tables = [run_tables(run.read(), (table,))[table] for run in find_runs([results]).runs]
    return [tuple(row.values()) for one in tables for row in one.to_pylist()]
