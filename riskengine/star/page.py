"""The documentation of the star schema, from its dictionary."""

from collections.abc import Iterable

from riskengine.results.tables.page import column_line
from riskengine.star.dictionary import STAR
from riskengine.star.table import StarTable

BEGIN = "<!-- tables: from the dictionary -->"
END = "<!-- end of the tables -->"


def tables_page() -> str:
    """Return the section of ``docs/star-schema.md`` that describes every table and column, as Markdown."""
    return "\n".join(line for table in STAR.values() for line in table_section(table))


def table_section(table: StarTable) -> Iterable[str]:
    """Yield the lines about one table."""
    yield f"### {table.name}"
    yield ""
    yield f"{table.meaning} One row for each {table.row}. Key: {', '.join(f'`{name}`' for name in table.key)}."
    yield ""
    yield "| column | type | unit | meaning |"
    yield "|---|---|---|---|"
    for column in table.columns:
        yield column_line(column)
    yield ""
