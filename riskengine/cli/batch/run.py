"""Running the scenarios of a batch beside one another."""

import contextlib
import os
import queue
from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial

from riskengine.cli import answer
from riskengine.cli.batch.computing import Computing, computing
from riskengine.cli.batch.memory import BatchMemory
from riskengine.cli.batch.scenario import (
    Report,
    ScenarioAnswer,
    ScenarioFile,
    ScenarioOutcome,
    failure_outcome,
    simulate_scenario,
    unchanged_outcome,
    write_and_describe,
)
from riskengine.cli.batch.write import RunningManifest
from riskengine.cli.input.options import RunOptions

LOOK = 0.2
"""Seconds between two looks at the progress of the workers."""


@dataclass(frozen=True)
class _ActiveScenario:
    """A scenario at work: its place in the batch, and the hold on its results folder."""

    index: int
    file: ScenarioFile
    folder_lock: contextlib.ExitStack


def simulate_all(
    files: Sequence[ScenarioFile], run_options: RunOptions, progress: Report, memory: BatchMemory
) -> list[ScenarioOutcome]:
    """Simulate every scenario that changed, and write the results of each to its folder.

    Parameters
    ----------
    files : sequence of ScenarioFile
    run_options : RunOptions
        ``threads`` is the number for all scenarios together.
    progress : callable
        Called from this thread with iterations done and to do.
    memory : BatchMemory
        What earlier batches left.

    Returns
    -------
    list of ScenarioOutcome, in the order of ``files``

    Notes
    -----
    Scenarios run on threads of one process: the compiled loops leave the interpreter free, and no number depends on
    the division of the work. Folders are held and written by this thread alone, so that an interrupt finds nothing
    half-written, and no more than the ones at work are held at any time.
    """
    results = _unchanged(files, progress, memory)
    waiting = deque((index, file) for index, file in enumerate(files) if index not in results)
    if not waiting:
        return [results[index] for index in range(len(files))]
    with computing(run_options, len(waiting)) as by:
        _simulate_waiting(waiting, by, progress, memory, results)
    return [results[index] for index in range(len(files))]


def _simulate_waiting(
    waiting: deque[tuple[int, ScenarioFile]],
    by: Computing,
    progress: Report,
    memory: BatchMemory,
    results: dict[int, ScenarioOutcome],
) -> None:
    """Simulate the scenarios that wait, and put what becomes of each into the results, by its place in the batch."""
    iterations, every = by.run_options.iterations, len(waiting) + len(results)
    total = len(waiting) * iterations
    counts = dict.fromkeys((index for index, _ in waiting), 0)
    messages: queue.SimpleQueue[str] = queue.SimpleQueue()
    active: dict[Future[ScenarioAnswer], _ActiveScenario] = {}
    manifest = RunningManifest(memory.output)
    pool = ThreadPoolExecutor(by.scenarios_at_once, thread_name_prefix="scenario")
    try:
        while waiting or active:
            while waiting and len(active) < by.scenarios_at_once:
                index, file = waiting.popleft()
                try:
                    folder_lock = _claim_folder(file)
                except Exception as error:
                    results[index] = failure_outcome(file.path, file.key, error)
                else:
                    note_progress = _progress_of_one(counts, index, messages)
                    simulate_one = partial(simulate_scenario, file, by.run_options, note_progress, memory)
                    future = pool.submit(simulate_one, compute=by.compute)
                    active[future] = _ActiveScenario(index, file, folder_lock)
            finished, _ = wait(active, LOOK, FIRST_COMPLETED) if active else (set(), set())
            for future in finished:
                scenario_at_work = active.pop(future)
                results[scenario_at_work.index] = _outcome(scenario_at_work, future, memory, manifest)
                counts[scenario_at_work.index] = iterations
            while not messages.empty():
                progress(0, 0, messages.get())
            progress(min(sum(counts.values()), total), total, _so_far(results, every))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        _end(active, manifest)


def _unchanged(files: Sequence[ScenarioFile], progress: Report, memory: BatchMemory) -> dict[int, ScenarioOutcome]:
    """Return what became of the scenarios whose files and results are as the last batch left them."""
    results: dict[int, ScenarioOutcome] = {}
    pool = ThreadPoolExecutor(min(os.cpu_count() or 1, 8), thread_name_prefix="checksums")
    try:
        entries = pool.map(lambda file: memory.unchanged(file.path, file.key), files)
        for index, (file, entry) in enumerate(zip(files, entries, strict=True)):
            if entry is not None:
                for message in entry.messages:
                    progress(0, 0, message)
                results[index] = unchanged_outcome(file, entry, memory)
            progress(index + 1, len(files), "checking what did not change")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    for key, why in memory.damaged.items():
        progress(0, 0, f"{memory.output / key}: simulated again: {why}")
    return results


def _so_far(results: dict[int, ScenarioOutcome], count: int) -> str:
    """Return how far a batch is, for its progress: how many scenarios are done, and what became of them."""
    from riskengine.errors.counting import counted
    from riskengine.report.answers.portfolio import totals_in_words

    done = totals_in_words([outcome.row for outcome in results.values()]).partition(": ")[2]
    return f"{len(results)} of {counted(count, 'scenario')} done{f' ({done})' if done else ''}; iterations"


def _claim_folder(file: ScenarioFile) -> contextlib.ExitStack:
    """Hold the results folder of a scenario, where it is to have one, until what is returned is closed."""
    folder_lock = contextlib.ExitStack()
    if file.folder is not None:
        folder_lock.enter_context(answer.claimed(file.folder))
    return folder_lock


def _progress_of_one(counts: dict[int, int], index: int, messages: "queue.SimpleQueue[str]") -> Report:
    def note_progress(done: int, total: int, message: str) -> None:
        if total <= 0:
            messages.put(message)
        else:
            counts[index] = done

    return note_progress


def _outcome(
    scenario_at_work: _ActiveScenario, future: "Future[ScenarioAnswer]", memory: BatchMemory, manifest: RunningManifest
) -> ScenarioOutcome:
    """Write the results of a scenario whose simulation has ended, and note them in the manifest."""
    file = scenario_at_work.file
    try:
        with scenario_at_work.folder_lock:
            outcome = write_and_describe(file, future.result(), memory)
    except Exception as error:
        return failure_outcome(file.path, file.key, error)
    manifest.add(file.key, outcome)
    return outcome


def _end(active: "dict[Future[ScenarioAnswer], _ActiveScenario]", manifest: RunningManifest) -> None:
    """Note what is finished, and let go of the folders of what is still at work."""
    manifest.write()
    for scenario_at_work in active.values():
        scenario_at_work.folder_lock.close()
