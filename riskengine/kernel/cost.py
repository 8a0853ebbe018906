"""Costs of a block, from the same durations as its dates."""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import compiled
from riskengine.kernel.contract.places import COST, MONEY_ROW, RATE_ROW

F64 = np.float64


@compiled
def add_cost(stage: Any, ticks: Any, values: Any, total: Any, column: Any, length: Any, is_plain: Any) -> None:
    """Add fixed cost + rate x length + what was drawn to the block's costs.

    Parameters
    ----------
    stage : record
        Of ``Tables.stage``.
    ticks, values
        Of ``Rows``.
    total : (iteration,) float64
        Added to, from ``column`` on.
    length : uint64
        Place in ``ticks`` of the task's duration, or of the project's length.
    is_plain : bool
        Whether no money can have been drawn and nobody reads row ``COST``, which is then left as it was.
    """
    fixed = stage.fixed
    rate = stage.rate
    if is_plain:
        for i in range(WIDTH):
            total[column + i] += fixed + rate * F64(ticks[length + i])
    else:
        per_day = stage.per_day
        for i in range(WIDTH):
            days = per_day * F64(ticks[length + i])
            cost = fixed + rate * F64(ticks[length + i]) + values[MONEY_ROW + i] + values[RATE_ROW + i] * days
            values[COST + i] = cost
            total[column + i] += cost
