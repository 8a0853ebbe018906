"""The backward pass: late dates of tasks whose early dates are known."""

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.arrays import BEGUN, FIXED, FS, PASSING, SF, SPAN, SS, STARTS_SHIFT
from riskengine.plan import Plan
from riskengine.plan.calendar import CalendarTable
from riskengine.plan.late import UNBOUND

Ticks = NDArray[np.int64]


def backward_pass(plan: Plan, start: Ticks, finish: Ticks, duration: Ticks, lag: Ticks) -> "Backward":
    """Return the late dates and floats that go with early dates.

    Parameters
    ----------
    plan : Plan
    start, finish : (task, iteration) int64 [tick on the clock]
        Early dates.
    duration : (task, iteration) int64 [working tick]
        Time that is left.
    lag : (relationship, iteration) int64 [working tick of the lag's calendar]

    Notes
    -----
    The late finish is the earliest that a successor, a late constraint or the project's end allows; it lies at a
    shift's end, the late start where a shift begins. Spans take no part. What is over has one late date, the earliest
    that its successors allow; without a data date what has happened is its own late date.
    """
    backward = Backward(plan, start, finish, duration, lag)
    for task in range(len(plan.task) - 1, -1, -1):
        backward.settle(task)
    return backward


class Backward:
    """A backward pass, done or under way; the parameters are those of ``backward_pass``.

    Notes
    -----
    Dates are kept in working ticks of each task's calendar, in which most relationships are a subtraction; instants
    are made where a relationship leads from one calendar to another.
    """

    def __init__(self, plan: Plan, start: Ticks, finish: Ticks, duration: Ticks, lag: Ticks) -> None:
        late, binding = plan.late, plan.network.binding
        self.plan, self.lag = plan, lag
        self.calendar = plan.task_calendar
        self.is_over = (binding & (FIXED | PASSING)) != 0
        self.is_span = (binding & SPAN) != 0
        self.early_start, self.early_finish = start + late.shift, finish + late.shift
        self.own_start, self.own_finish = self._working(self.early_start), self._working(self.early_finish)
        # an elapsed delay after the work lengthens the task as far as its successors can tell
        goes_on = (binding & BEGUN == 0)[:, None]
        took = np.where(goes_on, np.maximum(duration, self.own_finish - self.own_start), duration)
        self.left = np.where((self.is_over | self.is_span)[:, None], 0, took)
        counted = ~self.is_span & ((binding & FIXED == 0) | late.has_data_date)
        ends = self.early_finish[counted] if counted.any() else self.early_finish
        project = ends.max(axis=0) if ends.size else np.zeros(finish.shape[1], np.int64)
        last = project if late.must_finish is None else np.full(finish.shape[1], late.must_finish + late.shift)
        farthest = np.maximum(last, project)
        self.farthest = farthest
        self.far_work = [table.working(farthest) for table in late.table]
        last_work = [table.working(last) for table in late.table]
        self.bound = np.empty_like(self.own_finish)
        for number, work in enumerate(last_work):
            self.bound[self.calendar == number] = work
        self.instant = np.broadcast_to(last, self.bound.shape).copy() if self.is_over.any() else self.bound
        self.free = np.full(self.bound.shape, UNBOUND)
        offset = plan.network.offset
        self.has_successor = np.zeros(len(plan.task), bool)
        self.has_successor[plan.network.predecessor[~np.repeat(self.is_span, np.diff(offset))]] = True
        if late.are_open_ends_critical:
            open_end = ~self.has_successor
            self.bound[open_end] = self.own_finish[open_end]

    def _working(self, instants: Ticks) -> Ticks:
        work = np.empty_like(instants)
        for number, table in enumerate(self.plan.late.table):
            mine = self.calendar == number
            work[mine] = table.working(instants[mine])
        return work

    def settle(self, task: int) -> None:
        """Fix the late dates of a task whose successors are settled, and tell its predecessors."""
        network = self.plan.network
        _limit(self.plan, task, self.left[task], self.bound[task])
        first, last = int(network.offset[task]), int(network.offset[task + 1])
        if first == last or self.is_span[task]:
            return
        work = self.bound[task]
        begins = work - self.left[task]
        clocks: tuple[Ticks, Ticks] | None = None
        for link in range(first, last):
            before, kind = int(network.predecessor[link]), int(network.kind[link])
            from_start = kind in (FS, SS)
            is_alike = self.calendar[before] == self.calendar[task] and not self.is_over[before]
            lag = self.lag[link]
            if is_alike and (self.plan.late.lag_calendar[link] == self.calendar[task] or not lag.any()):
                allowed = (begins if from_start else work) - lag
                early = (self.own_start if from_start else self.own_finish)[task] - lag
                np.minimum(allowed, self.far_work[self.calendar[task]], out=allowed)
            else:
                if clocks is None:
                    clocks = self.clocks(np.array([task]))
                on = self.plan.late.table[self.plan.late.lag_calendar[link]]
                own = self.plan.late.table[self.calendar[before]]
                asked = np.minimum(_back(clocks[0 if from_start else 1][0], on, lag), self.farthest)
                early = own.working(_back((self.early_start if from_start else self.early_finish)[task], on, lag))
                allowed = own.working(asked)
                if self.is_over[before]:
                    np.minimum(self.instant[before], asked, out=self.instant[before])
            self.ask(before, kind, allowed, early)

    def ask(self, before: int, kind: int, allowed: Ticks, early: Ticks) -> None:
        """Bound a predecessor by what a relationship allows it and, for its free float, by what the early dates do."""
        if kind not in (SS, SF):
            np.minimum(self.free[before], early - self.own_finish[before], out=self.free[before])
        else:
            np.minimum(self.free[before], early - self.own_start[before], out=self.free[before])
            if self.plan.network.binding[before] & (BEGUN | FIXED) and not self.plan.late.has_data_date:
                return
            allowed = allowed + self.left[before]
        np.minimum(self.bound[before], allowed, out=self.bound[before])

    def clocks(self, rows: NDArray[np.intp]) -> tuple[Ticks, Ticks]:
        """Return late start and finish of tasks (row, iteration), in ticks on the clock of the late tables."""
        start, finish = np.empty_like(self.bound[rows]), np.empty_like(self.bound[rows])
        binding = self.plan.network.binding[rows]
        for number, table in enumerate(self.plan.late.table):
            mine = np.flatnonzero(self.calendar[rows] == number)
            if mine.size:
                work, left = self.bound[rows[mine]], self.left[rows[mine]]
                finish[mine] = table.finish_instant(work)
                start[mine] = np.where(left > 0, table.start_instant(work - left), finish[mine])
                shift = mine[(binding[mine] & STARTS_SHIFT) != 0]
                start[shift] = finish[shift] = table.start_instant(self.bound[rows[shift]])
        over = np.flatnonzero(self.is_over[rows])
        start[over] = finish[over] = self.instant[rows[over]]
        if not self.plan.late.has_data_date:
            begun, ended = ((binding & flags) != 0 for flags in (BEGUN | FIXED, FIXED))
            start[begun] = self.early_start[rows[begun]]
            finish[ended] = self.early_finish[rows[ended]]
        return start, finish

    def dates(self) -> tuple[Ticks, Ticks]:
        """Return late start and finish (task, iteration) [tick on the clock], negative before the plan's origin."""
        start, finish = self.clocks(np.arange(len(self.plan.task)))
        return start - self.plan.late.shift, finish - self.plan.late.shift

    @property
    def finish_float(self) -> Ticks:
        """Late less early finish, (task, iteration) int64 [working tick of the task's calendar]."""
        return self.bound - self.own_finish

    @property
    def start_float(self) -> Ticks:
        """Late less early start, (task, iteration) int64 [working tick of the task's calendar]."""
        return self.bound - self.left - self.own_start

    @property
    def total_float(self) -> Ticks:
        """The float that the scenario calls the total one."""
        kind = self.plan.late.float_kind
        if kind == "smallest":
            return np.minimum(self.start_float, self.finish_float)
        return self.start_float if kind == "start" else self.finish_float

    @property
    def free_float(self) -> Ticks:
        """What a task can be late by without moving a successor's early date, as ``finish_float``."""
        return np.where(self.has_successor[:, None], self.free, self.finish_float)


def _limit(plan: Plan, task: int, left: Ticks, bound: Ticks) -> None:
    """Lower the late finish ``bound`` of a task [working tick] to what its constraints allow."""
    late = plan.late
    table = late.table[plan.task_calendar[task]]
    if late.most_finish[task] != UNBOUND:
        np.minimum(bound, table.working(late.most_finish[task] + late.shift), out=bound)
    if late.most_start[task] != UNBOUND:
        np.minimum(bound, table.working(late.most_start[task] + late.shift) + left, out=bound)
    if late.start[task] != UNBOUND:
        bound[:] = table.working(late.start[task] + late.shift) + left
    if late.finish[task] != UNBOUND:
        bound[:] = table.working(late.finish[task] + late.shift)


def _back(instant: Ticks, table: CalendarTable, lag: Ticks) -> Ticks:
    """Return instants from which a lag leads to others: the latest ones, at a working instant, or after a lead."""
    if not lag.any():
        return instant
    work = table.working(instant) - lag
    return np.where(lag > 0, table.start_instant(work), np.where(lag < 0, table.finish_instant(work), instant))
