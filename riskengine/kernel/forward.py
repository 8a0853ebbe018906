"""The forward pass of one task over a block, where the whole plan shares one calendar.

Times are working ticks after the project's start: 17:00 and 08:00 next morning are one number, so a date is the
largest of its requirements, exactly.
"""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import FF, FS, SS, Dates, Network
from riskengine.kernel.compiling import compiled

I32 = np.int32


@compiled
def schedule(network: Network, task: Any, keep: Any, duration: Any, lags: Any, dates: Dates, driver: Any) -> None:
    """Set start and finish of a task from its duration, and the bits that say which relationships drive it.

    Notes
    -----
    ``duration`` (256,) and ``lags`` (row, 256) are int32 [tick]. Row ``k`` of ``dates.need`` takes the start that the
    task's relationship ``k`` requires, where that is more than a date and a lag; FF and SF bind the finish, so that the
    duration comes off. ``dates.begin`` takes the start; nothing starts before tick 0, the project's start.
    """
    first = network.offset[task]
    count = network.offset[task + 1] - first
    plane = network.plane[task]
    need, begin, starts, finishes = dates.need, dates.begin, dates.start, dates.finish
    if plane >= 0 or count == 0:
        for i in range(BLOCK):
            begin[i] = I32(0)
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
        elif row < 0 and kind in (FS, SS):
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
    if plane >= 0:
        for k in range(count):
            e = first + k
            kind = network.kind[e]
            if network.lag_row[e] < 0 and kind in (FS, SS):
                moments = finishes if kind == FS else starts
                mark_driver(driver, plane, k, moments, network.slot[network.predecessor[e]], network.lag[e], begin)
            else:
                mark_driver(driver, plane, k, need, k, 0, begin)
    slot = network.slot[task]
    if keep or network.has_start[task]:
        for i in range(BLOCK):
            starts[slot, i] = begin[i]
    for i in range(BLOCK):
        finishes[slot, i] = begin[i] + duration[i]


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
