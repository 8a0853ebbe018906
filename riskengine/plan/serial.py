"""The longest that a levelled plan can take: one task after the other, each at its worst."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from riskengine.plan.calendar import CalendarTable
from riskengine.plan.horizon import BeyondTable, Worst


def serial_working(worst: Worst, extra: int) -> int:
    """Return an upper bound of a levelled project's length in working ticks, where all share one calendar.

    Notes
    -----
    A task starts at its bound, when a requirement of logic comes true, or when another one frees a resource. Going
    back from the last finish to who set it, every task and every lag is met once at the most, up to a bound.
    """
    return max([0, *worst.bound]) + sum(worst.duration) + sum(max(0, lag) for lag in worst.lag) + extra


def serial_on_clock(
    worst: Worst,
    tables: Sequence[CalendarTable],
    task_calendar: Sequence[int],
    lag_calendar: Sequence[int],
    start: int,
    project: int,
    extra: int,
    extra_elapsed: int,
) -> int:
    """Return an upper bound of a levelled project's finish [tick on the clock], where calendars differ.

    Raises
    ------
    BeyondTable
        When it lies past the end of a table.

    Notes
    -----
    The parts of the chain may come in any order. Work takes at least as long on a calendar that works only when all
    of them do, so that on it their sum is a bound. Where there is no such time, as for day and night shifts, each
    part is taken to meet the longest breaks of its calendar that there are.
    """
    parts: dict[int, list[int]] = {}
    for number, ticks in zip(task_calendar, worst.duration, strict=True):
        parts.setdefault(number, []).append(ticks)
    for number, ticks in zip(lag_calendar, worst.lag, strict=True):
        if ticks > 0:
            parts.setdefault(number, []).append(ticks)
    if extra:
        parts.setdefault(project, []).append(extra)
    elapsed = sum(worst.elapsed) + extra_elapsed
    first = max([start, *worst.bound])
    in_use = [tables[number] for number in sorted(parts)]
    ends = []
    beyond = False
    for bound in (_in_common_time, _by_longest_breaks):
        try:
            ends.append(bound(first, in_use, [parts[number] for number in sorted(parts)], elapsed))
        except BeyondTable:
            beyond = True
        if ends:
            break
    if not ends and beyond:
        raise BeyondTable
    return min(ends)


def _in_common_time(first: int, tables: Sequence[CalendarTable], parts: Sequence[Sequence[int]], elapsed: int) -> int:
    """Return when all parts are done, one after the other, if work is done only when all calendars work."""
    start, end = common_intervals(tables)
    length = np.maximum(0, end - np.maximum(start, first))
    done = np.cumsum(length)
    asked = sum(sum(ticks) for ticks in parts) + elapsed
    at = int(np.searchsorted(done, asked))
    if at >= done.size:
        raise BeyondTable
    return int(end[at] - (done[at] - asked))


def common_intervals(tables: Sequence[CalendarTable]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return start and end of the intervals in which all calendars work [tick on the clock]."""
    edge = np.unique(np.concatenate([x for table in tables for x in (table.start, table.end)]))
    start, end = edge[:-1], edge[1:]
    common = np.ones(start.size, bool)
    for table in tables:
        common &= table.is_working(start)
    return start[common], end[common]


def _by_longest_breaks(
    first: int, tables: Sequence[CalendarTable], parts: Sequence[Sequence[int]], elapsed: int
) -> int:
    """Return when all parts are done, one after the other, if each meets the longest breaks of its calendar."""
    half = min((table.horizon for table in tables), default=0) // 2
    total = first + elapsed
    for table, lengths in zip(tables, parts, strict=True):
        # work takes longest when it begins where a break does
        begin = np.concatenate(([0], table.end[table.end <= half]))
        before = table.working(begin)
        for ticks, count in zip(*np.unique(lengths, return_counts=True), strict=True):
            if before[-1] + ticks >= table.working_horizon:
                raise BeyondTable
            total += int(count) * int((table.start_instant(before + ticks) - begin).max())
    if total > half:
        raise BeyondTable
    return total
