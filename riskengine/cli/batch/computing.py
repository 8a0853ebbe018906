"""Who simulates the scenarios of a batch: threads of this process, or the workers of a cluster."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from riskengine.cli import answer
from riskengine.cli.batch.scenario import Compute, Report
from riskengine.cli.input.options import RunOptions

if TYPE_CHECKING:
    from riskengine.cluster.connection import Connection
    from riskengine.model import Scenario
    from riskengine.results.run import RunRecord

AHEAD = 2
"""Scenarios on their way for each thread of a cluster: one is read here, or written, while another is simulated."""


@dataclass(frozen=True)
class Computing:
    """How many scenarios run beside one another, with which options, and what makes the run of each."""

    scenarios_at_once: int
    run_options: RunOptions
    compute: Compute


@contextlib.contextmanager
def computing(run_options: RunOptions, count: int) -> Iterator[Computing]:
    """Hold what simulates so many scenarios.

    Raises
    ------
    MachineError
        When there is no cluster where the options name one.
    """
    if run_options.cluster is None:
        from riskengine.engine import available_threads

        threads = run_options.threads or available_threads()
        at_once = max(1, min(threads, count))
        each = replace(run_options, threads=max(1, threads // at_once), memory_share=1 / at_once)
        yield Computing(at_once, each, answer.compute)
        return
    from riskengine.cluster.connection import connected

    with connected(run_options.cluster) as connection:
        at_once = max(1, min(AHEAD * connection.threads, count))
        yield Computing(at_once, run_options, partial(compute_by_worker, connection))


def compute_by_worker(
    connection: "Connection", scenario: "Scenario", run_options: RunOptions, progress: Report
) -> "RunRecord":
    """Have a worker make the whole run of a scenario."""
    from riskengine.cluster.simulating import run_of_worker

    return run_of_worker(connection, scenario, run_options.simulation(progress))
