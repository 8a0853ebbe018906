"""Criticality: which tasks lie on a longest path to each target, ties counted for all.

A byte for each task and iteration carries one bit for each of eight targets. Walking the network backwards, a task's
byte is passed on to the predecessors whose relationship drives it; no dates are needed again.
"""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH, WORDS
from riskengine.kernel.compiling import compiled, inlined
from riskengine.kernel.contract.arrays import Output
from riskengine.kernel.contract.existence import Presence
from riskengine.kernel.contract.layout import Rows, Tables
from riskengine.kernel.contract.places import PROJECT
from riskengine.kernel.contract.resources import Levelling
from riskengine.kernel.dates.levelling import pass_on_waiting
from riskengine.kernel.existence import count_existing, existing_hits

U8, U64, I64 = np.uint8, np.uint64, np.int64
ONES = U64(0x0101010101010101)
EVEN_BYTES = U64(0x00FF00FF00FF00FF)
EVEN_SUM = U64(0x0001000100010001)
ALL = U64(255)
BYTE, TOP = U64(8), U64(48)
EIGHTH = U64(3)
"""Shift from a place in bytes to one in 64-bit words."""


@inlined
def seed_targets(tables: Tables, first: Any, last: Any, valid: Any, rows: Rows) -> None:
    """Set the bits of targets ``first`` to ``last`` on the tasks at which their longest paths end.

    The project, target 0, ends with any task that finishes when it does; another target is a task.
    """
    ticks, marks = rows.ticks, rows.marks
    for target in range(first, last):
        bit = U8(1 << (target - first))
        for k in range(tables.end.size if target == 0 else 1):
            task = tables.end[k] if target == 0 else tables.target[target - 1]
            critical = U64(tables.stage[task + 1].critical)
            finish = U64(tables.stage[task + 1].finish)
            ends = PROJECT if target == 0 else finish
            for i in range(WIDTH):
                marks[critical + i] |= bit if i < valid and ticks[finish + i] == ticks[ends + i] else U8(0)


@inlined
def count_bits(mark_words: Any, critical: Any, shift: Any) -> Any:
    """Return in how many iterations of the block bit ``shift`` of a task's bytes is set."""
    total = U64(0)
    for i in range(WORDS):
        total += (mark_words[critical + i] >> shift) & ONES
    total = (total & EVEN_BYTES) + ((total >> BYTE) & EVEN_BYTES)
    return I64((total * EVEN_SUM) >> TOP)


@compiled
def count_where_it_exists(presence: Presence | None, task: Any, mark_words: Any, critical: Any, shift: Any) -> Any:
    """Return what ``count_bits`` does, of the iterations in which the task exists: in others it only hands on dates."""
    if presence is None:
        return count_bits(mark_words, critical, shift)
    exists = U64(presence.place[task + 1]) >> EIGHTH
    total = U64(0)
    for i in range(WORDS):
        total += (mark_words[critical + i] >> shift) & mark_words[exists + i]
    total = (total & EVEN_BYTES) + ((total >> BYTE) & EVEN_BYTES)
    return I64((total * EVEN_SUM) >> TOP)


@compiled
def add_joint(presence: Presence | None, output: Output, target: Any, task: Any, hits: Any, marks: Any) -> None:
    """Add to the output how often, in a whole block, a task is critical times how often it exists."""
    if presence is not None:
        output.joint[target, task] += hits * existing_hits(presence, task, WIDTH, marks)


@compiled
def count_critical(tables: Tables, levelling: Levelling | None, left: Any, output: Output, rows: Rows) -> None:
    """Add a block's criticality to the counts of the output.

    Parameters
    ----------
    left : uint64
        Iterations that count from the first of the block on.

    Notes
    -----
    Critical bytes are all zero before and after.
    """
    marks, mark_words = rows.marks, rows.mark_words
    valid = left if left < WIDTH else WIDTH
    count_existing(tables.presence, valid, output, marks)
    target_count = 1 + tables.target.size
    for first in range(0, target_count, 8):
        last = first + 8 if first + 8 < target_count else target_count
        seed_targets(tables, first, last, valid, rows)
        for task in range(tables.stage.size - 3, -1, -1):
            stage = tables.stage[task + 1]
            critical = U64(stage.critical) >> EIGHTH
            some = U64(0)
            for i in range(WORDS):
                some |= mark_words[critical + i]
            if some == U64(0):
                continue
            for target in range(first, last):
                hits = count_where_it_exists(tables.presence, task, mark_words, critical, shift=U64(target - first))
                output.count[target, task] += hits
                if valid == WIDTH:
                    output.full[target, task] += hits
                    output.square[target, task] += hits * hits
                    add_joint(tables.presence, output, target, task, hits=hits, marks=marks)
            for k in range(stage.first_relationship, stage.last_relationship):
                pass_on(tables.relationship[k], critical, mark_words)
            if levelling is not None:
                pass_on_waiting(levelling, task, tables, marks)
            for i in range(WORDS):
                mark_words[critical + i] = U64(0)


@inlined
def pass_on(relationship: Any, critical: Any, mark_words: Any) -> None:
    """Pass a task's critical bytes to a predecessor where that drives it; the row at place 0 is all ones."""
    before = U64(relationship.critical) >> EIGHTH
    driver = U64(relationship.driver) >> EIGHTH
    shift = U64(relationship.bit)
    for i in range(WORDS):
        mark_words[before + i] |= mark_words[critical + i] & (((mark_words[driver + i] >> shift) & ONES) * ALL)
