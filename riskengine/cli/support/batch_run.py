"""Running the scenarios of a batch beside one another."""

import contextlib
import os
import queue
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskengine.cli.support import answer, exits, failure
from riskengine.cli.support.batch_view import printable
from riskengine.cli.support.doubts import say_doubts
from riskengine.cli.support.hard_constraints import without_hard_constraints
from riskengine.cli.support.machine import check_disk
from riskengine.cli.support.options import RunOptions

if TYPE_CHECKING:
    from riskengine.results.run import RunRecord

LOOK = 0.2
"""Seconds between two looks at the progress of the workers."""

Report = Callable[[int, int, str], None]


@dataclass(frozen=True)
class ScenarioOutcome:
    """What became of one scenario: its row of the portfolio, its exit status, and the lines that say what was wrong."""

    row: dict[str, Any]
    status: int
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class _ActiveScenario:
    """A scenario at work: its place in the batch, and the hold on its results folder."""

    index: int
    path: Path
    key: str
    folder: Path | None
    folder_lock: contextlib.ExitStack


def simulate_all(
    scenarios: dict[Path, str], run_options: RunOptions, output: Path | None, progress: Report
) -> list[ScenarioOutcome]:
    """Simulate every scenario and write its results folder below ``output``; with None, nothing is written.

    Parameters
    ----------
    scenarios : dict of path to str
        Files, each with the name of its results folder.
    run_options : RunOptions
        ``threads`` is the number for all scenarios together.
    output : path or None
    progress : callable
        Called from this thread with iterations done and to do.

    Returns
    -------
    list of ScenarioOutcome, in the order of ``scenarios``

    Notes
    -----
    Scenarios run on threads of one process: the compiled loops leave the interpreter free, and no number depends on
    the division of the work. Folders are held and written by this thread alone, so that an interrupt finds nothing
    half-written, and no more than the ones at work are held at any time.
    """
    workers, each = _shared(run_options, len(scenarios))
    total = len(scenarios) * run_options.iterations
    waiting = deque(enumerate(scenarios.items()))
    results: dict[int, ScenarioOutcome] = {}
    counts = [0] * len(scenarios)
    messages: queue.SimpleQueue[str] = queue.SimpleQueue()
    active: dict[Future[RunRecord], _ActiveScenario] = {}
    pool = ThreadPoolExecutor(workers, thread_name_prefix="scenario")
    try:
        while waiting or active:
            while waiting and len(active) < workers:
                index, (path, key) = waiting.popleft()
                try:
                    scenario_at_work = _claim_folder(index, path, key, output)
                except Exception as error:
                    results[index] = _failure_outcome(path, key, error)
                else:
                    note_progress = _progress_of_one(counts, index, messages)
                    future = pool.submit(_simulate, path, scenario_at_work.folder, each, note_progress)
                    active[future] = scenario_at_work
            finished, _ = wait(active, LOOK, FIRST_COMPLETED) if active else (set(), set())
            for future in finished:
                scenario_at_work = active.pop(future)
                results[scenario_at_work.index] = _write_outcome(scenario_at_work, future)
                counts[scenario_at_work.index] = run_options.iterations
            while not messages.empty():
                progress(0, 0, messages.get())
            progress(min(sum(counts), total), total, _so_far(results, len(scenarios)))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for scenario_at_work in active.values():
            scenario_at_work.folder_lock.close()
    return [results[index] for index in range(len(scenarios))]


def _shared(run_options: RunOptions, count: int) -> tuple[int, RunOptions]:
    """Return how many scenarios run beside one another, and the part of the machine that each has."""
    from riskengine.engine import available_threads

    threads = run_options.threads or available_threads()
    workers = max(1, min(threads, count))
    return workers, replace(run_options, threads=max(1, threads // workers), memory_share=1 / workers)


def _so_far(results: dict[int, ScenarioOutcome], count: int) -> str:
    """Return how far a batch is, for its progress: how many scenarios are done, and what became of them."""
    from riskengine.errors.counting import counted
    from riskengine.report.portfolio import totals_in_words

    done = totals_in_words([outcome.row for outcome in results.values()]).partition(": ")[2]
    return f"{len(results)} of {counted(count, 'scenario')} done{f' ({done})' if done else ''}; iterations"


def _claim_folder(index: int, path: Path, key: str, output: Path | None) -> _ActiveScenario:
    """Return a scenario at work, which holds its results folder where it is to have one."""
    folder_lock = contextlib.ExitStack()
    folder = None if output is None else output / key
    if folder is not None:
        folder_lock.enter_context(answer.claimed(folder))
    return _ActiveScenario(index, path, key, folder, folder_lock)


def _simulate(path: Path, folder: Path | None, run_options: RunOptions, progress: Report) -> "RunRecord":
    from riskengine.reading import read

    def announce(message: str) -> None:
        progress(0, 0, message)

    assumed: list[str] = []
    scenario = without_hard_constraints(read(path, assumed), path, run_options.ignores_hard, announce)
    say_doubts(scenario, path, assumed, announce)
    if not scenario.gates:
        run_options = replace(run_options, until=None)
    if folder is not None:
        check_disk(folder, scenario, run_options.until or run_options.iterations)
    return answer.compute(scenario, run_options, progress)


def _progress_of_one(counts: list[int], index: int, messages: "queue.SimpleQueue[str]") -> Report:
    def note_progress(done: int, total: int, message: str) -> None:
        if total <= 0:
            messages.put(message)
        else:
            counts[index] = done

    return note_progress


def _write_outcome(scenario_at_work: _ActiveScenario, future: "Future[RunRecord]") -> ScenarioOutcome:
    from riskengine.analysis import portfolio_row
    from riskengine.results.claim import full_path
    from riskengine.results.store import write_claimed

    path, key, folder = scenario_at_work.path, scenario_at_work.key, scenario_at_work.folder
    try:
        with scenario_at_work.folder_lock:
            run = future.result()
            if folder is not None:
                write_claimed(full_path(folder), run)
        row = portfolio_row(printable(key), printable(str(path)), run)
    except Exception as error:
        return _failure_outcome(path, key, error)
    return ScenarioOutcome(row, exits.BY_DECISION[row["decision"] or "go"])


def unlisted_folder(folder: Path, reason: OSError) -> ScenarioOutcome:
    """Return what became of a folder whose scenarios cannot be listed."""
    from riskengine.errors import Issue, ScenarioError

    why = (reason.strerror or "it cannot be opened").lower()
    rule = f"the folder must be readable ({why}); scenarios in it are missing here"
    key = f"{folder}{os.sep}"  # no results folder has a name that ends so
    return _failure_outcome(folder, key, ScenarioError([Issue("RE101", "", rule, folder.name, str(folder))]))


def _failure_outcome(path: Path, key: str, error: Exception) -> ScenarioOutcome:
    from riskengine.analysis import refused_row
    from riskengine.errors import ScenarioError
    from riskengine.errors.counting import counted
    from riskengine.report.notation import clean

    status, lines = failure.explain(error)
    kind = "refused" if isinstance(error, ScenarioError) else "failed"
    count_of_faults = len(error.issues) if isinstance(error, ScenarioError) else 0
    count = f" (1 of {counted(count_of_faults, 'fault')})" if count_of_faults > 1 else ""
    row = refused_row(printable(key), printable(str(path)), kind, clean(lines[0] + count))
    return ScenarioOutcome(row, status, tuple(lines))
