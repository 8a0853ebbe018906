"""The columns that tables of tasks and of risks may have, and what their cells turn into."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from riskengine.model.entry import Section
from riskengine.model.estimate import PARAMETERS
from riskengine.model.fields import (
    Amount,
    Choice,
    Field,
    Flag,
    Instant,
    Number,
    Reference,
    References,
    Table,
    Tables,
    Text,
    Texts,
    Units,
)
from riskengine.model.format import FORMAT
from riskengine.scenario.text.quantities import quantity

Kind = Literal["text", "list", "flag", "number", "units", "estimate", "parameter"]

NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?|[+-]?(?:nan|inf)", re.IGNORECASE)
FLAGS: Final[Mapping[str, bool]] = MappingProxyType({"true": True, "false": False, "yes": True, "no": False})
TEXTS: Final = ("shape", "unit", "source", "low_is", "high_is")
ESTIMATE_COLUMNS: Final = (
    *(name for name, parameter in PARAMETERS.items() if not parameter.is_list and name != "value"),
    *TEXTS,
)
"""Columns of one estimate beside that of its plain value, which lists of values have no room in."""

KINDS: Final[Mapping[type[Field], Kind]] = MappingProxyType(
    {
        **dict.fromkeys((Text, Choice, Reference, Instant), "text"),
        **dict.fromkeys((Texts, References, Tables), "list"),
        Flag: "flag",
        Number: "number",
        Units: "units",
    }
)
"""What the cells of each kind of field hold; other kinds have no column, or several."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where its cells go in the document of a row, and what they hold."""

    place: tuple[str, ...]
    kind: Kind


def columns_of(section: Section, place: tuple[str, ...] = (), prefix: str = "") -> dict[str, Column]:
    """Return the columns of the fields of a section by their headings, those of tables within it among them."""
    columns: dict[str, Column] = {}
    for key, entry in section.items():
        field, here = entry.field, (*place, key)
        heading = f"{prefix}{key}" if field.column is None else field.column
        if isinstance(field, Table):
            below = f"{key}_" if field.column is None else field.column
            columns |= columns_of(FORMAT[field.section], here, f"{prefix}{below}")
        elif isinstance(field, Amount):
            columns[heading] = Column(here, "estimate")
            columns |= parameter_columns(
                f"{heading}_" if field.parameter_columns is None else field.parameter_columns, here
            )
        elif type(field) in KINDS and heading:
            columns[heading] = Column(here, KINDS[type(field)])
    return columns


def parameter_columns(prefix: str, place: tuple[str, ...]) -> dict[str, Column]:
    """Return the columns of the parameters of one estimate."""
    kinds: dict[str, Kind] = {name: "text" if name in TEXTS else "parameter" for name in ESTIMATE_COLUMNS}
    return {f"{prefix}{name}": Column((*place, name), kind) for name, kind in kinds.items()}


ID: Final[Mapping[str, Column]] = MappingProxyType({"id": Column(("id",), "text")})
TASK_COLUMNS: Final[Mapping[str, Column]] = MappingProxyType({**ID, **columns_of(FORMAT["tasks"])})
RISK_COLUMNS: Final[Mapping[str, Column]] = MappingProxyType(
    {
        **ID,
        **columns_of(FORMAT["risks"]),
        "target": Column(("target",), "list"),
        **columns_of(FORMAT["impacts"]),
    }
)


def cell_value(cell: str, kind: Kind) -> Any:
    """Return what a cell that is not empty stands for, or None where it cannot be read."""
    if kind == "text":
        return cell
    if kind == "list":
        return [part.strip() for part in cell.split(";") if part.strip()]
    if kind == "flag":
        return FLAGS.get(cell.casefold())
    if kind == "units":
        return units_of(cell)
    if kind == "estimate" and ";" in cell:
        points = [amount_of(part.strip()) for part in cell.split(";")]
        return None if None in points else points
    return amount_of(cell) if kind != "number" else number_of(cell)


def number_of(cell: str) -> float | None:
    """Return a number; not-a-number and infinities too, which are refused where they are used."""
    return float(cell) if cell.isascii() and len(cell) < 60 and NUMBER.fullmatch(cell) else None


def amount_of(cell: str) -> float | str | None:
    """Return a number, or the text of a length of time."""
    number = number_of(cell)
    if number is not None:
        return number
    return cell if quantity(cell) is not None else None


def units_of(cell: str) -> dict[str, float] | None:
    """Return the units of each resource of ``welder=2;crane``; one where no number is given."""
    units: dict[str, float] = {}
    for part in cell.split(";"):
        name, sign, amount = part.strip().rpartition("=")
        key = name.strip() if sign else part.strip()
        number = number_of(amount.strip()) if sign else 1.0
        if number is None or not key or key in units:
            return None
        units[key] = number
    return units
