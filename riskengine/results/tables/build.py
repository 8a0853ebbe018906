"""Arrow tables from arrays, after the registry."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from riskengine.results.tables.arrow_array import arrow_array, numpy_of
from riskengine.results.tables.column import Column
from riskengine.results.tables.registry import TABLES

Values = np.ndarray[Any, Any] | Sequence[Any]


def build(name: str, columns: Mapping[str, Values], targets: Iterable[str] = ()) -> pa.Table:
    """Return the table ``name`` of the registry with these columns.

    Parameters
    ----------
    name : str
        A key of ``registry.TABLES``.
    columns : mapping of str to array or sequence
        Every column of the table, in any order. In a nullable column NaN, NaT and None stand for null.
    targets : iterable of str
        The named targets, for tables with columns per target.

    Raises
    ------
    ValueError
        When a column is missing, unknown, of another length, or null where it may not be.

    Notes
    -----
    Contiguous arrays of non-nullable columns are wrapped, not copied.
    """
    kind, targets = TABLES[name], tuple(targets)
    expected = kind.columns_for(targets)
    names = {column.name for column in expected}
    missing, undeclared = sorted(names - set(columns)), sorted(set(columns) - names)
    if missing:
        raise ValueError(f"table {name}: declared in the registry and not computed: {', '.join(missing)}")
    if undeclared:
        raise ValueError(f"table {name}: computed and not declared in the registry: {', '.join(undeclared)}")
    arrays = [to_arrow(column, columns[column.name]) for column in expected]
    return pa.Table.from_arrays(arrays, schema=kind.schema(targets))


def build_rows(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return the table ``name`` of the registry from rows by column; what a row does not have is null in it.

    Raises
    ------
    ValueError
        As :func:`build` does.
    """
    listed = list(rows)
    return build(name, {column.name: [row.get(column.name) for row in listed] for column in TABLES[name].columns})


def null_columns(name: str, rows: int, besides: Collection[str]) -> dict[str, Values]:
    """Return the columns of the table ``name`` that may be null, but for some, all of them null.

    Parameters
    ----------
    name : str
        A key of ``registry.TABLES``, of a table without columns per target.
    rows : int
    besides : collection of str
        Columns that there is something to say in.
    """
    columns = [column for column in TABLES[name].columns if column.nullable and column.name not in besides]
    return {column.name: nothing(column, rows) for column in columns}


def nothing(column: Column, rows: int) -> Values:
    """Return the values of a column that is null in every row."""
    if pa.types.is_floating(column.type):
        return np.full(rows, np.nan)
    if pa.types.is_timestamp(column.type):
        return np.full(rows, np.datetime64("NaT", "us"))
    return [None] * rows


def to_arrow(column: Column, values: Values) -> "pa.Array[Any]":
    """Return one column as an Arrow array of its declared type; ValueError where it does not fit."""
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":
        values = values.astype("datetime64[us]", copy=False)
    array = arrow_array(values, column.type, is_nan_null=column.nullable)
    if array.null_count and not column.nullable:
        raise ValueError(f"column {column.name} may not be null")
    if not column.nullable and column.type == pa.float64() and np.isnan(numpy_of(array)).any():
        raise ValueError(f"column {column.name} may not be NaN")
    return array
