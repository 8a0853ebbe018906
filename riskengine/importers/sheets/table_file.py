"""From a file to the sheet of cells that it holds: CSV with commas, semicolons or tabs, or a workbook."""

from collections.abc import Callable
from pathlib import Path

from riskengine.importers.sheets.faults import SheetFaults
from riskengine.importers.sheets.file_bytes import table_bytes
from riskengine.importers.sheets.workbook import read_workbook
from riskengine.scenario.tables.csv_file import csv_sheet
from riskengine.scenario.tables.delimited import cut_row, long_rows
from riskengine.scenario.tables.sheets import Sheet, best_sheet, sheet_names


def read_table(path: Path, fit: Callable[[Sheet], int], code: str, faults: SheetFaults) -> Sheet | None:
    """Return the sheet of a file that fits best, or None after a fault; the content tells what kind of file it is.

    Parameters
    ----------
    path : Path
    fit : callable
        How many headings of a sheet are understood.
    code : str
        Of the fault of a file in which no sheet fits, or two do equally well.
    faults : SheetFaults
        Where faults go.
    """
    content = table_bytes(path, "table", faults)
    if content is None:
        return None
    raw, is_book = content
    if is_book:
        return _worksheet(read_workbook(raw, "", faults), fit, code, faults)
    outcome = csv_sheet(raw, faults.name, fit)
    if isinstance(outcome, Sheet):
        return outcome
    text_code, problem = outcome
    faults.file(text_code, rule=f"the table {problem.rule}", line=problem.line, cure=problem.cure)
    return None


def check_widths(sheet: Sheet, header: int, faults: SheetFaults) -> None:
    """Report rows of a CSV file that do not fit its headings: too long ones, and a last one that is cut off."""
    for row in long_rows(sheet, header):
        faults.cell("RE505", sheet, row, None)
    last = cut_row(sheet, header)
    if last is not None:
        rule = "a row must have as many cells as there are headings: the file seems to be cut"
        faults.cell("RE501", sheet, last, None, rule=rule, cure="copy the file anew, whole")


def _worksheet(sheets: list[Sheet], fit: Callable[[Sheet], int], code: str, faults: SheetFaults) -> Sheet | None:
    """Return the worksheet that fits best."""
    if faults.issues:
        return None
    sheet, best = best_sheet(sheets, fit)
    if sheet is not None:
        return sheet
    names = sheet_names(sheets)
    if best:
        cure = "keep the table in a workbook of its own, or hide the other worksheets"
        faults.file("RE501", rule="it must be clear which worksheet holds the table", value=names, cure=cure)
    else:
        faults.file(code, value=names, line=1)
    return None
