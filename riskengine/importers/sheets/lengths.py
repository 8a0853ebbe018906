"""Lengths of time in the cells of a table: a number, and the unit behind it where there is one."""

from collections.abc import Iterable
from typing import Final

from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.cells import CellFault, number_reader
from riskengine.scenario.tables.columns import Column
from riskengine.scenario.tables.sheets import Odd, Sheet, Value
from riskengine.scenario.text.quantities import quantity

LARGEST: Final = 1e9
COLUMN: Final = Column((), "parameter")
DATED: Final = "and this is a date, which a spreadsheet makes of something like 1-2"


class LengthReader:
    """Reads the lengths of one table.

    Parameters
    ----------
    sheet : Sheet
    values : iterable of cells
        Those that tell the decimal mark.
    code, wanted : str
        Code and rule of the fault of a cell that holds something else.
    faults : SheetFaults
        Where faults go.
    """

    def __init__(self, sheet: Sheet, values: Iterable[Value], *, code: str, wanted: str, faults: SheetFaults) -> None:
        self.sheet, self.code, self.wanted, self.faults = sheet, code, wanted, faults
        self.numbers = number_reader(sheet, values)

    def read(self, row: int, column: int, name: str) -> tuple[float, str] | None:
        """Return the number and the unit of a cell that is not empty, None after a fault."""
        value = self.sheet.cell(row, column)
        if isinstance(value, Odd) and value.has_no_value:
            self.faults.cell("RE872", self.sheet, row, column, name)
            return None
        length, rule = None, ""
        if isinstance(value, Odd):
            rule = f"{self.wanted}, {DATED}" if value.kind == "date" else self.wanted
        else:
            try:
                length = number_and_unit(self.numbers.read(value, name, COLUMN))
            except CellFault as error:
                rule = f"{self.wanted}; {error}"
        if length is None or not 0 <= length[0] <= LARGEST:
            self.faults.cell(self.code, self.sheet, row, column, name, rule=rule)
            return None
        return length

    def unit(self, value: Value) -> str:
        """Return the unit that stands behind the number in a cell, empty where there is none."""
        if not isinstance(value, str):
            return ""
        try:
            length = number_and_unit(self.numbers.amount(value, ""))
        except CellFault:
            return ""
        return "" if length is None else length[1]


def number_and_unit(amount: object) -> tuple[float, str] | None:
    """Return a number and the unit behind it, None where there is no length of time."""
    if isinstance(amount, float):
        return amount, ""
    read = quantity(amount) if isinstance(amount, str) else None
    return None if read is None else (read[0], read[1] or "")
