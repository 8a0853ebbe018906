"""Costs of a block, from the same durations as its dates."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import Costs, Sums
from riskengine.kernel.compiling import compiled

F64 = np.float64


@compiled
def add_cost(costs: Costs, stage: Any, length: Any, has_more: Any, keep: Any, sums: Sums) -> None:
    """Fill ``sums.cost`` with fixed cost + rate x length + what was drawn, and add it to ``sums.total``.

    Parameters
    ----------
    stage : int
        A task, or the number of tasks for the project.
    length : (256,) int32 [tick]
        Duration of the task, or length of the project.
    has_more : bool
        Whether any money can have been drawn.
    keep : bool
        Whether somebody reads ``sums.cost``; without it, and nothing drawn, it is left as it was.
    """
    cost, total = sums.cost, sums.total
    fixed = costs.fixed[stage]
    rate = costs.rate[stage]
    if not has_more and not keep:
        for i in range(BLOCK):
            total[i] += fixed + rate * F64(length[i])
        return
    for i in range(BLOCK):
        cost[i] = fixed + rate * F64(length[i])
    if has_more:
        money, rates = sums.money, sums.rate
        per_day = costs.per_day[stage]
        for i in range(BLOCK):
            cost[i] = cost[i] + money[i] + rates[i] * (per_day * F64(length[i]))
    for i in range(BLOCK):
        total[i] += cost[i]
