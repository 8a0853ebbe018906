"""The history: a DuckDB file that keeps what each run said, also after its results folder was replaced."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from riskengine.errors import ResultsError
from riskengine.export.exporter import ExportOptions
from riskengine.export.exporting import ExportOutcome, Progress, export
from riskengine.export.formats import Place
from riskengine.star.folders import RunFolder

HISTORY_TABLES: Final = ("dim_run", "dim_gate", "fact_percentile", "fact_summary", "fact_gate")
"""Tables of the star schema that a history keeps: what a run said of its targets, its cost and its gates."""


def append(runs: Sequence[RunFolder], path: Path, progress: Progress | None = None) -> ExportOutcome:
    """Add runs to a history; each is there once, and one that was simulated again takes the place of what it was.

    Parameters
    ----------
    runs : sequence of RunFolder
        Each key once.
    path : Path
        The DuckDB file; made where there is none.
    progress : callable, optional

    Returns
    -------
    ExportOutcome
        Which runs are new, unchanged or replaced.

    Raises
    ------
    ResultsError
        Where a results folder is damaged, the file is no history (RE724 for an export of other tables), or the disk
        will not take it. The history is what it was before, then.
    MachineError
        Without the library duckdb.
    """
    from riskengine.export.duckdb import DUCKDB

    return export(runs, Place(DUCKDB, str(path)), ExportOptions(HISTORY_TABLES), progress)


def require_history(path: Path) -> None:
    """Refuse a path at which there is no file to read.

    Raises
    ------
    ResultsError
        RE720.
    """
    if not path.is_file():
        raise ResultsError(f"{path}: there is no history", "RE720", "name the results folders to begin one with")
