"""Reading the history of a backlog from CSV: a row for each period, with what was done and what came in."""

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

from riskengine.model.backlog import MOST_ROWS
from riskengine.scenario.tables.cells import number_in, number_reader
from riskengine.scenario.tables.csv_file import read_csv, refuse_long_rows
from riskengine.scenario.tables.delimited import Limits
from riskengine.scenario.tables.past_values import headings
from riskengine.scenario.tables.sheets import Sheet, cell_text, is_blank
from riskengine.scenario.tables.spelling import total_in
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place

LIMITS: Final = Limits(rows=MOST_ROWS + 1_000, columns=400, cells=4_000_000)
COLUMNS: Final = ("done", "added")


@dataclass(slots=True)
class HistoryTable:
    """A history of a file as the table of a document, and the line of each of its rows.

    Attributes
    ----------
    place : Place
        Of the history.
    file : str
    columns : dict of list
        Numbers by the heading of their column.
    lines : list of int
    """

    place: Place
    file: str
    columns: dict[str, list[float]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)

    def line(self, place: Place) -> int | None:
        """Return the line of a number, and the first one for what is said of a whole column."""
        if place[: len(self.place)] != self.place or len(place) == len(self.place):
            return None
        at = place[len(self.place) + 1] if len(place) > len(self.place) + 1 else -1
        return self.lines[at] if isinstance(at, int) and 0 <= at < len(self.lines) else 1


def read_history(file: Path, place: Place, blamed: str, faults: Faults, *, hints: list[str]) -> HistoryTable | None:
    """Return the history of a CSV file, or None after a fault; columns of other names are left alone.

    Parameters
    ----------
    file : Path
        The table: headings in its first row.
    place, blamed
        Where and in which file the table is named.
    faults : Faults
        Where faults go.
    hints : list of str
        Where sentences go about what was guessed.
    """

    def has_columns(sheet: Sheet) -> int:
        """Return how many of the columns a sheet has, and more where others stand beside them."""
        names = [name.casefold() for name in headings(sheet)]
        return 1000 * len({*COLUMNS} & {*names}) + len(names)

    sheet = read_csv(file, has_columns, LIMITS, place, blamed, faults=faults)
    if sheet is None:
        return None
    hints += [f"{file.name}: {note}" for note in sheet.notes]
    names = [name.casefold() for name in headings(sheet)]
    for column in COLUMNS:
        if names.count(column) > 1:
            faults.add("RE508", place, column, file=str(file), line=1)
            return None
    if "done" not in names:
        rule = f"{file.name} must have a column done, headed so in its first row"
        faults.add("RE503", place, ", ".join(names) or "nothing", rule=rule, file=blamed)
        return None
    table, count, rows = HistoryTable(place, str(file)), len(faults.all), sheet.rows_with_cells()
    table.lines = [sheet.lines[row] for row in rows]
    refuse_long_rows(sheet, place, faults)
    refuse_no_periods(sheet, rows, place, faults)
    for column in COLUMNS:
        if column in names:
            table.columns[column] = column_of(sheet, names.index(column), table, column, faults)
    return table if len(faults.all) == count else None


def column_of(sheet: Sheet, at: int, table: HistoryTable, column: str, faults: Faults) -> list[float]:
    """Return the numbers of a column, after reporting cells that have none."""
    cells = [sheet.cell(row, at) for row in sheet.rows_with_cells()]
    reader = number_reader(sheet, cells)
    numbers = []
    for line, cell in zip(table.lines, cells, strict=True):
        number, code, rule = None, "RE506", "every row must have a number: 0 where nothing was done, or came in"
        if not is_blank(cell):
            number, code, rule = number_in(cell, reader, "must be a number")
        if number is None:
            text = cell_text(cell) or "nothing"
            faults.add(code, (*table.place, column), text, rule=rule, file=table.file, line=line)
        numbers.append(number or 0.0)
    return numbers


def refuse_no_periods(sheet: Sheet, rows: list[int], place: Place, faults: Faults) -> None:
    """Report what is no period and would count as one, or is one and would not: a total, and an empty row between."""
    for before, row in pairwise(rows):
        for empty in range(before + 1, row):
            rule = "a history must have no empty row: what was done then is not known, or nothing, which is 0"
            faults.add("RE506", (*place, "done"), "nothing", rule=rule, file=sheet.file, line=sheet.lines[empty])
    for row in rows:
        if total := total_in(sheet.rows[row]):
            rule = "a history must have periods only, and no total of them"
            faults.add("RE506", (*place, "done"), total, rule=rule, file=sheet.file, line=sheet.lines[row])
