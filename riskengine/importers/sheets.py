"""Sheets of cells, as a spreadsheet or a CSV file holds them, and how places in them are named."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 400
MOST_CELLS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that is neither text nor a plain number: a percentage, a date, or one without a usable value."""

    kind: Literal["percent", "date", "error"]
    shown: str
    number: float = 0.0


Value = str | float | bool | Odd | None
"""What a cell holds; None where it is empty. A text stays a text, whatever it looks like."""


@dataclass(slots=True)
class Sheet:
    """One table of cells.

    Attributes
    ----------
    file : str
        The file as the user named it.
    name : str
        Name of the worksheet, empty for a CSV file.
    rows : list of list
        Cells by row and column, from the first row of the sheet on; rows may be of different lengths.
    lines : list of int
        Line of each row in the file, from 1: the row number of a worksheet.
    merges : list
        Merged cells as (first row, first column, last row, last column), from 0; None where that is not known.
    notes : list of str
        What had to be assumed to read it.
    """

    file: str
    name: str
    rows: list[list[Value]]
    lines: list[int]
    merges: list[tuple[int, int, int, int]] | None = None
    notes: list[str] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Value:
        """Return a cell, None where there is none."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def place(self, row: int, column: int | None) -> str:
        """Return the name of a cell as a spreadsheet shows it: ``Risks!F12``; of a row without a column."""
        where = str(self.lines[row]) if column is None else f"{letters(column)}{self.lines[row]}"
        return f"{self.name}!{where}" if self.name else where


def letters(column: int) -> str:
    """Return the name of a column: A for 0, AA for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def is_blank(value: Value) -> bool:
    """Return whether a cell holds nothing; a percentage, a date or an error is something."""
    return value is None or (isinstance(value, str) and not value.strip())


def shown(value: Value) -> str:
    """Return what a cell holds as a person would read it."""
    if value is None:
        return ""
    if isinstance(value, Odd):
        return value.shown
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value.strip()


def packed(value: Any) -> Any:
    """Return a cell of the library that reads workbooks in a form that JSON can carry."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, date | datetime | time):
        return {"date": value.isoformat()}
    return {"date": str(value)} if isinstance(value, timedelta) else None


def unpacked(value: Any) -> Value:
    """Return a cell that came as JSON."""
    if isinstance(value, dict):
        ((kind, content),) = value.items()
        if kind == "percent":
            return Odd("percent", f"{100 * content:.10g} %", float(content))
        return Odd("date" if kind == "date" else "error", str(content))
    if isinstance(value, str):
        return value or None
    if value is None or isinstance(value, bool):
        return value
    return float(value)
