"""Reading a CSV file that a scenario names, whatever it holds."""

from collections.abc import Callable
from pathlib import Path

from riskengine.errors.counting import counted
from riskengine.scenario.tables.delimited import (
    SEPARATORS,
    USUAL_LIMITS,
    Limits,
    Problem,
    read_delimited,
    separator_note,
)
from riskengine.scenario.tables.encodings import table_text
from riskengine.scenario.tables.sheets import Sheet, has_cells, is_blank
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.text.source import LARGEST_TABLE, read_bytes


def read_csv(
    file: Path, fit: Callable[[Sheet], int], limits: Limits, place: Place, blamed: str, *, faults: Faults
) -> Sheet | None:
    """Return the cells of a CSV file, or None after a fault.

    Parameters
    ----------
    file : Path
    fit : callable
        How well a sheet fits what is to be read, which decides what separates its cells.
    limits : Limits
        How large it may be.
    place, blamed
        Where and in which file the table is named.
    faults : Faults
        Where faults go.
    """
    raw = read_bytes(file, LARGEST_TABLE, place, faults, blamed)
    if raw is None:
        return None
    outcome = csv_sheet(raw, str(file), fit, limits)
    if isinstance(outcome, Sheet):
        return outcome
    code, problem = outcome
    faults.add(code, (), rule=f"the table {problem.rule}", cure=problem.cure, file=str(file), line=problem.line)
    return None


def csv_sheet(
    raw: bytes, file: str, fit: Callable[[Sheet], int], limits: Limits = USUAL_LIMITS
) -> Sheet | tuple[str, Problem]:
    """Return the cells of the bytes of a CSV file, or the code of the fault and why they are no table.

    Parameters
    ----------
    raw : bytes
        The file.
    file : str
        As the user named it.
    fit, limits
        As for `read_csv`.
    """
    content = table_text(raw, cure="saved as UTF-8, nothing has to be guessed")
    if isinstance(content, Problem):
        return "RE102", content
    text, note = content
    sheet = read_delimited(text, file, fit, SEPARATORS, limits, may_tie=True)
    if isinstance(sheet, Problem):
        return "RE501", sheet
    # Commas are what a table has unless it says otherwise.
    sheet.notes[:] = [note for note in sheet.notes if note != separator_note(",")]
    sheet.notes += [note] if note else []
    return sheet


def refuse_long_rows(sheet: Sheet, place: Place, faults: Faults) -> None:
    """Report rows with something beyond the last heading, which stands in the first row: 4,5 is no number of one cell.

    Parameters
    ----------
    sheet : Sheet
    place : Place
        What the table is read for.
    faults : Faults
        Where faults go.
    """
    headings = sheet.rows[0] if sheet.rows else []
    width = max((at + 1 for at, value in enumerate(headings) if not is_blank(value)), default=0)
    for row in sheet.rows_with_cells():
        cells = sheet.rows[row]
        if has_cells(cells[width:]):
            value = f"{counted(len(cells), 'cell')} for {counted(width, 'heading')}"
            cure = "write decimals with a point, or put quotes around a cell that holds a comma"
            faults.add("RE505", place, value, cure=cure, file=sheet.file, line=sheet.lines[row])
