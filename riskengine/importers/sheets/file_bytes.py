"""The bytes of a file with a table, whatever kind of table it is."""

import stat
from pathlib import Path

from riskengine.importers.sheets.faults import SheetFaults


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
