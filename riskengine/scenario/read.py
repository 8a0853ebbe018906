"""From a file to a scenario, or to every fault of it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from riskengine.errors import ScenarioError
from riskengine.model import Scenario
from riskengine.model.garbage import no_search_for_garbage
from riskengine.scenario.build import build
from riskengine.scenario.document.document import Document
from riskengine.scenario.document.loader import Loader
from riskengine.scenario.from_python import plain_document
from riskengine.scenario.hooks import NO_HOOKS, Hooks
from riskengine.scenario.programme.load import read_projects
from riskengine.scenario.text.faults import Faults


def read(
    path: str | os.PathLike[str],
    *,
    hooks: Hooks = NO_HOOKS,
    hints: list[str] | None = None,
    files: list[Path] | None = None,
) -> Scenario:
    """Read a scenario from a TOML file, or from its resolved form in JSON.

    Parameters
    ----------
    path : path-like
        The file. The files that it extends and the tables that it names must lie in its folder.
    hooks : Hooks
        Functions of other rooms, for scenarios that ask for dates or name a workbook.
    hints : list of str, optional
        Where sentences go about what was assumed, and about templates that do nothing.
    files : list of Path, optional
        Where the files go that were read, this one first: nothing else decides what the scenario is.

    Returns
    -------
    Scenario
        Frozen, with every default filled in.

    Raises
    ------
    ScenarioError
        With every fault that was found, each with its code, file and line.
    """
    reading = reading_of(Path(path), hooks=hooks, hints=hints)
    if files is not None:
        files += [Path(path), *reading.document.files]
    return reading.scenario


def parse(
    data: Mapping[str, Any], name: str = "scenario", *, hooks: Hooks = NO_HOOKS, hints: list[str] | None = None
) -> Scenario:
    """Read a scenario from a document that is in memory, such as the resolved form of one.

    Parameters
    ----------
    data : mapping
        What a scenario file holds; it may hold models and numbers of numpy, too, but name no other files.
    name : str
        What faults call the document.
    hooks, hints
        As for :func:`read`.

    Raises
    ------
    ScenarioError
        With every fault that was found.
    """
    return reading_of(Path(name), data, has_folder=False, hooks=hooks, hints=hints).scenario


@dataclass(frozen=True, slots=True)
class Reading:
    """A scenario with what it was read from, so that it can be read again with something changed.

    Parameters
    ----------
    scenario : Scenario
    document : Document
        All its files together, before defaults were filled in.
    hints : tuple of str
        What was assumed.
    """

    scenario: Scenario
    document: Document
    hints: tuple[str, ...] = ()


@no_search_for_garbage()
def reading_of(
    path: Path,
    content: str | Mapping[str, Any] | Scenario | None = None,
    *,
    has_folder: bool = True,
    hooks: Hooks = NO_HOOKS,
    hints: list[str] | None = None,
) -> Reading:
    """Read a scenario from a file, from a text or from a document in memory.

    Parameters
    ----------
    path : Path
        The file, or where the text or document would lie; a text is JSON where it ends in ``.json``, else TOML.
    content : str, mapping or Scenario, optional
        Text, document, or a scenario that may have been altered.
    has_folder : bool
        Whether a text or document may name files, taken from the folder of `path`.
    hooks, hints
        As for :func:`read`.

    Raises
    ------
    ScenarioError
        With every fault that was found.
    """
    faults = Faults()
    plain: str | dict[str, Any] | None = content if isinstance(content, str) else None
    if content is not None and not isinstance(content, str):
        plain = plain_document(content, faults)
    if faults.all:
        raise ScenarioError(Document().issues(faults, str(path)))
    assumptions: list[str] = []
    projects = partial(read_projects, read_project=partial(read_project, hooks=hooks, hints=assumptions))
    loader = Loader(path, faults, hooks, assumptions, read_projects=projects, content=plain, has_folder=has_folder)
    document = loader.load()
    return finished(document, str(path), faults, hooks, assumptions, hints=hints)


def read_project(path: Path, *, hooks: Hooks, hints: list[str]) -> tuple[Scenario, list[Path]]:
    """Return the scenario of a file that is a project of another, and the files that it names.

    Parameters
    ----------
    path : Path
        Its file. It must not name projects itself.
    hooks, hints
        As for :func:`read`; what was assumed is said with the name of the file.

    Raises
    ------
    ScenarioError
        With every fault of the file.
    """
    faults = Faults()
    assumptions: list[str] = []
    document = Loader(path, faults, hooks, assumptions).load()
    reading = finished(document, str(path), faults, hooks, assumptions)
    hints += [f"{path.name}: {hint}" for hint in reading.hints]
    return reading.scenario, document.files


def finished(
    document: Document, file: str, faults: Faults, hooks: Hooks, assumptions: list[str], hints: list[str] | None = None
) -> Reading:
    """Return the scenario of a document, or raise every fault of it.

    Parameters
    ----------
    document : Document
        Put together, without data where that failed.
    file : str
        What faults without a place are blamed on.
    faults : Faults
        Those of putting it together.
    hooks : Hooks
        As for :func:`read`.
    assumptions : list of str
        What was assumed so far.
    hints : list of str, optional
        As for :func:`read`.
    """
    scenario = None
    if document.data is not None:
        scenario = build(document.data, document.project, faults, hooks, assumptions, root=document.root)
    if hints is not None:
        hints += assumptions
    if faults.all or scenario is None:
        if not faults.all:
            faults.add("RE112", ("tasks",), file=file, line=1)
        raise ScenarioError(document.issues(faults, file))
    return Reading(scenario, document, tuple(assumptions))
