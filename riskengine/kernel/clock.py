"""The forward pass of one task over a block, where tasks or lags keep different calendars.

Times on the clock are ticks after midnight of the start date. A calendar turns them into working ticks and back by
table, a cell of equal length at a time, because every cell is either all working time or none.
"""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import FF, FS, SF, SS, Clocks, Network, Scratch, Variables
from riskengine.kernel.compiling import compiled
from riskengine.kernel.draw import draw_ticks
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
    """Return the instant at which ``work`` ticks of a calendar are done: a shift's end rather than the next start."""
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
    return cell > U64(0) and t == cell * clocks.cell[0] and clocks.work_before[at] > clocks.work_before[at - U64(1)]


@compiled
def require_on_clock(
    seed: Any,
    block: Any,
    method: Any,
    variables: Variables,
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
        variable = network.lag_variable[relationship]
        own = clocks.lag[relationship]
        if variable >= 0:
            draw_ticks(seed, block, method, variables, variable, work, work.ticks, 0)
        else:
            for i in range(BLOCK):
                work.ticks[0, i] = lag
        for i in range(BLOCK):
            instant = dates[slot, i]
            shift = work.ticks[0, i]
            if shift != 0:
                moved = I32(working(clocks, own, instant) + shift)
                instant = finish_instant(clocks, own, moved) if from_finish else start_instant(clocks, own, moved)
            need[at, i] = working(clocks, calendar, instant)
            work.driving[i] = max(work.driving[i], instant)
            if kind in (FF, SF):
                work.forced[i] = max(work.forced[i], instant)
    if kind != FS and kind != SS:
        for i in range(BLOCK):
            need[at, i] -= work.duration[0, i]


@compiled
def schedule_on_clock(
    seed: Any, block: Any, method: Any, variables: Variables, network: Network, clocks: Clocks, task: Any, work: Scratch
) -> None:
    """Set start and finish of a task on the clock and in working ticks, and its driver bits.

    Notes
    -----
    A start is the next working instant, a finish the shift's end, but never before an instant that an FF or SF
    relationship requires. A task of no duration stays at the instant that drives it, if that is working time or a
    shift's end, and moves to the next working instant otherwise. Elapsed delays run on the clock after the work.
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
        require_on_clock(seed, block, method, variables, network, clocks, e, task, work, e - first)
        for i in range(BLOCK):
            a = work.need[e - first, i]
            b = begin[i]
            begin[i] = a if a > b else b
    mark_drivers(network.plane[task], last - first, work)
    for i in range(BLOCK):
        work.start_work[slot, i] = begin[i]
        work.finish_work[slot, i] = begin[i] + work.duration[0, i]
    if not clocks.needs_clock[task]:
        return
    for i in range(BLOCK):
        done = finish_instant(clocks, calendar, work.finish_work[slot, i])
        work.start[slot, i] = start_instant(clocks, calendar, begin[i])
        work.finish[slot, i] = max(I32(done + work.elapsed[0, i]), work.forced[i])
    if clocks.may_vanish[task]:
        for i in range(BLOCK):
            if work.duration[0, i] == 0:
                instant = work.driving[i]
                if not is_open(clocks, calendar, instant):
                    instant = start_instant(clocks, calendar, begin[i])
                work.start[slot, i] = instant
                work.finish[slot, i] = instant + work.elapsed[0, i]
