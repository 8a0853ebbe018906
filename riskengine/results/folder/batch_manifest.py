"""The manifest of a batch: which results folders it wrote, from which inputs, and what they say.

It lies as ``batch.json`` beside the portfolio. A later batch simulates nothing again whose inputs are the same,
compares a run with the one before it, and removes the folder of a plan that is gone; none of this concerns a folder
that is not in the manifest.
"""

import contextlib
import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from riskengine.disk.unfinished import unfinished
from riskengine.errors import ResultsError
from riskengine.results.folder.claim import full_path, sync_folder
from riskengine.results.folder.lock import locked
from riskengine.results.folder.manifest import dump, parse_object
from riskengine.results.folder.part import read_plain, write_bytes
from riskengine.results.provenance import ENGINE
from riskengine.results.tables.batch_rows import plain_row, typed_row

NAME: Final = "batch.json"
FORMAT: Final = 1
LARGEST: Final = 2**28
"""Bytes beyond which a file is no manifest of a batch."""
WAITS, WAIT = 100, 0.05
"""How often and how long [s] a batch waits for another one that is writing its manifest."""

Row = dict[str, Any]


@dataclass(frozen=True)
class BatchEntry:
    """A results folder that a batch wrote, under the name of the folder.

    Parameters
    ----------
    scenario : str
        File of the scenario, seen from the folder of the batch.
    is_of_folder : bool
        Whether the batch came upon it in a folder that was named.
    inputs : str
        SHA-256 of everything but the scenario: settings, engine and libraries.
    sources : dict of str to str
        SHA-256 of each file that the scenario was read from, its own among them, seen from the folder of its own; empty
        where they may have changed while they were read.
    digest : str
        SHA-256 of the resolved scenario.
    checksum : str
        Of the manifest of the results folder as the run wrote it, and with it of every part but for answers that were
        put into the folder since.
    row : dict
        What the portfolio says of the run, its gates included.
    messages : tuple of str
        What was said about the scenario when it was read.
    is_current : bool
        Whether the run is of the scenario as the last batch found it: false once that was refused.
    """

    scenario: str
    is_of_folder: bool
    inputs: str
    sources: dict[str, str]
    digest: str
    checksum: str
    row: Row = field(hash=False)
    messages: tuple[str, ...] = ()
    is_current: bool = True


def read_batch(folder: str | Path) -> dict[str, BatchEntry]:
    """Return what batches wrote into a folder, by the names of the results folders; empty where there was none.

    Raises
    ------
    ResultsError
        When there is a manifest that is damaged (RE702), of another version (RE704), or a file of somebody else
        (RE705).
    """
    path = full_path(folder) / NAME
    if not path.exists():
        return {}
    content = parse_object(read_plain(path, LARGEST))
    if content is None or content.get("engine") != ENGINE:
        raise ResultsError(f"{path} is no manifest of a batch", "RE705", "move it away, or choose another with -o")
    if content.get("format") != FORMAT:
        raise ResultsError(f"{path} is of another version", "RE704", "choose another with -o")
    if content.get("checksum") != _checksum(content):
        raise ResultsError(f"{path} is damaged: its checksum does not match", "RE702")
    try:
        return {_folder_name(key): _entry(value) for key, value in content["folders"].items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ResultsError(f"{path} is damaged: its entries cannot be read", "RE702") from error


def _folder_name(key: str) -> str:
    """Return the name of a folder in the batch's own; ValueError for one that leads elsewhere."""
    if Path(key).name != key or key.startswith("."):
        raise ValueError(key)
    return key


def _entry(value: Mapping[str, Any]) -> BatchEntry:
    """Return an entry; KeyError, TypeError or ValueError where something is missing or of another type."""
    entry = BatchEntry(**{**value, "row": typed_row(value["row"]), "messages": tuple(value["messages"])})
    texts = (entry.scenario, entry.inputs, entry.digest, entry.checksum, *entry.messages, *entry.sources.values())
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("a text is something else")
    return entry


def write_batch(folder: str | Path, entries: Mapping[str, BatchEntry]) -> None:
    """Write the manifest of a batch in one step; hold its lock, see :func:`batch_lock`.

    Raises
    ------
    ResultsError
        When the disk is full or may not be written to.
    """
    path = full_path(folder) / NAME
    content: dict[str, Any] = {
        "engine": ENGINE,
        "format": FORMAT,
        "folders": {key: asdict(entry) | {"row": plain_row(entry.row)} for key, entry in entries.items()},
    }
    new = path.with_name(f".{NAME}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        with unfinished(lambda: new.unlink(missing_ok=True)):
            write_bytes(new, dump(content | {"checksum": _checksum(content)}))
            new.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written: {error.strerror or error}", "RE706") from error


def _checksum(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 over everything in a manifest but this."""
    return hashlib.sha256(dump({key: value for key, value in content.items() if key != "checksum"})).hexdigest()


@contextmanager
def batch_lock(folder: str | Path) -> Iterator[None]:
    """Hold the manifest of a batch, while it is read, changed and written.

    Raises
    ------
    ResultsError
        When another batch holds it for seconds, or the folder cannot be written to.
    """
    place = full_path(folder)
    lock_file = place / f".{NAME}.lock"
    with contextlib.ExitStack() as stack:
        try:
            place.mkdir(parents=True, exist_ok=True)
            for remaining in reversed(range(WAITS)):
                try:
                    stack.enter_context(locked(lock_file))
                    break
                except ResultsError:
                    if not remaining:
                        raise
                    time.sleep(WAIT)
        except OSError as error:
            raise ResultsError(f"{place}: cannot be written: {error.strerror or error}", "RE706") from error
        stack.enter_context(unfinished(lambda: lock_file.unlink(missing_ok=True), by_last_resort=True))
        yield
