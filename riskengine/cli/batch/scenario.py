"""One scenario of a batch: simulated or taken over, its results written, its row of the portfolio made."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskengine.cli import answer
from riskengine.cli.batch.files import BatchFiles
from riskengine.cli.batch.memory import BatchMemory, hashes_of_sources
from riskengine.cli.batch.view import printable
from riskengine.cli.check.doubts import say_doubts
from riskengine.cli.input.hard_constraints import without_hard_constraints
from riskengine.cli.input.options import RunOptions
from riskengine.cli.input.switches import switched
from riskengine.cli.machine import check_disk
from riskengine.cli.output import exits, failure

if TYPE_CHECKING:
    from riskengine.errors import Issue
    from riskengine.model import Scenario
    from riskengine.results.folder.batch_manifest import BatchEntry
    from riskengine.results.run import RunRecord

Report = Callable[[int, int, str], None]
Compute = Callable[["Scenario", RunOptions, Report], "RunRecord"]
"""What makes the run of a scenario."""


@dataclass(frozen=True)
class ScenarioOutcome:
    """What became of one scenario.

    Parameters
    ----------
    row : dict
        Its row of the portfolio, with its gates.
    status : int
        Its exit status.
    faults : tuple of str
        Lines that say what was wrong.
    entry : BatchEntry or None
        What the manifest of the batch says of it; None where it has no results, or they are not written.
    issues : tuple of Issue
        The faults of a scenario that was refused.
    """

    row: dict[str, Any]
    status: int
    faults: tuple[str, ...] = ()
    entry: "BatchEntry | None" = None
    issues: "tuple[Issue, ...]" = ()


@dataclass(frozen=True)
class ScenarioAnswer:
    """What reading and simulating a scenario gave: a run, or the entry of the one that says the same.

    Parameters
    ----------
    run : RunRecord or None
    entry : BatchEntry or None
    sources : dict of str to str
        SHA-256 of each file that was read; empty where one may have changed meanwhile.
    messages : tuple of str
        What was said of the scenario.
    """

    run: "RunRecord | None"
    entry: "BatchEntry | None"
    sources: dict[str, str]
    messages: tuple[str, ...]


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario of a batch, by its file and by the name of its results folder.

    Parameters
    ----------
    path : Path
    key : str
    folder : Path or None
        Its results folder; None where nothing is written.
    is_of_folder : bool
        Whether it was come upon in a folder that was named.
    """

    path: Path
    key: str
    folder: Path | None
    is_of_folder: bool


def scenario_files(files: BatchFiles, output: Path | None) -> list[ScenarioFile]:
    """Return the scenarios of a batch, each with its results folder below `output`; with None, nothing is written."""
    return [
        ScenarioFile(path, key, None if output is None else output / key, path in files.of_folders)
        for path, key in files.scenarios.items()
    ]


def simulate_scenario(
    scenario_file: ScenarioFile, run_options: RunOptions, progress: Report, memory: BatchMemory, compute: Compute
) -> ScenarioAnswer:
    """Read a scenario and simulate it by `compute`, unless it says what an earlier batch has simulated."""
    from riskengine.reading import read_placed
    from riskengine.scenario import digest

    path, before = scenario_file.path, time.time()
    messages: list[str] = []

    def announce(message: str) -> None:
        messages.append(message)
        progress(0, 0, message)

    assumed: list[str] = []
    reading = read_placed(path, assumed, is_strict=run_options.is_strict)
    sources = hashes_of_sources(path, [path, *reading.document.files], before)
    scenario = switched(reading, run_options.switches, path, announce, is_strict=run_options.is_strict).scenario
    scenario = without_hard_constraints(scenario, path, run_options.ignores_hard, announce)
    say_doubts(scenario, path, assumed, announce)
    if memory.has_entry(scenario_file.key):
        entry = memory.has_same_digest(scenario_file.key, digest(scenario))
        if entry is not None:
            return ScenarioAnswer(None, entry, sources, tuple(messages))
    run_options = run_options.without_gates(scenario)
    if scenario_file.folder is not None:
        check_disk(scenario_file.folder, scenario, run_options.most_iterations)
    return ScenarioAnswer(compute(scenario, run_options, progress), None, sources, tuple(messages))


def write_and_describe(scenario_file: ScenarioFile, result: ScenarioAnswer, memory: BatchMemory) -> ScenarioOutcome:
    """Write the results of a scenario to its folder, which is claimed, and return what became of it."""
    from riskengine.analysis import portfolio_row
    from riskengine.results.folder.batch_manifest import BatchEntry
    from riskengine.results.folder.claim import full_path
    from riskengine.results.folder.manifest import checksum_of_run
    from riskengine.results.folder.store import open_manifest

    path, key, folder = scenario_file.path, scenario_file.key, scenario_file.folder
    if result.run is None:
        if result.entry is None:
            raise ValueError("an answer has a run or the entry of one")
        sources = {printable(name): digest for name, digest in result.sources.items()}
        entry = replace(result.entry, sources=sources, messages=tuple(map(printable, result.messages)))
        return unchanged_outcome(scenario_file, entry, memory)
    if folder is not None:
        answer.write_run(full_path(folder), result.run)
    row = portfolio_row(printable(key), printable(str(path)), result.run)
    row |= columns_of_run_before(row, memory.entries.get(key))
    written = None
    if folder is not None:
        written = BatchEntry(
            scenario=printable(seen_from(memory.output, path)),
            is_of_folder=scenario_file.is_of_folder,
            inputs=memory.inputs,
            sources={printable(name): digest for name, digest in result.sources.items()},
            digest=result.run.manifest["digest"],
            checksum=checksum_of_run(open_manifest(folder)),
            row=row,
            messages=tuple(map(printable, result.messages)),
        )
    return ScenarioOutcome(row, exits.BY_DECISION[row["decision"] or "go"], entry=written)


def unchanged_outcome(scenario_file: ScenarioFile, entry: "BatchEntry", memory: BatchMemory) -> ScenarioOutcome:
    """Return what became of a scenario whose inputs did not change: what the batch before said of it."""
    row = entry.row | {"scenario": printable(str(scenario_file.path))}
    status = exits.BY_DECISION[row["decision"] or "go"]
    entry = replace(
        entry,
        row=row,
        scenario=printable(seen_from(memory.output, scenario_file.path)),
        is_of_folder=scenario_file.is_of_folder,
        is_current=True,
    )
    return ScenarioOutcome(row | {"is_unchanged": True}, status, entry=entry)


BEFORE = ("run", "status_date", "decision", "chance", "finish_p50", "finish_p80", "cost_p80")
"""Columns of a run that the portfolio shows beside those of the run after it."""


def columns_of_run_before(row: dict[str, Any], entry: "BatchEntry | None") -> dict[str, Any]:
    """Return what the portfolio says of the run before: none for another project that had the name of the folder.

    A run that is made again says what the one that it repeats said of the one before that.
    """
    if entry is None or entry.row["project"] != row["project"]:
        return {}
    prefix = "previous_" if entry.row["run"] == row["run"] else ""
    return {f"previous_{name}": entry.row[f"{prefix}{name}"] for name in BEFORE}


def seen_from(folder: Path, path: Path) -> str:
    """Return a path as seen from a folder, links followed; the whole path where there is no way."""
    place = os.path.realpath(path)
    try:
        return os.path.relpath(place, os.path.realpath(folder)).replace(os.sep, "/")
    except ValueError:  # another drive
        return place


def unlisted_folder(folder: Path, reason: OSError) -> ScenarioOutcome:
    """Return what became of a folder whose scenarios cannot be listed."""
    from riskengine.errors import Issue, ScenarioError

    why = (reason.strerror or "it cannot be opened").lower()
    rule = f"the folder must be readable ({why}); scenarios in it are missing here"
    key = f"{folder}{os.sep}"  # no results folder has a name that ends so
    return failure_outcome(folder, key, ScenarioError([Issue("RE101", "", rule, folder.name, str(folder))]))


def failure_outcome(path: Path, key: str, error: Exception) -> ScenarioOutcome:
    from riskengine.analysis import refused_row
    from riskengine.errors import ScenarioError
    from riskengine.errors.counting import counted
    from riskengine.report.text.notation import clean

    status, lines = failure.explain(error)
    kind = "refused" if isinstance(error, ScenarioError) else "failed"
    count_of_faults = len(error.issues) if isinstance(error, ScenarioError) else 0
    count = f" (1 of {counted(count_of_faults, 'fault')})" if count_of_faults > 1 else ""
    row = refused_row(printable(key), printable(str(path)), kind, clean(lines[0] + count))
    issues = error.issues if isinstance(error, ScenarioError) else ()
    return ScenarioOutcome(row, status, tuple(lines), issues=issues)
