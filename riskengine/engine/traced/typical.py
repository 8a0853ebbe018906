"""The typical iteration near a percentile: the medoid of those whose finish, or cost, ranks next to it."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.simulate import METHODS
from riskengine.kernel import BLOCK
from riskengine.plan import Plan

BAND = Fraction(1, 200)
"""Share of the iterations on either side of the percentile that are looked at."""
LEAST_BESIDE, MOST_BESIDE = 2, 50
"""How many these are at the least and at the most."""


def band(values: NDArray[Any], percent: float) -> NDArray[np.intp]:
    """Return the iterations next to a percentile, in the order of their values; of equal ones the first come first.

    Parameters
    ----------
    values : (iteration,) int64 or float64
    percent : float
        Above 0 and at most 100.
    """
    count = values.size
    rank = max(1, math.ceil(count * Fraction(repr(float(percent))) / 100)) - 1
    beside = min(MOST_BESIDE, max(LEAST_BESIDE, math.floor(count * BAND)))
    order = np.argsort(values, kind="stable")
    return order[max(0, rank - beside) : rank + beside + 1]


def typical(plan: Plan, seed: int, method: str, candidates: NDArray[np.intp]) -> int:
    """Return the medoid of some iterations: the one that is nearest to all others in dates and costs of tasks.

    Parameters
    ----------
    candidates : (candidate,) intp
        Iterations.

    Notes
    -----
    The distance of two iterations is the sum, over the finish of each task [working days of the project's calendar]
    and the cost of each task, of their differences in standard deviations of the candidates; what is the same in all
    of them counts for nothing. Of several medoids it is the first iteration.
    """
    chosen = np.sort(candidates)
    features = task_features(plan, seed, method, chosen)
    spread = features.std(axis=1)
    varying = features[spread > 0] / spread[spread > 0, None]
    distance = np.array([np.add.reduce(np.abs(varying - varying[:, [k]]), axis=None) for k in range(chosen.size)])
    return int(chosen[int(np.argmin(np.round(distance, 9)))])


def task_features(plan: Plan, seed: int, method: str, iterations: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return finishes of the tasks, their costs and the cost of nobody, (feature, iteration), block by block."""
    number = METHODS[method]
    dimension = dimensions_of(plan, number)
    features = np.zeros((2 * len(plan.task) + 1, iterations.size))
    for first_block in np.unique(iterations // BLOCK).tolist():
        request = Request(seed, number, BLOCK, first_block, task_iterations=BLOCK)
        output = run_blocks(plan, request, dimension)
        here = iterations // BLOCK == first_block
        columns = iterations[here] % BLOCK
        days = plan.project_days(plan.clock(output.end[:, columns]))
        features[:, here] = np.concatenate((days, output.task_cost[:, columns]))
    return features
