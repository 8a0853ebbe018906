"""The forward pass of one task over a block, where tasks or lags keep different calendars.

Times on the clock are ticks after midnight of the start date. A calendar turns them into working ticks and back by
table, a cell of equal length at a time, because every cell is either all working time or none.
"""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import (
    BEGUN,
    FF,
    FINISH_PINNED,
    FIXED,
    FS,
    HELD,
    LEAST_FINISH,
    MOST_FINISH,
    MOST_START,
    PASSING,
    SF,
    SPAN,
    SS,
    START_PINNED,
    STARTS_SHIFT,
    Clocks,
    Dates,
    Network,
)
from riskengine.kernel.compiling import compiled
from riskengine.kernel.forward import cover, hold, mark_driver

I32, U64 = np.int32, np.uint64


@compiled
def working(cell: Any, before: Any, base: Any, tick: Any) -> Any:
    """Return the working ticks of a calendar before an instant.

    Parameters
    ----------
    cell, before : arrays
        ``Clocks.cell`` and ``Clocks.work_before``.
    base : uint64
        The calendar's first entry in ``before``.
    """
    t = U64(tick)
    number = (t * cell[1]) >> cell[2]
    at = base + number
    inside = I32(before[at] + I32(t - number * cell[0]))
    after = before[at + U64(1)]
    return inside if inside < after else after


@compiled
def start_instant(cell: Any, starts: Any, base: Any, work: Any) -> Any:
    """Return the instant at which working tick ``work`` of a calendar begins; ``starts`` is ``Clocks.work_start``."""
    w = U64(work if work > 0 else I32(0))
    number = (w * cell[1]) >> cell[2]
    return I32(starts[base + number] + I32(w - number * cell[0]))


@compiled
def finish_instant(cell: Any, starts: Any, base: Any, bound: Any, start: Any, work: Any) -> Any:
    """Return the instant at which ``work`` ticks of a calendar are done: a shift's end rather than the next start.

    What was done by the project's ``start``, ``bound`` ticks, is done at the start.
    """
    w = U64(I32(work - 1) if work > 1 else I32(0))
    number = (w * cell[1]) >> cell[2]
    done = U64(work if work > 0 else I32(0))
    instant = I32(starts[base + number] + I32(done - number * cell[0]))
    return instant if work > bound else start


@compiled
def is_open(cell: Any, before: Any, base: Any, start: Any, tick: Any) -> Any:
    """Return whether an instant lies in a working interval of a calendar, its end included.

    No shift has ended yet at ``start``, the project's.
    """
    t = U64(tick)
    number = (t * cell[1]) >> cell[2]
    at = base + number
    if before[at + U64(1)] > before[at]:
        return True
    if tick <= start:
        return False
    return number > U64(0) and t == number * cell[0] and before[at] > before[at - U64(1)]


@compiled
def require_on_clock(
    network: Network,
    clocks: Clocks,
    relationship: Any,
    task: Any,
    duration: Any,
    lags: Any,
    dates: Dates,
    at: Any,
) -> None:
    """Fill row ``at`` of ``dates.need`` with the start that a relationship requires [working tick of the task].

    ``dates.driving`` takes the latest instant that drives the task, ``dates.forced`` the latest that binds its finish.
    """
    slot = network.slot[network.predecessor[relationship]]
    kind = network.kind[relationship]
    lag = network.lag[relationship]
    calendar = clocks.task[task]
    need = dates.need
    from_finish = kind in (FS, FF)
    if clocks.direct[relationship]:
        works = dates.finish_work if from_finish else dates.start_work
        for i in range(BLOCK):
            need[at, i] = works[slot, i] + lag
    else:
        moments = dates.finish if from_finish else dates.start
        driving, forced = dates.driving, dates.forced
        row = network.lag_row[relationship]
        own = clocks.lag[relationship]
        cell, before, starts = clocks.cell, clocks.work_before, clocks.work_start
        base = U64(clocks.cell_base[calendar])
        binds_finish = kind in (FF, SF)
        if row < 0 and lag == 0:
            for i in range(BLOCK):
                need[at, i] = working(cell, before, base, moments[slot, i])
            for i in range(BLOCK):
                driving[i] = max(driving[i], moments[slot, i])
            if binds_finish:
                for i in range(BLOCK):
                    forced[i] = max(forced[i], moments[slot, i])
        else:
            bound = clocks.bound[own]
            own_base, own_work = U64(clocks.cell_base[own]), U64(clocks.work_base[own])
            for i in range(BLOCK):
                instant = moments[slot, i]
                shift = lag if row < 0 else lags[row, i]
                if shift != 0:
                    moved = I32(working(cell, before, own_base, instant) + shift)
                    if moved < bound:
                        need[at, i] = I32(-1)  # behind the start of the project nothing is required
                        continue
                    if shift > 0:
                        instant = finish_instant(cell, starts, own_work, bound, clocks.start[0], moved)
                    else:
                        instant = start_instant(cell, starts, own_work, moved)
                need[at, i] = working(cell, before, base, instant)
                driving[i] = max(driving[i], instant)
                if binds_finish:
                    forced[i] = max(forced[i], instant)
    if kind not in (FS, SS):
        for i in range(BLOCK):
            need[at, i] -= duration[i]


@compiled
def hold_instants(network: Network, clocks: Clocks, task: Any, driving: Any, forced: Any) -> None:
    """Hold the instants that drive a task to the dates that bind it besides logic; rows of 256 int32."""
    binding = network.binding[task]
    finish = clocks.task_finish[task]
    for i in range(BLOCK):
        if binding & LEAST_FINISH:
            driving[i] = max(driving[i], finish)
        else:
            forced[i] = I32(0)
        if binding & START_PINNED:
            driving[i] = clocks.task_bound[task]
        elif binding & FINISH_PINNED:
            driving[i] = finish
        elif binding & MOST_FINISH:
            driving[i] = min(driving[i], finish)
        if binding & MOST_START:
            driving[i] = min(driving[i], clocks.task_begun[task])


@compiled
def schedule_on_clock(
    network: Network,
    clocks: Clocks,
    task: Any,
    keep: Any,
    duration: Any,
    elapsed: Any,
    lags: Any,
    dates: Dates,
    driver: Any,
) -> None:
    """Set start and finish of a task in working ticks and, where ``keep`` or others need them, on the clock.

    Notes
    -----
    A start is the next working instant, a finish the shift's end, but never before an instant that an FF or SF
    relationship requires. A task of no duration stays at the instant that drives it, if that is working time or a
    shift's end, and moves to the next working instant otherwise. Elapsed delays run on the clock after the work; a
    negative one never takes the finish before the start. What is over keeps its actual dates. ``duration``,
    ``elapsed`` (256,) and ``lags`` (row, 256) are int32 [tick].
    """
    first = network.offset[task]
    count = network.offset[task + 1] - first
    calendar = clocks.task[task]
    slot = network.slot[task]
    need, begin, driving, forced = dates.need, dates.begin, dates.driving, dates.forced
    starts, finishes, start_work, finish_work = dates.start, dates.finish, dates.start_work, dates.finish_work
    binding = network.binding[task]
    least = network.bound[task]
    begun_work, begun = network.begun[task], clocks.task_begun[task]
    if binding & FIXED:
        ended = clocks.task_bound[task]
        for i in range(BLOCK):
            start_work[slot, i] = begun_work
            finish_work[slot, i] = least
            starts[slot, i] = begun
            finishes[slot, i] = ended
        return
    bound = clocks.bound[calendar]
    start = clocks.start[0]
    earliest = clocks.task_bound[task]
    for i in range(BLOCK):
        begin[i] = least
        driving[i] = earliest
        forced[i] = I32(0)
    for k in range(count):
        require_on_clock(network, clocks, first + k, task, duration, lags, dates, k)
        for i in range(BLOCK):
            a = need[k, i]
            b = begin[i]
            begin[i] = a if a > b else b
    plane = network.plane[task]
    if binding & SPAN:
        cover(network, first, count, least, plane, duration, dates, driver)
    elif binding & HELD:
        hold(network, task, duration, begin)
        hold_instants(network, clocks, task, driving, forced)
    if plane >= 0 and not binding & SPAN:
        for k in range(count):
            mark_driver(driver, plane, k, need, k, 0, begin)
    for i in range(BLOCK):
        start_work[slot, i] = begun_work if binding & BEGUN else begin[i]
        finish_work[slot, i] = begin[i] if binding & PASSING else begin[i] + duration[i]
    if not keep and not clocks.needs_clock[task]:
        return
    cell, work_start, base = clocks.cell, clocks.work_start, U64(clocks.work_base[calendar])
    for i in range(BLOCK):
        starts[slot, i] = start_instant(cell, work_start, base, begin[i])
    for i in range(BLOCK):
        done = I32(finish_instant(cell, work_start, base, bound, start, finish_work[slot, i]) + elapsed[i])
        finishes[slot, i] = max(done, forced[i], starts[slot, i])
    if clocks.may_vanish[task]:
        for i in range(BLOCK):
            if duration[i] == 0:
                instant = driving[i]
                if binding & STARTS_SHIFT or not is_open(
                    cell, clocks.work_before, U64(clocks.cell_base[calendar]), start, instant
                ):
                    instant = start_instant(cell, work_start, base, begin[i])
                starts[slot, i] = instant
                finishes[slot, i] = instant + max(I32(0), elapsed[i])
    if binding & BEGUN:
        for i in range(BLOCK):
            starts[slot, i] = begun
