"""What earlier batches left in a folder: which runs need not be simulated again."""

import functools
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from riskengine.cli.input.options import RunOptions
from riskengine.cli.output import console

if TYPE_CHECKING:
    from riskengine.results.folder.batch_manifest import BatchEntry

SETTLED = 0.05
"""Seconds before a file is read in which it must not have changed, for its bytes to be those that were read."""


@dataclass
class BatchMemory:
    """The manifest of a batch, held against the files of today.

    Parameters
    ----------
    output : Path
        Folder of the batch.
    entries : dict of str to BatchEntry
        By the name of the results folder.
    inputs : str
        SHA-256 of the settings of this batch, the engine and its libraries.
    is_fresh : bool
        Whether everything is simulated, whatever the entries say.
    damaged : dict of str to str
        Folders that are not as they were written, each with the reason.
    """

    output: Path
    entries: "dict[str, BatchEntry]"
    inputs: str
    is_fresh: bool = False
    damaged: dict[str, str] = field(default_factory=dict)
    hashes: dict[Path, str] = field(default_factory=dict)

    def unchanged(self, path: Path, key: str) -> "BatchEntry | None":
        """Return the entry of a scenario that needs no simulation, by the bytes of the files that it is read from."""
        entry = self._entry(key)
        return entry if entry is not None and self.has_same_files(path, entry) and self._is_whole(key) else None

    def has_same_digest(self, key: str, digest: str) -> "BatchEntry | None":
        """Return the entry of a scenario whose files changed and say the same, so that it needs no simulation."""
        entry = self._entry(key)
        return entry if entry is not None and entry.digest == digest and self._is_whole(key) else None

    def has_entry(self, key: str) -> bool:
        """Whether it may turn out that a scenario needs no simulation, once it has been read."""
        return self._entry(key) is not None

    def extended_files(self, path: Path) -> frozenset[str] | None:
        """Return which files a known plan of a folder extends, links followed; None where it has to be read to know."""
        place = os.path.realpath(path)
        entry = self._entry(self.keys_by_place.get(place, ""))
        if entry is None or not entry.is_of_folder or not self.has_same_files(path, entry):
            return None
        files = (os.path.realpath(path.parent / name) for name in entry.sources if name.endswith(".toml"))
        return frozenset(files) - {place}

    @functools.cached_property
    def keys_by_place(self) -> dict[str, str]:
        """Keys of the entries by the files of their scenarios, links followed."""
        return {os.path.realpath(self.output / entry.scenario): key for key, entry in self.entries.items()}

    def has_same_files(self, path: Path, entry: "BatchEntry") -> bool:
        """Whether every file that a scenario was read from has the bytes that it had."""
        same = all(self.hash_of(path.parent / name) == digest for name, digest in entry.sources.items())
        return same and path.name in entry.sources

    def hash_of(self, path: Path) -> str:
        """Return the SHA-256 of a file, empty where it cannot be read; each file is read once."""
        if path not in self.hashes:
            self.hashes[path] = hash_of_file(path)
        return self.hashes[path]

    def _entry(self, key: str) -> "BatchEntry | None":
        entry = self.entries.get(key)
        return None if self.is_fresh or entry is None or entry.inputs != self.inputs else entry

    def _is_whole(self, key: str) -> bool:
        from riskengine.results.folder.own_runs import damage

        why = damage(self.output / key, self.entries[key].checksum)
        if why:
            self.damaged[key] = why
        return not why


def memory_of(output: Path, run_options: RunOptions, is_fresh: bool) -> BatchMemory:
    """Return what is known of a folder.

    Raises
    ------
    ResultsError
        When there is a file in the place of its manifest.
    """
    return BatchMemory(output, entries_of(output, say=console.message), inputs_of(run_options), is_fresh)


def entries_of(output: Path, say: Callable[[str], object] = str) -> "dict[str, BatchEntry]":
    """Return what the manifest of a batch says; nothing where it is damaged, which is said.

    Raises
    ------
    ResultsError
        When there is a file of its name that is none of this version.
    """
    from riskengine.errors import ResultsError
    from riskengine.results.folder.batch_manifest import read_batch

    try:
        return read_batch(output)
    except ResultsError as error:
        if error.code != "RE702":
            raise
        say(f"{error.message}: everything is simulated, and no folder is removed")
        return {}


def inputs_of(run_options: RunOptions) -> str:
    """Return a SHA-256 of everything that a run depends on but its scenario, and of what reads scenarios.

    Notes
    -----
    The source of the whole package is among it, so that nothing is taken over from a riskengine that was changed
    without a new version. The number of threads and the share of memory change no number.
    """
    from riskengine.results.provenance import FORMAT, NUMBERS, libraries, version_of

    inputs = {
        "iterations": run_options.iterations,
        "seed": run_options.seed,
        "method": run_options.method,
        "until": None if run_options.until is None else asdict(run_options.until),
        "ignores_hard": run_options.ignores_hard,
        "switches": asdict(run_options.switches),
        "has_contributions": run_options.has_contributions,
        "is_strict": run_options.is_strict,
        "numbers": NUMBERS,
        "format": FORMAT,
        "libraries": libraries() | {name: version_of(name) for name in ("pydantic", "python-calamine")},
        "source": source_of_package(),
    }
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode("utf-8")).hexdigest()


def source_of_package() -> str:
    """Return a SHA-256 of the source of riskengine."""
    import riskengine

    folder = Path(riskengine.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{hash_of_file(path)}\n".encode())
    return digest.hexdigest()


def hash_of_file(path: Path) -> str:
    """Return the SHA-256 of a plain file, empty where it cannot be read."""
    try:
        if not path.is_file():  # a pipe would keep us waiting
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def hashes_of_sources(path: Path, files: list[Path], before: float) -> dict[str, str]:
    """Return the SHA-256 of each file that a scenario was read from; empty where one may have changed since.

    Parameters
    ----------
    path : Path
        File of the scenario; the others are named as seen from its folder.
    files : list of Path
    before : float
        Time at which reading began [s since the epoch].
    """
    hashes = {}
    for file in files:
        try:
            changed_at = max(file.stat().st_mtime, file.stat().st_ctime if os.name != "nt" else 0.0)
        except OSError:
            return {}
        digest = hash_of_file(file)
        if changed_at > before - SETTLED or not digest:
            return {}
        hashes[os.path.relpath(file, path.parent).replace(os.sep, "/")] = digest
    return hashes
