"""Reading the values of an empirical estimate from a column of a CSV file: how long things took in the past."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from riskengine.scenario.tables.cells import CellReader, number_in, number_reader
from riskengine.scenario.tables.csv_file import read_csv, refuse_long_rows
from riskengine.scenario.tables.delimited import Limits
from riskengine.scenario.tables.sheets import Sheet, Value, cell_text, is_blank
from riskengine.scenario.tables.spelling import total_in
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place

MOST_ROWS: Final = 10_000
LIMITS: Final = Limits(rows=MOST_ROWS + 1_000, columns=400, cells=4_000_000)
"""More rows than there may be values, for some may be empty."""


@dataclass(slots=True)
class PastValues:
    """The values of a column, and the line of each.

    Attributes
    ----------
    place : Place
        Of the estimate.
    file : str
    values : list of float
    lines : list of int
    """

    place: Place
    file: str
    values: list[float] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def line(self, place: Place) -> int | None:
        """Return the line of a value."""
        here = (*self.place, "values")
        at = place[len(here)] if len(place) > len(here) and place[: len(here)] == here else -1
        return self.lines[at] if isinstance(at, int) and 0 <= at < len(self.lines) else None


def read_past_values(
    file: Path, column: str, place: Place, blamed: str, faults: Faults, *, hints: list[str], may_be_negative: bool
) -> PastValues | None:
    """Return the values of a column, or None after a fault.

    Parameters
    ----------
    file : Path
        The table: headings in its first row.
    column : str
        Heading of the column, empty where the table has only one.
    place, blamed
        Where and in which file the table is named.
    faults : Faults
        Where faults go.
    hints : list of str
        Where sentences go about what was guessed.
    may_be_negative : bool
        Whether a value below zero is sound.
    """
    wanted = column.strip().casefold()

    def has_column(sheet: Sheet) -> int:
        """Return whether a sheet has the column, better so where others stand beside it."""
        names = headings(sheet)
        return (wanted in [name.casefold() for name in names]) * (1 + len(names)) if wanted else 1

    sheet = read_csv(file, has_column, LIMITS, place, blamed, faults=faults)
    if sheet is None:
        return None
    hints += [f"{file.name}: {note}" for note in sheet.notes]
    at = column_of(sheet, column, place, blamed, faults)
    refuse_long_rows(sheet, place, faults)
    return None if at is None else values_of(sheet, at, PastValues(place, str(file)), faults, may_be_negative)


def headings(sheet: Sheet) -> list[str]:
    """Return the headings of a sheet, empty ones among them."""
    return [cell_text(value).strip() for value in sheet.rows[0]] if sheet.rows else []


def column_of(sheet: Sheet, column: str, place: Place, blamed: str, faults: Faults) -> int | None:
    """Return the number of a column, or None after reporting that there is none, or more than one."""
    names = headings(sheet)
    folded = [name.casefold() for name in names]
    count = folded.count(column.strip().casefold()) if column else len([name for name in names if name])
    if count == 1:
        return folded.index(column.strip().casefold()) if column else next(at for at, name in enumerate(names) if name)
    if not column:
        rule = "column must say which column of the file has the values"
        faults.add("RE503", place, ", ".join(names) or "nothing", rule=rule, file=blamed)
    elif count:
        faults.add("RE508", (*place, "column"), column, file=blamed)
    else:
        rule = f"must be a heading of {Path(sheet.file).name}, in its first row"
        faults.add("RE503", (*place, "column"), column, rule=rule, cure=faults.near(column, names), file=blamed)
    return None


def values_of(sheet: Sheet, at: int, past: PastValues, faults: Faults, may_be_negative: bool) -> PastValues | None:
    """Return what a column holds, or None after reporting what is no value; empty rows count for nothing."""
    count = len(faults.all)
    rows = sheet.rows_with_cells()
    cells = [sheet.cell(row, at) for row in rows]
    reader = number_reader(sheet, cells)
    for row, cell in zip(rows, cells, strict=True):
        if total := total_in(sheet.rows[row]):
            place, rule = (*past.place, "values"), "must be values only, and no total of them"
            faults.add("RE506", place, total, rule=rule, file=past.file, line=sheet.lines[row])
        number = value_of(cell, reader, (*past.place, "values"), past.file, sheet.lines[row], faults=faults)
        if number is not None and number < 0 and not may_be_negative:
            rule = "a duration must not be negative"
            faults.add("RE212", (*past.place, "values"), number, rule=rule, file=past.file, line=sheet.lines[row])
        past.values.append(0.0 if number is None else number)
        past.lines.append(sheet.lines[row])
    if not rows:
        rule = "a column of past values must have at least one"
        faults.add("RE208", (*past.place, "values"), 0, rule=rule, file=past.file, line=1)
    elif len(rows) > MOST_ROWS:
        rule = f"there must be at most {MOST_ROWS} values"
        faults.add("RE208", (*past.place, "values"), len(rows), rule=rule, file=past.file, line=1)
    return past if len(faults.all) == count else None


def value_of(cell: Value, reader: CellReader, place: Place, file: str, line: int, *, faults: Faults) -> float | None:
    """Return the number of a cell, or None after reporting that it has none; a formula is a text like any other."""
    if is_blank(cell):
        number, code, rule = None, "RE506", "every row must have a value"
    else:
        number, code, rule = number_in(cell, reader, "must be a number")
    if number is not None and abs(number) <= 1e15:
        return number
    if number is not None:
        code, rule = "RE122", ""
    faults.add(code, place, cell_text(cell) or "nothing", rule=rule, file=file, line=line)
    return None
