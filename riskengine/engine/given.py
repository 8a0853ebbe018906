"""Dates of futures whose durations are given: what if one task took longer?"""

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import scratch
from riskengine.kernel.given import schedule_given
from riskengine.plan import Plan
from riskengine.plan.horizon import LARGEST


def early_dates_of(plan: Plan, duration: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return early start and finish (task, iteration) int64 [tick on the clock] of given durations.

    Parameters
    ----------
    plan : Plan
    duration : (task, iteration) int32 [working tick]
        In the order of ``Plan.task``; of what is over and of spans it does not count.

    Notes
    -----
    Lags are those of the deterministic plan, and no risk acts. Dates that run past the plan's calendars are cut near
    their end: compile the plan with more ``room`` to see further.
    """
    count, width = duration.shape
    network = plan.network
    still = network._replace(lag=plan.late.lag.astype(np.int32), lag_row=np.full_like(network.lag_row, -1))
    longest = int(duration.max(initial=0)) + int(np.abs(plan.late.lag).max(initial=0)) + 1
    limit, work_limit = LARGEST - longest, np.zeros(1, np.int32)
    if plan.clocks is not None:
        tables = plan.calendars
        limit = min(int(table.start_instant(max(0, table.working_horizon - longest))) for table in tables)
        work_limit = np.array([int(table.working(limit)) for table in tables], np.int32)
    columns = -(-width // BLOCK) * BLOCK
    padded = np.zeros((count, columns), np.int32)
    padded[:, :width] = duration
    start, finish = np.zeros_like(padded), np.zeros_like(padded)
    rows = scratch(plan.draws, network, plan.clocks is not None)
    schedule_given(padded, still, plan.clocks, np.int32(limit), work_limit, rows, start, finish)
    if plan.clocks is None and count:
        # what lies past the table cannot be shown as a date
        table = plan.calendars[plan.task_calendar[0]]
        end = table.working_horizon - int(table.working(plan.start)) - 1
        start, finish = np.minimum(start, end), np.minimum(finish, end)
    starts = plan.clock_start(start[:, :width])
    finishes = plan.clock(finish[:, :width])
    return np.where(padded[:, :width] == 0, finishes, starts), finishes
