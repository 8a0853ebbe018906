"""The forward pass of one task over a block, where the whole plan shares one calendar.

Times are working ticks after the project's start: 17:00 and 08:00 next morning are one number, so a date is the
largest of its requirements, exactly.
"""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import FF, FS, SS, Network, Scratch
from riskengine.kernel.compiling import compiled

I32 = np.int32


@compiled
def schedule(network: Network, task: Any, keep: Any, work: Scratch) -> None:
    """Set start and finish of a task from its duration, and the bits that say which relationships drive it.

    Notes
    -----
    Row ``k`` of ``work.need`` takes the start that the task's relationship ``k`` requires; FF and SF bind the finish,
    so that the duration comes off. ``work.begin`` takes the start; nothing starts before tick 0, the project's start.
    """
    first = network.offset[task]
    count = network.offset[task + 1] - first
    need, begin = work.need, work.begin
    for i in range(BLOCK):
        begin[i] = I32(0)
    for k in range(count):
        e = first + k
        slot = network.slot[network.predecessor[e]]
        kind = network.kind[e]
        lag = network.lag[e]
        dates = work.finish if kind in (FS, FF) else work.start
        for i in range(BLOCK):
            need[k, i] = dates[slot, i] + lag
        if kind not in (FS, SS):
            for i in range(BLOCK):
                need[k, i] -= work.duration[i]
        row = network.lag_row[e]
        if row >= 0:
            for i in range(BLOCK):
                need[k, i] += work.lag[row, i]
        for i in range(BLOCK):
            a = need[k, i]
            b = begin[i]
            begin[i] = a if a > b else b
    mark_drivers(network.plane[task], count, work)
    slot = network.slot[task]
    if keep or network.has_start[task]:
        for i in range(BLOCK):
            work.start[slot, i] = begin[i]
    for i in range(BLOCK):
        work.finish[slot, i] = begin[i] + work.duration[i]


@compiled
def mark_drivers(plane: Any, count: Any, work: Scratch) -> None:
    """Set bit ``k % 8`` of driver row ``plane + k // 8`` where requirement ``k`` equals the start; ties all count."""
    if plane < 0:
        return
    driver = work.driver
    for k in range(count):
        row = plane + (k >> 3)
        bit = np.uint8(1 << (k & 7))
        if k & 7 == 0:
            for i in range(BLOCK):
                driver[row, i] = bit if work.need[k, i] == work.begin[i] else np.uint8(0)
        else:
            for i in range(BLOCK):
                driver[row, i] |= bit if work.need[k, i] == work.begin[i] else np.uint8(0)
