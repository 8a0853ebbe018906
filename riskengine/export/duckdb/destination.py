"""A DuckDB file: one transaction for an export, in a file that only then takes its name where it is new."""

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from riskengine.errors import ResultsError, first_line, shortened
from riskengine.export.exporter import ExportOptions, RunRows, concatenated
from riskengine.export.mark import MARK, wanted_version
from riskengine.export.migration import migrate
from riskengine.export.one_file import FileAside, file_aside
from riskengine.export.sql import create_statements
from riskengine.results.folder.claim import exists
from riskengine.star.dates import Span, dim_date, joined, whole_years
from riskengine.star.dictionary import STAR, select

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""Nothing is downloaded."""


class DuckdbFile:
    """The tables of a DuckDB file, within a transaction."""

    batch_rows = 500_000

    def __init__(self, connection: Any, options: ExportOptions, added: tuple[str, ...] = ()) -> None:
        self._connection = connection
        self.added = added
        self._tables = options.tables
        self._with_runs = [name for name in options.tables if name != "dim_date"]
        self.is_committed = False

    def present(self) -> Mapping[str, str]:
        """Return the runs that are there, each with its checksum."""
        checksum = "''" if self.added else "results_checksum"
        rows: list[tuple[str, str]] = self._connection.execute(f"SELECT run_key, {checksum} FROM dim_run").fetchall()
        return dict(rows)

    def remove(self, run_keys: Collection[str]) -> None:
        """Delete the rows of runs."""
        for name in self._with_runs if run_keys else ():
            self._connection.execute(
                f'DELETE FROM "{name}" WHERE run_key IN (SELECT unnest(?::TEXT[]))', [list(run_keys)]
            )

    def append(self, runs: Sequence[RunRows]) -> None:
        """Insert the rows of runs."""
        for name in self._with_runs:
            self._insert(name, concatenated(runs, name), "")

    def cover(self, span: Span) -> None:
        """Insert the days that are not there."""
        ((first, last),) = self._connection.execute("SELECT min(date), max(date) FROM dim_date").fetchall()
        both = joined([None if first is None else (first, last), whole_years(span)])
        if both is not None:
            if self.added:
                self._connection.execute("DELETE FROM dim_date")
            self._insert("dim_date", dim_date(both), "WHERE date NOT IN (SELECT date FROM dim_date)")

    def count_rows(self, run_keys: Collection[str]) -> Mapping[str, int]:
        """Count the rows of runs, by table."""
        counts = {}
        for name in self._with_runs:
            ((counts[name],),) = self._connection.execute(
                f'SELECT count(*) FROM "{name}" WHERE run_key IN (SELECT unnest(?::TEXT[]))', [list(run_keys)]
            ).fetchall()
        return counts

    def commit(self) -> None:
        """End the transaction; the file holds all of it from then on."""
        self._connection.execute("COMMIT")
        self.is_committed = True

    def _insert(self, name: str, rows: Any, condition: str) -> None:
        self._connection.register("rows_to_insert", rows)
        self._connection.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM rows_to_insert {condition}')
        self._connection.unregister("rows_to_insert")


@contextmanager
def duckdb_file(place: str, options: ExportOptions) -> Iterator[DuckdbFile]:
    """Open a DuckDB file for the length of an export.

    Raises
    ------
    ResultsError
        When no export made the file, another program has it open, or the disk will not take it.
    """
    with file_aside(place, remove_file) as file:
        try:
            is_there = exists(file.path)
            with changed_in_place(file.path, options) if is_there else made_aside(file, options) as destination:
                yield destination
        except duckdb.Error as error:
            raise ResultsError(f"{file.path}: {message_of(error)}", "RE727") from error


@contextmanager
def changed_in_place(path: Path, options: ExportOptions) -> Iterator[DuckdbFile]:
    """Yield a file that is there, within a transaction that is rolled back unless it is committed."""
    if not path.is_file():
        raise ResultsError(f"{path} is no file", "RE723")
    with contextlib.closing(duckdb.connect(str(path), config=CONFIG)) as connection:
        present = version_of(connection)
        if present is None:
            raise ResultsError(f"{path} is a DuckDB file that no export made", "RE723")
        added: tuple[str, ...] = ()
        connection.execute("BEGIN TRANSACTION")
        try:
            if present != wanted_version(options):
                if options.is_forced:
                    begin_anew(connection, options)
                else:
                    added = migrate_file(path, connection, options, present)
            yield DuckdbFile(connection, options, added)
        finally:
            with contextlib.suppress(duckdb.Error):
                connection.execute("ROLLBACK")  # an error after a commit: there is no transaction then


@contextmanager
def made_aside(file: FileAside, options: ExportOptions) -> Iterator[DuckdbFile]:
    """Yield a new file, which takes its name when it is committed and closed."""
    with contextlib.closing(duckdb.connect(str(file.new), config=CONFIG)) as connection:
        connection.execute("BEGIN TRANSACTION")
        begin_anew(connection, options)
        destination = DuckdbFile(connection, options)
        yield destination
        if destination.is_committed:
            connection.execute("CHECKPOINT")
    if destination.is_committed:
        file.publish()


def begin_anew(connection: Any, options: ExportOptions) -> None:
    """Drop the tables of the star schema, and make those that are asked for, empty."""
    for name in (*STAR, MARK):
        connection.execute(f'DROP TABLE IF EXISTS "{name}"')
    for table in select(options.tables):
        for statement in create_statements(table):
            connection.execute(statement)
    connection.execute(f"CREATE TABLE {MARK} (tables TEXT NOT NULL, version TEXT NOT NULL)")
    connection.execute(f"INSERT INTO {MARK} VALUES (?, ?)", wanted_version(options))


def migrate_file(path: Path, connection: Any, options: ExportOptions, mark: tuple[str, str]) -> tuple[str, ...]:
    """Give the tables of an older version what they lack, and return its names."""
    query = (
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name IN (SELECT unnest(?::TEXT[])) "
        "ORDER BY table_name, ordinal_position"
    )

    def columns() -> list[tuple[str, str, str, str]]:
        rows: list[tuple[str, str, str, str]] = connection.execute(query, [list(options.tables)]).fetchall()
        return rows

    added = migrate(mark, options, path, columns=columns, execute=connection.execute)
    connection.execute(f"UPDATE {MARK} SET tables = ?, version = ?", wanted_version(options))
    return added


def version_of(connection: Any) -> tuple[str, str] | None:
    """Return which tables a file has, in which version; None where no export made it."""
    tables = connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    if (MARK,) not in tables:
        return None
    rows = connection.execute(f"SELECT tables, version FROM {MARK}").fetchall()
    return rows[0] if rows else None


def remove_file(path: Path) -> None:
    """Remove a DuckDB file and its log of changes, where they are there."""
    for file in (path, path.with_name(f"{path.name}.wal")):
        file.unlink(missing_ok=True)


def message_of(error: Exception) -> str:
    """Return what DuckDB says, without what follows."""
    return shortened(first_line(error), 300)
