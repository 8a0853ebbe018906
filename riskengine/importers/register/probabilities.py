"""Probabilities of a register: shares, percentages or levels, told apart by the whole column, never guessed."""

import math
from typing import Literal

from riskengine.importers.register.column_map import ColumnMap, key_of
from riskengine.importers.register.columns import Column
from riskengine.importers.register.numbers import typed
from riskengine.importers.register.view import is_unreadable
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.sheets import Odd, Sheet, cell_text, is_blank

Reading = Literal["percent", "fraction", "rating", ""]
CERTAIN_PERCENT = 10.0
"""A column that reaches above this, and nowhere above 100, holds percentages: levels of a scale end below."""


class ProbabilityReader:
    """Reads the cells of one column of probabilities.

    Parameters
    ----------
    sheet, column
        The column.
    rows : list of int
        The rows that matter.
    column_map : ColumnMap
        Its scale of probabilities, and the unit it gives.
    mark : str
        The decimal mark in use, empty where it is not known.
    faults : SheetFaults
        Where faults go.
    """

    def __init__(
        self, sheet: Sheet, column: Column, rows: list[int], column_map: ColumnMap, mark: str, faults: SheetFaults
    ) -> None:
        self.sheet = sheet
        self.column = column
        self.scale = column_map.scales.get("probability", {})
        self.mark = mark
        self.faults = faults
        cells = [sheet.cell(row, column.index) for row in rows]
        self.plain = [number for cell in cells if (number := self.plain_number(cell)) is not None]
        self.is_scaled = bool(self.scale) and all(
            is_blank(cell) or key_of(cell_text(cell)) in self.scale for cell in cells
        )  # every cell is a level, 1 to 5 among them
        self.reading = self.read_column()
        if self.reading == "" and self.plain:
            some = ", ".join(f"{number:g}" for number in list(dict.fromkeys(self.plain))[:5])
            rule = "it must be clear whether these are percentages, shares of 1 or levels of a scale"
            faults.heading("RE859", sheet, rows[0] if rows else 0, f'"{column.heading}": {rule}', some)

    def plain_number(self, cell: object) -> float | None:
        """Return the number of a cell that has no sign of percent."""
        if isinstance(cell, float):
            return cell
        number = typed(cell, "probability") if isinstance(cell, str) else None
        return number.amount(self.mark) if number is not None and not number.unit else None

    def read_column(self) -> Reading:
        """Return what numbers without a sign of percent stand for in this column, empty where it is not certain."""
        column, numbers = self.column, self.plain
        if column.unit in ("percent", "fraction"):
            return "percent" if column.unit == "percent" else "fraction"
        if column.unit == "rating" or column.is_rating or self.is_scaled:
            return "rating"
        if not all(math.isfinite(number) and 0 <= number <= 100 for number in numbers):
            return ""
        has_parts = any(0 < number < 1 for number in numbers)
        top = max(numbers, default=0.0)
        if top == 0:
            return "fraction"
        if top > 1 and has_parts:
            return ""
        if column.unit == "%":
            return "percent" if top > 1 else ""
        if top <= 1:
            return "fraction" if has_parts else ""
        return "percent" if top > CERTAIN_PERCENT else ""

    def read(self, row: int) -> float | None:
        """Return the probability in a row, or None after a fault."""
        cell = self.sheet.cell(row, self.column.index)
        probability: float | None = None
        if is_unreadable(cell, "probability"):
            return None  # told for the row as a whole
        if isinstance(cell, Odd):
            probability = cell.number if cell.kind == "percent" else None
        elif key_of(cell_text(cell)) in self.scale and (self.reading in ("rating", "") or isinstance(cell, str)):
            numbers = self.scale[key_of(cell_text(cell))].numbers
            return sum(numbers) / len(numbers)
        elif self.reading == "rating" or self.is_word(cell):
            return self.refuse("RE862", row)
        elif isinstance(cell, str) and (read := typed(cell, "probability")) is not None:
            amount = read.amount(self.mark)
            if amount is None:
                return self.refuse("RE860", row)
            if not read.unit and not self.reading:
                return None  # told for the column as a whole
            probability = amount / 100 if read.unit or self.reading == "percent" else amount
        elif isinstance(cell, float):
            if not self.reading:
                return None
            probability = cell / 100 if self.reading == "percent" else cell
        if probability is None or not 0 <= probability <= 1:
            return self.refuse("RE863", row, "a probability must be between 0 and 100 %")
        return float(f"{probability:.12g}")

    def is_word(self, cell: object) -> bool:
        """Return whether a cell holds a word such as High."""
        return isinstance(cell, str) and not any(sign.isdigit() for sign in cell)

    def refuse(self, code: str, row: int, rule: str = "") -> float | None:
        """Report a fault of one cell, and return no probability."""
        self.faults.cell(code, self.sheet, row, column=self.column.index, heading=self.column.heading, rule=rule)
        return None
