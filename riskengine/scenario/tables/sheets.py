"""Sheets of cells, as a spreadsheet or a CSV file holds them, and how places in them are named."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal

from riskengine.errors.counting import first_names

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 400
MOST_CELLS: Final = 1_000_000

ERROR: Final = re.compile(r"#(?:[A-Z/0-9_ÄÖÜ]+[!?]|N/A|NV|N/V|GETTING_DATA)|Err:\d{3}|#{2,}")
"""What spreadsheets of several languages show in place of a result, or of a number in too narrow a column."""

FORMULA: Final = re.compile(r"=\s*[-+(\"'$A-Za-z0-9]")
QUOTED: Final = re.compile(r'="([^"]*)"')
"""How a spreadsheet is kept from taking ``007`` for a number."""

MOST_LISTED: Final = 20
UNCOMPUTED: Final = "a formula without a stored value"


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that is neither text nor a plain number.

    Attributes
    ----------
    kind : str
        ``percent`` and ``date``; ``error`` such as #REF!; ``formula`` without a stored value; ``half struck`` for a
        text of which a part is struck through.
    display_text : str
        What a person sees, or what is to be said of it.
    """

    kind: Literal["percent", "date", "error", "formula", "half struck"]
    display_text: str
    number: float = 0.0

    @property
    def has_no_value(self) -> bool:
        """Return whether nobody can tell what stands there."""
        return self.kind in ("error", "formula")


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
    hidden_rows, hidden_columns : frozenset of int
        Rows and columns that the spreadsheet does not show, from 0; rows that a filter leaves out are among them.
    struck : frozenset
        Cells by row and column that are struck through.
    indents : mapping
        Steps by which the format of a cell indents its text, by row and column.
    widths : list of int or None
        Cells of each row, empty ones too, where the file says how many there are: in CSV.
    separator : str
        What stands between the cells in CSV, empty in a workbook.
    has_last_line_end : bool
        Whether the last line of the file is ended.
    """

    file: str
    name: str
    rows: list[list[Value]]
    lines: list[int]
    merges: list[tuple[int, int, int, int]] | None = None
    notes: list[str] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    indents: Mapping[tuple[int, int], int] = field(default_factory=dict)
    widths: list[int] | None = None
    separator: str = ""
    has_last_line_end: bool = True

    def rows_with_cells(self) -> list[int]:
        """Return the rows below the first one that are not empty."""
        return [row for row in range(1, len(self.rows)) if has_cells(self.rows[row])]

    def cell(self, row: int, column: int) -> Value:
        """Return a cell, None where there is none."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def place(self, row: int, column: int | None) -> str:
        """Return the name of a cell as a spreadsheet shows it: ``Risks!F12``; of a row without a column."""
        where = str(self.lines[row]) if column is None else f"{letters(column)}{self.lines[row]}"
        return f"{self.name}!{where}" if self.name else where


def best_sheet(sheets: Sequence[Sheet], fit: Callable[[Sheet], int]) -> tuple[Sheet | None, int]:
    """Return the one sheet that fits best, None where none fits or several do equally well, and how well it fits."""
    scores = [fit(sheet) for sheet in sheets]
    best = max(scores, default=0)
    return (sheets[scores.index(best)] if best and scores.count(best) == 1 else None), best


def sheet_names(sheets: Sequence[Sheet]) -> str:
    """Return the names of the first sheets, each in quotes."""
    return ", ".join(f'"{sheet.name}"' for sheet in sheets[:MOST_LISTED]) or "none"


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
    return value is None or (isinstance(value, str) and (not value or value.isspace()))


def has_cells(values: Iterable[Value]) -> bool:
    """Return whether any of the cells of a row holds something."""
    for value in values:  # noqa: SIM110  a third of the time of any(), for rows by the hundred thousand
        if value is not None and not is_blank(value):
            return True
    return False


def cell_text(value: Value) -> str:
    """Return what a cell holds as a person would read it."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, Odd):
        return value.display_text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def text_cell(text: str) -> Value:
    """Return what a text in a cell stands for: itself, an error such as #N/A, or a formula that nobody computed."""
    text = text if text.strip() else ""
    if not text or text.lstrip()[0] not in "#=E":
        return text or None
    stripped = text.strip()
    if ERROR.fullmatch(stripped):
        return Odd("error", stripped)
    quoted = QUOTED.fullmatch(stripped)
    if quoted:
        return quoted[1] or None
    return Odd("formula", stripped) if FORMULA.match(stripped) else text


def listed(numbers: Iterable[int]) -> str:
    """Return numbers as a person lists them: ``3, 5-8``.

    Of many, the first are listed.
    """
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in ranges]
    return first_names(texts, MOST_LISTED)


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
        if kind == "formula":
            return Odd("formula", UNCOMPUTED)
        return Odd("date" if kind == "date" else "error", str(content))
    if isinstance(value, str):
        return text_cell(value)
    if value is None or isinstance(value, bool):
        return value
    return float(value)
