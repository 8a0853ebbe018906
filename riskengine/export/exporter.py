"""What an exporter is: how its places are named, and what a place does that runs are written to."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

from riskengine.star.dates import Span
from riskengine.star.dictionary import schema_digest


@dataclass(frozen=True)
class ExportOptions:
    """What the user asks of an export, whatever the format.

    Parameters
    ----------
    tables : tuple of str
        The tables to write, in the order of the star schema; ``dim_run`` is always among them.
    is_forced : bool
        Whether a place that is not as an export left it is written anew.
    """

    tables: tuple[str, ...]
    is_forced: bool = False


@dataclass(frozen=True)
class RunRows:
    """The rows of one run.

    Parameters
    ----------
    run_key, project : str
    checksum : str
        Of the manifest of the results folder; without answers that were put there where no table holds any.
    tables : mapping of str to pyarrow.Table
        Those of the options but for ``dim_date``, with the schema of the star schema to the letter.
    """

    run_key: str
    project: str
    checksum: str
    tables: Mapping[str, pa.Table]

    @property
    def row_count(self) -> int:
        """Rows of all tables together."""
        return sum(table.num_rows for table in self.tables.values())


class Destination(Protocol):
    """A place that runs are written to: a transaction, which leaves nothing behind unless it is committed.

    Every method raises ``ResultsError`` where the place will not take what is asked.
    """

    @property
    def batch_rows(self) -> int:
        """Rows that are best appended at once: 0 for one run at a time."""

    @property
    def added(self) -> tuple[str, ...]:
        """Tables and columns (``TABLE.COLUMN``) that a place of an older version got to begin with."""

    def present(self) -> Mapping[str, str]:
        """Return the runs that are there, each with the checksum of the results folder that it came from.

        Where something was added, the checksums are empty: rows of these runs lack values.
        """

    def remove(self, run_keys: Collection[str]) -> None:
        """Take the rows of these runs out of every table."""

    def append(self, runs: Sequence[RunRows]) -> None:
        """Add the rows of runs that are not there."""

    def cover(self, span: Span) -> None:
        """Have ``dim_date`` hold every day of the years of a span, beside those that it holds, without a gap."""

    def count_rows(self, run_keys: Collection[str]) -> Mapping[str, int]:
        """Return how many rows of these runs each table holds, as read back from the place."""

    def commit(self) -> None:
        """Make it all visible at once."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format that runs are written to; its folder declares it, and ``formats.py`` lists it.

    Parameters
    ----------
    scheme : str
        What a place begins with, before a colon: ``parquet`` of ``parquet:out``.
    place : str
        What follows, as the help says it: ``FOLDER``.
    open : callable
        From the place as text and the options to a destination; loads the format's library when it is called. On
        leaving the context without a commit everything is as it was.
    left_out : tuple of str
        Tables that are written only where they are asked for by name.
    is_url : bool
        Whether ``open`` gets the whole text, scheme included.
    is_rewritten : bool
        Whether a place is always written as a whole: then all runs are appended as soon as one is new or changed, and
        those that are there must be among them.
    """

    scheme: str
    place: str
    open: Callable[[str, ExportOptions], AbstractContextManager[Destination]]
    left_out: tuple[str, ...] = ()
    is_url: bool = False
    is_rewritten: bool = False


def concatenated(runs: Sequence[RunRows], name: str) -> pa.Table:
    """Return the rows of several runs for one table."""
    return pa.concat_tables([run.tables[name] for run in runs])


def shape_of(kind: str, options: ExportOptions) -> dict[str, Any]:
    """Return what a place must be alike in for runs to be added to it."""
    return {"format": kind, "tables": list(options.tables), "schema": schema_digest(options.tables)}
