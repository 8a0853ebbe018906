"""The forward pass of one task over a block, where the whole plan shares one calendar.

Times are working ticks after the project's start: 17:00 and 08:00 next morning are one number, so a date is the
largest of its requirements, exactly.
"""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import FF, FS, SS, Network, Scratch, Variables
from riskengine.kernel.compiling import compiled
from riskengine.kernel.draw import draw_ticks

I32 = np.int32


@compiled
def require(
    seed: Any,
    block: Any,
    method: Any,
    variables: Variables,
    network: Network,
    relationship: Any,
    work: Scratch,
    at: Any,
) -> None:
    """Fill row ``at`` of ``work.need`` with the start that a relationship requires of its successor [working tick].

    Reads ``work.duration``, the successor's, because FF and SF bind its finish.
    """
    slot = network.slot[network.predecessor[relationship]]
    kind = network.kind[relationship]
    lag = network.lag[relationship]
    need = work.need
    if kind in (FS, FF):
        for i in range(BLOCK):
            need[at, i] = work.finish[slot, i] + lag
    else:
        for i in range(BLOCK):
            need[at, i] = work.start[slot, i] + lag
    if kind != FS and kind != SS:
        for i in range(BLOCK):
            need[at, i] -= work.duration[0, i]
    variable = network.lag_variable[relationship]
    if variable >= 0:
        draw_ticks(seed, block, method, variables, variable, work, work.ticks, 0)
        for i in range(BLOCK):
            need[at, i] += work.ticks[0, i]


@compiled
def schedule(
    seed: Any, block: Any, method: Any, variables: Variables, network: Network, task: Any, work: Scratch
) -> None:
    """Set start and finish of a task, and the bits that say which relationships drive it.

    Notes
    -----
    ``work.begin`` holds the start [working tick]; nothing starts before tick 0, the project's start.
    """
    first = network.offset[task]
    last = network.offset[task + 1]
    begin = work.begin
    for i in range(BLOCK):
        begin[i] = I32(0)
    for e in range(first, last):
        require(seed, block, method, variables, network, e, work, e - first)
        for i in range(BLOCK):
            a = work.need[e - first, i]
            b = begin[i]
            begin[i] = a if a > b else b
    mark_drivers(network.plane[task], last - first, work)
    slot = network.slot[task]
    if network.has_start[task]:
        for i in range(BLOCK):
            work.start[slot, i] = begin[i]
    for i in range(BLOCK):
        work.finish[slot, i] = begin[i] + work.duration[0, i]


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
