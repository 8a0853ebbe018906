"""Costs as arrays: what is known is added up here, what is uncertain becomes a variable."""

from collections.abc import Mapping, Sequence

import numpy as np

from riskengine.kernel.arrays import MONEY, RATE, Costs
from riskengine.model import AnyEstimate, Constant, Scenario, Task
from riskengine.model.scenario import resource_rate
from riskengine.plan.calendars import CalendarBook
from riskengine.plan.draws import DrawBook
from riskengine.plan.variable import VariableBook


def compile_costs(
    scenario: Scenario,
    order: Sequence[str],
    calendar: Mapping[str, int],
    cost_row: Mapping[str, int],
    book: VariableBook,
    draws: DrawBook,
    calendars: CalendarBook,
) -> Costs:
    """Lay out the costs of tasks and the cost lines of the project.

    Parameters
    ----------
    order : sequence of task ids
        Kernel rows.
    calendar : mapping of task id to calendar number
    cost_row : mapping of task/ID or cost/ID to int
        Rows of the factors on costs, where there are any.
    book, draws, calendars
        Added to.

    Notes
    -----
    A cost that factors act on is drawn even where it is known, because they multiply what is drawn. What has been
    spent is past every risk.
    """
    fixed, rate, per_day = [], [], []
    for at, name in enumerate(order):
        task = scenario.tasks[name]
        day = calendars.day_ticks(calendar[name])
        stage = 1 + at
        resources = resource_rate(scenario, task)
        if task.is_finished:
            spent, known = _settled(task)
        else:
            priced = cost_row.get(f"task/{name}", -1)
            spent = _known(book, draws, stage, MONEY, f"task/{name}/fixed", task.cost.fixed, priced)
            known = _known(book, draws, stage, RATE, f"task/{name}/rate", task.cost.rate, priced)
            if priced >= 0 and resources:
                _known(book, draws, stage, RATE, f"task/{name}/resources", Constant(value=resources), priced)
                resources = 0.0
        if task.cost.actual is None:
            known += resources
            spent += (_plan_value(task.cost.rate) + resource_rate(scenario, task)) * _days_worked(
                task, calendars, calendar[name]
            )
        elif not task.is_finished:
            known += resources
            spent += task.cost.actual
        fixed.append(spent)
        rate.append(known / day)
        per_day.append(1.0 / day)
    day = calendars.day_ticks(calendars.project())
    lines = sorted(scenario.costs.items())
    stage = draws.project
    amounts, rates = [], []
    for name, line in lines:
        priced = cost_row.get(f"cost/{name}", -1)
        amounts.append(_known(book, draws, stage, MONEY, f"cost/{name}/fixed", line.fixed, priced))
        rates.append(_known(book, draws, stage, RATE, f"cost/{name}/rate", line.rate, priced))
    fixed.append(sum(amounts))
    rate.append(sum(rates) / day)
    per_day.append(1.0 / day)
    return Costs(fixed=np.array(fixed), rate=np.array(rate), per_day=np.array(per_day))


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
    scenario = calendars.scenario
    until = scenario.start if scenario.is_data_date or task.resume is None else task.resume
    return calendars.worked(calendar, task.actual_start, until) / calendars.day_ticks(calendar)


def _known(
    book: VariableBook, draws: DrawBook, stage: int, role: int, name: str, estimate: AnyEstimate | None, priced: int
) -> float:
    """Return the amount where it is known and no factor acts on it; else let it be drawn, and return nothing."""
    if estimate is None:
        return 0.0
    row = book.add(name, estimate, 1.0, False)
    if book.is_constant(row) and priced < 0:
        return book.plan_value[row]
    draws.add(stage, row, role, priced=priced)
    return 0.0
