"""Writing what a batch says of all its scenarios together, and what it leaves for the next one."""

import contextlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from riskengine.cli.batch.files import BatchFiles
from riskengine.cli.batch.memory import BatchMemory, entries_of
from riskengine.cli.batch.scenario import ScenarioOutcome
from riskengine.cli.batch.view import printable
from riskengine.cli.output import console

if TYPE_CHECKING:
    from riskengine.errors import ResultsError
    from riskengine.results.folder.batch_manifest import BatchEntry


PATIENCE = 20.0
"""How many times as long as writing the manifest takes passes at least until it is written again."""


@dataclass
class RunningManifest:
    """The manifest of a batch that is still going on, so that what it has finished is its own whatever ends it.

    Parameters
    ----------
    output : Path
        Folder of the batch.

    Notes
    -----
    A batch of many scenarios writes it less often, for it takes longer with each of them. What a killed batch had not
    noted is simulated again by the next one.
    """

    output: Path
    unwritten: "dict[str, BatchEntry]" = field(default_factory=dict)
    due: float = 0.0

    def add(self, folder_name: str, outcome: ScenarioOutcome) -> None:
        """Note what became of a scenario; nothing where it has no results."""
        if outcome.entry is not None:
            self.unwritten[printable(folder_name)] = outcome.entry
            if time.monotonic() >= self.due:
                self.write()

    def write(self) -> None:
        """Write what has been noted; a failure is told at the end of the batch, which writes all of it again."""
        from riskengine.errors import ResultsError
        from riskengine.results.folder.batch_manifest import batch_lock, write_batch

        if not self.unwritten:
            return
        begin = time.monotonic()
        with contextlib.suppress(ResultsError), batch_lock(self.output):
            entries = entries_of(self.output) | self.unwritten
            write_batch(self.output, dict(sorted(entries.items())))
            self.unwritten.clear()
        end = time.monotonic()
        self.due = end + PATIENCE * (end - begin)


def write_batch_files(
    memory: BatchMemory, files: BatchFiles, outcomes: Sequence[ScenarioOutcome]
) -> "ResultsError | None":
    """Write portfolio and manifest, remove the folders of plans that are gone; or return why that failed.

    The failure is raised later: what was computed is printed first.

    Parameters
    ----------
    memory : BatchMemory
    files : BatchFiles
    outcomes : sequence of ScenarioOutcome
        Of the scenarios in their order, and of folders that could not be listed.
    """
    from riskengine.analysis import portfolio_gates_table, portfolio_table
    from riskengine.errors import ResultsError
    from riskengine.results.folder.batch_manifest import batch_lock, write_batch
    from riskengine.results.folder.portfolio import write_portfolio

    output = memory.output
    rows = [outcome.row for outcome in outcomes]
    try:
        write_portfolio(output, portfolio_table(rows), portfolio_gates_table(rows))
        with batch_lock(output):
            entries = entries_of(output)  # another batch may have written since
            _update(entries, output, files, outcomes)
            current = {printable(key) for key in files.scenarios.values()}
            for key in sorted(set(entries) - current):
                if not _is_kept(output, key, entries[key], files):
                    del entries[key]
            write_batch(output, dict(sorted(entries.items())))
    except ResultsError as error:
        return error
    return None


def _update(
    entries: "dict[str, BatchEntry]", output: Path, files: BatchFiles, outcomes: Sequence[ScenarioOutcome]
) -> None:
    """Put what became of each scenario into the entries, and say which folders hold an older run."""
    for (path, folder_name), outcome in zip(files.scenarios.items(), outcomes, strict=False):
        key = printable(folder_name)
        if outcome.entry is not None:
            entries[key] = outcome.entry
        elif key in entries:
            entries[key] = replace(entries[key], is_current=False)
            if (output / folder_name).exists():
                console.message(f"{output / folder_name}: it holds the run before, for {path} has no new one")


def _is_kept(output: Path, key: str, entry: "BatchEntry", files: BatchFiles) -> bool:
    """Return whether a folder of an earlier batch stays in the manifest; take it away where its plan is gone."""
    from riskengine.errors import ResultsError
    from riskengine.results.folder.own_runs import remove_run

    folder = output / key
    if not os.path.lexists(folder) or _is_one_of(folder, output, files):
        return False
    if not is_gone(output / entry.scenario, files):
        console.message(f"{folder}: left as it is: {entry.row['scenario']} is not in this batch")
        return True
    try:
        remove_run(folder, entry.checksum)
    except ResultsError as error:
        console.message(f"{folder}: left as it is, although {entry.row['scenario']} is gone: {error.message}")
        return True
    console.message(f"{folder}: removed: {entry.row['scenario']} is gone")
    return False


def _is_one_of(folder: Path, output: Path, files: BatchFiles) -> bool:
    """Whether a folder is one of this batch under another name: a disk may not tell upper case from lower."""
    same = [key for key in files.scenarios.values() if key.casefold() == folder.name.casefold()]
    return any((output / key).exists() and folder.samefile(output / key) for key in same)


def is_gone(scenario: Path, files: BatchFiles) -> bool:
    """Whether a plan is not there any more, for certain.

    Parameters
    ----------
    scenario : Path
        Where it was.
    files : BatchFiles

    Notes
    -----
    A disk that is not mounted, or a folder that cannot be read, hides plans, too. So the file must be missing from a
    folder that this batch went through, or from one that another of its scenarios lies in.
    """
    place = Path(os.path.realpath(scenario))
    try:
        place.lstat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError:
        return False
    else:
        return False
    parents = set(place.parents)
    if parents & {Path(os.path.realpath(folder)) for folder in files.unreadable}:
        return False
    went_through = {Path(os.path.realpath(folder)) for folder in files.folders}
    return bool(parents & went_through) or place.parent in {
        Path(os.path.realpath(path)).parent for path in files.scenarios
    }
