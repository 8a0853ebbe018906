"""The process that opens a workbook: its file on standard input, the worksheet as argument, JSON on standard output.

It limits its own memory and time before it looks at the first byte, so that a file made to burst takes down nothing
but this process.
"""

import contextlib
import io
import json
import sys
import zipfile
from itertools import compress
from typing import Any, Final

from riskengine.errors.counting import counted
from riskengine.importers.sheets.cells import SheetFacts, read_facts
from riskengine.importers.sheets.parts import RefusedPart, read_book
from riskengine.importers.sheets.styles import read_styles, shared_texts
from riskengine.scenario.tables.sheets import MOST_COLUMNS, MOST_ROWS, packed

MEMORY: Final = 600 * 10**6
SECONDS: Final = 30
MOST_MERGES: Final = 100_000
LONGEST_ANSWER: Final = 32 * 2**20
"""Characters of the answer, which takes many times as much memory where it is read."""


def limit() -> None:
    """Set the limits of this process, where the system has such limits."""
    try:
        import resource
    except ImportError:  # not on Windows: the time limit of the parent still holds
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # a system may have the limit and not let it be set
            resource.setrlimit(kind, (most, most))


def contents(raw: bytes, wanted: str) -> dict[str, Any]:
    """Return the names of a workbook's visible worksheets, and the cells of those that are wanted.

    Parameters
    ----------
    raw : bytes
        The file.
    wanted : str
        Name of a worksheet, or empty for all.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    worksheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    hidden = [sheet.name for sheet in worksheets if sheet.visible != SheetVisibleEnum.Visible]
    names = [sheet.name for sheet in worksheets if sheet.name not in hidden or sheet.name == wanted]
    sheets = []
    with zipfile.ZipFile(io.BytesIO(raw)) as stream:
        parts = read_book(stream)
        styles = read_styles(stream, parts.styles)
        texts = shared_texts(stream, parts.texts)
        for name in names:
            if wanted and name != wanted:
                continue
            if name not in parts.sheets:
                raise RefusedPart(f"the worksheet {name} has no part")
            facts = read_facts(stream, parts.sheets[name], styles, texts, asks_to_compute=parts.asks_to_compute)
            sheets.append({"name": name, **cells(book.get_sheet_by_name(name), facts)})
    return {"names": names, "hidden": hidden, "asks_to_compute": parts.asks_to_compute, "sheets": sheets}


def cells(sheet: Any, facts: SheetFacts) -> dict[str, Any]:
    """Return the cells of a worksheet with what is said of them, in a form that JSON can carry.

    Parameters
    ----------
    sheet : CalamineSheet
        The worksheet as the library read it.
    facts : SheetFacts
        What its XML says besides.
    """
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise RefusedPart(
            f"{counted(sheet.total_height, 'row')} and {counted(sheet.total_width, 'column')}: too large for a register"
        )
    rows = [[packed(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), (kind, content) in facts.marks.items():
        line = line_of(rows, row, column)
        if kind != "percent":
            line[column] = {kind: content}
        elif isinstance(line[column], float):
            line[column] = {"percent": line[column]}
    for row, columns in facts.filled.items():
        for column in compress(range(MOST_COLUMNS), columns):
            if line_of(rows, row, column)[column] in ("", None):
                rows[row][column] = {"error": "a value that cannot be read"}
    merges = sheet.merged_cell_ranges or []
    if len(merges) > MOST_MERGES:
        raise RefusedPart(f"it has more than {MOST_MERGES} merged cells")
    return {
        "rows": rows,
        "merges": [(*first, *last) for first, last in merges],
        "formulas": facts.formulas,
        "nothing": len(facts.nothing),
        "hidden_rows": sorted(facts.hidden_rows),
        "hidden_columns": sorted(facts.hidden_columns),
        "struck": sorted(facts.struck),
        "half_struck": sorted(facts.half_struck),
        "may_strike": facts.may_strike,
        "indents": facts.indents,
    }


def line_of(rows: list[list[Any]], row: int, column: int) -> list[Any]:
    """Return the cells of a row, of which there are enough to have one in a column."""
    while len(rows) <= row:
        rows.append([])
    line = rows[row]
    line += [""] * (column + 1 - len(line))
    return line


def main() -> None:
    """Read a workbook from standard input and write its cells to standard output."""
    limit()
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    answer: dict[str, Any]
    try:
        answer = contents(sys.stdin.buffer.read(), wanted)
    except RefusedPart as error:
        answer = {"refused": str(error)}
    except MemoryError:
        answer = {"refused": "it needs more memory than a register can need"}
    except Exception as error:  # whatever a damaged workbook makes the libraries raise is a reason to refuse it
        answer = {"refused": f"{str(error) or type(error).__name__}"[:300]}
    sys.stdout.buffer.write(written(answer).encode("utf-8"))


def written(answer: dict[str, Any]) -> str:
    """Return an answer as JSON; of one that would be too long, that it is refused."""
    pieces: list[str] = []
    size = 0
    try:
        for piece in json.JSONEncoder().iterencode(answer):
            pieces.append(piece)
            size += len(piece)
            if size > LONGEST_ANSWER:
                break
    except MemoryError:
        size = LONGEST_ANSWER + 1
    if size > LONGEST_ANSWER:
        return json.dumps({"refused": "it holds more text and cells than a register can need"})
    return "".join(pieces)
