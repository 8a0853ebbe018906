"""Which days each calendar loses in each iteration until the project is finished, and how many."""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request
from riskengine.engine.dates.lost_days import lost_in
from riskengine.kernel import BLOCK
from riskengine.plan import Plan
from riskengine.results.samples.lost_day_sample import LostDaySample

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
    worked = np.zeros((len(names), finish.size))
    days_lost = np.zeros((len(names), finish.size))
    rows = lost.number[[number for _, _, number in names]].tolist()
    for block in range(0, -(-finish.size // BLOCK), CHUNK):
        part = slice(block * BLOCK, min(finish.size, (block + CHUNK) * BLOCK))
        width = finish[part].size
        packed = lost_in(plan, request, -(-width // BLOCK), block)
        for at, row in enumerate(rows):
            counts = days_that_count(plan, row, finish[part])
            worked[at, part] = counts.sum(axis=0)
            days_lost[at, part] = (counts & ((packed[row][:-1, :width] & 1) != 0)).sum(axis=0)
    return LostDaySample(
        calendar=tuple(calendar for calendar, _, _ in names),
        name=tuple(name for _, name, _ in names),
        working_days=worked,
        lost_days=days_lost,
    )


def days_that_count(plan: Plan, row: int, finish: NDArray[np.datetime64]) -> NDArray[np.bool_]:
    """Return on which days a losing calendar would work between the start and each finish, (day, iteration) bool.

    Parameters
    ----------
    row : int
        Of the calendar, among those that lose days; days count from the first that may be lost.
    finish : (iteration,) datetime64[us]
    """
    lost = plan.lost
    assert lost is not None
    table = plan.time.calendars[int(np.flatnonzero(lost.number == row)[0])]
    edge = (int(lost.first[0]) + np.arange(int(lost.days[row]) + 1)) * int(lost.day_division[0])
    work = table.working(np.maximum(edge, plan.time.start)).astype(np.int64)
    until = (finish - np.datetime64(table.origin, "us")).astype(np.int64) // (1_000_000 * plan.time.tick)
    done = table.working(np.maximum(until, plan.time.start))
    return np.asarray((np.diff(work) > 0)[:, None] & (work[:-1, None] < done))


def lost_dates(plan: Plan, request: Request, column: int, finish: np.datetime64) -> list[tuple[str, str, list[date]]]:
    """Return id and name of each calendar that loses days, with the dates that it lost in one iteration.

    Parameters
    ----------
    request : Request
        Of the block of the iteration.
    column : int
        The iteration, from the first of the block.
    finish : datetime64[us]
        Of the project in it.
    """
    lost = plan.lost
    if lost is None:
        return []
    packed = lost_in(plan, request, 1, request.first_block)
    dates: list[tuple[str, str, list[date]]] = []
    for calendar, name, number in plan.time.losing:
        row = int(lost.number[number])
        counts = days_that_count(plan, row, np.array([finish]))[:, 0]
        days: Any = np.flatnonzero(counts & ((packed[row][:-1, column] & 1) != 0)) + int(lost.first[0])
        first = np.datetime64(plan.time.calendars[number].origin, "D")
        dates.append((calendar, name, (first + days).tolist()))
    return dates
