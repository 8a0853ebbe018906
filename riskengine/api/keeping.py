"""Answers that are put into the results folder of the run that was asked, for its report and for exports."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from riskengine.api.asking import path_argument
from riskengine.errors import UsageError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.results.folder import store

PROJECT = "project"


def keep_tables(folder: Any, run: str, tables: Mapping[str, pa.Table], target: str = PROJECT) -> None:
    """Put tables of an answer into a results folder.

    Parameters
    ----------
    folder : path
    run : str
        Id of the run that was asked; empty for a plan.
    tables : mapping of str to pyarrow.Table
    target : str
        Whose finish the answer is about.

    Raises
    ------
    UsageError
        When the answer is about a plan, or a target: the tables have no column for it.
    ResultsError
        When the folder holds another run, or may not be written to.
    """
    if not run:
        raise UsageError(CATALOGUE["RE663"].rule, "RE663", CATALOGUE["RE663"].cure)
    if target != PROJECT:
        raise UsageError(CATALOGUE["RE664"].rule, "RE664", CATALOGUE["RE664"].cure)
    store.keep(path_argument("folder", folder), run, tables)
