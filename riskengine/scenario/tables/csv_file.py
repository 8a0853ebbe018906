"""Reading a CSV file that a scenario names, whatever it holds."""

from collections.abc import Callable
from pathlib import Path

from riskengine.scenario.tables.delimited import SEPARATORS, Limits, Problem, read_delimited, separator_note
from riskengine.scenario.tables.encodings import table_text
from riskengine.scenario.tables.sheets import Sheet
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
    content = table_text(raw, cure="saved as UTF-8, nothing has to be guessed")
    if isinstance(content, Problem):
        rule = f"the table {content.rule}"
        faults.add("RE102", (), rule=rule, cure=content.cure, file=str(file), line=content.line)
        return None
    text, note = content
    sheet = read_delimited(text, str(file), fit, SEPARATORS, limits, may_tie=True)
    if isinstance(sheet, Problem):
        faults.add("RE501", (), rule=f"the table {sheet.rule}", cure=sheet.cure, file=str(file), line=sheet.line)
        return None
    # Commas are what a table has unless it says otherwise.
    sheet.notes[:] = [note for note in sheet.notes if note != separator_note(",")]
    sheet.notes += [note] if note else []
    return sheet
