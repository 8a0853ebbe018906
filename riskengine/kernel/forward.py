"""The forward pass of one task over a block, where the whole plan shares one calendar.

Times are working ticks after the project's start: 17:00 and 08:00 next morning are one number, so a date is the
largest of its requirements, exactly.
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
    SPAN,
    SS,
    START_PINNED,
    Dates,
    Network,
)
from riskengine.kernel.compiling import compiled

I32 = np.int32
LIMIT = I32(2**31 - 1)


@compiled
def schedule(network: Network, task: Any, keep: Any, duration: Any, lags: Any, dates: Dates, driver: Any) -> None:
    """Set start and finish of a task from its duration, and the bits that say which relationships drive it.

    Notes
    -----
    ``duration`` (256,) and ``lags`` (row, 256) are int32 [tick]. Row ``k`` of ``dates.need`` takes the start that the
    task's relationship ``k`` requires, where that is more than a date and a lag; FF and SF bind the finish, so that the
    duration comes off. ``dates.begin`` takes the start, never before the task's bound. The ``duration`` of a span is
    filled.
    """
    binding = network.binding[task]
    if binding & FIXED:
        keep_fixed(network, task, dates)
        return
    first = network.offset[task]
    count = network.offset[task + 1] - first
    plane = network.plane[task]
    need, begin, starts, finishes = dates.need, dates.begin, dates.start, dates.finish
    bound = network.bound[task]
    if plane >= 0 or count == 0:
        for i in range(BLOCK):
            begin[i] = bound
    for k in range(count):
        e = first + k
        slot = network.slot[network.predecessor[e]]
        kind = network.kind[e]
        lag = network.lag[e]
        row = network.lag_row[e]
        moments = finishes if kind in (FS, FF) else starts
        if plane < 0:
            for i in range(BLOCK):
                begin[i] = moments[slot, i] + lag
        elif row < 0 and kind in (FS, SS) and not binding & SPAN:
            for i in range(BLOCK):
                a = I32(moments[slot, i] + lag)
                b = begin[i]
                begin[i] = a if a > b else b
        else:
            for i in range(BLOCK):
                need[k, i] = moments[slot, i] + lag
            if kind not in (FS, SS):
                for i in range(BLOCK):
                    need[k, i] -= duration[i]
            if row >= 0:
                for i in range(BLOCK):
                    need[k, i] += lags[row, i]
            for i in range(BLOCK):
                a = need[k, i]
                b = begin[i]
                begin[i] = a if a > b else b
    slot = network.slot[task]
    if binding & SPAN:
        cover(network, first, count, bound, plane, duration, dates, driver)
        for i in range(BLOCK):
            starts[slot, i] = begin[i]
            finishes[slot, i] = begin[i] + duration[i]
        return
    if binding & HELD:
        hold(network, task, duration, begin)
    if plane >= 0:
        for k in range(count):
            e = first + k
            kind = network.kind[e]
            if network.lag_row[e] < 0 and kind in (FS, SS):
                moments = finishes if kind == FS else starts
                mark_driver(driver, plane, k, moments, network.slot[network.predecessor[e]], network.lag[e], begin)
            else:
                mark_driver(driver, plane, k, need, k, 0, begin)
    if binding & BEGUN:
        begun = network.begun[task]
        for i in range(BLOCK):
            starts[slot, i] = begun
    elif keep or network.has_start[task]:
        for i in range(BLOCK):
            starts[slot, i] = begin[i]
    if binding & PASSING:
        for i in range(BLOCK):
            finishes[slot, i] = begin[i]
        return
    for i in range(BLOCK):
        finishes[slot, i] = begin[i] + duration[i]


@compiled
def keep_fixed(network: Network, task: Any, dates: Dates) -> None:
    """Fill the rows of a task that is over with its actual dates."""
    slot = network.slot[task]
    begun, ended = network.begun[task], network.bound[task]
    starts, finishes = dates.start, dates.finish
    for i in range(BLOCK):
        starts[slot, i] = begun
        finishes[slot, i] = ended


@compiled
def hold(network: Network, task: Any, duration: Any, begin: Any) -> None:
    """Hold the starts ``begin`` (256,) int32 of a task to the dates that bind it besides logic."""
    binding = network.binding[task]
    finish = network.least_finish[task]
    least = network.bound[task] if binding & START_PINNED else -LIMIT
    most = least if binding & START_PINNED else LIMIT
    if binding & MOST_START:
        most = network.begun[task]
    binds_least = binding & (LEAST_FINISH | FINISH_PINNED) != 0
    binds_most = binding & (MOST_FINISH | FINISH_PINNED) != 0
    for i in range(BLOCK):
        start = I32(finish - duration[i])
        a = max(begin[i], least, start if binds_least else least)
        begin[i] = min(a, most, start if binds_most else most)


@compiled
def cover(
    network: Network, first: Any, count: Any, bound: Any, plane: Any, duration: Any, dates: Dates, driver: Any
) -> None:
    """Fill ``dates.begin`` and ``duration`` of a span, from the earliest start to the latest finish asked of it.

    Notes
    -----
    Rows ``dates.need`` hold what its relationships ask: FS and SS of its start, FF and SF of its finish. Those that set
    its finish are marked in ``driver``. Nothing is earlier than ``bound``.
    """
    need, begin, driving = dates.need, dates.begin, dates.driving
    asked = False
    for i in range(BLOCK):
        begin[i] = bound
        driving[i] = bound
    for k in range(count):
        if network.kind[first + k] in (FS, SS):
            for i in range(BLOCK):
                a = need[k, i]
                b = begin[i]
                begin[i] = a if a < b or not asked else b
            asked = True
        else:
            for i in range(BLOCK):
                driving[i] = max(driving[i], need[k, i])
    for i in range(BLOCK):
        begin[i] = max(begin[i], bound)
        driving[i] = max(driving[i], begin[i])
        duration[i] = driving[i] - begin[i]
    for k in range(count):
        mark_driver(driver, plane, k, need, k, 0, driving)


@compiled
def mark_driver(driver: Any, plane: Any, k: Any, moments: Any, at: Any, lag: Any, begin: Any) -> None:
    """Set bit ``k % 8`` of driver row ``plane + k // 8`` where requirement ``k`` equals the start; ties all count.

    The requirement is row ``at`` of ``moments`` (row, 256) int32, plus ``lag`` [tick].
    """
    row = plane + (k >> 3)
    bit = np.uint8(1 << (k & 7))
    if k & 7 == 0:
        for i in range(BLOCK):
            driver[row, i] = bit if I32(moments[at, i] + lag) == begin[i] else np.uint8(0)
    else:
        for i in range(BLOCK):
            driver[row, i] |= bit if I32(moments[at, i] + lag) == begin[i] else np.uint8(0)
