"""The portfolio of a batch and its gates: two Arrow files beside the results folders."""

from pathlib import Path

import pyarrow as pa

from riskengine.disk.unfinished import unfinished
from riskengine.errors import ResultsError
from riskengine.results.folder.claim import full_path, sync_folder
from riskengine.results.folder.part import parse_table, read_plain, write_table
from riskengine.results.tables.registry import BATCH_TABLES, TABLES

PORTFOLIO, GATES = BATCH_TABLES
NAME, GATES_NAME = f"{PORTFOLIO}.arrow", f"{GATES}.arrow"
LARGEST = 2**30
"""Bytes beyond which a file is no portfolio of ours."""


def write_portfolio(folder: str | Path, table: pa.Table, gates: pa.Table) -> Path:
    """Write the portfolio of a batch and its gates into its folder, each in one step, and return the portfolio's file.

    What is there is replaced: afterwards a file is the new one, or what it was before.

    Parameters
    ----------
    folder : path
        Made with its parents where it does not exist.
    table, gates : pyarrow.Table
        Of the registry's ``portfolio`` and ``portfolio_gates``.

    Raises
    ------
    ResultsError
        When the disk is full or may not be written to.
    """
    place = full_path(folder)
    for name, part in ((NAME, table), (GATES_NAME, gates)):
        if not part.schema.equals(TABLES[name.removesuffix(".arrow")].schema(), check_metadata=True):
            raise ValueError(f"the table does not have the columns of a {name.removesuffix('.arrow')}")
    for name, part in ((GATES_NAME, gates), (NAME, table)):
        _write_aside(place / name, part)
    return place / NAME


def _write_aside(path: Path, table: pa.Table) -> None:
    """Write a table beside its place, and give it its name when it is whole."""
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        with unfinished(lambda: new.unlink(missing_ok=True)):
            write_table(new, table)
            new.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written: {error.strerror or error}", "RE706") from error


def open_portfolio(file: str | Path) -> pa.Table:
    """Read the portfolio of a batch, or its gates: the table that the file is named after.

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
        return parse_table(GATES if path.name == GATES_NAME else PORTFOLIO, read_plain(path, LARGEST), ())
    except ResultsError as error:
        raise ResultsError(f"{path}: {error.message}", error.code) from error
