"""The portfolio of a batch: one Arrow file beside the results folders."""

from pathlib import Path

import pyarrow as pa

from riskengine.disk.unfinished import unfinished
from riskengine.errors import ResultsError
from riskengine.results.claim import full_path, sync_folder
from riskengine.results.part import parse_table, read_plain, write_table
from riskengine.results.registry import PORTFOLIO

NAME = "portfolio.arrow"
LARGEST = 2**30
"""Bytes beyond which a file is no portfolio of ours."""


def write_portfolio(folder: str | Path, table: pa.Table) -> Path:
    """Write the portfolio of a batch into its folder in one step, and return the file.

    A portfolio that is there is replaced: afterwards the file is the new one, or what it was before.

    Raises
    ------
    ResultsError
        When the disk is full or may not be written to.
    """
    path = full_path(folder) / NAME
    new = path.with_name(f".{NAME}.new")
    if not table.schema.equals(PORTFOLIO.schema(), check_metadata=True):
        raise ValueError("the table does not have the columns of a portfolio")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        with unfinished(lambda: new.unlink(missing_ok=True)):
            write_table(new, table)
            new.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written: {error.strerror or error}", "RE706") from error
    return path


def open_portfolio(file: str | Path) -> pa.Table:
    """Read the portfolio of a batch.

    Raises
    ------
    ResultsError
        When the file is missing or is no portfolio.

    Notes
    -----
    It carries no checksum: what counts are the results folders, and ``run`` in each row names theirs.
    """
    path = Path(file)
    try:
        return parse_table("portfolio", read_plain(path, LARGEST), ())
    except ResultsError as error:
        raise ResultsError(f"{path}: {error.message}", error.code) from error
