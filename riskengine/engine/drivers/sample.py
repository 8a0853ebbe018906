"""A run once more, with the columns that went into it and the durations that came of them."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.drivers.columns import ColumnMaker
from riskengine.engine.drivers.listing import listed_inputs
from riskengine.engine.drivers.outputs import outputs
from riskengine.engine.drivers.paths import path_sample
from riskengine.engine.simulate import Settings, first_request
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.existence import Existence, group_count
from riskengine.plan import Plan
from riskengine.results.samples.driver_sample import DriverSample
from riskengine.results.samples.sample import Sample

MOST_VALUES = 30_000_000
"""Tasks and inputs x iterations that are looked at; of a larger run its first iterations are."""
LEAST_ITERATIONS, MOST_ITERATIONS = 10_240, 1_000_000
CHUNK_VALUES = 600_000
"""Tasks x iterations that are simulated at a time, at least one block."""


def driver_sample(plan: Plan, settings: Settings, sample: Sample) -> DriverSample:
    """Return a run with everything that went into it.

    Parameters
    ----------
    plan : Plan
    settings : Settings
        How it was run.
    sample : Sample
        Its iterations.
    """
    listed = listed_inputs(plan)
    each = len(plan.task) + len(listed)
    affordable = min(MOST_ITERATIONS, max(LEAST_ITERATIONS, MOST_VALUES // max(1, each)))
    iterations = min(sample.iterations, affordable)
    request = replace(first_request(plan, settings), iterations=iterations, task_iterations=0, risk_iterations=0)
    dimension = dimensions_of(plan, request.method)
    outcomes = outcomes_of(plan, request, dimension)
    maker = ColumnMaker(plan, request, dimension, listed, occurs=outcomes.occurs, exists=outcomes.exists)
    return DriverSample(
        sample=sample,
        iterations=iterations,
        inputs=tuple(one.about for one in listed),
        columns=maker.columns,
        duration=outcomes.duration,
        paths=lambda target: path_sample(plan, request, dimension, target),
        threads=request.threads,
    )


class Outcomes(NamedTuple):
    """What came of the inputs.

    Attributes
    ----------
    duration : (task, n) float64 [working days of the task's calendar]
        Sorted by id.
    occurs : (risk, n) bool
    exists : (group, n) bool
        Of the tasks that need not exist.
    """

    duration: NDArray[np.float64]
    occurs: NDArray[np.bool_]
    exists: NDArray[np.bool_]


def outcomes_of(plan: Plan, request: Request, dimension: NDArray[np.int16]) -> Outcomes:
    """Return what each task took, which risks occurred, and which groups of tasks existed."""
    n, by_id = request.iterations, plan.rows_by_id
    # one task of each group: all of them exist where it does
    member = [] if plan.existence is None else first_members(plan.existence.arrays)
    outcomes = Outcomes(
        duration=np.zeros((len(plan.task), n)),
        occurs=np.zeros((len(plan.risk), n), np.bool_),
        exists=np.zeros((len(member), n), np.bool_),
    )
    at_once = max(1, CHUNK_VALUES // (max(1, len(plan.task)) * BLOCK))
    for output, columns in outputs(plan, request, dimension, at_once, has_risks=True):
        size = columns.stop - columns.start
        outcomes.duration[:, columns] = plan.task_days(output.duration[:, :size])[by_id]
        outcomes.occurs[:, columns] = output.occurs[:, :size] != 0
        outcomes.exists[:, columns] = output.exists[member, :size] != 0
    return outcomes


def first_members(existence: Existence) -> list[int]:
    """Return a task of each group, by row."""
    return [int(np.argmax(existence.task_group == group)) for group in range(group_count(existence))]
