"""A PostgreSQL database: one transaction for an export, rows by COPY."""

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import adbc_driver_postgresql.dbapi as postgresql
import pyarrow as pa
import pyarrow.compute

from riskengine.errors import ResultsError, shortened, visible
from riskengine.export.exporter import ExportOptions, RunRows, concatenated
from riskengine.export.postgresql.connection import Connection, message_of
from riskengine.export.postgresql.schema import Schema, open_schema
from riskengine.export.urls import check_address, without_password
from riskengine.star.dates import Span, dim_date, joined, whole_years

compute: Any = pyarrow.compute


class PostgresqlDatabase:
    """The tables in a schema of a database, within a transaction."""

    batch_rows = 500_000

    def __init__(self, connection: Connection, schema: Schema, options: ExportOptions) -> None:
        self._connection = connection
        self._schema = schema
        self._with_runs = [name for name in options.tables if name != "dim_date"]
        self.added = schema.added

    def present(self) -> Mapping[str, str]:
        """Return the runs that are there, each with its checksum."""
        checksum = "''" if self.added else "results_checksum"
        return dict(self._connection.rows(f"SELECT run_key, {checksum} FROM {self._schema.table('dim_run')}"))

    def remove(self, run_keys: Collection[str]) -> None:
        """Delete the rows of runs."""
        for name in self._with_runs if run_keys else ():
            self._connection.execute(
                f"DELETE FROM {self._schema.table(name)} WHERE run_key = ANY($1)", (list(run_keys),)
            )

    def append(self, runs: Sequence[RunRows]) -> None:
        """Copy the rows of runs."""
        for name in self._with_runs:
            self._copy(name, concatenated(runs, name))

    def cover(self, span: Span) -> None:
        """Copy the days that are not there."""
        present = self._connection.column(f"SELECT date FROM {self._schema.table('dim_date')} ORDER BY date")
        both = joined([(present[0], present[-1]) if present else None, whole_years(span)])
        if both is not None and self.added:
            self._connection.execute(f"DELETE FROM {self._schema.table('dim_date')}")
            self._copy("dim_date", dim_date(both))
        elif both is not None:
            days = dim_date(both)
            is_there = compute.is_in(days["date"], value_set=pa.array(present, pa.date32()))
            self._copy("dim_date", days.filter(compute.invert(is_there)))

    def count_rows(self, run_keys: Collection[str]) -> Mapping[str, int]:
        """Count the rows of runs, by table."""
        counts = {}
        for name in self._with_runs:
            statement = f"SELECT count(*) FROM {self._schema.table(name)} WHERE run_key = ANY($1)"
            (counts[name],) = self._connection.column(statement, (list(run_keys),))
        return counts

    def commit(self) -> None:
        """End the transaction; others see all of it from then on."""
        self._connection.commit()

    def _copy(self, name: str, rows: pa.Table) -> None:
        check_texts(name, rows)
        if rows.num_rows:
            self._connection.copy(self._schema.name, name, rows)


@contextmanager
def postgresql_database(address: str, options: ExportOptions) -> Iterator[PostgresqlDatabase]:
    """Open a database for the length of an export; unless that is committed, nothing of it stays.

    Raises
    ------
    UsageError
        When the address could be read in two ways.
    ResultsError
        When the database cannot be reached or will not take what it is given, or the schema holds tables of these
        names that no export made.
    """
    check_address(address)
    place = without_password(address)
    try:
        with contextlib.closing(Connection(address)) as connection:
            yield PostgresqlDatabase(connection, open_schema(connection, options, place), options)
    except postgresql.Error as error:
        raise ResultsError(f"{place}: {message_of(error, address)}", "RE727") from None


def check_texts(name: str, rows: pa.Table) -> None:
    """Refuse texts with the character that PostgreSQL has no place for.

    Raises
    ------
    ResultsError
        Naming the first one.
    """
    for field in rows.schema:
        if field.type != pa.utf8():
            continue
        texts = compute.unique(rows[field.name])
        bad = texts.filter(compute.match_substring(texts, "\0")).drop_null()
        if len(bad):
            text = shortened(visible(bad[0].as_py()))
            raise ResultsError(f"{name}.{field.name}: PostgreSQL has no character U+0000: {text}", "RE730")
