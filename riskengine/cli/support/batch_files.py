"""The scenarios of a batch: which files, and where the results of each go."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SUFFIX = ".toml"


@dataclass
class BatchFiles:
    """What a batch runs.

    Attributes
    ----------
    scenarios : dict of path to str
        Files, each with the name of its results folder.
    unreadable : dict of path to OSError
        Folders whose scenarios cannot be listed, each with the reason.
    """

    scenarios: dict[Path, str] = field(default_factory=dict)
    unreadable: dict[Path, OSError] = field(default_factory=dict)


def find_batch_files(paths: Iterable[Path]) -> BatchFiles:
    """Return the scenario files that were named or lie in the named folders, each with the name of its results.

    Parameters
    ----------
    paths : iterable of path
        A file is taken as it is; a folder stands for every ``.toml`` file in it and below, hidden ones left out. Links
        to files are followed, links to folders below a named one are not.

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
    scenarios = batch.scenarios
    places: set[str] = set()

    def note_unreadable(error: OSError) -> None:
        batch.unreadable[Path(os.fsdecode(error.filename))] = error

    for source in paths:
        for path, name in _below(source, note_unreadable) if source.is_dir() else ((source, results_name(source)),):
            place = os.path.realpath(path)  # unlike Path.resolve it stands a link that leads to itself
            if place not in places:
                places.add(place)
                scenarios[path] = name
    if not scenarios and not batch.unreadable:
        raise UsageError("no scenario files found", "RE905")
    owners: dict[str, Path] = {}
    for path, name in scenarios.items():
        other = owners.setdefault(name.casefold(), path)  # a disk may not tell upper case from lower
        if other is not path:
            raise UsageError(f"{other} and {path} would both write to {name}", cure="rename one of the files")
    return batch


def results_name(scenario: Path) -> str:
    """Return the name of the results folder of a scenario: never one that leads elsewhere, as ``..`` would."""
    return scenario.stem.lstrip(".") or "scenario"


def _below(folder: Path, note_unreadable: Callable[[OSError], None]) -> Iterator[tuple[Path, str]]:
    for place, folders, files in os.walk(folder, onerror=note_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place, name)
            if path.suffix == SUFFIX and not name.startswith("."):
                yield path, "-".join(path.relative_to(folder).with_suffix("").parts)
