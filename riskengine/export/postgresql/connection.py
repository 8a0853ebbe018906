"""Connections to PostgreSQL, and what the server says when something is wrong."""

import contextlib
import os
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import adbc_driver_postgresql.dbapi as postgresql
import pyarrow as pa

from riskengine.errors import first_line, shortened, visible
from riskengine.export.urls import without_password

CONNECT_SECONDS = 10
"""How long a server may take to answer at all, unless the address or PGCONNECT_TIMEOUT says otherwise."""
LOCK_SECONDS = 30
"""How long another export, or readers of a table that is to be dropped, are waited for."""
DRIVER_WORDS = re.compile(r"^[A-Z_]+: (?:\[libpq\] )?(?:Failed to [^:]*: )?(?:PGRES_[A-Z_]+ )?(?:ERROR: +)?")


class Connection:
    """A connection, in a transaction that sees what others commit and waits for nobody for long.

    Notes
    -----
    The driver is called in a thread of its own: in the main one it takes over the handling of interrupts, and an
    interrupt would arrive as an error of the database.
    """

    def __init__(self, address: str) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="postgresql")
        self._connection: Any = None
        try:
            self._connection = self._wait(postgresql.connect, with_defaults(address))
            self._cursor = self._wait(self._connection.cursor)
            self.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE")
            self.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
            self.execute("SET LOCAL idle_in_transaction_session_timeout = 0")  # runs are read in between
        except BaseException:
            self.close()
            raise

    def execute(self, statement: str, values: Sequence[Any] | None = None) -> None:
        """Carry out a statement."""
        self._wait(self._cursor.execute, statement, values)

    def rows(self, query: str, values: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the answer to a query."""
        self.execute(query, values)
        rows: list[tuple[Any, ...]] = self._wait(self._cursor.fetchall)
        return rows

    def column(self, query: str, values: Sequence[Any] | None = None) -> list[Any]:
        """Return the answer to a query that asks for one column."""
        return [value for (value,) in self.rows(query, values)]

    def copy(self, schema: str, table: str, rows: pa.Table) -> None:
        """Append rows to a table that is there."""
        self._wait(partial(self._cursor.adbc_ingest, table, rows, mode="append", db_schema_name=schema))

    def commit(self) -> None:
        """End the transaction; others see all of it from then on."""
        self._wait(self._connection.commit)

    def close(self) -> None:
        """Roll back what is not committed, and leave."""
        if self._connection is not None:
            for last in (self._connection.rollback, self._connection.close):
                with contextlib.suppress(postgresql.Error):
                    self._wait(last)
        self._thread.shutdown(wait=False)

    def _wait(self, call: Callable[..., Any], *arguments: Any) -> Any:
        return self._thread.submit(call, *arguments).result()


def with_defaults(address: str) -> str:
    """Return an address with what it leaves open: who connects, and how long it takes at most."""
    options = ["fallback_application_name=riskengine"]
    if "connect_timeout=" not in address and "PGCONNECT_TIMEOUT" not in os.environ:
        options.append(f"connect_timeout={CONNECT_SECONDS}")
    place, _, query = address.partition("?")
    return f"{place}?{'&'.join([*filter(None, query.split('&')), *options])}"


def message_of(error: Exception, address: str) -> str:
    """Return what the server or its library says, in one line and without the password."""
    message = DRIVER_WORDS.sub("", first_line(error)).replace(address, without_password(address))
    return shortened(visible(message), 300)
