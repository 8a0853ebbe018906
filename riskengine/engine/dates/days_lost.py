"""How many days each calendar loses in each iteration until the project is finished."""

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request
from riskengine.engine.dates.lost_days import lost_in
from riskengine.kernel import BLOCK
from riskengine.plan import Plan
from riskengine.results.lost_day_sample import LostDaySample

CHUNK = 16
"""Blocks whose days are drawn again at a time."""


def lost_day_sample(plan: Plan, request: Request, finish: NDArray[np.datetime64]) -> LostDaySample | None:
    """Return the days that are lost from the start of the project to its finish; None where no calendar loses any.

    Parameters
    ----------
    plan : Plan
    request : Request
        Whose seed the run has.
    finish : (iteration,) datetime64[us]
        Of the project.

    Notes
    -----
    A day counts where work of the calendar, as it is written, falls between the two.
    """
    lost, names = plan.lost, plan.time.losing
    if lost is None or not names:
        return None
    day_ticks = int(lost.day_division[0])
    midnight = np.datetime64(plan.time.calendars[0].origin, "us")
    until = (finish - midnight).astype(np.int64) // (1_000_000 * plan.time.tick)
    numbers = np.flatnonzero(lost.number >= 0)[np.argsort(lost.number[lost.number >= 0])]
    worked = np.zeros((len(names), finish.size))
    days_lost = np.zeros((len(names), finish.size))
    edges = [(int(lost.first[0]) + np.arange(days + 1)) * day_ticks for days in lost.days.tolist()]
    tables = [plan.time.calendars[number] for number in numbers.tolist()]
    work = [
        table.working(np.maximum(edge, plan.time.start)).astype(np.int64)
        for table, edge in zip(tables, edges, strict=True)
    ]
    rows = lost.number[[number for _, _, number in names]].tolist()
    for block in range(0, -(-finish.size // BLOCK), CHUNK):
        part = slice(block * BLOCK, min(finish.size, (block + CHUNK) * BLOCK))
        width = finish[part].size
        packed = lost_in(plan, request, -(-width // BLOCK), block)
        for at, row in enumerate(rows):
            done = tables[row].working(np.maximum(until[part], plan.time.start))
            counts = (np.diff(work[row]) > 0)[:, None] & (work[row][:-1, None] < done)
            worked[at, part] = counts.sum(axis=0)
            days_lost[at, part] = (counts & ((packed[row][:-1, :width] & 1) != 0)).sum(axis=0)
    return LostDaySample(
        calendar=tuple(calendar for calendar, _, _ in names),
        name=tuple(name for _, name, _ in names),
        working_days=worked,
        lost_days=days_lost,
    )
