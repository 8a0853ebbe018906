"""The star schema as SQL, for databases that know the usual types."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pyarrow as pa

from riskengine.star.table import DAY, FLOAT, INSTANT, TEXT, TRUTH, WHOLE, StarTable

SQL_TYPES: Mapping[pa.DataType, str] = MappingProxyType(
    {
        FLOAT: "DOUBLE PRECISION",
        WHOLE: "INTEGER",
        TRUTH: "BOOLEAN",
        TEXT: "TEXT",
        DAY: "DATE",
        INSTANT: "TIMESTAMP",
    }
)
"""Types of columns, by names that the standard, PostgreSQL and DuckDB share."""


def create_statements(table: StarTable) -> Iterator[str]:
    """Yield what makes a table, and says of each column what it means and its unit."""
    columns = ", ".join(
        f'"{column.name}" {SQL_TYPES[column.type]}{"" if column.nullable else " NOT NULL"}' for column in table.columns
    )
    yield f'CREATE TABLE "{table.name}" ({columns})'
    yield f'COMMENT ON TABLE "{table.name}" IS {quoted(table.meaning)}'
    for column in table.columns:
        unit = "" if column.unit == "-" else f" [{column.unit}]"
        yield f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {quoted(column.meaning + unit)}'


def quoted(text: str) -> str:
    """Return a text as SQL writes one."""
    return "'" + text.replace("'", "''") + "'"
