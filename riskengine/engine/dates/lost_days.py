"""Calendars in the iterations of a run, each with the days that it lost there."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.request import Request, seed_words
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.lost_days import LostDays
from riskengine.kernel.lost_days import LostOutput, fill_lost_days
from riskengine.plan import Plan
from riskengine.plan.time.calendar import CalendarTable

Ticks = NDArray[np.int64]


def lost_in(plan: Plan, request: Request, blocks: int, first_block: int = 0) -> list[NDArray[np.uint32]]:
    """Return what each calendar that loses days lost in some blocks, (day + 1, iteration) uint32.

    Notes
    -----
    Twice the working ticks lost before each day, and behind the last, plus one where the day is lost itself.
    """
    clocks = plan.kernel_plan.clocks
    assert clocks is not None and plan.lost is not None
    of_thread = clocks.of_thread
    assert of_thread.lost is not None
    rows = plan.lost.days + 1
    packed = np.zeros((int(rows.sum()), blocks * BLOCK), np.uint32)
    output = LostOutput(plan.kernel_plan.rows().words, packed)
    fill_lost_days(seed_words(request.seed), of_thread, of_thread.lost, np.int64(first_block), output)
    return np.split(packed, np.cumsum(rows)[:-1])


@dataclass(frozen=True, eq=False)
class LosingTable:
    """A calendar in iterations, each of which has lost days of its own.

    Parameters
    ----------
    table : CalendarTable
        Without any day lost.
    edge : (day + 1,) int64 [tick on the clock of the table]
        Midnights from the first day that may be lost on, and behind the last.
    edge_work : (day + 1,) int64 [working tick]
        What the table has before them.
    lost : (day + 1, iteration) int64 [working tick]
        Lost before them.
    is_lost : (day + 1, iteration) bool

    Notes
    -----
    It takes scalars, or arrays whose last axis are the iterations, as a ``CalendarTable`` takes arrays.
    """

    table: CalendarTable
    edge: Ticks
    edge_work: Ticks
    lost: Ticks
    is_lost: NDArray[np.bool_]

    @classmethod
    def of(cls, table: CalendarTable, shift: int, days: LostDays, packed: NDArray[np.uint32]) -> Self:
        """Return a calendar, laid out from an origin ``shift`` ticks before the plan's, with what iterations lost."""
        day = int(days.day_division[0])
        edge = shift + (int(days.first[0]) + np.arange(len(packed), dtype=np.int64)) * day
        return cls(table, edge, table.working(edge), (packed >> 1).astype(np.int64), (packed & 1) != 0)

    def working(self, instant: Ticks | int) -> Ticks:
        """Return the working ticks that are left before instants."""
        time = np.asarray(instant, np.int64)
        time = np.broadcast_to(time, (*time.shape[:-1], self.lost.shape[1]))
        row = np.searchsorted(self.edge, time, side="right") - 1
        at = np.maximum(row, 0), np.arange(time.shape[-1])
        work = np.where((row >= 0) & self.is_lost[at], self.edge_work[at[0]], self.table.working(time))
        return np.asarray(work - np.where(row >= 0, self.lost[at], 0))

    def start_instant(self, work: Ticks) -> Ticks:
        """Return the instants at which work that begins after so many ticks starts."""
        return self.table.start_instant(work + self._lost_before(work))

    def finish_instant(self, work: Ticks) -> Ticks:
        """Return the instants at which so many ticks are done: a shift's end stays there."""
        return self.table.finish_instant(work + self._lost_before(work - 1))

    def _lost_before(self, key: Ticks) -> Ticks:
        """Return what is lost before the day on which a working tick is worked."""
        left = self.edge_work[:, None] - self.lost
        days, width = left.shape
        # one sorted row for all iterations: each in a range of its own
        span = int(max(left.max(), key.max(initial=0))) + 2
        column = np.arange(width) * span
        place = np.searchsorted((left + column).T.reshape(-1), np.maximum(key, -1) + column, side="right") - 1
        row = place - np.arange(width) * days
        return np.where(row < 0, 0, self.lost[np.maximum(row, 0), np.arange(width)])


def late_tables(plan: Plan, request: Request, first_block: int, width: int) -> tuple[CalendarTable | LosingTable, ...]:
    """Return the calendars of the backward pass in so many iterations of a request, from a block on."""
    late = plan.late
    if plan.lost is None:
        return late.table
    packed = lost_in(plan, request, -(-width // BLOCK), first_block)
    return tuple(
        table if rank < 0 else LosingTable.of(table, late.shift, plan.lost, packed[rank][:, :width])
        for table, rank in zip(late.table, plan.lost.number.tolist(), strict=False)
    )
