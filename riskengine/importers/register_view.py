"""What a person sees of a register and a reader would not: hidden rows, struck cells, gaps, what merged cells cover."""

from collections.abc import Collection, Sequence
from typing import Final

from riskengine.importers.register_columns import Column, Columns
from riskengine.importers.register_faults import RegisterFaults
from riskengine.importers.register_mapping import Mapping
from riskengine.scenario.delimited import continued_rows, cut_row, long_rows, short_rows
from riskengine.scenario.sheets import MOST_CELLS, MOST_LISTED, Odd, Sheet, is_blank, letters, listed

PROSE: Final = frozenset({"name", "description", "cause", "event", "effect", "category", "owner"})
"""Texts of which a part may be struck through: nothing is computed from them."""


def check_headings(sheet: Sheet, row: int, faults: RegisterFaults) -> None:
    """Report headings of which nobody can tell what they say.

    The row above counts where it holds several texts, for it may hold the headings of groups.
    """
    above = [value for value in sheet.rows[row - 1] if not is_blank(value)] if row else []
    for line in ([row - 1] if len(above) > 1 else []) + [row]:
        check_values(sheet, line, range(len(sheet.rows[line])), faults)


def check_widths(sheet: Sheet, header: int, faults: RegisterFaults) -> None:
    """Report rows of a CSV file that do not fit its headings: too long ones, and a last one that is cut off."""
    for long in long_rows(sheet, header):
        faults.cell("RE875", sheet, long, None)
    last = cut_row(sheet, header)
    if last is not None:
        faults.cell("RE874", sheet, last, None)


def check_values(sheet: Sheet, row: int, columns: Collection[int], faults: RegisterFaults) -> None:
    """Report the headings in a row that have no value, or are struck through in part."""
    for column in columns:
        value = sheet.cell(row, column)
        if isinstance(value, Odd) and (value.has_no_value or value.kind == "half struck"):
            faults.cell(code_of(value), sheet, row, column, "heading")


def check_top(sheet: Sheet, most: int, faults: RegisterFaults) -> None:
    """Report cells without a value in the first rows of a sheet in which no headings could be seen."""
    for row in range(min(most, len(sheet.rows))):
        check_values(sheet, row, range(len(sheet.rows[row])), faults)


def code_of(value: Odd) -> str:
    """Return the code for a cell that cannot be read as it stands."""
    return "RE873" if value.kind == "half struck" else "RE872"


def is_unreadable(value: object, field: str) -> bool:
    """Return whether a cell cannot be read as it stands: one without a value, or an amount that is half struck."""
    return isinstance(value, Odd) and (value.has_no_value or (value.kind == "half struck" and field not in PROSE))


def check_row(sheet: Sheet, row: int, columns: Columns, faults: RegisterFaults) -> None:
    """Report every cell of a row that is read and cannot be read as it stands."""
    for column in read_in_row(sheet, row, columns):
        value = sheet.cell(row, column.index)
        if isinstance(value, Odd) and is_unreadable(value, column.field):
            faults.cell(code_of(value), sheet, row, column.index, column.heading)


def read_in_row(sheet: Sheet, row: int, columns: Columns) -> list[Column]:
    """Return the columns that are read in a row: of a measure in two positions, those of one only."""
    found = list(columns.texts.values())
    for places in columns.measures.values():
        for points in places:
            if any(not is_blank(sheet.cell(row, column.index)) for column in points.values()):
                found += points.values()
                break
    return found


def fill_merged(sheet: Sheet, columns: Columns) -> tuple[bool, list[str]]:
    """Write what stands in cells that are merged downwards into each of their rows.

    A cost is left where it is: it is one cost, however many rows the cell covers. What stands in a cell below a merged
    one is not shown by any spreadsheet, and is taken away.

    Returns
    -------
    tuple
        Whether the merged cells make sense, and the names of the cells whose values were covered.
    """
    costs = {column.index for column in columns.of("cost")}
    left = MOST_CELLS
    covered: list[str] = []
    struck = set(sheet.struck)
    for top, first, bottom, last in sheet.merges or ():
        if top <= columns.header.row:
            continue
        left -= (bottom - top + 1) * (last - first + 1)
        if left < 0:
            return False, covered
        value = sheet.cell(top, first) if top < len(sheet.rows) else None
        for row in range(top, min(bottom + 1, len(sheet.rows))):
            cells = sheet.rows[row]
            for column in range(first, min(last + 1, len(cells))):
                if (row, column) != (top, first) and not is_blank(cells[column]):
                    covered.append(sheet.place(row, column))
                    cells[column] = None
            if row > top and first not in costs:
                cells += [None] * (first + 1 - len(cells))
                cells[first] = value
                struck |= {(row, first)} if (top, first) in struck else set()
    sheet.struck = frozenset(struck)
    return True, covered


def view_notes(sheet: Sheet, rows: Sequence[int], columns: Columns, covered: Sequence[str]) -> list[str]:
    """Return what is to be said of the rows of a register because one sees it, or does not see it, in a spreadsheet.

    Parameters
    ----------
    sheet, rows, columns
        The register, the rows that hold its risks, and its columns.
    covered : sequence of str
        Names of cells whose values stand below merged cells.
    """
    used = {column.index: column for column in [*columns.texts.values()]}
    used.update({column.index: column for name in columns.measures for column in columns.of(name)})
    notes = []
    hidden = [f'{letters(index)} "{used[index].heading}"' for index in sorted(sheet.hidden_columns & used.keys())]
    if hidden:
        notes.append(f"{counted(len(hidden), 'hidden column')} read like the others: {', '.join(hidden)}")
    if covered:
        notes.append(f"values below merged cells, which a spreadsheet does not show, are not read: {first_of(covered)}")
    bare = bare_columns(sheet, columns.header.row)
    if bare:
        notes.append(f"columns without a heading are not read: {', '.join(bare)}")
    unread = [
        sheet.place(row, column)
        for row in rows
        for column, value in enumerate(sheet.rows[row])
        if column not in used and isinstance(value, Odd) and value.has_no_value
    ]
    if unread:
        some = ", ".join(unread[:MOST_LISTED]) + (
            f" and {len(unread) - MOST_LISTED} more" if unread[MOST_LISTED:] else ""
        )
        notes.append(f"cells without a value in columns that are not read do no harm: {some}")
    after = continued_rows(sheet, list(rows))
    if after:
        notes.append(f"the register goes on after empty rows, at row {listed(sheet.lines[row] for row in after)}")
    short = [row for row in short_rows(sheet, columns.header.row) if row in set(rows)]
    if short:
        notes.append(f"rows with fewer cells than headings are taken as empty there: {rows_named(sheet, short)}")
    return notes


def left_out(sheet: Sheet, rows: Sequence[int], columns: Columns, mapping: Mapping) -> tuple[set[int], list[str]]:
    """Return the rows that the mapping leaves out because they are hidden or struck through, and what is to be said.

    Hiding a row, filtering it out and striking it through are marks for people, and may mean that a risk is closed or
    only that somebody looked for another. The status decides, so the rows are read unless the mapping says otherwise.
    """
    notes: list[str] = []
    out: set[int] = set()
    hidden = [row for row in rows if row in sheet.hidden_rows]
    struck = [row for row in rows if is_struck(sheet, row, columns)]
    for marked, what, choice in (
        (hidden, "hidden or filtered out", mapping.hidden_rows),
        (struck, "struck through", mapping.struck_rows),
    ):
        if marked and choice == "leave out":
            out.update(marked)
            notes.append(f"{counted(len(marked), 'row', f'{what} ')} left out: {rows_named(sheet, marked)}")
        elif marked:
            notes.append(f"{counted(len(marked), 'row', f'{what} ')} read like the others: {rows_named(sheet, marked)}")
    cells = [
        sheet.place(row, column.index)
        for row in rows
        if row not in struck
        for column in read_in_row(sheet, row, columns)
        if (row, column.index) in sheet.struck
    ]
    if cells:
        notes.append(f"{counted(len(cells), 'cell', 'struck through ')} read like the others: {first_of(cells)}")
    return out, notes


def is_struck(sheet: Sheet, row: int, columns: Columns) -> bool:
    """Return whether a row is struck through: its id or its name is, or all that is read of it."""
    if any((row, columns.texts[field].index) in sheet.struck for field in ("id", "name") if field in columns.texts):
        return True
    cells = [column.index for column in read_in_row(sheet, row, columns) if not is_blank(sheet.cell(row, column.index))]
    return bool(cells) and all((row, index) in sheet.struck for index in cells)


def bare_columns(sheet: Sheet, header: int) -> list[str]:
    """Return the letters of columns that have no heading, and something below."""
    heads = {column for line in (header, header - 1) if line >= 0 for column in filled(sheet, line)}
    below = {column for row in range(header + 1, len(sheet.rows)) for column in filled(sheet, row)}
    return [letters(column) for column in sorted(below - heads)]


def filled(sheet: Sheet, row: int) -> list[int]:
    """Return the columns of a row that hold something."""
    return [column for column, value in enumerate(sheet.rows[row]) if not is_blank(value)]


def counted(count: int, noun: str, kind: str = "") -> str:
    """Return how many of something there are, as the subject of a sentence in the passive."""
    return f"{count} {noun}{' ' if kind else ''}{kind.strip()} is" if count == 1 else f"{count} {noun}s {kind}are"


def first_of(names: Sequence[str]) -> str:
    """Return the first of some names, and how many more there are."""
    more = f" and {len(names) - MOST_LISTED} more" if names[MOST_LISTED:] else ""
    return ", ".join(names[:MOST_LISTED]) + more


def rows_named(sheet: Sheet, rows: Sequence[int]) -> str:
    """Return the rows as a person names them: ``row 5``, ``rows 3, 5-8``."""
    return f"row{'s' if len(rows) > 1 else ''} {listed(sheet.lines[row] for row in rows)}"
