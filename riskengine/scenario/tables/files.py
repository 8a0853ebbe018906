"""From the file of a table to its cells: CSV by its headings, workbooks by the worksheet that has them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from riskengine.errors import ScenarioError
from riskengine.scenario.tables.csv_file import read_csv
from riskengine.scenario.tables.delimited import Limits
from riskengine.scenario.tables.headings import find_headings
from riskengine.scenario.tables.read import COLUMNS
from riskengine.scenario.tables.sheets import Sheet, best_sheet, sheet_names
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place

BOOKS: Final = (".xlsx", ".xlsm")
TEXTS: Final = (".csv", ".tsv")
LIMITS: Final = Limits(rows=100_000, columns=400, cells=4_000_000)


def is_table(name: str, section: str) -> bool:
    """Return whether a file can be a table of a section, by its name."""
    suffix = Path(name).suffix.casefold()
    return suffix in TEXTS or (section == "tasks" and suffix in BOOKS)


def read_cells(section: str, file: Path, place: Place, blamed: str, faults: Faults) -> Sheet | None:
    """Return the cells of a CSV table, or None after a fault.

    Parameters
    ----------
    section : str
        ``tasks`` or ``risks``.
    file : Path
        The table.
    place, blamed
        Where and in which file the table is named.
    faults : Faults
        Where faults go.
    """
    return read_csv(file, lambda sheet: score(sheet, section), LIMITS, place, blamed, faults=faults)


def read_worksheet(
    section: str, file: Path, place: Place, blamed: str, faults: Faults, book: Callable[[Path], list[Sheet]] | None
) -> Sheet | None:
    """Return the worksheet that holds a table, or None after a fault; `book` reads a workbook."""
    if book is None:
        faults.add("RE507", place, file.name, rule="a workbook needs riskengine.read to be read", file=blamed)
        return None
    if not file.is_file():
        faults.add("RE101", place, file.name, file=blamed)
        return None
    try:
        sheets = book(file)
    except ScenarioError as error:
        faults.take(error.issues)
        return None
    sheet, best = best_sheet(sheets, lambda sheet: score(sheet, section))
    if sheet is not None:
        return sheet
    rule = f"it must be clear which worksheet holds the {section}" if best else "a worksheet must have column names"
    cure = "keep them in a workbook of their own, or hide the other worksheets"
    faults.add("RE501", (), sheet_names(sheets), rule=rule, cure=cure, file=str(file), line=1)
    return None


def score(sheet: Sheet, section: str) -> int:
    """Return how many columns of a table a sheet has."""
    headings = find_headings(sheet, COLUMNS[section], is_task=section == "tasks")
    return headings.count if headings is not None else 0
