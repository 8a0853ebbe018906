"""The forward pass of one task over a block, where tasks or lags keep different calendars.

Times on the clock are ticks after midnight of the start date. A calendar turns them into working ticks and back by
table, a cell of equal length at a time, because every cell is either all working time or none.
"""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import FF, FS, SF, SS, Clocks, Network, Scratch
from riskengine.kernel.compiling import compiled
from riskengine.kernel.forward import mark_drivers

I32, U64 = np.int32, np.uint64


@compiled
def working(clocks: Clocks, calendar: Any, tick: Any) -> Any:
    """Return the working ticks of a calendar before an instant."""
    size = clocks.cell[0]
    t = U64(tick)
    cell = (t * clocks.cell[1]) >> clocks.cell[2]
    at = U64(clocks.cell_base[calendar]) + cell
    before = clocks.work_before[at]
    inside = before + I32(t - cell * size)
    after = clocks.work_before[at + U64(1)]
    return I32(inside) if inside < after else I32(after)


@compiled
def start_instant(clocks: Clocks, calendar: Any, work: Any) -> Any:
    """Return the instant at which working tick ``work`` of a calendar begins."""
    w = U64(work if work > 0 else I32(0))
    cell = (w * clocks.cell[1]) >> clocks.cell[2]
    return I32(clocks.work_start[U64(clocks.work_base[calendar]) + cell] + I32(w - cell * clocks.cell[0]))


@compiled
def finish_instant(clocks: Clocks, calendar: Any, work: Any) -> Any:
    """Return the instant at which ``work`` ticks of a calendar are done: a shift's end rather than the next start.

    What was done by the project's start is done at the start.
    """
    if work <= clocks.bound[calendar]:
        return clocks.start[0]
    w = U64(work - 1 if work > 1 else I32(0))
    cell = (w * clocks.cell[1]) >> clocks.cell[2]
    done = U64(work if work > 0 else I32(0))
    return I32(clocks.work_start[U64(clocks.work_base[calendar]) + cell] + I32(done - cell * clocks.cell[0]))


@compiled
def is_open(clocks: Clocks, calendar: Any, tick: Any) -> Any:
    """Return whether an instant lies in a working interval of a calendar, its end included."""
    t = U64(tick)
    cell = (t * clocks.cell[1]) >> clocks.cell[2]
    at = U64(clocks.cell_base[calendar]) + cell
    if clocks.work_before[at + U64(1)] > clocks.work_before[at]:
        return True
    if tick <= clocks.start[0]:
        return False  # no shift has ended yet
    return cell > U64(0) and t == cell * clocks.cell[0] and clocks.work_before[at] > clocks.work_before[at - U64(1)]


@compiled
def require_on_clock(
    network: Network,
    clocks: Clocks,
    relationship: Any,
    task: Any,
    work: Scratch,
    at: Any,
) -> None:
    """Fill row ``at`` of ``work.need`` with the start that a relationship requires [working tick of the task].

    ``work.driving`` takes the latest instant that drives the task, ``work.forced`` the latest that binds its finish.
    """
    slot = network.slot[network.predecessor[relationship]]
    kind = network.kind[relationship]
    lag = network.lag[relationship]
    calendar = clocks.task[task]
    need = work.need
    from_finish = kind in (FS, FF)
    if clocks.direct[relationship]:
        rows = work.finish_work if from_finish else work.start_work
        for i in range(BLOCK):
            need[at, i] = rows[slot, i] + lag
    else:
        dates = work.finish if from_finish else work.start
        row = network.lag_row[relationship]
        own = clocks.lag[relationship]
        for i in range(BLOCK):
            instant = dates[slot, i]
            shift = lag if row < 0 else work.lag[row, i]
            if shift != 0:
                moved = I32(working(clocks, own, instant) + shift)
                if moved < clocks.bound[own]:
                    need[at, i] = I32(-1)  # behind the start of the project nothing is required
                    continue
                instant = finish_instant(clocks, own, moved) if from_finish else start_instant(clocks, own, moved)
            need[at, i] = working(clocks, calendar, instant)
            work.driving[i] = max(work.driving[i], instant)
            if kind in (FF, SF):
                work.forced[i] = max(work.forced[i], instant)
    if kind != FS and kind != SS:
        for i in range(BLOCK):
            need[at, i] -= work.duration[i]


@compiled
def schedule_on_clock(
    network: Network,
    clocks: Clocks,
    task: Any,
    keep: Any,
    work: Scratch,
) -> None:
    """Set start and finish of a task in working ticks and, where ``keep`` or others need them, on the clock.

    Notes
    -----
    A start is the next working instant, a finish the shift's end, but never before an instant that an FF or SF
    relationship requires. A task of no duration stays at the instant that drives it, if that is working time or a
    shift's end, and moves to the next working instant otherwise. Elapsed delays run on the clock after the work; a
    negative one never takes the finish before the start.
    """
    first = network.offset[task]
    last = network.offset[task + 1]
    calendar = clocks.task[task]
    slot = network.slot[task]
    begin = work.begin
    for i in range(BLOCK):
        begin[i] = clocks.bound[calendar]
        work.driving[i] = clocks.start[0]
        work.forced[i] = I32(0)
    for e in range(first, last):
        require_on_clock(network, clocks, e, task, work, e - first)
        for i in range(BLOCK):
            a = work.need[e - first, i]
            b = begin[i]
            begin[i] = a if a > b else b
    mark_drivers(network.plane[task], last - first, work)
    for i in range(BLOCK):
        work.start_work[slot, i] = begin[i]
        work.finish_work[slot, i] = begin[i] + work.duration[i]
    if not keep and not clocks.needs_clock[task]:
        return
    for i in range(BLOCK):
        done = finish_instant(clocks, calendar, work.finish_work[slot, i])
        start = start_instant(clocks, calendar, begin[i])
        work.start[slot, i] = start
        work.finish[slot, i] = max(I32(done + work.elapsed[i]), work.forced[i], start)
    if clocks.may_vanish[task]:
        for i in range(BLOCK):
            if work.duration[i] == 0:
                instant = work.driving[i]
                if not is_open(clocks, calendar, instant):
                    instant = start_instant(clocks, calendar, begin[i])
                work.start[slot, i] = instant
                work.finish[slot, i] = instant + max(I32(0), work.elapsed[i])
