"""The backward pass: late dates of tasks whose early dates are known."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.dates.lost_days import LosingTable
from riskengine.kernel.contract.arrays import (
    FS,
    HANDS_ON_DATES,
    HAS_STARTED,
    IS_FINISHED,
    SF,
    SPANS_OTHERS,
    SS,
    STARTS_SHIFT,
)
from riskengine.plan import Plan
from riskengine.plan.network.late import UNBOUND
from riskengine.plan.time.calendar import CalendarTable

Ticks = NDArray[np.int64]


Tables = Sequence[CalendarTable | LosingTable]


def backward_pass(
    plan: Plan,
    start: Ticks,
    finish: Ticks,
    duration: Ticks,
    lag: Ticks,
    absent: NDArray[np.bool_] | None = None,
    needs_free: bool = False,
    tables: Tables | None = None,
) -> "Backward":
    """Return the late dates and floats that go with early dates.

    Parameters
    ----------
    plan : Plan
    start, finish : (task, iteration) int64 [tick on the clock]
        Early dates.
    duration : (task, iteration) int64 [working tick]
        Time that is left.
    lag : (relationship, iteration) int64 [working tick of the lag's calendar]
    absent : (task, iteration) bool, optional
        Where tasks do not exist; none of their own dates binds then, and what their successors ask is handed on.
    needs_free : bool
        Whether free float is wanted; where a task is wanted as late as possible it is computed in any case.
    tables : sequence of CalendarTable or LosingTable, optional
        The calendars with what they lost in these iterations; nothing, by default.

    Notes
    -----
    The late finish is the earliest that a successor, a late constraint or the project's end allows; it lies at a
    shift's end, the late start where a shift begins. Spans take no part. What is over has one late date, the earliest
    that its successors allow; without a data date what has happened is its own late date. What is wanted as late as
    possible has its early dates moved by its free float, which moves no successor.
    """
    backward = Backward(plan, start, finish, duration, lag, absent=absent, needs_free=needs_free, tables=tables)
    for task in range(len(plan.task) - 1, -1, -1):
        backward.set_late_dates(task)
    return backward


class Backward:
    """A backward pass, done or under way; the parameters are those of ``backward_pass``.

    Notes
    -----
    Dates are kept in working ticks of each task's calendar, in which most relationships are a subtraction; instants
    are made where a relationship leads from one calendar to another.
    """

    def __init__(
        self,
        plan: Plan,
        start: Ticks,
        finish: Ticks,
        duration: Ticks,
        lag: Ticks,
        absent: NDArray[np.bool_] | None = None,
        needs_free: bool = False,
        tables: Tables | None = None,
    ) -> None:
        late, binding = plan.late, plan.network.binding
        self.plan = plan
        self.table = late.table if tables is None else tables
        self.needs_free = needs_free or bool(late.as_late_as_possible.any())
        self.calendar = plan.time.task_calendar
        self.is_over = (binding & (IS_FINISHED | HANDS_ON_DATES)) != 0
        self.absent = np.zeros((len(plan.task), 1), bool) if absent is None else absent
        self.hands_on = self.is_over | self.absent.any(axis=1)
        self.is_span = (binding & SPANS_OTHERS) != 0
        self.early_start, self.early_finish = start + late.shift, finish + late.shift
        self.own_start, self.own_finish = self._working(self.early_start), self._working(self.early_finish)
        # an elapsed delay after the work lengthens the task as far as its successors can tell
        goes_on = (binding & HAS_STARTED == 0)[:, None]
        took = np.where(goes_on, np.maximum(duration, self.own_finish - self.own_start), duration)
        self.left = np.where((self.is_over | self.is_span)[:, None], 0, took)
        ends = self.early_finish[~self.is_span]
        project = ends.max(axis=0) if ends.size else np.full(finish.shape[1], plan.time.start + late.shift)
        last = project if late.must_finish is None else np.full(finish.shape[1], late.must_finish + late.shift)
        self.project_work = [table.working(project) for table in self.table]
        self.bound = np.empty_like(self.own_finish)
        for number, table in enumerate(self.table):
            self.bound[self.calendar == number] = table.working(last)
        self.instant = np.broadcast_to(last, self.bound.shape).copy() if self.hands_on.any() else self.bound
        relationships = late.relationships
        are_known = lag.strides[1] == 0  # one column, seen again and again: for many tasks, a lot of memory
        lag_rows = (lag[:, :1] if are_known else lag) if lag.size else np.zeros((1, 1), np.int64)
        self.early_lag = np.where(
            (relationships.early >= 0)[:, None], lag_rows[relationships.early], -relationships.waived[:, None]
        )
        self.late_lag = np.where(
            (relationships.early >= 0)[:, None], self.early_lag - relationships.waived[:, None], self.early_lag
        )
        after = np.repeat(np.arange(len(plan.task)), np.diff(relationships.offset))
        if absent is not None:
            falls_away = absent[relationships.predecessor] | absent[after]
            self.early_lag = np.where(falls_away, 0, self.early_lag)
            self.late_lag = np.where(falls_away, 0, self.late_lag)
        has_lag = (self.early_lag != 0).any(axis=1) | (self.late_lag != 0).any(axis=1)
        successor_calendar = self.calendar[after]
        self.is_direct = (self.calendar[relationships.predecessor] == successor_calendar) & (
            (relationships.lag_calendar == successor_calendar) | ~has_lag
        )
        self.is_direct &= ~(self.hands_on[relationships.predecessor] | self.hands_on[after])
        self.has_successor = np.zeros(len(plan.task), bool)
        self.has_successor[late.relationships.predecessor] = True
        self.free_float_bound = np.full(self.bound.shape if self.needs_free else (len(plan.task), 0), UNBOUND)
        if late.are_open_ends_critical:
            open_end = ~self.has_successor
            self.bound[open_end] = self.own_finish[open_end]

    def _working(self, instants: Ticks) -> Ticks:
        work = np.empty_like(instants)
        for number, table in enumerate(self.table):
            on_calendar = self.calendar == number
            work[on_calendar] = table.working(instants[on_calendar])
        return work

    def set_late_dates(self, task: int) -> None:
        """Fix the dates of a task whose successors are settled, and tell its predecessors."""
        late, relationships = self.plan.late, self.plan.late.relationships
        number = int(self.calendar[task])
        by_logic = self.bound[task].copy()
        _limit(self.plan, task, self.table[number], self.left[task], self.bound[task])
        self.bound[task] = np.where(self.absent[task], by_logic, self.bound[task])
        if self.needs_free:
            if not self.has_successor[task]:
                self.free_float_bound[task] = self.project_work[number] - self.own_finish[task]
            if late.as_late_as_possible[task]:
                self.postpone(task)
        work = self.bound[task]
        begins = work - self.left[task]
        clocks: tuple[Ticks, Ticks] | None = None
        for k in range(int(relationships.offset[task]), int(relationships.offset[task + 1])):
            before, kind = int(relationships.predecessor[k]), int(relationships.kind[k])
            from_start = kind in (FS, SS)
            early_lag, lag = self.early_lag[k], self.late_lag[k]
            own_early = (self.own_start if from_start else self.own_finish)[task]
            if self.is_direct[k]:
                allowed = (begins if from_start else work) - lag
                early = own_early - early_lag
            else:
                if clocks is None:
                    clocks = self.clocks(np.array([task]), is_shown=False)
                on, task_table = self.table[relationships.lag_calendar[k]], self.table[self.calendar[before]]
                required = _back(clocks[0 if from_start else 1][0], on, lag)
                allowed = task_table.working(required)
                instants = (self.early_start if from_start else self.early_finish)[task]
                early = task_table.working(_back(instants, on, early_lag)) if self.needs_free else own_early
                if self.hands_on[before]:
                    begun = task_table.start_instant(allowed) if kind in (SS, SF) else required
                    np.minimum(self.instant[before], begun, out=self.instant[before])
            self.bound_predecessor(before, kind, allowed, early)

    def bound_predecessor(self, before: int, kind: int, allowed: Ticks, early: Ticks) -> None:
        """Bound a predecessor by what a relationship allows it and, for its free float, by what the early dates do."""
        if self.needs_free:
            own_dates = self.own_start if kind in (SS, SF) else self.own_finish
            np.minimum(self.free_float_bound[before], early - own_dates[before], out=self.free_float_bound[before])
        if kind in (SS, SF):
            if self.plan.network.binding[before] & (HAS_STARTED | IS_FINISHED) and not self.plan.late.has_data_date:
                return
            allowed = allowed + self.left[before]
        np.minimum(self.bound[before], allowed, out=self.bound[before])

    def postpone(self, task: int) -> None:
        """Move the early dates of a task by its free float."""
        table = self.table[self.calendar[task]]
        shift = np.maximum(self.free_float_bound[task], 0)
        self.free_float_bound[task] -= shift
        self.own_start[task] += shift
        self.own_finish[task] += shift
        finish = table.finish_instant(self.own_finish[task])
        start = np.where(self.left[task] > 0, table.start_instant(self.own_start[task]), finish)
        self.early_start[task] = np.where(shift > 0, start, self.early_start[task])
        self.early_finish[task] = np.where(shift > 0, finish, self.early_finish[task])

    def clocks(self, rows: NDArray[np.intp], is_shown: bool = True) -> tuple[Ticks, Ticks]:
        """Return late start and finish of tasks (row, iteration), in ticks on the clock of the late tables.

        ``is_shown`` gives what has happened its actual dates where there is no data date.
        """
        start, finish = np.empty_like(self.bound[rows]), np.empty_like(self.bound[rows])
        binding = self.plan.network.binding[rows]
        for number, table in enumerate(self.table):
            on_calendar = np.flatnonzero(self.calendar[rows] == number)
            if on_calendar.size:
                work, left = self.bound[rows[on_calendar]], self.left[rows[on_calendar]]
                finish[on_calendar] = table.finish_instant(work)
                start[on_calendar] = np.where(left > 0, table.start_instant(work - left), finish[on_calendar])
                shift = on_calendar[(binding[on_calendar] & STARTS_SHIFT) != 0]
                start[shift] = finish[shift] = table.start_instant(self.bound[rows[shift]])
        over = np.flatnonzero(self.is_over[rows])
        start[over] = finish[over] = self.instant[rows[over]]
        is_absent = self.absent[rows]
        if is_absent.any():
            start, finish = (np.where(is_absent, self.instant[rows], each) for each in (start, finish))
        if is_shown and not self.plan.late.has_data_date:
            begun, ended = ((binding & flags) != 0 for flags in (HAS_STARTED | IS_FINISHED, IS_FINISHED))
            start[begun] = self.early_start[rows[begun]]
            finish[ended] = self.early_finish[rows[ended]]
        return start, finish

    def dates(self) -> tuple[Ticks, Ticks]:
        """Return late start and finish (task, iteration) [tick on the clock], negative before the plan's origin."""
        start, finish = self.clocks(np.arange(len(self.plan.task)))
        return start - self.plan.late.shift, finish - self.plan.late.shift

    def early_dates(self) -> tuple[Ticks, Ticks]:
        """Return early start and finish, as late as possible where that was wanted, (task, iteration) [tick]."""
        return self.early_start - self.plan.late.shift, self.early_finish - self.plan.late.shift

    @property
    def finish_float(self) -> Ticks:
        """Late less early finish, (task, iteration) int64 [working tick of the task's calendar]."""
        return np.where(self._is_settled(IS_FINISHED), 0, self.bound - self.own_finish)

    @property
    def start_float(self) -> Ticks:
        """Late less early start, (task, iteration) int64 [working tick of the task's calendar]."""
        return np.where(self._is_settled(HAS_STARTED | IS_FINISHED), 0, self.bound - self.left - self.own_start)

    def _is_settled(self, flags: int) -> NDArray[np.bool_]:
        """Return which tasks (task, 1) have their actual dates for late ones, by what has happened."""
        binding = self.plan.network.binding[:, None]
        return np.asarray((binding & flags != 0) & (not self.plan.late.has_data_date))

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
        work: Ticks = np.maximum(self.free_float_bound, 0)
        return work


def _limit(plan: Plan, task: int, table: CalendarTable | LosingTable, left: Ticks, bound: Ticks) -> None:
    """Lower the late finish ``bound`` of a task [working tick] to what its constraints allow."""
    late = plan.late
    if late.most_finish[task] != UNBOUND:
        np.minimum(bound, table.working(late.most_finish[task] + late.shift), out=bound)
    if late.most_start[task] != UNBOUND:
        np.minimum(bound, table.working(late.most_start[task] + late.shift) + left, out=bound)
    if late.start[task] != UNBOUND:
        bound[:] = table.working(late.start[task] + late.shift) + left
    if late.finish[task] != UNBOUND:
        bound[:] = table.working(late.finish[task] + late.shift)


def _back(instant: Ticks, table: CalendarTable | LosingTable, lag: Ticks) -> Ticks:
    """Return instants from which a lag leads to others: the latest ones, at a working instant, or after a lead."""
    if not lag.any():
        return instant
    work = table.working(instant) - lag
    return np.where(lag > 0, table.start_instant(work), np.where(lag < 0, table.finish_instant(work), instant))
