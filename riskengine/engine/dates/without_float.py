"""Tasks that have no total float in any iteration, whatever is drawn: logic alone says so."""

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import ELAPSED_DELAY, FS, LAG
from riskengine.plan import Plan
from riskengine.plan.network.late import UNBOUND

Flags = NDArray[np.bool_]


def tasks_without_float(plan: Plan, least: NDArray[np.float64]) -> Flags:
    """Return which tasks all ways through the network lead through, (task,), where nothing but logic gives dates.

    Parameters
    ----------
    plan : Plan
    least : (draw,) float64
        What every draw takes at the least.

    Notes
    -----
    Tasks stand in topological order. All of those before one lead to it if each has a successor that is not behind it,
    and it leads to all behind it if each has a predecessor that is not before it: the last of them then waits for it.
    A relationship that passes it by must have no lag, which could outlast it.

    A date, other kinds of relationships, a lead, work under way, a second calendar, time on the clock, levelling: where
    the plan has any of them, nothing is said of any task.
    """
    count, network = len(plan.task), plan.network
    nothing = np.zeros(count, bool)
    if not count or not _is_logic_alone(plan, least):
        return nothing
    before, after = network.predecessor, np.repeat(np.arange(count), np.diff(network.offset))
    first_successor, last_predecessor = np.full(count, count), np.full(count, -1)
    np.minimum.at(first_successor, before, after)
    np.maximum.at(last_predecessor, after, before)
    all_lead_to = np.append(-1, np.maximum.accumulate(first_successor)[:-1]) <= np.arange(count)
    leads_to_all = np.append(np.minimum.accumulate(last_predecessor[::-1])[::-1][1:], count) >= np.arange(count)
    has_lag = (plan.estimates.lag > 0) | (network.lag_row >= 0)
    # each such relationship passes by all that stand between its two tasks
    passed_by = np.zeros(count + 1, np.int64)
    np.add.at(passed_by, before[has_lag] + 1, 1)
    np.add.at(passed_by, after[has_lag], -1)
    return np.asarray(all_lead_to & leads_to_all & (np.cumsum(passed_by)[:-1] == 0))


def _is_logic_alone(plan: Plan, least: NDArray[np.float64]) -> bool:
    """Return whether every date follows from durations, FS relationships and lags of one calendar."""
    network, late, time = plan.network, plan.late, plan.time
    has_lag = (plan.estimates.lag != 0) | (network.lag_row >= 0)
    calendars = np.concatenate([time.task_calendar, time.lag_calendar[has_lag], [time.project_calendar]])
    least_lag = np.append(plan.estimates.lag, least[plan.draws.role == LAG])
    is_bound = any((each != UNBOUND).any() for each in (late.most_start, late.most_finish, late.start, late.finish))
    return not (
        plan.unlevelled is not None
        or is_bound
        or late.must_finish is not None
        or late.as_late_as_possible.any()
        or late.has_data_date
        or network.binding.any()
        or (network.bound != network.bound[0]).any()
        or (network.kind != FS).any()
        or (least_lag < 0).any()
        or (calendars != calendars[0]).any()
        or (plan.draws.role == ELAPSED_DELAY).any()
    )
