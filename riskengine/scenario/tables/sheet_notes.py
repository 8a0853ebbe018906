"""What is to be said of a sheet because of what a spreadsheet shows or hides: rows, gaps, merged cells."""

from collections.abc import Callable, Mapping, Sequence

from riskengine.errors.counting import counted, first_names
from riskengine.scenario.tables.delimited import continued_rows, short_rows
from riskengine.scenario.tables.sheets import MOST_CELLS, MOST_LISTED, Odd, Sheet, is_blank, letters, listed


def fill_merged(sheet: Sheet, header: int, is_filled: Callable[[int], bool]) -> tuple[bool, list[str]]:
    """Write what stands in cells that are merged downwards into each of their rows.

    What stands in a cell below a merged one is not shown by any spreadsheet, and is taken away.

    Parameters
    ----------
    sheet, header
        The sheet, which is changed, and its row of headings.
    is_filled : callable
        Whether the cells of a column hold for each row: not a cost, which is one cost however many rows it covers.

    Returns
    -------
    tuple
        Whether the merged cells make sense, and the names of the cells whose values were covered.
    """
    left = MOST_CELLS
    covered: list[str] = []
    struck = set(sheet.struck)
    for top, first, bottom, last in sheet.merges or ():
        if top <= header:
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
            if row > top and is_filled(first):
                cells += [None] * (first + 1 - len(cells))
                cells[first] = value
                struck |= {(row, first)} if (top, first) in struck else set()
    sheet.struck = frozenset(struck)
    return True, covered


def view_notes(
    sheet: Sheet, header: int, rows: Sequence[int], headings: Mapping[int, str], covered: Sequence[str]
) -> list[str]:
    """Return what is to be said of a sheet beside the marks on its rows.

    Parameters
    ----------
    sheet, header
        The sheet, and its row of headings.
    rows : sequence of int
        The rows that are read.
    headings : mapping
        Headings of the columns that are read.
    covered : sequence of str
        Names of cells whose values stand below merged cells.
    """
    notes = []
    hidden = [f'{letters(index)} "{headings[index]}"' for index in sorted(sheet.hidden_columns & headings.keys())]
    if hidden:
        count = counted(len(hidden), "hidden column is", "hidden columns are")
        notes.append(f"{count} read like the others: {', '.join(hidden)}")
    if covered:
        notes.append(f"values below merged cells, which a spreadsheet does not show, are not read: {first_of(covered)}")
    bare = bare_columns(sheet, header)
    if bare:
        notes.append(f"columns without a heading are not read: {', '.join(bare)}")
    others = [column for column in range(widest(sheet)) if column not in headings]
    unread = [
        sheet.place(row, column)
        for row in (rows if others else ())
        for column in others
        if isinstance(value := sheet.cell(row, column), Odd) and value.has_no_value
    ]
    if unread:
        notes.append(f"cells without a value in columns that are not read do no harm: {first_of(unread)}")
    after = continued_rows(sheet, list(rows))
    if after:
        notes.append(f"the table goes on after empty rows, at row {listed(sheet.lines[row] for row in after)}")
    is_read = set(rows)
    short = [row for row in short_rows(sheet, header) if row in is_read]
    if short:
        notes.append(f"rows with fewer cells than headings are taken as empty there: {rows_named(sheet, short)}")
    return notes


def bare_columns(sheet: Sheet, header: int) -> list[str]:
    """Return the letters of columns that have no heading, and something below."""
    heads = {column for line in (header, header - 1) if line >= 0 for column in filled_columns(sheet, line)}
    others = [column for column in range(widest(sheet)) if column not in heads]
    rows = range(header + 1, len(sheet.rows))
    return [letters(column) for column in others if any(not is_blank(sheet.cell(row, column)) for row in rows)]


def widest(sheet: Sheet) -> int:
    """Return how many cells the longest row has."""
    return max(map(len, sheet.rows), default=0)


def filled_columns(sheet: Sheet, row: int) -> list[int]:
    """Return the columns of a row that hold something."""
    return [column for column, value in enumerate(sheet.rows[row]) if not is_blank(value)]


def marked_note(sheet: Sheet, rows: Sequence[int], mark: str, done: str = "read like the others") -> str:
    """Return the sentence on rows that are marked in a way that people see: hidden, struck through."""
    return f"{counted(len(rows), f'row {mark} is', f'rows {mark} are')} {done}: {rows_named(sheet, rows)}"


def struck_note(cells: Sequence[str]) -> str:
    """Return the sentence on single cells that are struck through."""
    count = counted(len(cells), "cell struck through is", "cells struck through are")
    return f"{count} read like the others: {first_of(cells)}"


def first_of(names: Sequence[str]) -> str:
    """Return the first of some names, and how many more there are."""
    return first_names(names, MOST_LISTED)


def rows_named(sheet: Sheet, rows: Sequence[int]) -> str:
    """Return the rows as a person names them: ``row 5``, ``rows 3, 5-8``."""
    return f"row{'s' if len(rows) > 1 else ''} {listed(sheet.lines[row] for row in rows)}"
