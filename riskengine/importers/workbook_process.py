"""The process that opens a workbook: its file on standard input, the worksheet as argument, JSON on standard output.

It limits its own memory and time before it looks at the first byte, so that a file made to burst takes down nothing
but this process.
"""

import contextlib
import io
import json
import sys
import zipfile
from typing import Any, Final

from riskengine.importers.sheets import MOST_COLUMNS, MOST_ROWS, packed
from riskengine.importers.workbook_cells import RefusedPart, marks, percent_styles, sheet_parts

MEMORY: Final = 1 << 30
SECONDS: Final = 30
MOST_MERGES: Final = 100_000


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
    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and (sheet.visible == SheetVisibleEnum.Visible or sheet.name == wanted)
    ]
    sheets = []
    with zipfile.ZipFile(io.BytesIO(raw)) as stream:
        parts = sheet_parts(stream)
        percents = percent_styles(stream)
        for name in names:
            if wanted and name != wanted:
                continue
            if name not in parts:
                raise RefusedPart(f"the worksheet {name} has no part")
            found = marks(stream, parts[name], percents)
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
                raise RefusedPart(
                    f"{sheet.total_height} rows and {sheet.total_width} columns: too large for a register"
                )
            rows = [[packed(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            for (row, column), mark in found.items():
                while len(rows) <= row:
                    rows.append([])
                cells = rows[row]
                cells += [""] * (column + 1 - len(cells))
                if mark != "%":
                    cells[column] = {"error": mark}
                elif isinstance(cells[column], float):
                    cells[column] = {"percent": cells[column]}
            if len(sheet.merged_cell_ranges or []) > MOST_MERGES:
                raise RefusedPart(f"it has more than {MOST_MERGES} merged cells")
            merges = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
            sheets.append({"name": name, "rows": rows, "merges": merges})
    return {"names": names, "sheets": sheets}


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
    sys.stdout.buffer.write(json.dumps(answer).encode("utf-8"))
