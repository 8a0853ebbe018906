"""Cost over time: what is spent in each calendar month, made from runs of the first iterations when it is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks import Request, run_blocks
from riskengine.engine.cost_accrual import CostAccrual
from riskengine.engine.cost_limits import cost_limits
from riskengine.engine.cost_rows import CostRows
from riskengine.engine.floats import drawn_lags
from riskengine.engine.monthly import Accrual, Grouping, Months, monthly_sums, months_of
from riskengine.engine.pairing import LEAST_PAIRED, forced_rows, is_mostly_on
from riskengine.engine.stored_tasks import StoredTasks
from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import Output
from riskengine.plan import Plan
from riskengine.results.sample import CostPeriodSample

Floats = NDArray[np.float64]

PERIOD_VALUES = 500_000
"""Rows x months x iterations of costs over time, at least one block of iterations."""
FORCED_VALUES = 4_000_000
"""(Tasks + rows x months) x iterations of runs in which a risk that was hardly seen is forced to occur."""
CHUNK_VALUES = 600_000
"""Tasks x iterations that are simulated at a time, at least one block."""


@dataclass(frozen=True)
class MonthlyCost:
    """Adds up what accrues over the months, by the rows of the table.

    Parameters
    ----------
    costs : CostAccrual
    rows : CostRows
    months : Months
    groupings : pair of Grouping
        Of the rows that may still cost something.
    """

    costs: CostAccrual
    rows: CostRows
    months: Months
    groupings: tuple[Grouping, Grouping]

    @classmethod
    def of(cls, stored: StoredTasks) -> "MonthlyCost | None":
        """Return it for the plan of a run; None where nothing costs anything."""
        plan = stored.plan
        costs = CostAccrual.of(plan, stored.deterministic_output)
        everybody = np.union1d(costs.rows, costs.known_rows)
        if not everybody.size:
            return None
        rows = CostRows.of(plan, everybody, stored.deterministic_output.task_cost[:, 0])
        return cls(costs, rows, months_of(plan, costs.first), rows.groupings(costs.rows))

    def sums(self, accrual: Accrual) -> Floats:
        """Return (row, month, iteration) of what is not yet spent."""
        return self.rows.joined(monthly_sums(self.costs.plan, self.months, accrual, self.groupings))

    def known_sums(self) -> Floats:
        """Return (row, month, 1) of what has been spent."""
        groupings = self.rows.groupings(self.costs.known_rows)
        return self.rows.joined(monthly_sums(self.costs.plan, self.months, self.costs.known, groupings))


def cost_period_sample(stored: StoredTasks, occurs: NDArray[np.bool_], iterations: int) -> CostPeriodSample | None:
    """Return what is spent in each month in the first iterations of a run, as many as there is time for.

    Parameters
    ----------
    stored : StoredTasks
    occurs : (risk, iteration) bool
        Of the first iterations.
    iterations : int
        Of the whole run.

    Notes
    -----
    The iterations are run again, a chunk at a time, and a block of 256 is always added up for itself, so that neither
    threads nor chunks change a bit.
    """
    monthly = MonthlyCost.of(stored)
    if monthly is None:
        return None
    rows, months = monthly.rows, monthly.months
    known_cost = monthly.known_sums()
    plan_lag = stored.plan.estimates.lag[:, None] if is_postponed(stored.plan) else None
    planned_cost = monthly.sums(monthly.costs.accrual(stored.deterministic_output, plan_lag))
    count = max(known_cost.shape[1], planned_cost.shape[1], _last_month(months, stored) + 1)
    width = min(iterations, BLOCK * max(1, PERIOD_VALUES // (len(rows.key) * count * BLOCK)))
    blocks = [monthly.sums(accrual) for accrual in accruals(stored, monthly.costs, stored.request, width)]
    count = max(part.shape[1] for part in (known_cost, planned_cost, *blocks))
    cost = np.empty((len(rows.key), count, len(blocks) * BLOCK))
    cost[:] = _lengthened(known_cost, count)
    for at, block in enumerate(blocks):
        cost[:, : block.shape[1], at * BLOCK : (at + 1) * BLOCK] += block
    of_months, until = cost_limits(monthly.costs, months, count, monthly.groupings)
    known_limit = _lengthened(known_cost, count)[..., 0]
    forced = _forced_rows(stored.plan, occurs[:, :width], len(rows.key) * count)
    return CostPeriodSample(
        scope=rows.scope,
        key=rows.key,
        name=rows.name,
        month=months.first[:count].astype("datetime64[us]"),
        deterministic=(_lengthened(known_cost, count) + _lengthened(planned_cost, count))[..., 0],
        cost=cost[..., :width],
        limits=np.stack([rows.joined(side) for side in of_months]) + known_limit,
        cumulative_limits=np.stack([rows.joined(side) for side in until]) + np.cumsum(known_limit, axis=1),
        forced=tuple(forced),
        forced_cost=_forced_changes(stored, monthly, forced, occurs[:, :width], _lengthened(blocks[0], count)),
    )


def _forced_rows(plan: Plan, occurs: NDArray[np.bool_], values: int) -> list[int]:
    """Return the risks that hardly occurred, or hardly did not, the likeliest for which there is time."""
    affordable = max(LEAST_PAIRED, FORCED_VALUES // ((len(plan.task) + values) * BLOCK))
    return forced_rows(plan, occurs)[:affordable]


def _forced_changes(
    stored: StoredTasks, monthly: MonthlyCost, forced: Sequence[int], occurs: NDArray[np.bool_], before: Floats
) -> Floats:
    """Return what the first iterations cost more in each month, on average, where each risk is forced to occur, or not.

    Parameters
    ----------
    before : (row, month, iteration) float64
        Of the first block as it is.

    Returns
    -------
    (forced, row, month) float64 [currency]
    """
    rows, count, _ = before.shape
    width = min(occurs.shape[1], BLOCK)
    changes = np.zeros((len(forced), rows, count))
    is_off = is_mostly_on(occurs)
    for at, risk in enumerate(forced):
        without, always = ((risk,), ()) if is_off[risk] else ((), (risk,))
        request = replace(stored.request, without=without, always=always)
        for accrual in accruals(stored, monthly.costs, request, width):
            after = _lengthened(monthly.sums(accrual), count)[:, :count]
            changes[at] = (after - before)[..., :width].mean(axis=2)
    return changes


def accruals(stored: StoredTasks, costs: CostAccrual, request: Request, width: int) -> Iterator[Accrual]:
    """Yield when costs accrue in each block of the first ``width`` iterations of a request."""
    plan = stored.plan
    blocks = -(-width // BLOCK)
    lag = drawn_lags(plan, request, stored.dimension, blocks * BLOCK) if is_postponed(plan) else None
    chunk = max(1, CHUNK_VALUES // (max(1, len(plan.task)) * BLOCK))
    for first in range(0, blocks, chunk):
        columns = min(chunk, blocks - first) * BLOCK
        again = replace(request, iterations=columns, first_block=first, task_iterations=columns, risk_iterations=0)
        output = run_blocks(plan, again, stored.dimension)
        for begin in range(0, columns, BLOCK):
            at = slice(begin, begin + BLOCK)
            lags = None if lag is None else lag[:, first * BLOCK + begin : first * BLOCK + begin + BLOCK]
            yield costs.accrual(columns_of(output, at), lags)


def columns_of(output: Output, at: slice) -> Output:
    """Return some iterations of an output."""
    names = ("finish", "start", "end", "duration", "task_cost")
    return output._replace(**{name: getattr(output, name)[:, at] for name in names})


def is_postponed(plan: Plan) -> bool:
    """Return whether tasks are shown as late as possible: none is where resources are levelled."""
    return bool(plan.late.as_late_as_possible.any()) and plan.unlevelled is None


def _last_month(months: Months, stored: StoredTasks) -> int:
    """Return the last month in which a task ends in the iterations that are stored, to tell how many are affordable."""
    end = stored.output.end[:, : stored.iterations]
    return int(months.at(stored.plan.clock(end.max(axis=0, initial=0))).max(initial=0))


def _lengthened(sums: Floats, count: int) -> Floats:
    """Return sums (row, month, iteration) with months without any cost added at the end."""
    return np.pad(sums, ((0, 0), (0, max(0, count - sums.shape[1])), (0, 0)))
