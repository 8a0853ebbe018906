"""The star schema as SQL, for databases that know the usual types."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pyarrow as pa

from riskengine.results.tables.column import Column
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


def create_statements(table: StarTable, schema: str = "") -> Iterator[str]:
    """Yield what makes a table, in the schema of a database or where it stands, and says what each column means."""
    name = name_of(table, schema)
    columns = ", ".join(
        f"{identifier(column.name)} {SQL_TYPES[column.type]}{'' if column.nullable else ' NOT NULL'}"
        for column in table.columns
    )
    yield f"CREATE TABLE {name} ({columns})"
    yield f"COMMENT ON TABLE {name} IS {quoted(table.meaning)}"
    for column in table.columns:
        yield comment_on(column, name)


def name_of(table: StarTable, schema: str) -> str:
    """Return a table as SQL names it, in the schema of a database or where it stands."""
    return f"{identifier(schema)}.{identifier(table.name)}" if schema else identifier(table.name)


def comment_on(column: Column, name: str) -> str:
    """Return what says what a column of a table means."""
    unit = "" if column.unit == "-" else f" [{column.unit}]"
    return f"COMMENT ON COLUMN {name}.{identifier(column.name)} IS {quoted(column.meaning + unit)}"


def quoted(text: str) -> str:
    """Return a text as SQL writes one."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return a name as SQL writes that of a table, a column or a schema."""
    return '"' + name.replace('"', '""') + '"'
