"""The dates of a plan with all uncertainty off, by the core that simulates it."""

import numpy as np
from numpy.typing import NDArray

from riskengine.engine import deterministic
from riskengine.engine.dates.display_dates import absent_tasks, early_dates, roll_up
from riskengine.engine.dates.late import backward_pass
from riskengine.kernel.contract.arrays import FF, FS, HANDS_ON_DATES, IS_FINISHED, SF, SPANS_OTHERS
from riskengine.plan import Plan
from riskengine.schedule.dates.computed_dates import Dates, Driver

KINDS = ("FS", "SS", "FF", "SF")


def dates(plan: Plan) -> Dates:
    """Return early and late dates, floats and drivers of every task.

    Notes
    -----
    Early dates come from the compiled core, so that what is compared with another tool is what will be simulated.
    """
    deterministic_output = deterministic(plan, has_occurred=False)
    duration = deterministic_output.duration.astype(np.int64)
    lag = plan.estimates.lag[:, None]
    start, finish = early_dates(plan, deterministic_output, 1)
    absent = absent_tasks(deterministic_output, 1)
    late = backward_pass(plan, start, finish, duration, lag, absent=absent, needs_free=True)
    asked_start, asked_finish = late.early_dates()
    hours = np.array([plan.time.calendars[number].hour_ticks for number in plan.time.task_calendar])
    nothing = (plan.network.binding & SPANS_OTHERS) != 0
    total_float, free_float, of_start, of_finish = (
        np.where(nothing, np.nan, value[:, 0] / hours)
        for value in (late.total_float, late.free_float, late.start_float, late.finish_float)
    )
    late_start, late_finish = (_or_never(plan.instants(value[:, 0]), nothing) for value in late.dates())
    early_start, early_finish = (plan.instants(value[:, 0]) for value in (asked_start, asked_finish))
    roll_up(plan, early_start, early_finish, absent)
    roll_up(plan, late_start, late_finish, absent)
    return Dates(
        early_start=early_start,
        early_finish=early_finish,
        late_start=late_start,
        late_finish=late_finish,
        total_float=total_float,
        free_float=free_float,
        start_float=of_start,
        finish_float=of_finish,
        is_critical=(deterministic_output.count[0] > 0) & np.isnat(plan.progress.actual_finish),
        driving=drivers(plan, start[:, 0], finish[:, 0], duration[:, 0], lags_that_count(plan, lag[:, 0], absent)),
    )


def lags_that_count(plan: Plan, lag: NDArray[np.int64], absent: NDArray[np.bool_] | None) -> NDArray[np.int64]:
    """Return the lags of relationships, none of those into or out of what does not exist."""
    if absent is None:
        return lag
    after = np.repeat(np.arange(len(plan.task)), np.diff(plan.network.offset))
    return np.where(absent[plan.network.predecessor, 0] | absent[after, 0], 0, lag)


def _or_never(instants: NDArray[np.datetime64], nothing: NDArray[np.bool_]) -> NDArray[np.datetime64]:
    return np.where(nothing, np.datetime64("NaT", "us"), instants)


def drivers(
    plan: Plan,
    start: NDArray[np.int64],
    finish: NDArray[np.int64],
    duration: NDArray[np.int64],
    lag: NDArray[np.int64],
) -> tuple[Driver, ...]:
    """Return the relationships whose requirement equals the start of their successor.

    Parameters
    ----------
    start, finish : (task,) int64 [tick on the clock]
    duration : (task,) int64 [working tick]
    lag : (relationship,) int64 [working tick of the lag's calendar]
    """
    network = plan.network
    before, kind = network.predecessor, network.kind
    task = np.repeat(np.arange(len(plan.task)), np.diff(network.offset))
    instant = np.where((kind == FS) | (kind == FF), finish[before], start[before])
    begin, required = np.zeros(len(plan.task), np.int64), np.zeros(task.size, np.int64)
    for number, table in enumerate(plan.time.calendars):
        with_lag = (plan.time.lag_calendar == number) & (lag != 0)
        work = table.working(instant[with_lag]) + lag[with_lag]
        instant[with_lag] = np.where(lag[with_lag] > 0, table.finish_instant(work), table.start_instant(work))
    for number, table in enumerate(plan.time.calendars):
        keeps = plan.time.task_calendar == number
        begin[keeps] = table.working(start[keeps])
        required[keeps[task]] = table.working(instant[keeps[task]])
    binds_finish = ((kind == FF) | (kind == SF)) & ((network.binding & HANDS_ON_DATES) == 0)[task]
    required -= np.where(binds_finish, duration[task], 0)
    moved = ((network.binding & (SPANS_OTHERS | IS_FINISHED)) == 0)[task]
    return tuple(
        (int(before[k]), int(task[k]), KINDS[kind[k]]) for k in np.flatnonzero(moved & (required == begin[task]))
    )
