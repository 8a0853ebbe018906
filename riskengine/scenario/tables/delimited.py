"""Reading CSV files as spreadsheets of all countries write them: with commas, semicolons or tabs."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from riskengine.scenario.tables.sheets import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Sheet,
    Value,
    has_cells,
    is_blank,
    text_cell,
)

SEPARATORS: Final = (",", ";", "\t")
HEAD_ROWS: Final = 40
"""Rows that are looked at to tell the separator."""

SEPARATOR_NAMES: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file is no table of cells: what it must be or have, at which line, and what helps."""

    rule: str
    line: int = 1
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a table may be."""

    rows: int = MOST_ROWS
    columns: int = MOST_COLUMNS
    cells: int = MOST_CELLS


USUAL_LIMITS: Final = Limits()


def read_delimited(
    text: str,
    file: str,
    score: Callable[[Sheet], int],
    separators: tuple[str, ...] = SEPARATORS,
    limits: Limits = USUAL_LIMITS,
    *,
    may_tie: bool = False,
) -> Sheet | Problem:
    """Return the cells of a text, or why it is no table.

    Parameters
    ----------
    text : str
        The file.
    file : str
        Its name.
    score : callable
        How many headings a sheet has that are understood, by which the separator is told.
    separators : tuple of str
        Those that may stand between the cells.
    limits : Limits
        How large the table may be.
    may_tie : bool
        Whether the first of several separators is taken where they do equally well.
    """
    heads = [reading(text, separator, file, limits, HEAD_ROWS) for separator in separators]
    scores = [score(sheet) for sheet, _ in heads]
    best = max(scores)
    if best and scores.count(best) > 1 and not may_tie:
        return Problem("must show clearly what separates its columns", cure="name the separator")
    if not best:  # no headings in sight: what is wrong with the file may say why
        damaged = next((problem for _, problem in heads if problem is not None), None)
        return damaged or reading(text, separators[0], file, limits)[0]
    separator = separators[scores.index(best)]
    sheet, problem = reading(text, separator, file, limits)
    if problem is not None:
        return problem
    if len(separators) > 1:
        sheet.notes.append(separator_note(separator))
    if len(sheet.rows) > 1 and not sheet.has_last_line_end:
        # Many programs write no last line end; but a file that was cut after 12 of 120 looks the same.
        sheet.notes.append(f"line {sheet.lines[-1]} has no end: if the file was cut, its last cell is not whole")
    return sheet


def separator_note(separator: str) -> str:
    """Return the words that say what separates the columns of a file."""
    return f"columns are separated by {SEPARATOR_NAMES[separator]}"


def reading(
    text: str, separator: str, file: str, limits: Limits, most: int | None = None
) -> tuple[Sheet, Problem | None]:
    """Return what a text is with one separator: its cells, `most` rows at most, up to the first problem."""
    rows: list[list[Value]] = []
    lines: list[int] = []
    widths: list[int] = []
    cells = 0
    problem = None
    records = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for record in islice(records, most):
            cells += len(record)
            if len(rows) >= limits.rows or len(record) > limits.columns or cells > limits.cells:
                problem = Problem(
                    f"must have at most {limits.rows} rows, {limits.columns} columns, {limits.cells} cells", start
                )
                break
            rows.append([text_cell(cell) for cell in record])
            lines.append(start)
            widths.append(len(record))
            start = records.line_num + 1
    except csv.Error as error:
        problem = Problem(f"must be valid CSV ({error})", start)
    is_ended = text.endswith(("\n", "\r"))
    return Sheet(file, "", rows, lines, widths=widths, separator=separator, has_last_line_end=is_ended), problem


def cut_row(sheet: Sheet, header: int) -> int | None:
    """Return the last row where the file seems to end within it, else None.

    It does where the row has fewer cells than there are headings, and either no line end, or no other row that is as
    short: a file that was cut off or not copied whole, of which nobody knows what else is missing.
    """
    rows = filled_rows(sheet, header)
    if sheet.widths is None or not rows or rows[-1] != len(sheet.rows) - 1:  # an empty row shows that it goes on
        return None
    last = rows[-1]
    if sheet.widths[last] >= heading_width(sheet, header):
        return None
    full = min(heading_width(sheet, header), min((sheet.widths[row] for row in rows[:-1]), default=MOST_COLUMNS))
    if sheet.widths[last] >= full:
        return None
    return last if len(rows) > 1 or not sheet.has_last_line_end else None


def short_rows(sheet: Sheet, header: int) -> list[int]:
    """Return the rows with something in them that have fewer cells than there are headings."""
    if sheet.widths is None:
        return []
    width = heading_width(sheet, header)
    rows = range(header + 1, len(sheet.rows))
    return [row for row in rows if sheet.widths[row] < width and has_cells(sheet.rows[row])]


def long_rows(sheet: Sheet, header: int) -> list[int]:
    """Return the rows that have something beyond the last heading: a separator in a text moved their cells."""
    if sheet.widths is None:
        return []
    width = heading_width(sheet, header)
    return [row for row in range(header + 1, len(sheet.rows)) if has_cells(sheet.rows[row][width:])]


def filled_rows(sheet: Sheet, header: int) -> list[int]:
    """Return the rows below the headings that are not empty."""
    return [row for row in range(header + 1, len(sheet.rows)) if has_cells(sheet.rows[row])]


def heading_width(sheet: Sheet, header: int) -> int:
    """Return how many cells the headings take, without empty ones at their end."""
    filled = [column for column, value in enumerate(sheet.rows[header]) if not is_blank(value)]
    return filled[-1] + 1 if filled else 0


def continued_rows(sheet: Sheet, rows: list[int]) -> list[int]:
    """Return those of some rows that come after empty ones, within the table."""
    return [
        row
        for before, row in pairwise(rows)
        if row > before + 1 and not all(has_cells(sheet.rows[between]) for between in range(before + 1, row))
    ]
