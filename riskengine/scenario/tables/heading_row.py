"""Which row of a sheet has its headings: the one of which most is understood."""

from collections.abc import Callable
from typing import Final, TypeVar

from riskengine.scenario.tables.sheets import Sheet, has_cells

MOST_ABOVE: Final = 30
"""Rows in which the headings are looked for."""

Headings = TypeVar("Headings")


def heading_row(sheet: Sheet, read: Callable[[int], Headings], count: Callable[[Headings], int]) -> Headings | None:
    """Return the headings of the row of which most is understood, the first of several; None where no row has two.

    Parameters
    ----------
    sheet : Sheet
    read : callable
        Returns the headings of a row.
    count : callable
        How many of them are understood.
    """
    best: Headings | None = None
    most = 1
    for row in range(min(MOST_ABOVE, len(sheet.rows))):
        if not has_cells(sheet.rows[row]):
            continue
        here = read(row)
        if count(here) > most:
            best, most = here, count(here)
    return best
