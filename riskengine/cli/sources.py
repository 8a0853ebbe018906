"""The scenarios of a batch: which files, and where the results of each go."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

SUFFIX = ".toml"


def find(sources: Iterable[Path]) -> dict[Path, str]:
    """Return the scenario files that were named or lie in the named folders, each with the name of its results.

    Parameters
    ----------
    sources : iterable of path
        A file is taken as it is; a folder stands for every ``.toml`` file in it and below, hidden ones left out.

    Returns
    -------
    dict of path to str
        Named files in the order given, those of a folder by name. A file's results are named after it and, for a file
        below a folder that was named, after the folders between.

    Raises
    ------
    UsageError
        When nothing is found, or two scenarios would have the same results folder.
    """
    from riskengine.errors import UsageError

    found: dict[Path, str] = {}
    seen: set[Path] = set()
    for source in sources:
        for path, name in _below(source) if source.is_dir() else ((source, source.stem or "scenario"),):
            place = path.resolve()
            if place not in seen:
                seen.add(place)
                found[path] = name
    if not found:
        raise UsageError("no scenario files found", "RE905")
    owners: dict[str, Path] = {}
    for path, name in found.items():
        other = owners.setdefault(name.casefold(), path)  # a disk may not tell upper case from lower
        if other is not path:
            raise UsageError(f"{other} and {path} would both write to {name}", cure="rename one of the files")
    return found


def _below(folder: Path) -> Iterator[tuple[Path, str]]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place, name)
            if path.suffix == SUFFIX and not name.startswith("."):
                yield path, "-".join(path.relative_to(folder).with_suffix("").parts)
