"""Reading CSV files as spreadsheets of all countries write them: commas, semicolons or tabs, several encodings."""

import csv
import io
from collections.abc import Callable
from typing import Final

from riskengine.importers.register_faults import RegisterFaults
from riskengine.importers.sheets import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Sheet, Value

SEPARATORS: Final = (",", ";", "\t")
ENCODINGS: Final = ("utf-8", "cp1252", "utf-16", "latin-1")
WORDS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
LARGEST: Final = 64 * 2**20


def decoded(raw: bytes, encoding: str, faults: RegisterFaults) -> tuple[str, str] | None:
    """Return the text of a file and a note on its encoding, or None after a fault."""
    tried = [encoding] if encoding else ["utf-16"] if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8", "cp1252"]
    for name in tried:
        try:
            text = raw.decode(name)
        except UnicodeError:
            continue
        if "\0" in text:
            break
        return text.removeprefix("\ufeff"), f"read as {name}, because it is no UTF-8" if name == "cp1252" else ""
    faults.file("RE871", rule=f"the register must be text in {' or '.join(tried)}", line=1)
    return None


def read_delimited(
    raw: bytes, separator: str, encoding: str, score: Callable[[Sheet], int], faults: RegisterFaults
) -> Sheet | None:
    """Return the one sheet of a CSV file, or None after a fault.

    Parameters
    ----------
    raw : bytes
        The file.
    separator, encoding : str
        As the mapping gives them, or empty.
    score : callable
        How many headings of a register a sheet has, by which the separator is told.
    faults : RegisterFaults
        Where faults go.
    """
    found = decoded(raw, encoding, faults)
    if found is None:
        return None
    text, note = found
    failed: list[tuple[str, int]] = []
    sheets: list[tuple[int, Sheet]] = []
    for sign in [separator] if separator else SEPARATORS:
        sheet, problem, line = parsed(text, sign, faults.name)
        if sheet is None:
            failed.append((problem, line))
            continue
        best = score(sheet)
        if not separator and best:
            sheet.notes.append(f"columns are separated by {WORDS[sign]}")
        sheets.append((best, sheet))
    if not sheets:
        problem, line = failed[0]
        faults.file("RE871", rule=f"the register must be valid CSV ({problem})", line=line)
        return None
    top, sheet = max(sheets, key=lambda entry: entry[0])
    if failed and top == 0:
        problem, line = failed[0]
        faults.file("RE871", rule=f"the register must be valid CSV ({problem})", line=line)
        return None
    if top and sum(score == top for score, _ in sheets) > 1:
        faults.file("RE871", rule="it must be clear what separates the columns", line=1, cure="name the separator")
        return None
    if note:
        sheet.notes.append(note)
    return sheet


def parsed(text: str, separator: str, file: str) -> tuple[Sheet | None, str, int]:
    """Return the sheet that a text is with one separator, or why it is none and at which line."""
    rows: list[list[Value]] = []
    lines: list[int] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for row in reader:
            rows.append([cell if cell.strip() else None for cell in row])
            lines.append(start)
            start = reader.line_num + 1
            cells += len(row)
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS or cells > MOST_CELLS:
                return None, "too large for a register", lines[-1]
    except csv.Error as error:
        return None, str(error), start
    return Sheet(file, "", rows, lines), "", 0
