"""Criticality: which tasks lie on a longest path to each target, ties counted for all.

A byte for each task and iteration carries one bit for each of eight targets. Walking the network backwards, a task's
byte is passed on to the predecessors whose relationship drives it; no dates are needed again.
"""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK, WORDS
from riskengine.kernel.arrays import Dates, Marks, Network, Output
from riskengine.kernel.compiling import compiled

U8, U64, I64 = np.uint8, np.uint64, np.int64
ONES = U64(0x0101010101010101)
EVEN_BYTES = U64(0x00FF00FF00FF00FF)
EVEN_SUM = U64(0x0001000100010001)
ALL = U64(255)
BYTE, TOP = U64(8), U64(48)


@compiled
def seed_targets(network: Network, first: Any, last: Any, valid: Any, dates: Dates, critical: Any) -> None:
    """Set the bits of targets ``first`` to ``last`` on the tasks at which their longest paths end."""
    finish, project = dates.finish, dates.project
    for target in range(first, last):
        bit = U8(1 << (target - first))
        if target == 0:
            for k in range(network.open_end.size):
                task = network.open_end[k]
                slot = network.slot[task]
                for i in range(valid):
                    critical[task, i] |= bit if finish[slot, i] == project[i] else U8(0)
        else:
            task = network.target[target - 1]
            for i in range(valid):
                critical[task, i] |= bit


@compiled
def count_bits(critical: Any, task: Any, shift: Any) -> Any:
    """Return in how many iterations of the block bit ``shift`` of a task's bytes is set."""
    total = U64(0)
    for i in range(WORDS):
        total += (critical[task, i] >> shift) & ONES
    total = (total & EVEN_BYTES) + ((total >> BYTE) & EVEN_BYTES)
    return I64((total * EVEN_SUM) >> TOP)


@compiled
def count_critical(network: Network, column: Any, valid: Any, output: Output, dates: Dates, marks: Marks) -> None:
    """Add a block's criticality to the counts of the output.

    Notes
    -----
    Rows of ``marks.critical`` are all zero before and after.
    """
    critical = marks.critical_word
    target_count = 1 + network.target.size
    for first in range(0, target_count, 8):
        last = min(first + 8, target_count)
        seed_targets(network, first, last, valid, dates, marks.critical)
        for task in range(network.floor.size - 1, -1, -1):
            some = U64(0)
            for i in range(WORDS):
                some |= critical[task, i]
            if some == U64(0):
                continue
            for target in range(first, last):
                hits = count_bits(critical, task, U64(target - first))
                output.count[target, task] += hits
                if valid == BLOCK:
                    output.full[target, task] += hits
                    output.square[target, task] += hits * hits
            pass_on(network, task, critical, marks.driver_word)
            for i in range(WORDS):
                critical[task, i] = U64(0)


@compiled
def pass_on(network: Network, task: Any, critical: Any, driver: Any) -> None:
    """Pass a task's critical bytes to the predecessors that drive it."""
    first = network.offset[task]
    count = network.offset[task + 1] - first
    plane = network.plane[task]
    if plane < 0:
        if count == 1:
            before = network.predecessor[first]
            for i in range(WORDS):
                critical[before, i] |= critical[task, i]
        return
    for k in range(count):
        before = network.predecessor[first + k]
        row = plane + (k >> 3)
        shift = U64(k & 7)
        for i in range(WORDS):
            critical[before, i] |= critical[task, i] & (((driver[row, i] >> shift) & ONES) * ALL)
