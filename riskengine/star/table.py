"""What a table of the star schema is."""

from dataclasses import dataclass, replace

import pyarrow as pa

from riskengine.results.tables.column import Column, TableKind
from riskengine.results.tables.registry import TABLES

FLOAT, WHOLE, TRUTH, TEXT, DAY, INSTANT = (
    pa.float64(),
    pa.int32(),
    pa.bool_(),
    pa.utf8(),
    pa.date32(),
    pa.timestamp("us"),
)
PLAIN = (FLOAT, WHOLE, TRUTH, TEXT, DAY, INSTANT)
"""The types of the schema: those that every database, data frame and BI tool has."""


@dataclass(frozen=True)
class StarTable(TableKind):
    """One table of the star schema.

    Parameters
    ----------
    key : tuple of str
        Columns whose values together occur once.
    """

    key: tuple[str, ...] = ()


def taken(table: str, names: str = "", *, but: str = "") -> tuple[Column, ...]:
    """Return columns of a table of results as the star schema has them: unit and meaning are those of the registry.

    Parameters
    ----------
    table : str
        A key of ``registry.TABLES``.
    names : str
        Columns, in this order, with blanks between; by default all that the table has.
    but : str
        Columns that are left out of all.
    """
    columns = {column.name: column for column in TABLES[table].columns}
    left_out = but.split()
    chosen = names.split() or [name for name in columns if name not in left_out]
    return tuple(plain(columns[name]) for name in chosen)


def plain(column: Column) -> Column:
    """Return a column with a type of the schema: counts have 32 bits, which every reader holds exactly."""
    return replace(column, type=WHOLE) if column.type == pa.int64() else column
