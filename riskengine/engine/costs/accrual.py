"""What the tasks and the project cost in each iteration, and the working time over which it accrues.

A task's cost accrues evenly over its working time from start to finish, whatever it is for; what has been spent before
the data date over the time that was worked until then. What belongs to no task accrues from the start of the project to
its finish, but damages and bonuses are paid when their targets finish. Cost lines that follow an index of prices have
rows of their own, in the prices in which they are written.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.dates.display_dates import absent_tasks, covered, early_dates
from riskengine.engine.dates.late import backward_pass
from riskengine.engine.months.monthly import Accrual, in_their_days, working
from riskengine.kernel.contract.arrays import HAS_STARTED, MONEY, RATE, RISK_MONEY, Output
from riskengine.plan import Plan
from riskengine.plan.cost import spent_so_far, worked_until

Ticks = NDArray[np.int64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class CostAccrual:
    """Who costs anything, and what of it is known.

    Parameters
    ----------
    plan : Plan
    rows : (row,) intp
        Tasks that may still cost something; behind them, as number of tasks, the project where it does.
    lines : (indexed line,) intp
        The same number for each cost line that follows an index, whose rows stand behind that of the project.
    clauses : (clause,) intp
        The same number for each of damages and bonuses, which are the project's: the rows that stand last.
    spent : (row,) float64 [currency]
        What of their cost has been spent.
    least : (row,) int64 [tick on the clock]
        Before which none of the rest is spent: the start, or the actual one. A mandatory finish may want work earlier.
    known_rows : (known,) intp
        Tasks of which something has been spent.
    certain : Accrual
        Of them, one iteration.
    first : int [tick on the clock]
        When the first money may be spent.
    """

    plan: Plan
    rows: Rows
    lines: Rows
    clauses: Rows
    spent: NDArray[np.float64]
    least: Ticks
    known_rows: Rows
    certain: Accrual
    first: int

    @classmethod
    def of(cls, plan: Plan, finished_cost: NDArray[np.float64]) -> "CostAccrual":
        """Return who costs what in a plan.

        Parameters
        ----------
        finished_cost : (task,) float64 [currency]
            What finished work costs: what it does in the deterministic plan.
        """
        structure = plan.stages.structure
        amount = np.zeros(len(plan.task))
        until = np.full(len(plan.task), plan.time.start, np.int64)
        begin = until.copy()
        for row, task in enumerate(structure.tasks):
            if task.is_finished:
                amount[row] = finished_cost[row]
                until[row] = structure.calendars.instant(task.actual_finish or plan.stages.scenario.start)
            else:
                amount[row] = spent_so_far(task, structure)
                until[row] = structure.calendars.instant(worked_until(task, plan.stages.scenario))
            moment = task.actual_start or task.actual_finish
            begin[row] = until[row] if moment is None else structure.calendars.instant(moment)
        is_over = np.array([task.is_finished for task in structure.tasks] + [False])
        rows = np.flatnonzero(may_cost_rows(plan) & ~is_over)
        known_rows = np.flatnonzero(amount)
        spent = np.append(amount, 0.0)[rows]
        until = np.maximum(begin, until)
        calendar = plan.time.task_calendar[known_rows]
        certain = Accrual(
            calendar,
            begin=working(plan.time.calendars, calendar, begin[known_rows, None]),
            end=working(plan.time.calendars, calendar, until[known_rows, None]),
            instant=until[known_rows, None],
            amount=amount[known_rows, None],
        )
        has_begun = np.append(~np.isnat(plan.progress.actual_start), False)
        least = np.where(has_begun, np.append(begin, plan.time.start), plan.time.start)[rows]
        known_begin = np.where(
            certain.is_instant, in_their_days(plan.time.calendars, calendar, certain.instant), begin[known_rows, None]
        )
        first = min([plan.time.start, *least.tolist(), *known_begin[:, 0].tolist()])
        lines = () if plan.escalation is None else plan.escalation.lines
        of_lines, clauses = (np.full(len(each), len(plan.task), np.intp) for each in (lines, plan.clauses))
        return cls(
            plan, rows, of_lines, clauses, spent=spent, least=least, known_rows=known_rows, certain=certain, first=first
        )

    def only(self, is_wanted: NDArray[np.bool_]) -> "CostAccrual":
        """Return who of some, (task + 1,), costs what, without damages and bonuses."""
        at = is_wanted[self.rows]
        rows, spent, least = self.rows[at], self.spent[at], self.least[at]
        return replace(self, rows=rows, spent=spent, least=least, clauses=self.clauses[:0])

    @property
    def owners(self) -> Rows:
        """Whose money each row of the accrual is: tasks, and the project as number of tasks."""
        return np.concatenate((self.rows, self.lines, self.clauses))

    @cached_property
    def calendar(self) -> NDArray[np.int32]:
        """Number of the calendar in whose working time each row accrues."""
        calendar = np.append(self.plan.time.task_calendar, self.plan.time.project_calendar)
        return calendar.astype(np.int32)[self.rows]

    @cached_property
    def least_work(self) -> Ticks:
        """``least`` in the working time of the row's calendar, (row, 1) [working tick]."""
        return working(self.plan.time.calendars, self.calendar, self.least[:, None])

    def accrual(self, output: Output, lag: Ticks | None) -> Accrual:
        """Return when the rest of the rows accrues in iterations of whole blocks, or in the deterministic plan.

        Parameters
        ----------
        output : Output
            With no more iterations of tasks than of the finish.
        lag : (relationship, iteration) int64 [working tick of the lag's calendar] or None
            None where no task is wanted as late as possible.
        """
        plan, tasks = self.plan, len(self.plan.task)
        width = output.duration.shape[1]
        calendar = self.calendar
        begin, end, instant = (np.zeros((self.rows.size, width), np.int64) for _ in range(3))
        tasks_of_rows = self.rows[self.rows < tasks]
        at = slice(tasks_of_rows.size)
        begin[at], end[at] = self._task_work(output, tasks_of_rows)
        if lag is not None:
            self._postpone(output, lag, begin, end)
        some = np.flatnonzero((end[at] - begin[at]).min(axis=1, initial=1) <= 0)
        if some.size:
            instant[some] = plan.clock(output.end[tasks_of_rows[some], :width])
        if tasks_of_rows.size < self.rows.size:
            finish = plan.clock(output.finish[:1, :width])
            begin[-1] = plan.time.calendars[plan.time.project_calendar].working(plan.time.start)
            end[-1] = working(plan.time.calendars, calendar[-1:], finish)[0]
            instant[-1] = finish[0]
        self._cover_members(output, begin, end, instant)
        begin = np.maximum(begin, self.least_work)
        amount = output.task_cost[self.rows, :width] - self.spent[:, None]
        rest = Accrual(calendar, begin, np.maximum(begin, end), np.maximum(instant, self.least[:, None]), amount)
        rest = self._with_lines(rest, output) if self.lines.size else rest
        return self._with_clauses(rest, output) if self.clauses.size else rest

    def _with_lines(self, rest: Accrual, output: Output) -> Accrual:
        """Return what accrues with cost lines that follow an index in rows of their own; the project has them still."""
        at = np.append(np.arange(self.rows.size), np.full(self.lines.size, self.rows.size - 1))
        amount = np.concatenate((rest.amount, output.line_cost[:, : rest.amount.shape[1]]))
        return rest.at(at)._replace(amount=amount)

    def _with_clauses(self, rest: Accrual, output: Output) -> Accrual:
        """Return what accrues with damages and bonuses in rows of their own, each paid when its target finishes."""
        plan, count, width = self.plan, self.clauses.size, rest.amount.shape[1]
        money = plan.clause_costs(output.finish[:, :width])
        rest.amount[self.rows.size - 1] -= np.add.reduce(money)
        finish = plan.clock(output.finish[[row.target for row in plan.clauses], :width])
        at_once = np.zeros((count, width), np.int64)
        return Accrual(
            np.concatenate((rest.calendar, np.full(count, plan.time.project_calendar, np.int32))),
            begin=np.concatenate((rest.begin, at_once)),
            end=np.concatenate((rest.end, at_once)),
            instant=np.concatenate((rest.instant, finish)),
            amount=np.concatenate((rest.amount, money)),
        )

    def _task_work(self, output: Output, rows: Rows) -> tuple[Ticks, Ticks]:
        """Return begin and end of what is left of tasks, (row, iteration) [working tick of the task's calendar].

        Notes
        -----
        Without a data date the core gives the actual start of what has started, and what is left of it begins where
        work goes on.
        """
        plan = self.plan
        width = output.duration.shape[1]
        if plan.clocks is None:
            base = int(plan.time.calendars[int(plan.time.task_calendar[0])].working(plan.time.start))
            end = output.end[rows, :width] + np.int64(base)
            return end - output.duration[rows, :width], end
        calendar = plan.time.task_calendar[rows]
        begin, end = (
            working(plan.time.calendars, calendar, dates[rows, :width].astype(np.int64))
            for dates in (output.start, output.end)
        )
        has_started = np.flatnonzero((plan.network.binding[rows] & HAS_STARTED) != 0)
        begin[has_started] = plan.network.bound[rows[has_started], None]
        return begin, end

    def _postpone(self, output: Output, lag: Ticks, begin: Ticks, end: Ticks) -> None:
        """Set the dates of tasks that are wanted as late as possible."""
        plan, width = self.plan, begin.shape[1]
        start, finish = early_dates(plan, output, width)
        left = output.duration[:, :width].astype(np.int64)
        dates = backward_pass(plan, start, finish, left, lag, absent=absent_tasks(output, width)).early_dates()
        at = np.flatnonzero(np.append(plan.late.as_late_as_possible, False)[self.rows])
        calendar = plan.time.task_calendar[self.rows[at]]
        begin[at], end[at] = (working(plan.time.calendars, calendar, moved[self.rows[at]]) for moved in dates)

    def _cover_members(self, output: Output, begin: Ticks, end: Ticks, instant: Ticks) -> None:
        """Set the dates of summaries that the core does not schedule: from the first to the last task below."""
        plan, width = self.plan, begin.shape[1]
        has_no_logic = np.diff(plan.network.offset) == 0
        summaries = [
            (at, int(row), plan.progress.member[int(row)])
            for at, row in enumerate(self.rows)
            if int(row) in plan.progress.member and has_no_logic[row] and plan.progress.member[int(row)].size
        ]
        if not summaries:
            return
        starts, finishes = early_dates(plan, output, width)
        absent = absent_tasks(output, width)
        for at, row, below in summaries:
            first, last = covered(starts[below], finishes[below], absent, below)
            first = np.maximum(first, plan.time.start)
            last = np.maximum(last, first)
            calendar = plan.time.task_calendar[row : row + 1]
            begin[at], end[at] = (working(plan.time.calendars, calendar, dates[None])[0] for dates in (first, last))
            instant[at] = last


def may_cost_rows(plan: Plan) -> NDArray[np.bool_]:
    """Return which tasks, and last the project, may cost anything, (task + 1,)."""
    has_cost = (plan.costs.fixed != 0) | (plan.costs.rate != 0)
    stage = np.repeat(np.arange(plan.draws.offset.size - 1), np.diff(plan.draws.offset))
    has_cost[stage[np.isin(plan.draws.role, (MONEY, RATE, RISK_MONEY))] - 1] = True
    has_cost[-1] |= bool(plan.clauses or (plan.escalation is not None and plan.escalation.lines))
    return np.asarray(has_cost)
