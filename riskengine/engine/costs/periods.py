"""Cost over time: what is spent in each calendar month, made from runs of the first iterations when it is asked for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.costs.accrual import CostAccrual
from riskengine.engine.costs.limits import cost_limits
from riskengine.engine.costs.rows import CostRows
from riskengine.engine.dates.stored_tasks import StoredTasks
from riskengine.engine.escalation import at_base_prices, index_of_rows, prices_of
from riskengine.engine.months.month_runs import (
    forced_months,
    last_month,
    lengthened,
    monthly_values,
    planned_values,
    side_by_side,
)
from riskengine.engine.months.monthly import Grouping, Months, monthly_sums, months_of
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Output
from riskengine.results.samples.sample import CostPeriodSample

Floats = NDArray[np.float64]
Ticks = NDArray[np.int64]

PERIOD_VALUES = 500_000
"""Rows x months x iterations of costs over time, at least one block of iterations."""


@dataclass(frozen=True)
class MonthlyCost:
    """Adds up what accrues over the months, by the rows of the table.

    Parameters
    ----------
    costs : CostAccrual
    rows : CostRows
    months : Months
    groupings : tuple of Grouping
        Of the rows that may still cost something.
    """

    costs: CostAccrual
    rows: CostRows
    months: Months
    groupings: tuple[Grouping, ...]

    @classmethod
    def of(cls, stored: StoredTasks) -> "MonthlyCost | None":
        """Return it for the plan of a run; None where nothing costs anything."""
        plan = stored.plan
        costs = CostAccrual.of(plan, stored.deterministic_output.task_cost[:-1, 0])
        everybody = np.union1d(costs.rows, costs.known_rows)
        if not everybody.size:
            return None
        months = months_of(plan, costs.first)
        planned_cost = stored.deterministic_output.task_cost[:, 0]
        rows = CostRows.of(plan, everybody, planned_cost, last_month(months, stored) + 1)
        return cls(costs, rows, months, rows.groupings(costs.owners))

    def unspent(self, output: Output, lag: Ticks | None) -> Floats:
        """Return (row, month, iteration) of what is not yet spent."""
        accrual, escalation, prices = self.costs.accrual(output, lag), self.costs.plan.escalation, None
        if escalation is not None:
            prices = prices_of(escalation, self.months, index_of_rows(escalation, self.costs), output)
            accrual = at_base_prices(self.costs, self.months, accrual, prices)
        return self.rows.joined(monthly_sums(self.months, accrual, self.groupings, prices))

    def spent(self) -> Floats:
        """Return (row, month, 1) of what has been spent."""
        groupings = self.rows.groupings(self.costs.known_rows)
        return self.rows.joined(monthly_sums(self.months, self.costs.certain, groupings))


def cost_period_sample(stored: StoredTasks, occurs: NDArray[np.bool_], iterations: int) -> CostPeriodSample | None:
    """Return what is spent in each month in the first iterations of a run, as many as there is time for.

    Parameters
    ----------
    stored : StoredTasks
    occurs : (risk, iteration) bool
        Of the first iterations.
    iterations : int
        Of the whole run.
    """
    monthly = MonthlyCost.of(stored)
    if monthly is None:
        return None
    rows, months = monthly.rows, monthly.months
    spent, planned = monthly.spent(), planned_values(stored, monthly.unspent)
    count = max(spent.shape[1], planned.shape[1], last_month(months, stored) + 1)
    width = min(iterations, BLOCK * max(1, PERIOD_VALUES // (len(rows.key) * count * BLOCK)))
    blocks = monthly_values(stored, monthly.unspent, stored.request, width)
    count = max(part.shape[1] for part in (spent, planned, *blocks))
    spent = lengthened(spent, count)
    of_months, until = cost_limits(monthly.costs, months, count, monthly.groupings)
    before = lengthened(blocks[0], count)[..., :width]
    forced = forced_months(stored, monthly.unspent, occurs[:, :width], before)
    return CostPeriodSample(
        scope=rows.scope,
        key=rows.key,
        name=rows.name,
        month=months.first[:count].astype("datetime64[us]"),
        deterministic=(spent + lengthened(planned, count))[..., 0],
        cost=spent + side_by_side(blocks, count)[..., :width],
        limits=np.stack([rows.joined(side) for side in of_months]) + spent[..., 0],
        cumulative_limits=np.stack([rows.joined(side) for side in until]) + np.cumsum(spent[..., 0], axis=1),
        forced=forced.risks,
        forced_cost=forced.by_risk,
        rare_values=forced.values,
        rare_value_cost=forced.by_value,
    )
