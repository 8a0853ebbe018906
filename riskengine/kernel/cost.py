"""Costs of a block, from the same durations as its dates."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import Costs, Scratch
from riskengine.kernel.compiling import compiled

F64 = np.float64


@compiled
def add_cost(costs: Costs, stage: Any, length: Any, work: Scratch) -> None:
    """Fill ``work.cost`` with fixed cost + rate x length + what was drawn, and add it to ``work.total``.

    Parameters
    ----------
    stage : int
        A task, or the number of tasks for the project.
    length : (256,) int32 [tick]
        Duration of the task, or length of the project.
    """
    fixed = costs.fixed[stage]
    rate = costs.rate[stage]
    per_day = costs.per_day[stage]
    for i in range(BLOCK):
        spent = F64(length[i])
        work.cost[i] = fixed + rate * spent + work.money[i] + work.rate[i] * (per_day * spent)
    for i in range(BLOCK):
        work.total[i] += work.cost[i]
