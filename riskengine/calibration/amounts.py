"""Amounts of a table of finished work, all in one unit."""

from collections.abc import Mapping, Sequence
from typing import Final

from riskengine.calibration.forecast import Percentiles
from riskengine.calibration.headings import AMOUNTS, Headings
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.importers.sheets.lengths import LengthReader
from riskengine.scenario.tables.sheets import Sheet, cell_text, is_blank

HOURS: Final[Mapping[str, float]] = {"s": 1 / 3600, "ms": 1 / 3_600_000, "min": 1 / 60, "h": 1.0}
"""Hours of the units that need no calendar."""

SMALL: Final = frozenset({"ms", "s", "min"})
"""Units that are told in hours."""


class AmountReader:
    """Reads the amounts of one table, all in one unit.

    Parameters
    ----------
    sheet, headings, columns
        The table, its row of headings, and the column of each field.
    rows : sequence of int
        Rows below the headings.
    hours_per_day : float or None
        Working hours of a day, where days may be converted to hours.
    faults : SheetFaults
        Where faults go.

    Attributes
    ----------
    unit : str
        What all amounts are in, empty where the table names no unit.
    notes : list of str
        What is to be said of the units.
    """

    def __init__(
        self,
        sheet: Sheet,
        headings: Headings,
        columns: Mapping[str, int],
        *,
        rows: Sequence[int],
        hours_per_day: float | None,
        faults: SheetFaults,
    ) -> None:
        self.sheet, self.headings, self.columns, self.faults = sheet, headings, columns, faults
        self.hours = HOURS if hours_per_day is None else {**HOURS, "d": hours_per_day, "w": 5 * hours_per_day}
        used = [columns[name] for name in AMOUNTS if name in columns]
        cells = [sheet.cell(row, at) for row in rows for at in used]
        wanted = "a length of time must stand here"
        self.lengths = LengthReader(sheet, cells, code="RE691", wanted=wanted, faults=faults)
        self.units = {name: self._unit(name) for name in AMOUNTS if name in columns}
        in_cells = {unit for cell in cells if (unit := self.lengths.unit(cell))}
        self.notes: list[str] = []
        self.unit = self._one_unit({unit for unit in self.units.values() if unit} | in_cells)

    def _unit(self, name: str) -> str:
        """Return the unit that the heading of a column names."""
        meaning = self.headings.meanings[self.columns[name]]
        return meaning.unit if meaning is not None else ""

    def _one_unit(self, units: set[str]) -> str:
        """Return the unit that all amounts are told in."""
        if len(units) < 2 and not units & SMALL:
            return next(iter(units), "")
        if units <= self.hours.keys():
            self.notes.append(f"amounts in {', '.join(sorted(units))} are told in h")
            return "h"
        rule = "estimates and actuals must be in one unit"
        cure = "give the working hours of a day with --hours-per-day, such as 8, or convert one of the columns"
        self.faults.heading(
            "RE693", self.sheet, self.headings.row, rule=rule, value=", ".join(sorted(units)), cure=cure
        )
        return ""

    def percentiles(self, low: float | None, high: float | None) -> Percentiles:
        """Return which percentiles the three points are, by their headings or else by the options."""
        of_headings = []
        for name in ("low", "most_likely", "high"):
            meaning = self.headings.meanings[self.columns[name]] if name in self.columns else None
            of_headings.append(meaning.percentile if meaning is not None else None)
        first, middle, last = of_headings
        return low if first is None else first, middle, high if last is None else last

    def read(self, row: int, name: str) -> float | None:
        """Return the amount in a cell; None where it is empty, or after a fault."""
        column = self.columns[name]
        if is_blank(self.sheet.cell(row, column)):
            return None
        length = self.lengths.read(row, column, name)
        return None if length is None else self._in_one_unit(length[0], length[1] or self.units[name], row, name)

    def _in_one_unit(self, number: float, unit: str, row: int, name: str) -> float | None:
        """Return an amount in the unit of the table."""
        if unit == self.unit:
            return number
        if not self.unit:  # the mixture is told once, at the headings
            return number
        if unit in self.hours and self.unit == "h":
            return number * self.hours[unit]
        rule = f"an amount must name its unit where others do: they are in {self.unit}"
        cure = f"write {cell_text(number)}{self.unit}, or name the unit in the heading"
        self.faults.cell("RE693", self.sheet, row, self.columns[name], name, rule=rule, cure=cure)
        return None
