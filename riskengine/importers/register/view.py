"""What a person sees of a register and a reader would not: cells without a value, hidden rows, struck-through cells."""

from collections.abc import Collection, Sequence
from typing import Final

from riskengine.importers.register.column_map import ColumnMap
from riskengine.importers.register.columns import Column, Columns
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.delimited import cut_row, long_rows
from riskengine.scenario.tables.sheet_notes import marked_note, struck_note
from riskengine.scenario.tables.sheets import Odd, Sheet, is_blank

PROSE: Final = frozenset({"name", "description", "cause", "event", "effect", "category", "owner"})
"""Texts of which a part may be struck through: nothing is computed from them."""


def check_headings(sheet: Sheet, row: int, faults: SheetFaults) -> None:
    """Report headings of which nobody can tell what they say.

    The row above counts where it holds several texts, for it may hold the headings of groups.
    """
    above = [value for value in sheet.rows[row - 1] if not is_blank(value)] if row else []
    for line in ([row - 1] if len(above) > 1 else []) + [row]:
        check_values(sheet, line, range(len(sheet.rows[line])), faults)


def check_widths(sheet: Sheet, header: int, faults: SheetFaults) -> None:
    """Report rows of a CSV file that do not fit its headings: too long ones, and a last one that is cut off."""
    for long in long_rows(sheet, header):
        faults.cell("RE875", sheet, long, None)
    last = cut_row(sheet, header)
    if last is not None:
        faults.cell("RE874", sheet, last, None)


def check_values(sheet: Sheet, row: int, columns: Collection[int], faults: SheetFaults) -> None:
    """Report the headings in a row that have no value, or are struck through in part."""
    for column in columns:
        value = sheet.cell(row, column)
        if isinstance(value, Odd) and (value.has_no_value or value.kind == "half struck"):
            faults.cell(code_of(value), sheet, row, column, "heading")


def check_top(sheet: Sheet, most: int, faults: SheetFaults) -> None:
    """Report cells without a value in the first rows of a sheet in which no headings could be seen."""
    for row in range(min(most, len(sheet.rows))):
        check_values(sheet, row, range(len(sheet.rows[row])), faults)


def code_of(value: Odd) -> str:
    """Return the code for a cell that cannot be read as it stands."""
    return "RE873" if value.kind == "half struck" else "RE872"


def is_unreadable(value: object, field: str) -> bool:
    """Return whether a cell cannot be read as it stands: one without a value, or an amount that is half struck."""
    return isinstance(value, Odd) and (value.has_no_value or (value.kind == "half struck" and field not in PROSE))


def check_row(sheet: Sheet, row: int, columns: Columns, faults: SheetFaults) -> None:
    """Report every cell of a row that is read and cannot be read as it stands."""
    for column in read_in_row(sheet, row, columns):
        value = sheet.cell(row, column.index)
        if isinstance(value, Odd) and is_unreadable(value, column.field):
            faults.cell(code_of(value), sheet, row, column.index, column.heading)


def read_in_row(sheet: Sheet, row: int, columns: Columns) -> list[Column]:
    """Return the columns that are read in a row: of a measure in two positions, those of one only."""
    in_row = list(columns.texts.values())
    for places in columns.measures.values():
        for points in places:
            if any(not is_blank(sheet.cell(row, column.index)) for column in points.values()):
                in_row += points.values()
                break
    return in_row


def read_headings(columns: Columns) -> dict[int, str]:
    """Return the headings of the columns that are read, by their index."""
    used = list(columns.texts.values()) + [column for name in columns.measures for column in columns.of(name)]
    return {column.index: column.heading for column in used}


def left_out(sheet: Sheet, rows: Sequence[int], columns: Columns, column_map: ColumnMap) -> tuple[set[int], list[str]]:
    """Return the rows that the mapping leaves out because they are hidden or struck through, and what is to be said.

    Hiding a row, filtering it out and striking it through are marks for people, and may mean that a risk is closed or
    only that somebody looked for another. The status decides, so the rows are read unless the mapping says otherwise.
    """
    notes: list[str] = []
    out: set[int] = set()
    hidden = [row for row in rows if row in sheet.hidden_rows]
    struck = [row for row in rows if is_struck(sheet, row, columns)]
    for marked, mark, choice in (
        (hidden, "hidden or filtered out", column_map.hidden_rows),
        (struck, "struck through", column_map.struck_rows),
    ):
        if marked and choice == "leave out":
            out.update(marked)
            notes.append(marked_note(sheet, marked, mark, "left out"))
        elif marked:
            notes.append(marked_note(sheet, marked, mark))
    cells = [
        sheet.place(row, column.index)
        for row in rows
        if row not in struck
        for column in read_in_row(sheet, row, columns)
        if (row, column.index) in sheet.struck
    ]
    if cells:
        notes.append(struck_note(cells))
    return out, notes


def is_struck(sheet: Sheet, row: int, columns: Columns) -> bool:
    """Return whether a row is struck through: its id or its name is, or all that is read of it."""
    if any((row, columns.texts[field].index) in sheet.struck for field in ("id", "name") if field in columns.texts):
        return True
    cells = [column.index for column in read_in_row(sheet, row, columns) if not is_blank(sheet.cell(row, column.index))]
    return bool(cells) and all((row, index) in sheet.struck for index in cells)
