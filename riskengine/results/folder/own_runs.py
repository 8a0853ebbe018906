"""Results folders that a batch wrote: whether one is as it was written, and taking away one whose plan is gone."""

from pathlib import Path
from typing import Final

from riskengine.disk.unfinished import publishing
from riskengine.errors import ResultsError
from riskengine.results.folder.claim import check_contents, claim, discard, exists, full_path, sibling, sync_folder
from riskengine.results.folder.manifest import checksum_of_run
from riskengine.results.folder.part import is_whole
from riskengine.results.folder.store import open_manifest

FIRST_ANSWERS: Final = {
    "drivers": "drivers",
    "contributions": "contributions",
    "contingency": "contingency_parts",
    "outside-view": "outside_view",
    "teams": "teams",
}
"""One of the tables that each command puts into a results folder with --keep."""


def damage(folder: str | Path, checksum: str) -> str:
    """Return why a folder is not, bit by bit, the run that was written; empty where it is.

    Answers that were put into it since are whole, too, and are no change of the run.

    Parameters
    ----------
    folder : path
    checksum : str
        Of its manifest, as the run wrote it.

    Notes
    -----
    Files are hashed and not understood: what this very engine wrote it can read.
    """
    path = full_path(folder)
    if not exists(path):
        return "it is not there any more"
    try:
        content = open_manifest(path)
        check_contents(path)
    except ResultsError as error:
        return error.message
    except OSError as error:
        return error.strerror or str(error)
    if checksum_of_run(content) != checksum:
        return "another run was written there"
    changed = next((name for name, sealed in content["parts"].items() if not is_whole(path / name, sealed)), None)
    return f"{changed} is damaged" if changed is not None else ""


def commands_of_answers(folder: str | Path) -> list[str]:
    """Return the commands whose answers were put into a results folder; none where no run can be read there."""
    try:
        parts = open_manifest(folder)["parts"]
    except (ResultsError, OSError):
        return []
    return [command for command, table in FIRST_ANSWERS.items() if f"{table}.arrow" in parts]


def remove_run(folder: str | Path, checksum: str) -> None:
    """Remove a results folder that holds the run that was written to it, whole, with answers of it, and nothing else.

    Raises
    ------
    ResultsError
        When it is anything else, or another run is at work there; it is left alone.

    Notes
    -----
    It is renamed to what an unfinished run is called before its first file goes, so that no half of it is ever taken
    for a run.
    """
    if Path(folder).is_symlink():
        raise ResultsError(f"{folder} leads elsewhere", "RE705")
    with claim(folder) as path:
        if not exists(path):
            return
        why = damage(path, checksum)
        if why:
            raise ResultsError(f"{folder}: {why}", "RE705")
        new = sibling(path, "new")
        try:
            with publishing():
                path.rename(new)
            sync_folder(path.parent)
            discard(new)
        except OSError as error:
            raise ResultsError(f"{folder}: cannot be removed: {error.strerror or error}", "RE706") from error
