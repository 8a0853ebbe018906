"""Exports of every format, and readers of them that are not ours."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from riskengine.export.exporter import ExportOptions
from riskengine.export.exporting import ExportOutcome, export
from riskengine.export.formats import place_named
from riskengine.star.dictionary import STAR
from riskengine.star.folders import find_runs

Rows = list[tuple[Any, ...]]
ALL = tuple(STAR)


@dataclass(frozen=True)
class Format:
    """A format, the name of its place in a folder, and what reads a table of it back, in the order of the columns."""

    scheme: str
    name: str
    read: Callable[[Path, str], Rows]

    def place(self, folder: Path) -> Path:
        """The file or folder that an export into ``folder`` writes."""
        return folder / self.name


def read_parquet(place: Path, table: str) -> Rows:
    """DuckDB reads Parquet files by their names."""
    columns = ", ".join(f'"{column}"' for column in STAR[table].schema().names)
    return duckdb.sql(f"SELECT {columns} FROM '{place}/{table}/**/*.parquet'").fetchall()


def read_duckdb(place: Path, table: str) -> Rows:
    """DuckDB opens its own file."""
    with duckdb.connect(str(place), read_only=True) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


FORMATS = {
    one.scheme: one
    for one in (
        Format("parquet", "out", read_parquet),
        Format("duckdb", "runs.duckdb", read_duckdb),
    )
}


def export_to(scheme: str, results: Path, folder: Path, tables=ALL, is_forced=False) -> ExportOutcome:
    """Export the runs under a folder into another one."""
    place = place_named(f"{scheme}:{FORMATS[scheme].place(folder)}")
    return export(find_runs([results]).runs, place, ExportOptions(tables, is_forced))


def expected_rows(results: Path, table: str) -> Rows:
    """The rows that the results folders say a table has."""
    from riskengine.star.run_tables import run_tables

    tables = [run_tables(run.read(), (table,))[table] for run in find_runs([results]).runs]
    return [tuple(row.values()) for one in tables for row in one.to_pylist()]
