"""Costs as arrays: what is known is added up here, what is uncertain becomes a variable."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from riskengine.kernel.contract.arrays import MONEY, RATE, Costs
from riskengine.model import AnyEstimate, Constant, Scenario, Task
from riskengine.model.scenario import resource_rate
from riskengine.plan.network.structure import Structure
from riskengine.plan.time.calendars import CalendarBook
from riskengine.plan.variables.draws import DrawBook
from riskengine.plan.variables.variable import NotSameVariablesError, VariableBook


@dataclass(frozen=True, eq=False)
class CostPlan:
    """The costs of the core, and the variables behind them.

    Attributes
    ----------
    row : mapping of task/ID/fixed, cost/ID/rate and the like to int
        Variables of amounts and rates.
    """

    arrays: Costs
    row: Mapping[str, int]


@dataclass
class CostBook:
    """Costs under way: amounts and rates become variables, and are drawn where they are not known.

    Parameters
    ----------
    factor_row : mapping of task/ID or cost/ID to int
        Rows of the factors on costs, where there are any.
    book, draws
        Added to.
    """

    factor_row: Mapping[str, int]
    book: VariableBook
    draws: DrawBook
    row: dict[str, int]

    def add_amount(self, stage: int, role: int, cost: str, part: str, estimate: AnyEstimate | None) -> float:
        """Return the amount where it is known and no factor acts on it; else let it be drawn, and return nothing."""
        if estimate is None:
            return 0.0
        priced = self.factor_row.get(cost, -1)
        name = f"{cost}/{part}"
        row = self.row[name] = self.book.add(name, estimate, 1.0, False)
        variable = self.book.variables[row]
        if variable.is_constant and priced < 0:
            return variable.plan_value
        self.draws.add(stage, row, role, priced=priced)
        return 0.0

    def is_priced(self, cost: str) -> bool:
        """Return whether a factor acts on a cost."""
        return cost in self.factor_row


@dataclass
class RevisedCosts(CostBook):
    """Costs whose variables are all there: their estimates change, and nothing else.

    Raises
    ------
    NotSameVariablesError
        When an amount has no variable, or is known now and was drawn before, or the other way round.
    """

    def add_amount(self, stage: int, role: int, cost: str, part: str, estimate: AnyEstimate | None) -> float:
        """Return the amount where it is known and no factor acts on it."""
        name = f"{cost}/{part}"
        if (estimate is None) == (name in self.row):
            raise NotSameVariablesError(name)
        if estimate is None:
            return 0.0
        row = self.row[name]
        was_constant = self.book.is_constant(row)
        self.book.revise(row, estimate, 1.0)
        is_constant = self.book.is_constant(row)
        if is_constant != was_constant:
            raise NotSameVariablesError(name)
        return self.book.plan_value(row) if is_constant and not self.is_priced(cost) else 0.0


def compile_costs(structure: Structure, costs: CostBook) -> CostPlan:
    """Lay out the costs of tasks and the cost lines of the project.

    Parameters
    ----------
    structure : Structure
    costs : CostBook
        Added to.

    Notes
    -----
    A cost that factors act on is drawn even where it is known, because they multiply what is drawn. What has been
    spent is past every risk.
    """
    calendars = structure.calendars
    fixed, rate, per_day = [], [], []
    for row, task in enumerate(structure.tasks):
        day = calendars.day_ticks(structure.calendar[task.id])
        spent, rate_per_day = _task_cost(task, row, structure, costs)
        fixed.append(spent)
        rate.append(rate_per_day / day)
        per_day.append(1.0 / day)
    day = calendars.day_ticks(calendars.project())
    amount, rate_per_day = _project_cost(structure.scenario, costs)
    fixed.append(amount)
    rate.append(rate_per_day / day)
    per_day.append(1.0 / day)
    arrays = Costs(fixed=np.array(fixed), rate=np.array(rate), per_day=np.array(per_day))
    return CostPlan(arrays, costs.row)


def revise_costs(plan: CostPlan, structure: Structure, tasks: Iterable[str], costs: RevisedCosts) -> CostPlan:
    """Return the costs with those of some tasks, and of the project, worked out again.

    Parameters
    ----------
    structure : Structure
        With the scenario as it is now.
    tasks : iterable of task ids
    costs : RevisedCosts

    Raises
    ------
    NotSameVariablesError
    """
    scenario, calendars = structure.scenario, structure.calendars
    fixed, rate = plan.arrays.fixed.copy(), plan.arrays.rate.copy()
    for name in tasks:
        at = structure.row[name]
        spent, rate_per_day = _task_cost(scenario.tasks[name], at, structure, costs)
        fixed[at], rate[at] = spent, rate_per_day / calendars.day_ticks(structure.calendar[name])
    amount, rate_per_day = _project_cost(scenario, costs)
    fixed[-1], rate[-1] = amount, rate_per_day / calendars.day_ticks(calendars.project())
    return replace(plan, arrays=plan.arrays._replace(fixed=fixed, rate=rate))


def _task_cost(task: Task, row: int, structure: Structure, costs: CostBook) -> tuple[float, float]:
    """Return what is known of the costs of the task in a row: an amount, and a rate per working day."""
    cost, stage = f"task/{task.id}", 1 + row
    resources = resource_rate(structure.scenario, task)
    if task.is_finished:
        spent, rate_per_day = _settled(task)
    else:
        spent = costs.add_amount(stage, MONEY, cost, "fixed", task.cost.fixed)
        rate_per_day = costs.add_amount(stage, RATE, cost, "rate", task.cost.rate)
        if costs.is_priced(cost):
            costs.add_amount(stage, RATE, cost, "resources", Constant(value=resources) if resources else None)
            resources = 0.0
    if task.cost.actual is None or not task.is_finished:
        rate_per_day += resources
        spent += spent_so_far(task, structure)
    return spent, rate_per_day


def spent_so_far(task: Task, structure: Structure) -> float:
    """Return what has been spent on work that is not done: its actual cost, or its rates over the days worked."""
    if task.cost.actual is not None:
        return task.cost.actual
    if not task.is_started:
        return 0.0
    worked = _days_worked(task, structure.calendars, structure.calendar[task.id])
    return (_plan_value(task.cost.rate) + resource_rate(structure.scenario, task)) * worked


def worked_until(task: Task, scenario: Scenario) -> datetime:
    """Return up to when work in progress has been done: to the data date, or to its resumption where there is none."""
    return scenario.start if scenario.is_data_date or task.resume is None else task.resume


def _project_cost(scenario: Scenario, costs: CostBook) -> tuple[float, float]:
    """Return what is known of the cost lines: an amount, and a rate per working day of the project."""
    stage = costs.draws.project
    amounts, rates = [], []
    for name, line in sorted(scenario.costs.items()):
        cost = f"cost/{name}"
        amounts.append(costs.add_amount(stage, MONEY, cost, "fixed", line.fixed))
        rates.append(costs.add_amount(stage, RATE, cost, "rate", line.rate))
    return sum(amounts), sum(rates)


def _settled(task: Task) -> tuple[float, float]:
    """Return fixed cost and rate of a finished task: what was spent, or else the plan's values over its time."""
    if task.cost.actual is not None:
        return task.cost.actual, 0.0
    return _plan_value(task.cost.fixed), _plan_value(task.cost.rate)


def _plan_value(estimate: AnyEstimate | None) -> float:
    return 0.0 if estimate is None else estimate.plan_value()


def _days_worked(task: Task, calendars: CalendarBook, calendar: int) -> float:
    """Return the working days that a task in progress has taken so far: up to the data date, or to its resumption."""
    if task.actual_start is None or task.is_finished:
        return 0.0
    until = worked_until(task, calendars.scenario)
    return calendars.worked(calendar, task.actual_start, until) / calendars.day_ticks(calendar)
