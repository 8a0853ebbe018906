"""What a column and a table of the results folder are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyarrow as pa


@dataclass(frozen=True)
class Column:
    """One column: its name, Arrow type, unit and meaning.

    ``nullable`` columns are null where there is nothing to say: a bound that the sample is too small to give, a date
    of something that is not a time.
    """

    name: str
    type: pa.DataType
    unit: str
    meaning: str
    nullable: bool = False

    def field(self) -> "pa.Field[Any]":
        """Return the Arrow field, with unit and meaning in its metadata."""
        return pa.field(self.name, self.type, self.nullable, {"unit": self.unit, "meaning": self.meaning})


@dataclass(frozen=True)
class TableKind:
    """One table of a results folder: what a row is, and the columns in their order.

    ``per_target`` columns come once more for each named target, as ``NAME:TARGET``.
    """

    name: str
    row: str
    meaning: str
    columns: tuple[Column, ...]
    per_target: tuple[Column, ...] = field(default=())

    def columns_for(self, targets: Iterable[str] = ()) -> tuple[Column, ...]:
        """Return every column of a run with these named targets (``project`` is not one of them)."""
        extra = [
            Column(f"{column.name}:{target}", column.type, column.unit, column.meaning, column.nullable)
            for target in targets
            for column in self.per_target
        ]
        return (*self.columns, *extra)

    @cached_property
    def own_fields(self) -> tuple["pa.Field[Any]", ...]:
        """The Arrow fields of a run without named targets; made once, as a portfolio asks for them a thousand times."""
        return tuple(column.field() for column in self.columns)

    def schema(self, targets: Iterable[str] = ()) -> pa.Schema:
        """Return the Arrow schema of a run with these named targets."""
        more = [column.field() for column in self.columns_for(targets)[len(self.columns) :]]
        return pa.schema([*self.own_fields, *more], {"table": self.name, "meaning": self.meaning})
