"""Dates of futures whose durations are given: what if one task took longer?"""

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel import BLOCK
from riskengine.kernel.contract.layout import kernel_plan_of
from riskengine.kernel.what_if import DateLimits, Futures, schedule_what_if
from riskengine.plan import Plan
from riskengine.plan.time.horizon import LARGEST, BeyondTable


def early_dates_of(plan: Plan, duration: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return early start and finish (task, iteration) int64 [tick on the clock] of given durations.

    Parameters
    ----------
    plan : Plan
    duration : (task, iteration) int32 [working tick]
        In the order of ``Plan.task``; of what is over and of spans it does not count.

    Notes
    -----
    Lags are those of the deterministic plan, no risk acts, and no day is lost. What does not exist in it takes no time.

    Raises
    ------
    BeyondTable
        When a date could lie past the plan's calendars: compile it with more ``room``.
    """
    count, width = duration.shape
    network = plan.network
    still = network._replace(lag=plan.estimates.lag.astype(np.int32), lag_row=np.full_like(network.lag_row, -1))
    longest = int(duration.max(initial=0)) + int(np.abs(plan.estimates.lag).max(initial=0)) + 1
    work_limit = np.zeros(1, np.int32)
    if plan.clocks is None:
        shared = plan.time.calendars[plan.time.task_calendar[0] if count else 0]
        limit = min(shared.working_horizon - int(shared.working(plan.time.start)), LARGEST) - longest
    else:
        tables = plan.time.calendars
        room = [table.working_horizon - longest for table in tables]
        if any(most <= int(table.working(plan.time.start)) for most, table in zip(room, tables, strict=True)):
            raise BeyondTable
        limit = min(int(table.start_instant(most)) for most, table in zip(room, tables, strict=True))
        work_limit = np.array([int(table.working(limit)) for table in tables], np.int32)
    columns = -(-width // BLOCK) * BLOCK
    padded = np.zeros((count, columns), np.int32)
    padded[:, :width] = duration
    start, finish = np.zeros_like(padded), np.zeros_like(padded)
    if limit <= (0 if plan.clocks is None else plan.time.start):
        raise BeyondTable
    kernel_plan = kernel_plan_of(
        plan.variables,
        plan.draws,
        still,
        plan.clocks,
        risks=plan.risks,
        costs=plan.costs,
        existence=plan.planned.existence_arrays,
    )
    schedule_what_if(
        futures=Futures(padded, start, finish),
        tables=kernel_plan.tables,
        limits=DateLimits(np.int32(limit), work_limit),
        rows=kernel_plan.rows(),
        **kernel_plan.cases,
    )
    if finish.size and finish.max() >= limit:
        raise BeyondTable
    starts = plan.clock_start(start[:, :width])
    finishes = plan.clock(finish[:, :width])
    return np.where(padded[:, :width] == 0, finishes, starts), finishes
