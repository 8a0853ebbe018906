"""The longest that a plan can take: every estimate, lag and risk at its worst at once."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import FF, FS
from riskengine.plan.time.calendar import CalendarTable

LARGEST = 2**31 - 2**20
"""Ticks that 32 bits hold, of either sign, less room for one addition."""


class TooLong(Exception):
    """A time that does not fit at the present tick."""


class BeyondTable(Exception):
    """A worst case that runs past the days for which a calendar is laid out."""


@dataclass(frozen=True)
class Worst:
    """Worst cases of the parts of a plan [tick].

    Parameters
    ----------
    duration, elapsed : (task,) int
        Longest duration, and longest elapsed delay after it.
    offset : (task + 1,) int
    predecessor, kind, lag : (relationship,) int
    bound : (task,) int
        Instant, or working tick, before which a task does not start, or to which its finish is held.
    needs : (task,) sequence of int
        Resources that each task may have to wait for. It starts when logic lets it, or when one of those before it
        finishes that need one of them too: at the latest, the last of these.
    """

    duration: Sequence[int]
    elapsed: Sequence[int]
    offset: Sequence[int]
    predecessor: Sequence[int]
    kind: Sequence[int]
    lag: Sequence[int]
    bound: Sequence[int]
    needs: Sequence[Sequence[int]]


def worst_working(worst: Worst, extra: int) -> int:
    """Return an upper bound of the project's length in working ticks, where all share one calendar.

    Parameters
    ----------
    extra : int
        Longest delay of the project itself.
    """
    start = [0] * len(worst.duration)
    finish = [0] * len(worst.duration)
    busy: dict[int, int] = {}
    for task, duration in enumerate(worst.duration):
        begin = max(0, worst.bound[task], *(busy.get(resource, 0) for resource in worst.needs[task]))
        for e in range(worst.offset[task], worst.offset[task + 1]):
            before = worst.predecessor[e]
            # an FF or SF requirement minus a shortest duration of zero is the latest start it can force
            begin = max(begin, (finish if worst.kind[e] in (FS, FF) else start)[before] + worst.lag[e])
        start[task] = begin
        finish[task] = begin + duration
        for resource in worst.needs[task]:
            busy[resource] = max(busy.get(resource, 0), finish[task])
    return max(finish, default=0) + extra


@dataclass(frozen=True)
class Keeper:
    """A calendar's conversions for plain numbers: bisection on lists is faster than arrays for one value."""

    start: list[int]
    end: list[int]
    before: list[int]

    @classmethod
    def of(cls, table: CalendarTable) -> "Keeper":
        """Take the intervals of a calendar's table."""
        return cls(table.start.tolist(), table.end.tolist(), table.before.tolist())

    def working(self, instant: int) -> int:
        """Return the working ticks before an instant."""
        row = bisect_right(self.start, instant) - 1
        if row < 0:
            return 0
        if instant > self.end[-1]:
            raise BeyondTable
        return self.before[row] + min(instant, self.end[row]) - self.start[row]

    def start_instant(self, work: int) -> int:
        """Return the next working instant after `work` ticks."""
        row = bisect_right(self.before, max(work, 0)) - 1
        if row >= len(self.start):
            raise BeyondTable
        return self.start[row] + max(work, 0) - self.before[row]


class Keepers(NamedTuple):
    """The calendars of a plan, and which of them each task, each lag and the project keeps."""

    tables: Sequence[CalendarTable]
    task: Sequence[int]
    lag: Sequence[int]
    project: int


def worst_on_clock(worst: Worst, keepers: Keepers, start: int, extra: int, extra_elapsed: int) -> int:
    """Return an upper bound of the project's finish [tick on the clock], where calendars differ.

    Raises
    ------
    BeyondTable
        When it lies past the end of a table.
    """
    calendar = [Keeper.of(table) for table in keepers.tables]
    starts = [0] * len(worst.duration)
    finish = [0] * len(worst.duration)
    busy: dict[int, int] = {}
    for task, duration in enumerate(worst.duration):
        keeper = calendar[keepers.task[task]]
        instant = max(start, worst.bound[task], *(busy.get(resource, 0) for resource in worst.needs[task]))
        for e in range(worst.offset[task], worst.offset[task + 1]):
            lag_keeper = calendar[keepers.lag[e]]
            moment = (finish if worst.kind[e] in (FS, FF) else starts)[worst.predecessor[e]]
            if worst.lag[e]:
                moment = lag_keeper.start_instant(lag_keeper.working(moment) + worst.lag[e])
            instant = max(instant, moment)
        begin = keeper.working(instant)
        starts[task] = keeper.start_instant(begin)
        finish[task] = max(instant, keeper.start_instant(begin + duration)) + worst.elapsed[task]
        for resource in worst.needs[task]:
            busy[resource] = max(busy.get(resource, 0), finish[task])
    end = max(finish, default=start)
    if extra:
        end = calendar[keepers.project].start_instant(calendar[keepers.project].working(end) + extra)
    return end + extra_elapsed


def worst_durations(
    base: NDArray[np.float64], factor: NDArray[np.float64], delay: NDArray[np.float64], floor: NDArray[np.int32]
) -> list[int]:
    """Return the longest duration of each task: base x factors, plus delays, not below its floor [tick]."""
    return [int(x) for x in np.maximum(np.floor(base * factor + 0.5) + delay, floor)]
