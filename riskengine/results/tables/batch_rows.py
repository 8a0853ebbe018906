"""Rows of the tables of a batch as JSON has them, and back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from riskengine.results.tables.registry import BATCH_TABLES, TABLES

Row = dict[str, Any]
PORTFOLIO, GATES = BATCH_TABLES


def plain_columns(row: Mapping[str, Any], table: str) -> Row:
    """Return every column of a table in a row, with dates and instants as ISO texts, and null for what is missing."""
    values = {column.name: row.get(column.name) for column in TABLES[table].columns}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def plain_row(row: Mapping[str, Any]) -> Row:
    """Return a row of the portfolio as JSON has it, its gates included."""
    return plain_columns(row, PORTFOLIO) | {"gates": [plain_columns(gate, GATES) for gate in row["gates"]]}


def typed_row(plain: Mapping[str, Any]) -> Row:
    """Return what :func:`plain_row` was made from; KeyError, TypeError or ValueError for anything else."""
    return _typed_columns(plain, PORTFOLIO) | {"gates": [_typed_columns(gate, GATES) for gate in plain["gates"]]}


def _typed_columns(plain: Mapping[str, Any], table: str) -> Row:
    row = {}
    for column in TABLES[table].columns:
        value = plain[column.name]
        if value is not None and pa.types.is_timestamp(column.type):
            value = datetime.fromisoformat(value)
        elif value is not None and pa.types.is_date(column.type):
            value = date.fromisoformat(value)
        row[column.name] = value
    return row
