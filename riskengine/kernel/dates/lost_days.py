"""Working time without the days that a calendar loses.

Where a calendar loses days, its working ticks are those that are left: a lost day has none. ``Cells`` know of none that
is lost, so a conversion goes through both: what is lost before an instant is subtracted, and what is lost before a
working tick is added again. Both are one look-up in the rows of ``LostRows``.
"""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import compiled
from riskengine.kernel.contract.lost_days import LostRows

U8, U16, U32, U64, I32 = np.uint8, np.uint16, np.uint32, np.uint64, np.int32
ONE = U32(1)


@compiled
def day_row(grid: Any, instant: Any) -> Any:
    """Return the row of the day in which an instant lies, negative before the first that may be lost."""
    return min(I32((U64(instant) * grid.day_multiplier) >> grid.day_shift) - grid.first_day, grid.days)


@compiled
def without_lost(grid: Any, clocks: Any, lost: LostRows | None, work: Any, instant: Any, i: Any) -> Any:
    """Return the working ticks before an instant that are left of ``work``, those that the cells have."""
    if lost is None:
        return work
    if not grid.loses:
        return work
    row = day_row(grid, instant)
    if row < 0:
        return work
    packed = lost.packed[grid.packed + U64(row) * WIDTH + i]
    if packed & ONE:
        work = clocks.work_before[grid.before + U64(grid.first_day + row) * grid.day_cells]
    return I32(work - I32(packed >> ONE))


@compiled
def is_day_lost(grid: Any, lost: LostRows | None, instant: Any, i: Any) -> Any:
    """Return whether the day in which an instant lies is lost."""
    if lost is None:
        return False
    if not grid.loses:
        return False
    row = day_row(grid, instant)
    if row < 0:
        return False
    return lost.packed[grid.packed + U64(row) * WIDTH + i] & ONE != 0


@compiled
def bound_of(grid: Any, lost: LostRows | None, i: Any) -> Any:
    """Return the working ticks before the project's start."""
    if lost is None:
        return grid.bound
    if not grid.loses:
        return grid.bound
    return grid.first_work if lost.packed[grid.packed + i] & ONE else grid.bound


@compiled
def lost_before_work(grid: Any, clocks: Any, lost: LostRows | None, key: Any, i: Any) -> Any:
    """Return the working ticks lost before the day on which working tick ``key`` is worked."""
    if lost is None:
        return I32(0)
    if not grid.loses:
        return I32(0)
    relative = I32(key - grid.first_work)
    if relative < 0:
        return I32(0)
    number = min(I32((U64(relative) * grid.piece_multiplier) >> grid.piece_shift), grid.last_piece)
    row = I32(lost.day_of_work[grid.hint + U64(number) * WIDTH + i])
    packed = lost.packed[grid.packed + U64(row) * WIDTH + i]
    while row < grid.days:
        after = lost.packed[grid.packed + U64(row + 1) * WIDTH + i]
        at = grid.before + U64(grid.first_day + row + 1) * grid.day_cells
        if I32(clocks.work_before[at] - I32(after >> ONE)) > key:
            break
        packed = after
        row += 1
    return I32(packed >> ONE)
