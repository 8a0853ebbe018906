"""Reading a matrix of correlations from CSV: members in the first row and in the first column, ranks between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from riskengine.scenario.tables.cells import CellReader, number_in, number_reader
from riskengine.scenario.tables.csv_file import read_csv
from riskengine.scenario.tables.delimited import Limits
from riskengine.scenario.tables.sheets import Sheet, Value, cell_text, is_blank
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place

LIMITS: Final = Limits(rows=1_100, columns=1_100, cells=1_210_000)
"""A little more than the members that a matrix may have, so that too many are told as such."""


@dataclass(slots=True)
class MatrixTable:
    """A matrix of a file as the table of a document, and the line of each of its rows.

    Attributes
    ----------
    correlation : str
        Whose it is.
    file : str
    members : list of str
        In the order of the first row.
    rows : list of list
        Ranks in the order of the members, an empty text where none is given.
    lines : list of int
        Line of each row, in the same order.
    """

    correlation: str
    file: str
    members: list[str] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def line(self, place: Place) -> int | None:
        """Return the line of a row, and the first one for what is said of members."""
        if place[:3] != ("correlations", self.correlation, "matrix") or len(place) < 4:
            return None
        at = place[4] if place[3] == "rows" and len(place) > 4 else -1
        return self.lines[at] if isinstance(at, int) and 0 <= at < len(self.lines) else 1


def read_matrix(
    correlation: str, file: Path, place: Place, blamed: str, faults: Faults, *, hints: list[str]
) -> MatrixTable | None:
    """Return the matrix of a CSV file, or None after a fault.

    Parameters
    ----------
    correlation : str
        Whose it is.
    file : Path
        The table.
    place, blamed
        Where and in which file the table is named.
    faults : Faults
        Where faults go.
    hints : list of str
        Where sentences go about what was guessed.
    """
    sheet = read_csv(file, names_on_both_sides, LIMITS, place, blamed, faults=faults)
    if sheet is None:
        return None
    hints += [f"{file.name}: {note}" for note in sheet.notes]
    return table_of(sheet, MatrixTable(correlation, str(file)), (*place, "rows"), faults)


def names_on_both_sides(sheet: Sheet) -> int:
    """Return how many names of the first row stand in the first column, too."""
    return len(set(heads(sheet)) & {cell_text(sheet.cell(row, 0)) for row in range(1, len(sheet.rows))})


def heads(sheet: Sheet) -> list[str]:
    """Return the names in the first row behind its first cell, without empty ones at its end."""
    names = [cell_text(value) for value in sheet.rows[0][1:]] if sheet.rows else []
    while names and not names[-1]:
        names.pop()
    return names


def table_of(sheet: Sheet, table: MatrixTable, place: Place, faults: Faults) -> MatrixTable | None:
    """Return a table with the members and ranks of a sheet, or None after a fault."""
    count = len(faults.all)
    table.members = heads(sheet)
    rows = sheet.rows_with_cells()
    row_of = {cell_text(sheet.cell(row, 0)): row for row in rows}
    odd_names = [name for name in table.members if name not in row_of]
    if not rows or len(rows) != len(table.members) or odd_names or len(row_of) < len(rows):
        rule = "the first row and the first column must name the same members, each once"
        value = odd_names[0] if odd_names else f"{len(table.members)} beside {len(rows)}"
        faults.add("RE329", place, value, rule=rule, file=table.file, line=sheet.lines[0] if sheet.lines else 1)
        return None
    numbers = (sheet.cell(row, column) for row in rows for column in range(1, len(table.members) + 1))
    cells = number_reader(sheet, numbers)
    for name in table.members:
        row = row_of[name]
        if any(not is_blank(value) for value in sheet.rows[row][len(table.members) + 1 :]):
            rule = "a row must have a cell for each member"
            faults.add("RE505", (*place, name), len(sheet.rows[row]), rule=rule, file=table.file, line=sheet.lines[row])
        table.lines.append(sheet.lines[row])
        values = [sheet.cell(row, column) for column in range(1, len(table.members) + 1)]
        table.rows.append(ranks_of(values, cells, table, (*place, name), faults=faults))
    return table if len(faults.all) == count else None


def ranks_of(
    values: Sequence[Value], cells: CellReader, table: MatrixTable, place: Place, *, faults: Faults
) -> list[Any]:
    """Return the ranks of a row, an empty text where none is given, after reporting what is no number."""
    ranks: list[Any] = []
    for member, value in zip(table.members, values, strict=True):
        if is_blank(value):
            ranks.append("")
            continue
        rank, code, rule = number_in(value, cells, "a rank must be a number")
        if rank is None:
            text = cell_text(value)
            faults.add(code, (*place, member), text, rule=rule, file=table.file, line=table.lines[-1])
        ranks.append("" if rank is None else rank)
    return ranks
