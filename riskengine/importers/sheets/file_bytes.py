"""The bytes of a file with a table, whatever kind of table it is."""

import stat
from pathlib import Path
from typing import Final

from riskengine.importers.sheets.faults import SheetFaults
from riskengine.importers.sheets.workbook import LARGEST, OLE

TEXT_SUFFIXES: Final = (".csv", ".tsv", ".txt")
BOOK_SUFFIXES: Final = (".xlsx", ".xlsm")
ZIP: Final = b"PK\x03\x04"
LARGEST_TEXT: Final = 16 * 2**20
"""Bytes of a table in CSV: its 20,000 rows have room for a page of text each in a tenth of that."""


def read_bytes(path: Path, largest: int, faults: SheetFaults) -> bytes | None:
    """Return the bytes of a file, one more than ``largest`` where it is larger; None after a fault.

    Parameters
    ----------
    path : Path
    largest : int [B]
        What no table has; whoever reads the table says so.
    faults : SheetFaults
        Where faults go.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe could keep us waiting for ever
            faults.file("RE101", rule="must be a file")
            return None
        with path.open("rb") as stream:
            return stream.read(largest + 1)
    except (OSError, ValueError):
        faults.file("RE101")
        return None


def is_workbook(raw: bytes) -> bool:
    """Return whether a file begins as workbooks do, those of old programs too."""
    return raw.startswith((ZIP, OLE))


def table_bytes(path: Path, kind: str, faults: SheetFaults) -> tuple[bytes, bool] | None:
    """Return the bytes of a table and whether it is a workbook, None after a fault; the content tells, not the name.

    Parameters
    ----------
    path : Path
    kind : str
        What the table is called where it is refused.
    faults : SheetFaults
        Where faults go.
    """
    raw = read_bytes(path, LARGEST, faults)
    if raw is None:
        return None
    if len(raw) > LARGEST:
        faults.file("RE103", rule=f"the {kind} must be at most {LARGEST // 2**20} MiB")
        return None
    suffix = path.suffix.casefold()
    if is_workbook(raw) or suffix in BOOK_SUFFIXES:
        return raw, True
    if suffix not in TEXT_SUFFIXES:
        faults.file("RE850", value=path.name)
        return None
    if len(raw) > LARGEST_TEXT:
        faults.file("RE103", rule=f"a {kind} in CSV must be at most {LARGEST_TEXT // 2**20} MiB")
        return None
    return raw, False
