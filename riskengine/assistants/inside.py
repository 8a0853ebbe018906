"""Paths that an assistant names: within the folder that was opened to it, whatever stands between."""

from pathlib import Path
from typing import NamedTuple

from riskengine.errors import UsageError

LONGEST = 1000
ENDINGS = (".toml", ".json")
MANIFEST = "manifest.json"
CODE = "RE672"
CURE = "name a plan or a results folder by its path below the folder that riskengine mcp was started with"


class Inside(NamedTuple):
    """A plan or a results folder: its path from the folder, without any symbolic link in it."""

    path: str
    is_folder: bool


def inside(folder: Path, name: str) -> Inside:
    """Return where a plan or a results folder lies.

    Parameters
    ----------
    folder : Path
        As :meth:`Path.resolve` gives it.
    name : str
        What the assistant says.

    Raises
    ------
    UsageError
        When it is outside, or is neither a plan nor a results folder. What is outside is not told apart from what is
        not there: whether it exists is none of the assistant's business.

    Notes
    -----
    Files that a plan names lie within the plan's own folder, which the reader of scenarios sees to.
    """
    short_path = name[:80]
    if not name or len(name) > LONGEST or not name.isprintable() or "\\" in name or Path(name).is_absolute():
        raise UsageError(f"{short_path!r} is no path from the folder", CODE, CURE)
    if ".." in Path(name).parts:
        raise UsageError(f"{short_path!r} leads upwards", CODE, CURE)
    try:
        real = (folder / name).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        raise UsageError(f"{short_path!r} is not in the folder", CODE, CURE) from None
    if not real.is_relative_to(folder):
        raise UsageError(f"{short_path!r} is not in the folder", CODE, CURE)
    if real.is_dir():
        require_results(folder, real, short_path)
    elif real.suffix not in ENDINGS or not real.is_file():
        raise UsageError(f"{short_path!r} is no plan: a plan ends in {' or '.join(ENDINGS)}", CODE, CURE)
    return Inside(str(real.relative_to(folder)), real.is_dir())


def require_results(folder: Path, results: Path, short_path: str) -> None:
    """Refuse a folder that holds no run, or a part of one that lies outside.

    Raises
    ------
    UsageError
    """
    if not (results / MANIFEST).is_file():
        raise UsageError(f"{short_path!r} is no results folder", CODE, CURE)
    for part in results.iterdir():
        if part.is_symlink() and not part.resolve().is_relative_to(folder):
            raise UsageError(f"{short_path!r} has a part that is not in the folder", CODE, CURE)
