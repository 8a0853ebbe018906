"""The scenarios of a batch: which files, and where the results of each go."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from riskengine.cli.input.scenario_input import results_name

if TYPE_CHECKING:
    from riskengine.scenario.outline import Outline

SUFFIX = ".toml"
NO_SCENARIO = "no scenario: it has none of schema, start, tasks and extends"
RANGES_ONLY = "no scenario: it holds range templates alone"
ONLY_EXTENDED = "a part of those that extend it: it has no {} of its own"
ALIAS = "it extends {} and says nothing of its own"


@dataclass
class BatchFiles:
    """What a batch runs.

    Attributes
    ----------
    scenarios : dict of path to str
        Files, each with the name of its results folder.
    unreadable : dict of path to OSError
        Folders whose scenarios cannot be listed, each with the reason.
    folders : list of path
        Folders that were named.
    of_folders : set of path
        Scenarios that were come upon in them.
    passed_over : dict of path to str
        Files of folders that are not run, each with the reason.
    excluded : list of path
        Files that a pattern leaves out.
    idle_patterns : list of str
        Patterns that leave out nothing.
    """

    scenarios: dict[Path, str] = field(default_factory=dict)
    unreadable: dict[Path, OSError] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)
    of_folders: set[Path] = field(default_factory=set)
    passed_over: dict[Path, str] = field(default_factory=dict)
    excluded: list[Path] = field(default_factory=list)
    idle_patterns: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Candidate:
    """A file that may be a scenario of the batch: its name below what was named, and whether a folder was named."""

    path: Path
    inner_name: str
    key: str
    is_of_folder: bool


def nothing_known(path: Path) -> frozenset[str] | None:
    """Return None: the file has to be read to know what it extends."""
    return None


def find_batch_files(
    paths: Iterable[Path],
    exclude: Collection[str] = (),
    extended_files: Callable[[Path], frozenset[str] | None] = nothing_known,
) -> BatchFiles:
    """Return the scenario files that were named or lie in the named folders, each with the name of its results.

    Parameters
    ----------
    paths : iterable of path
        A file is taken as it is; a folder stands for every ``.toml`` file in it and below, hidden ones left out, and
        those that are no plan or only parts of one. Links to files are followed, links to folders below a named one
        are not.
    exclude : collection of str
        Patterns with ``*``, ``?`` and ``[...]`` of files to leave out: of the path below the folder that was named, of
        a part of it (``archive``, ``draft-*.toml``), or of the name of the results folder.
    extended_files : callable
        Returns of a file that is known to be a plan which files it extends, links followed; else None.

    Returns
    -------
    BatchFiles
        Named files in the order given, those of a folder by name. A file's results are named after it and, for a file
        below a folder that was named, after the folders between.

    Raises
    ------
    UsageError
        When nothing is found, or two scenarios would have the same results folder.
    """
    from riskengine.errors import UsageError

    batch = BatchFiles()
    candidates = list(_candidates(paths, batch))
    used_patterns: set[str] = set()
    to_run = []
    for candidate in candidates:
        matching = {pattern for pattern in exclude if _matches(candidate, pattern)}
        used_patterns |= matching
        if matching:
            batch.excluded.append(candidate.path)
        else:
            to_run.append(candidate)
    batch.idle_patterns = [pattern for pattern in dict.fromkeys(exclude) if pattern not in used_patterns]
    batch.passed_over = parts_of_plans(
        [candidate.path for candidate in candidates if candidate.is_of_folder],
        [candidate.path for candidate in to_run],
        extended_files,
    )
    batch.of_folders = {candidate.path for candidate in to_run if candidate.is_of_folder}
    batch.scenarios = {candidate.path: candidate.key for candidate in to_run if candidate.path not in batch.passed_over}
    if not batch.scenarios and not batch.unreadable:
        raise UsageError(_nothing_to_run(batch), "RE905")
    refuse_same_folders(batch.scenarios)
    return batch


def _candidates(paths: Iterable[Path], batch: BatchFiles) -> Iterator[_Candidate]:
    """Yield every file once, however many names it has, and note the folders that cannot be listed."""
    places: set[str] = set()

    def note_unreadable(error: OSError) -> None:
        batch.unreadable[Path(os.fsdecode(error.filename))] = error

    for source in paths:
        if source.is_dir():
            batch.folders.append(source)
            candidates = [
                _Candidate(path, path.relative_to(source).as_posix(), name, is_of_folder=True)
                for path, name in _below(source, note_unreadable)
            ]
        else:
            candidates = [_Candidate(source, source.as_posix(), results_name(source), is_of_folder=False)]
        for candidate in candidates:
            place = os.path.realpath(candidate.path)  # unlike Path.resolve it stands a link that leads to itself
            if place not in places:
                places.add(place)
                yield candidate


def _matches(candidate: _Candidate, pattern: str) -> bool:
    """Whether a pattern means a file: all of its path, one of its folders, its name or that of its results."""
    wanted = pattern.removeprefix("./").rstrip("/")
    names = (candidate.inner_name, str(candidate.path), candidate.key, *Path(candidate.inner_name).parts)
    return any(fnmatchcase(name, wanted) for name in names)


def parts_of_plans(
    in_folders: Iterable[Path],
    to_run: Collection[Path],
    extended_files: Callable[[Path], frozenset[str] | None] = nothing_known,
) -> dict[Path, str]:
    """Return those files of folders that are no plan, or only a part of others, each with the reason.

    Parameters
    ----------
    in_folders : iterable of path
        Every file of the folders; those that are left out of the batch may still extend others.
    to_run : collection of path
        Files that the batch would run.
    extended_files : callable
        As for :func:`find_batch_files`.

    Notes
    -----
    A file that cannot be understood is none of these: it is run, and refused with its faults.
    """
    extended_by_path = {path: extended_files(path) for path in in_folders}
    if all(files is not None for files in extended_by_path.values()):
        return {}  # without loading what reads scenarios
    from riskengine.scenario.outline import outline_of

    outlines = {
        path: outline
        for path in extended_by_path
        if extended_by_path[path] is None and (outline := outline_of(path)) is not None
    }
    by_place = {os.path.realpath(path): outline for path, outline in outlines.items()}
    extended = {str(outline.extends) for outline in outlines.values() if outline.extends is not None}
    extended.update(*(files for files in extended_by_path.values() if files is not None))
    running = {os.path.realpath(path) for path in to_run}
    reasons = {}
    for path, outline in outlines.items():
        reason = ""
        if not outline.is_scenario:
            reason = RANGES_ONLY if outline.is_ranges else NO_SCENARIO
        elif outline.is_alias and str(outline.extends) in running:
            reason = ALIAS.format(outline.extends.name if outline.extends else "")
        elif os.path.realpath(path) in extended and (lacking := _lacks(outline, by_place)):
            reason = ONLY_EXTENDED.format(lacking)
        if reason:
            reasons[path] = reason
    return reasons


def _lacks(outline: "Outline", by_place: dict[str, "Outline"]) -> str:
    """Return what a plan needs and a file has not, nor those that it extends; empty where it may be a plan."""
    from riskengine.scenario.outline import PROJECTS, STARTS, TASKS, outline_of

    keys, seen = set(outline.keys), set()
    while outline.extends is not None and str(outline.extends) not in seen:
        seen.add(str(outline.extends))
        below = by_place.get(str(outline.extends)) or outline_of(outline.extends)
        if below is None:
            return ""
        outline = below
        keys |= outline.keys
    if PROJECTS in keys:
        return ""
    if not keys & TASKS:
        return "tasks"
    return "" if keys & STARTS else "start"


def _nothing_to_run(batch: BatchFiles) -> str:
    """Return why there is nothing to run."""
    whys = []
    if batch.excluded:
        whys.append(f"{len(batch.excluded)} left out by --exclude")
    if batch.passed_over:
        path, reason = next(iter(batch.passed_over.items()))
        whys.append(f"{path} is {reason}" if reason.startswith(("no ", "a ")) else f"{path}: {reason}")
    return "no scenario files found" + (f" ({'; '.join(whys)})" if whys else "")


def refuse_same_folders(scenarios: dict[Path, str]) -> None:
    """Refuse two scenarios that would write to one results folder.

    Raises
    ------
    UsageError
    """
    from riskengine.errors import UsageError

    owners: dict[str, Path] = {}
    for path, name in scenarios.items():
        other = owners.setdefault(name.casefold(), path)  # a disk may not tell upper case from lower
        if other is not path:
            raise UsageError(f"{other} and {path} would both write to {name}", cure="rename one of the files")


def _below(folder: Path, note_unreadable: Callable[[OSError], None]) -> Iterator[tuple[Path, str]]:
    for place, folders, files in os.walk(folder, onerror=note_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place, name)
            if path.suffix == SUFFIX and not name.startswith("."):
                yield path, "-".join(path.relative_to(folder).with_suffix("").parts)
