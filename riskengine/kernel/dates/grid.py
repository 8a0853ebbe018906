"""A calendar as tables: from instants on the clock to working ticks and back."""

from typing import Any, NamedTuple

import numpy as np

from riskengine.kernel.compiling import compiled
from riskengine.kernel.contract.lost_days import LostRows
from riskengine.kernel.contract.on_clock import OnClock
from riskengine.kernel.dates.lost_days import bound_of, is_day_lost, lost_before_work, without_lost

I32, U64 = np.int32, np.uint64


class Grid(NamedTuple):
    """One calendar: its record of ``OnClock.calendar``, loaded once before a loop."""

    cell: Any
    multiplier: Any
    shift: Any
    before: Any
    work: Any
    bound: Any
    start: Any
    loses: Any
    first_day: Any
    days: Any
    day_cells: Any
    day_multiplier: Any
    day_shift: Any
    packed: Any
    hint: Any
    first_work: Any
    piece_multiplier: Any
    piece_shift: Any
    last_piece: Any


@compiled
def grid_of(clocks: OnClock, number: Any) -> Grid:
    """Return calendar ``number``."""
    it = clocks.calendar[number]
    return Grid(
        cell=it.cell,
        multiplier=it.multiplier,
        shift=it.shift,
        before=it.before,
        work=it.work,
        bound=it.bound,
        start=it.start,
        loses=it.loses,
        first_day=it.first_day,
        days=it.days,
        day_cells=it.day_cells,
        day_multiplier=it.day_multiplier,
        day_shift=it.day_shift,
        packed=it.packed,
        hint=it.hint,
        first_work=it.first_work,
        piece_multiplier=it.piece_multiplier,
        piece_shift=it.piece_shift,
        last_piece=it.last_piece,
    )


@compiled
def working(grid: Grid, clocks: OnClock, lost: LostRows | None, tick: Any, i: Any) -> Any:
    """Return the working ticks of a calendar before an instant, in iteration ``i`` where days are ``lost``."""
    t = U64(tick)
    number = (t * grid.multiplier) >> grid.shift
    at = grid.before + number
    inside = I32(clocks.work_before[at] + I32(t - number * grid.cell))
    after = clocks.work_before[at + U64(1)]
    return without_lost(grid, clocks, lost, inside if inside < after else after, instant=tick, i=i)


@compiled
def start_instant(grid: Grid, clocks: OnClock, lost: LostRows | None, work: Any, i: Any) -> Any:
    """Return the instant at which working tick ``work`` of a calendar begins."""
    worked = I32(work + lost_before_work(grid, clocks, lost, work, i))
    w = U64(worked if worked > 0 else I32(0))
    number = (w * grid.multiplier) >> grid.shift
    return I32(clocks.work_start[grid.work + number] + I32(w - number * grid.cell))


@compiled
def finish_instant(grid: Grid, clocks: OnClock, lost: LostRows | None, work: Any, i: Any) -> Any:
    """Return the instant at which ``work`` ticks of a calendar are done: a shift's end rather than the next start.

    What was done by the project's ``start``, ``bound`` ticks, is done at the start.
    """
    worked = I32(work + lost_before_work(grid, clocks, lost, I32(work - 1), i))
    w = U64(I32(worked - 1) if worked > 1 else I32(0))
    number = (w * grid.multiplier) >> grid.shift
    done = U64(worked if worked > 0 else I32(0))
    instant = I32(clocks.work_start[grid.work + number] + I32(done - number * grid.cell))
    return instant if work > bound_of(grid, lost, i) else grid.start


@compiled
def is_open(grid: Grid, clocks: OnClock, lost: LostRows | None, tick: Any, i: Any) -> Any:
    """Return whether an instant lies in a working interval of a calendar, its end included.

    No shift has ended yet at the project's start.
    """
    t = U64(tick)
    number = (t * grid.multiplier) >> grid.shift
    at = grid.before + number
    work_before = clocks.work_before
    begins = number > U64(0) and t == number * grid.cell and tick > grid.start
    works = work_before[at + U64(1)] > work_before[at] and not is_day_lost(grid, lost, tick, i)
    worked = begins and work_before[at] > work_before[at - U64(1)]
    return works or (worked and not is_day_lost(grid, lost, I32(tick - 1), i))
