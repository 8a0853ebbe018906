"""What no iteration can spend less or more than in a month, so that a month in which nothing can happen is certain."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.costs.accrual import CostAccrual
from riskengine.engine.limits import limits
from riskengine.engine.months.date_limits import date_limits
from riskengine.engine.months.monthly import Grouping, Months

Floats = NDArray[np.float64]
Sides = tuple[list[Floats], list[Floats]]


def cost_limits(costs: CostAccrual, months: Months, count: int, groupings: Sequence[Grouping]) -> tuple[Sides, Sides]:
    """Return the limits of what accrues in each of the first ``count`` months, and from the first until its end.

    Returns
    -------
    pair of (least, most)
        Each a list of (group, month) arrays [currency], one for each grouping; known cost is not among them.

    Notes
    -----
    A task whose whole work lies in the month, or is over by its end, costs what it costs at least, or at most; one that
    may have part of it there costs nothing at least, or all of it.
    """
    plan = costs.plan
    extremes = limits(plan)
    # damages and bonuses have rows of their own
    own_cost = limits(replace(plan, clauses=())).own_cost if plan.clauses else extremes.own_cost
    task_cost = np.empty((2, len(plan.task) + 1))
    task_cost[:, plan.rows_by_id] = extremes.task_cost
    task_cost[:, -1] = own_cost
    of_lines = np.broadcast_to(own_cost[:, None], (2, costs.lines.size))
    least, most = np.concatenate((task_cost[:, costs.rows] - costs.spent, of_lines, extremes.clauses), axis=1)
    earliest, latest = (dates[costs.owners, None] for dates in date_limits(plan))
    begin, end = months.edge[:count], months.edge[1 : count + 1]
    is_reached = earliest <= end
    is_over = latest <= end
    return (
        _sums(least, most, is_reached & (latest >= begin), is_over & (earliest > begin), groupings),
        _sums(least, most, is_reached, is_over, groupings),
    )


def _sums(
    least: Floats,
    most: Floats,
    may_accrue: NDArray[np.bool_],
    accrues: NDArray[np.bool_],
    groupings: Sequence[Grouping],
) -> Sides:
    """Return the sums over groups, (group, month) each, of what may accrue, of all of it where it must."""
    low = np.where(may_accrue, np.where(accrues, least[:, None], np.minimum(least, 0.0)[:, None]), 0.0)
    high = np.where(may_accrue, np.where(accrues, most[:, None], np.maximum(most, 0.0)[:, None]), 0.0)
    sides: Sides = ([], [])
    for side, values in zip(sides, (low, high), strict=True):
        for grouping in groupings:
            total = np.zeros((grouping.groups, values.shape[1]))
            np.add.at(total, grouping.group, values)
            side.append(total)
    return sides
