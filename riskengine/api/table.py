"""A table of a run, for Python and for every library that reads Arrow."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from riskengine.api.asking import unknown_name
from riskengine.errors import MachineError
from riskengine.errors.counting import counted
from riskengine.report.text.markup import escaped
from riskengine.report.text.notation import clean

SHOWN_ROWS = 20
"""Rows of a table that a notebook shows."""


class Table:
    """One table of a run: its rows, its columns, and what each column means.

    Libraries that know the Arrow C stream interface (polars, DuckDB, pandas, pyarrow ...) take it as it is:
    ``polars.DataFrame(table)``.

    Parameters
    ----------
    arrow : pyarrow.Table
        With ``table`` and ``meaning`` in the metadata of its schema, and ``unit`` and ``meaning`` in those of its
        columns, as :mod:`riskengine.results.tables.registry` declares them.
    """

    __slots__ = ("_arrow",)

    def __init__(self, arrow: pa.Table) -> None:
        self._arrow = arrow

    @property
    def name(self) -> str:
        """What the table is called, such as ``tasks``."""
        return _described(self._arrow.schema.metadata, b"table")

    @property
    def meaning(self) -> str:
        """What the table says, in a sentence."""
        return _described(self._arrow.schema.metadata, b"meaning")

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in their order."""
        return list(self._arrow.column_names)

    @property
    def units(self) -> dict[str, str]:
        """Unit of each column; ``-`` for what has none."""
        return {field.name: _described(field.metadata, b"unit") for field in self._arrow.schema}

    @property
    def meanings(self) -> dict[str, str]:
        """What each column says, in words."""
        return {field.name: _described(field.metadata, b"meaning") for field in self._arrow.schema}

    def __len__(self) -> int:
        """Return the number of rows."""
        return int(self._arrow.num_rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a dictionary."""
        return iter(self.rows())

    def __getitem__(self, column: str) -> list[Any]:
        """Return the values of one column; see :meth:`column`."""
        return self.column(column)

    def column(self, name: str) -> list[Any]:
        """Return the values of one column.

        Parameters
        ----------
        name : str
            One of ``columns``.

        Returns
        -------
        list
            One value a row: str, int, float, bool, datetime, or None where there is nothing to say.

        Raises
        ------
        riskengine.UsageError
            If there is no such column; the message names one that is spelt alike.
        """
        if not isinstance(name, str) or name not in self._arrow.column_names:
            raise unknown_name("column", name, self._arrow.column_names)
        return list(self._arrow.column(name).to_pylist())

    def rows(self) -> list[dict[str, Any]]:
        """Return every row as a dictionary from column to value."""
        return list(self._arrow.to_pylist())

    def to_arrow(self) -> pa.Table:
        """Return the table as a pyarrow.Table, with units and meanings in its metadata."""
        return self._arrow

    def to_pandas(self) -> Any:
        """Return the table as a pandas.DataFrame.

        Raises
        ------
        riskengine.MachineError
            If pandas is not installed; the message has the command that brings it.
        """
        try:
            return self._arrow.to_pandas()
        except ImportError:
            raise missing("pandas") from None

    def to_polars(self) -> Any:
        """Return the table as a polars.DataFrame.

        Raises
        ------
        riskengine.MachineError
            If polars is not installed; the message has the command that brings it.
        """
        try:
            import polars
        except ImportError:
            raise missing("polars") from None
        return polars.from_arrow(self._arrow)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the table through the Arrow C stream interface, a capsule that other libraries take."""
        stream: object = self._arrow.__arrow_c_stream__(requested_schema)  # type: ignore[no-untyped-call]
        return stream

    def __eq__(self, other: object) -> bool:
        """Whether another table has the same columns and rows."""
        return isinstance(other, Table) and bool(self._arrow.equals(other._arrow))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Return name and size, on one line."""
        names = self.columns
        first_names = ", ".join(map(clean, names[:6])) + (", ..." if len(names) > 6 else "")
        return f"<Table {self.name}: {counted(len(self), 'row')}, {counted(len(names), 'column')}: {first_names}>"

    def _repr_html_(self) -> str:
        """Return the first rows for a notebook."""
        head = "".join(
            f'<th title="{escaped(self.meanings[name])} [{escaped(unit)}]">{escaped(name)}</th>'
            for name, unit in self.units.items()
        )
        cells = (
            "<tr>" + "".join(f"<td>{escaped(_cell_text(value))}</td>" for value in row.values()) + "</tr>"
            for row in self._arrow.slice(0, SHOWN_ROWS).to_pylist()
        )
        left = len(self) - SHOWN_ROWS
        more = f"<p>and {counted(left, 'more row')}</p>" if left > 0 else ""
        return (
            f"<p><strong>{escaped(self.name)}</strong>: {escaped(self.meaning)}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(cells)}</tbody></table>{more}"
        )


def missing(library: str) -> MachineError:
    """Return the refusal of a conversion whose library is not there."""
    return MachineError(f"{library} is not installed", "RE924", f"bring it with: pip install {library}")


def _described(metadata: dict[bytes, bytes] | None, key: bytes) -> str:
    return (metadata or {}).get(key, b"").decode("utf-8")


def _cell_text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else str(value)
