"""Delays and costs of a register: single values, three points, percentiles or levels, as estimates of the format."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from riskengine.importers.register.column_map import ColumnMap, key_of
from riskengine.importers.register.columns import THREE, Column
from riskengine.importers.register.numbers import typed
from riskengine.importers.register.view import is_unreadable
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.sheets import Odd, Sheet, cell_text, is_blank, letters

NONE: Final = frozenset({"-", "--", "n/a", "na", "n.a.", "none", "nil", "no impact", "keine", "aucun"})
STEPS: Final = 100
"""Values that stand for a curve given by percentiles, each as likely as the others."""

PERCENT: Final = "%"
PERCENTS: Final = (PERCENT, "percent")
MOST_PERCENT: Final = 1000.0
"""Share of a cost beyond which a percentage is taken for something else."""

DATED: Final = "must be a number; a date stands here, which a spreadsheet may have made of something like 1-2"


LEVELS: Final[Mapping[str, str]] = MappingProxyType(
    {"delay": 'High = ["10d", "20d", "60d"]', "cost": "High = [10000, 50000, 200000]"}
)
"""Lines of a scale as a mapping file has them."""


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one impact: their numbers by name, and the unit of a time."""

    numbers: Mapping[str, float]
    unit: str
    source: str

    @property
    def is_share(self) -> bool:
        """Whether they are percentages of a cost."""
        return self.unit == PERCENT


class ImpactReader:
    """Reads the cells of one measure, delays or costs, from one set of columns.

    Parameters
    ----------
    measure : str
        ``delay`` or ``cost``.
    sheet : Sheet
        The register.
    columns : mapping
        The columns by point.
    column_map : ColumnMap
        Its scales, and the shape of three points.
    mark : str
        The decimal mark in use, empty where it is not known.
    faults : SheetFaults
        Where faults go.
    header : int
        The row of the headings.
    """

    def __init__(
        self,
        measure: str,
        sheet: Sheet,
        columns: Mapping[str, Column],
        column_map: ColumnMap,
        mark: str,
        faults: SheetFaults,
        header: int = 0,
    ) -> None:
        self.measure = measure
        self.sheet = sheet
        self.columns = columns
        self.scale = column_map.scales.get(measure, {})
        self.shape = column_map.shape
        self.mark = mark
        self.faults = faults
        self.header = header
        self.currencies = {column.currency for column in columns.values() if column.currency}
        units = {column.unit for column in columns.values() if column.unit and column.unit != "rating"}
        self.unit = units.pop() if len(units) == 1 else ""
        self.has_told = False

    def is_blank(self, row: int) -> bool:
        """Return whether a row has none of these cells."""
        return all(is_blank(self.sheet.cell(row, column.index)) for column in self.columns.values())

    def read(self, row: int) -> Points | None:
        """Return the points in a row; None where there is no impact, or after a fault."""
        filled = {
            point: column
            for point, column in self.columns.items()
            if not is_blank(cell := self.sheet.cell(row, column.index)) and key_of(cell_text(cell)) not in NONE
        }
        if not filled:
            return None
        indices = sorted(column.index for column in filled.values())
        here = f"{letters(indices[0])}{self.sheet.lines[row]}"
        here += f":{letters(indices[-1])}{self.sheet.lines[row]}" if len(indices) > 1 else ""
        file = Path(self.sheet.file).name
        source = f"{file} {self.sheet.name}!{here}" if self.sheet.name else f"{file} {here}"
        if len(self.columns) == 1:
            ((_, column),) = filled.items()
            level = self.level(row, column)
            if level is not None:
                return Points(level[0], level[1], source)
        if set(filled) != set(self.columns):
            missing = [column for point, column in self.columns.items() if point not in filled]
            rule = "all points of an impact must be given, or none"
            self.faults.cell("RE867", self.sheet, row, column=missing[0].index, heading=missing[0].heading, rule=rule)
            return None
        numbers: dict[str, float] = {}
        units: dict[str, str] = {}
        for point, column in filled.items():
            amount = self.amount(row, column)
            if amount is not None:
                numbers[point], units[point] = amount
        if set(numbers) != set(filled):
            return None
        if len(set(units.values())) > 1:
            rule = "the points of one impact must have one unit"
            self.faults.cell(
                "RE861", self.sheet, row, column=indices[-1], heading=filled[min(filled)].heading, rule=rule
            )
            return None
        return Points(numbers, units[min(units)], source)

    def level(self, row: int, column: Column) -> tuple[dict[str, float], str] | None:
        """Return the points of a level of the scale, None where the cell is none."""
        cell = self.sheet.cell(row, column.index)
        is_level = column.unit == "rating" or column.is_rating or isinstance(cell, str)
        level = self.scale.get(key_of(cell_text(cell))) if is_level else None
        if level is None:
            return None
        names = {1: ("",), 2: ("low", "high"), 3: ("low", "most_likely", "high")}[len(level.numbers)]
        return dict(zip(names, level.numbers, strict=True)), level.unit

    def amount(self, row: int, column: Column) -> tuple[float, str] | None:
        """Return the number of one cell with its unit, or None after a fault."""
        cell = self.sheet.cell(row, column.index)
        if is_unreadable(cell, self.measure):
            return None  # told for the row as a whole
        if column.unit == "rating" or column.is_rating:
            return self.refuse("RE862", row, column)
        if isinstance(cell, Odd) and cell.kind == "percent" and cell.number is not None and self.measure == "cost":
            return float(f"{100 * cell.number:.12g}"), PERCENT
        if isinstance(cell, Odd):
            rule = DATED if cell.kind == "date" else "must be a number"
            return self.refuse("RE863", row, column, rule)
        unit = column.unit or self.unit
        number: float | None
        if isinstance(cell, str):
            number_and_unit = typed(cell, self.measure)
            if number_and_unit is None:
                is_word = not any(sign.isdigit() for sign in cell) and len(cell) <= 40
                return self.refuse("RE862" if is_word else "RE863", row, column)
            number = number_and_unit.amount(self.mark)
            if number is None:
                return self.refuse("RE860", row, column)
            unit = number_and_unit.unit or unit
            if number_and_unit.currency:
                self.currencies.add(number_and_unit.currency)
                if len(self.currencies) > 1:
                    rule = f"one currency must be used: {', '.join(sorted(self.currencies))}"
                    return self.refuse("RE861", row, column, rule)
            if number_and_unit.scale != 1 and column.scale not in (None, 1.0):
                return self.refuse("RE861", row, column, "a multiplier must stand in the heading or in the cell")
        elif isinstance(cell, float) and not isinstance(cell, bool):
            number = cell
        else:
            return self.refuse("RE863", row, column)
        if self.measure == "delay" and not unit:
            return self.refuse("RE861", row, column, "the unit of a delay must be known: days, weeks ...")
        if self.measure == "cost" and column.scale is None:
            return self.untold(column)
        if self.measure == "cost" and unit in PERCENTS:
            return self.share(number, column, row, is_marked=isinstance(cell, str) and "%" in cell)
        number *= column.scale or 1.0
        if not math.isfinite(number) or abs(number) > 1e15:
            return self.refuse("RE863", row, column, "a number must be finite and within +-1e15")
        return float(f"{number:.12g}"), unit if self.measure == "delay" else ""

    def share(self, percent: float, column: Column, row: int, *, is_marked: bool) -> tuple[float, str] | None:
        """Return a share of a cost in percent; below one, without a sign of percent, it may be a share of one."""
        if column.scale not in (None, 1.0) or not math.isfinite(percent) or abs(percent) > MOST_PERCENT:
            return self.refuse("RE863", row, column, f"a share of a cost must be at most {MOST_PERCENT:.0f} %")
        if 0 < abs(percent) < 1 and not is_marked:
            rule = "it must be clear whether a number below 1 is a share of one or of a hundred: write 20% or 20"
            return self.refuse("RE863", row, column, rule)
        return float(f"{percent:.12g}"), PERCENT

    def untold(self, column: Column) -> tuple[float, str] | None:
        """Report once that the amounts of a column cannot be understood, and return no number."""
        if not self.has_told:
            rule = f'it must be clear what the amounts of "{column.heading}" are multiplied with'
            self.faults.heading("RE861", self.sheet, self.header, rule, cure="say scale = 1 or 1000 in a mapping file")
        self.has_told = True
        return None

    def refuse(self, code: str, row: int, column: Column, rule: str = "") -> tuple[float, str] | None:
        """Report a fault of one cell, and return no number."""
        cure = "say unit = ... of it in a mapping file" if code == "RE861" and self.measure == "delay" else ""
        if code == "RE862":
            level = LEVELS.get(self.measure, "High = 50000")
            cure = f"give the scale in a mapping file: [scales.{self.measure}] with lines such as {level}"
        self.faults.cell(code, self.sheet, row, column=column.index, heading=column.heading, rule=rule, cure=cure)
        return None

    def estimate(self, points: Points, row: int, *, is_opportunity: bool) -> tuple[dict[str, Any] | None, bool]:
        """Return the impact as an estimate (None where it is nothing, or faulty), and whether its sign was turned.

        Notes
        -----
        What an opportunity saves is written as a negative delay or cost; amounts above zero are turned.
        """
        numbers = in_order(points.numbers)
        values = list(numbers.values())
        is_turned = is_opportunity and max(values) > 0
        rising = all(low <= high for low, high in pairwise(values))
        falling = all(low >= high for low, high in pairwise(values))
        problem = ""
        if min(values) < 0 < max(values):
            problem = "all points of an impact must have one sign"
        elif not is_opportunity and min(values) < 0:
            problem = "the impact of a threat must not be negative: is it an opportunity?"
        elif not (rising or (is_opportunity and falling)):
            problem = "the points of an impact must rise from low to high"
        if problem:
            column = next(iter(self.columns.values()))
            self.faults.cell("RE867", self.sheet, row, column=column.index, heading=column.heading, rule=problem)
            return None, False
        if not any(values):
            return None, False
        if is_turned:
            numbers, rising, falling = {point: -value for point, value in numbers.items()}, falling, rising
        if falling and not rising:
            numbers = in_order({mirrored(point): value for point, value in numbers.items()})
        document = self.shaped(numbers)
        if points.is_share:
            if min(numbers.values()) <= -100:
                column = next(iter(self.columns.values()))
                rule = "an opportunity must save less than 100 % of a cost"
                self.faults.cell("RE867", self.sheet, row, column=column.index, heading=column.heading, rule=rule)
                return None, False
            document = as_factors(document)
        if points.unit and self.measure == "delay":
            document["unit"] = points.unit
        return {**document, "source": points.source[:200]}, is_turned

    def shaped(self, numbers: Mapping[str, float]) -> dict[str, Any]:
        """Return the parameters of the shape that fits the points."""
        percentiles = {int(point[1:]) / 100: value for point, value in numbers.items() if point[:1] == "p"}
        if not percentiles:
            if len(numbers) == 1:
                return {"value": next(iter(numbers.values()))}
            if len(numbers) == 2:
                return {"shape": "uniform", **numbers}
            return {**({"shape": self.shape} if self.shape else {}), **numbers}
        if len(percentiles) == 2 and "most_likely" in numbers:
            (low, at_low), (high, at_high) = sorted(percentiles.items())
            return {
                "shape": "trigen",
                "low": at_low,
                "most_likely": numbers["most_likely"],
                "high": at_high,
                "low_percentile": low,
                "high_percentile": high,
            }
        values = along(sorted(percentiles.items()))
        return {"shape": "discrete", "values": values, "weights": [1] * len(values)}


def as_factors(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return an estimate of percentages more or less as one of factors: 20 is 1.2."""

    def factor(percent: float) -> float:
        return float(f"{1 + percent / 100:.12g}")

    made = dict(document)
    for name in ("value", *THREE):
        if name in made:
            made[name] = factor(made[name])
    if "values" in made:
        made["values"] = [factor(value) for value in made["values"]]
    return made


def in_order(numbers: Mapping[str, float]) -> dict[str, float]:
    """Return the points from the lowest to the highest, by what they are called."""

    def order(point: str) -> float:
        if point in THREE:
            return {"low": 0.0, "most_likely": 50.0, "high": 100.0}[point]
        return float(point[1:]) if point else 0.0

    return {point: numbers[point] for point in sorted(numbers, key=order)}


def mirrored(point: str) -> str:
    """Return what a point is called when the numbers are counted from the other end."""
    if point[:1] == "p":
        return f"p{100 - int(point[1:])}"
    return {"low": "high", "high": "low"}.get(point, point)


def along(points: Sequence[tuple[float, float]]) -> list[float]:
    """Return values that are equally likely, on straight lines through percentiles.

    Parameters
    ----------
    points : sequence of (float, float)
        Probability and value, at least three, rising.

    Notes
    -----
    Beyond the outermost percentiles the neighbouring line goes on, but not across zero.
    """
    values = []
    is_positive = points[0][1] >= 0
    for step in range(STEPS):
        share = (step + 0.5) / STEPS
        index = next((i for i in range(1, len(points)) if share <= points[i][0]), len(points) - 1)
        (low, at_low), (high, at_high) = points[index - 1], points[index]
        value = at_low + (at_high - at_low) * (share - low) / (high - low)
        values.append(float(f"{max(value, 0.0) if is_positive else min(value, 0.0):.10g}") + 0.0)
    return values
