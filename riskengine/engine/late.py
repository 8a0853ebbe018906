"""The backward pass: late dates of tasks whose early dates are known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.arrays import BEGUN, FIXED, FS, PASSING, SF, SPAN, SS, STARTS_SHIFT
from riskengine.plan import Plan
from riskengine.plan.calendar import CalendarTable
from riskengine.plan.late import UNBOUND

Ticks = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LateDates:
    """Late dates and floats.

    Parameters
    ----------
    start, finish : (task, iteration) int64 [tick on the clock]
        Before the plan's origin where negative.
    start_float, finish_float, free_float : (task, iteration) int64 [working tick of the task's calendar]
    """

    start: Ticks
    finish: Ticks
    start_float: Ticks
    finish_float: Ticks
    free_float: Ticks


def late_dates(plan: Plan, start: Ticks, finish: Ticks, duration: Ticks, lag: Ticks) -> LateDates:
    """Return the late dates that go with early ones.

    Parameters
    ----------
    plan : Plan
    start, finish : (task, iteration) int64 [tick on the clock]
        Early dates.
    duration : (task, iteration) int64 [working tick]
        Time that is left.
    lag : (relationship, iteration) int64 [working tick of the lag's calendar]

    Notes
    -----
    The late finish is the earliest that a successor, a late constraint or the project's end allows; it lies at a
    shift's end, the late start where a shift begins. Spans take no part. What is over has one late date, the earliest
    that its successors allow; without a data date what has happened is its own late date.
    """
    network, late = plan.network, plan.late
    count, width = finish.shape
    tables = [late.table[number] for number in plan.task_calendar]
    early_start, early_finish = start + late.shift, finish + late.shift
    is_over = (network.binding & (FIXED | PASSING)) != 0
    is_span = (network.binding & SPAN) != 0
    left = np.where(is_over[:, None] | is_span[:, None], 0, duration)
    counted = ~is_span & ~((network.binding & FIXED != 0) & (not late.has_data_date))
    ends = early_finish[counted] if counted.any() else early_finish
    project = ends.max(axis=0) if ends.size else np.zeros(width, np.int64)
    last = project if late.must_finish is None else np.full(width, late.must_finish + late.shift)
    farthest = np.maximum(last, project)
    bound = np.empty((count, width), np.int64)
    for at in range(count):
        bound[at] = tables[at].working(last)
    instant = np.broadcast_to(last, (count, width)).copy()
    work_start, work_finish = np.empty_like(bound), np.empty_like(bound)
    clock_start, clock_finish = np.empty_like(bound), np.empty_like(bound)
    free = np.full((count, width), UNBOUND)
    has_successor = np.zeros(count, bool)
    has_successor[network.predecessor[~np.repeat(is_span, np.diff(network.offset))]] = True
    if late.are_open_ends_critical:
        for at in np.flatnonzero(~has_successor).tolist():
            bound[at] = tables[at].working(early_finish[at])
    for at in range(count - 1, -1, -1):
        table = tables[at]
        _limit(plan, at, table, left[at], bound[at])
        work_finish[at] = bound[at]
        work_start[at] = bound[at] - left[at]
        clock_finish[at] = table.finish_instant(work_finish[at])
        clock_start[at] = np.where(left[at] > 0, table.start_instant(work_start[at]), clock_finish[at])
        if not late.has_data_date and network.binding[at] & (BEGUN | FIXED):
            clock_start[at] = early_start[at]
            if network.binding[at] & FIXED:
                clock_finish[at] = early_finish[at]
        elif is_over[at]:
            clock_start[at] = clock_finish[at] = instant[at]
        elif network.binding[at] & STARTS_SHIFT:
            clock_start[at] = clock_finish[at] = table.start_instant(work_finish[at])
        if is_span[at]:
            continue
        for link in range(network.offset[at], network.offset[at + 1]):
            before = int(network.predecessor[link])
            kind = network.kind[link]
            own = tables[before]
            on = late.table[late.lag_calendar[link]]
            asked = _back(clock_start[at] if kind in (FS, SS) else clock_finish[at], on, lag[link])
            asked = np.minimum(asked, farthest)
            early = _back(early_start[at] if kind in (FS, SS) else early_finish[at], on, lag[link])
            allowed = own.working(asked)
            if kind in (SS, SF):
                slack = own.working(early) - own.working(early_start[before])
                free[before] = np.minimum(free[before], slack)
                if network.binding[before] & (BEGUN | FIXED) and not late.has_data_date:
                    continue
                allowed = allowed + left[before]
            else:
                free[before] = np.minimum(free[before], own.working(early) - own.working(early_finish[before]))
            bound[before] = np.minimum(bound[before], allowed)
            instant[before] = np.minimum(instant[before], asked)
    own_start = np.stack([tables[at].working(early_start[at]) for at in range(count)]) if count else work_start
    own_finish = np.stack([tables[at].working(early_finish[at]) for at in range(count)]) if count else work_finish
    start_float, finish_float = work_start - own_start, work_finish - own_finish
    free = np.where(has_successor[:, None], free, finish_float)
    return LateDates(clock_start - late.shift, clock_finish - late.shift, start_float, finish_float, free)


def _limit(plan: Plan, at: int, table: CalendarTable, left: Ticks, bound: Ticks) -> None:
    """Lower the late finish ``bound`` of a task [working tick] to what its constraints allow."""
    late = plan.late
    if late.most_finish[at] != UNBOUND:
        np.minimum(bound, table.working(late.most_finish[at] + late.shift), out=bound)
    if late.most_start[at] != UNBOUND:
        np.minimum(bound, table.working(late.most_start[at] + late.shift) + left, out=bound)
    if late.start[at] != UNBOUND:
        bound[:] = table.working(late.start[at] + late.shift) + left
    if late.finish[at] != UNBOUND:
        bound[:] = table.working(late.finish[at] + late.shift)


def _back(instant: Ticks, table: CalendarTable, lag: Ticks) -> Ticks:
    """Return instants from which a lag leads to others: the latest ones, at a working instant, or after a lead."""
    if not lag.any():
        return instant
    work = table.working(instant) - lag
    return np.where(lag > 0, table.start_instant(work), np.where(lag < 0, table.finish_instant(work), instant))
