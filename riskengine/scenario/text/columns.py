"""The columns that tables of tasks and of risks may have, and what their cells turn into."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from riskengine.model.estimate import PARAMETERS
from riskengine.scenario.text.quantities import quantity

Kind = Literal["text", "list", "flag", "number", "units", "estimate", "parameter"]

NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?|[+-]?(?:nan|inf)", re.IGNORECASE)
FLAGS: Final[Mapping[str, bool]] = MappingProxyType({"true": True, "false": False, "yes": True, "no": False})
TEXTS: Final = ("shape", "unit", "source")
ESTIMATE_COLUMNS: Final = (
    *(name for name, parameter in PARAMETERS.items() if not parameter.is_list and name != "value"),
    *TEXTS,
)
"""Columns of one estimate beside that of its plain value, which lists of values have no room in."""

IMPORTED: Final = ("early_start", "early_finish", "late_start", "late_finish", "baseline_start", "baseline_finish")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where its cells go in the document of a row, and what they hold."""

    place: tuple[str, ...]
    kind: Kind


def family(prefix: str, place: tuple[str, ...]) -> dict[str, Column]:
    """Return the columns of the parameters of one estimate."""
    return {
        f"{prefix}{name}": Column((*place, name), "text" if name in TEXTS else "parameter") for name in ESTIMATE_COLUMNS
    }


def plain(kind: Kind, *names: str) -> dict[str, Column]:
    """Return columns that are named like their fields."""
    return {name: Column((name,), kind) for name in names}


TASK_COLUMNS: Final[Mapping[str, Column]] = MappingProxyType(
    {
        **plain("text", "id", "name", "description", "type", "calendar", "team", "owner", "wbs"),
        **plain("flag", "milestone"),
        **plain("list", "after", "tags", "constraints"),
        **plain("text", "deadline", "actual_start", "actual_finish", "resume"),
        **plain("number", "percent_complete", "priority"),
        **plain("units", "resources"),
        **plain("estimate", "duration"),
        **family("", ("duration",)),
        "fixed": Column(("cost", "fixed"), "estimate"),
        **family("fixed_", ("cost", "fixed")),
        "rate": Column(("cost", "rate"), "estimate"),
        **family("rate_", ("cost", "rate")),
        "actual_cost": Column(("cost", "actual"), "number"),
        **plain("estimate", "remaining"),
        **family("remaining_", ("remaining",)),
        **{f"imported_{name}": Column(("imported", name), "text") for name in IMPORTED},
    }
)
RISK_COLUMNS: Final[Mapping[str, Column]] = MappingProxyType(
    {
        **plain("text", "id", "name", "description", "kind", "owner", "parallel", "impact_sampling"),
        **plain("number", "probability"),
        **plain("flag", "active"),
        "target": Column(("target",), "list"),
        **plain("estimate", "delay", "factor", "cost", "cost_factor"),
        **family("delay_", ("delay",)),
        **family("factor_", ("factor",)),
        **family("cost_", ("cost",)),
        **family("cost_factor_", ("cost_factor",)),
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
    found = number_of(cell)
    if found is not None:
        return found
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
