"""The documentation of the tables, from the registry."""

from collections.abc import Iterable

from riskengine.results.tables.column import Column, TableKind
from riskengine.results.tables.registry import TABLES

BEGIN = "<!-- tables: from the registry -->"
END = "<!-- end of the tables -->"


def tables_page() -> str:
    """Return the section of ``docs/results.md`` that describes every table and column, as Markdown."""
    return "\n".join(line for table in TABLES.values() for line in table_section(table))


def table_section(table: TableKind) -> Iterable[str]:
    """Yield the lines about one table."""
    yield f"### {table.name}"
    yield ""
    yield f"{table.meaning} One row for each {table.row}."
    yield ""
    yield "| column | type | unit | meaning |"
    yield "|---|---|---|---|"
    for column in table.columns:
        yield column_line(column)
    yield ""
    if table.per_target:
        yield "And for each named target, as `NAME:TARGET`:"
        yield ""
        yield "| column | type | unit | meaning |"
        yield "|---|---|---|---|"
        for column in table.per_target:
            yield column_line(column)
        yield ""


def column_line(column: Column) -> str:
    """Return the row of a Markdown table about one column."""
    kind = f"{column.type}, may be null" if column.nullable else str(column.type)
    meaning = column.meaning.replace("|", "\\|")
    return f"| `{column.name}` | {kind} | {column.unit} | {meaning} |"
