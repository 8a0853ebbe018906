"""Which runs lie under the folders that somebody names, each with its keys."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from riskengine.errors import ResultsError
from riskengine.errors.counting import counted
from riskengine.results.folder import manifest
from riskengine.results.folder.claim import full_path
from riskengine.results.folder.manifest import status_date
from riskengine.results.folder.store import open_manifest, open_run
from riskengine.star.answer_tables import ANSWER_FACTS
from riskengine.star.keys import run_key, scenario_key
from riskengine.star.run_tables import RunToExport


@dataclass(frozen=True)
class RunFolder:
    """A results folder by what its manifest says; its parts are not read yet.

    Parameters
    ----------
    path : Path
        As somebody would name it.
    run_key, scenario_key : str
    status_date : date
    project : str
    run : str
        Run id.
    checksum : str
        Of the manifest, and with it of every part.
    checksum_of_run : str
        What it was before answers were put into the folder.
    iterations : int
    """

    path: Path
    run_key: str
    scenario_key: str
    status_date: date
    project: str
    run: str
    checksum: str
    checksum_of_run: str
    iterations: int

    def checksum_for(self, names: Iterable[str]) -> str:
        """Return the checksum of what tables of the star schema hold: answers count where these tables have some."""
        return self.checksum if set(names) & ANSWER_FACTS else self.checksum_of_run

    def read(self) -> RunToExport:
        """Return the run, every part checked against its checksum.

        Raises
        ------
        ResultsError
            When a part is damaged, or another run has taken the place of this one.
        """
        record = open_run(self.path)
        if record.manifest["checksum"] != self.checksum:
            raise ResultsError(f"{self.path}: another run was written there in the meantime", "RE702", "try again")
        return RunToExport(record, self.scenario_key)


@dataclass(frozen=True)
class RunsUnderPaths:
    """The runs under some paths, in the order of their keys.

    Parameters
    ----------
    runs : tuple of RunFolder
        Each key once.
    duplicates : tuple of (Path, Path)
        Folders that were left out, each with the one that holds the same run under the same key.
    """

    runs: tuple[RunFolder, ...]
    duplicates: tuple[tuple[Path, Path], ...]


def find_runs(paths: Iterable[str | Path]) -> RunsUnderPaths:
    """Return the runs under these paths: results folders, folders of batches, or folders of such folders.

    Parameters
    ----------
    paths : iterable of path

    Raises
    ------
    ResultsError
        Where a path holds no run, a folder is damaged or of another version, or two different runs have one key. Every
        fault is named.
    """
    faults: list[ResultsError] = []
    runs: list[RunFolder] = []
    for path in paths:
        folders = list(results_folders(Path(path)))
        if not folders:
            faults.append(ResultsError(f"{path}: no results folder, and none below it", "RE720"))
        for folder in folders:
            try:
                runs.append(describe(folder))
            except ResultsError as error:
                faults.append(error)
    distinct, duplicates, clashes = by_key(runs)
    raise_all([*faults, *clashes])
    return RunsUnderPaths(tuple(distinct[key] for key in sorted(distinct)), tuple(duplicates))


def by_key(
    runs: Iterable[RunFolder],
) -> tuple[dict[str, RunFolder], list[tuple[Path, Path]], list[ResultsError]]:
    """Return runs by their keys, folders that hold one of them again, and the clash of each that holds another."""
    distinct: dict[str, RunFolder] = {}
    duplicates: list[tuple[Path, Path]] = []
    clashes: list[ResultsError] = []
    for run in runs:
        first = distinct.setdefault(run.run_key, run)
        if full_path(first.path) == full_path(run.path):
            continue
        if first.run == run.run:
            duplicates.append((run.path, first.path))
        else:
            clashes.append(ResultsError(f"{first.path} and {run.path} are both {run.run_key}", "RE721"))
    return distinct, duplicates, clashes


def describe(folder: Path) -> RunFolder:
    """Return a results folder by what its manifest says."""
    content = open_manifest(folder)
    scenario, day = scenario_key(folder), status_date(content)
    return RunFolder(
        path=folder,
        run_key=run_key(scenario, day),
        scenario_key=scenario,
        status_date=day,
        project=content["project"],
        run=content["run"],
        checksum=content["checksum"],
        checksum_of_run=manifest.checksum_of_run(content),
        iterations=content["iterations"],
    )


def results_folders(path: Path) -> Iterator[Path]:
    """Yield the folder itself where it holds a manifest, otherwise those below it that do; links are not followed.

    Hidden folders are left out: what a run is writing, or is about to replace, lies in them.
    """
    if os.path.lexists(path / manifest.NAME):
        yield path
        return
    for place, names, files in os.walk(path):
        if manifest.NAME in files:
            names.clear()
            yield Path(place)
        else:
            names[:] = sorted(name for name in names if not name.startswith("."))


def raise_all(faults: Sequence[ResultsError]) -> None:
    """Raise what was wrong: one fault as it is, several as one that names them all; nothing for none."""
    if not faults:
        return
    if len(faults) == 1:
        raise faults[0]
    lines = "\n".join(f"  {fault}" for fault in faults)
    raise ResultsError(f"{counted(len(faults), 'fault')} in the results, and nothing was written:\n{lines}")
