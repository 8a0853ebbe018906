"""One iteration of a run again, bit for bit, with everything that went into it."""

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.dates.days_lost import lost_dates
from riskengine.engine.dates.display_dates import display_dates, is_postponed
from riskengine.engine.dates.floats import planned_lags
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.simulate import METHODS, deterministic
from riskengine.engine.traced.block import TracedBlock
from riskengine.engine.traced.driving import bounds, critical_tasks, driving_path, last_tasks, task_drivers
from riskengine.engine.traced.values import drawn_values
from riskengine.kernel.contract.arrays import Output
from riskengine.plan import Plan
from riskengine.plan.choices import branch_paths, loop_repeats
from riskengine.results.samples.traced import (
    Choice,
    DrawnValue,
    LostDates,
    TracedFinish,
    TracedIteration,
    TracedRisk,
    TracedTask,
)


def trace(plan: Plan, seed: int, method: str, iteration: int, target: str = "project") -> TracedIteration:
    """Run one iteration again, and say what went into it and what drove its dates.

    Parameters
    ----------
    plan : Plan
    seed : int
    method : str
        ``random``, ``lhs`` or ``sobol``.
    iteration : int
        From 0.
    target : str
        ``project``, or the id of a target: what the driving path leads to.

    Notes
    -----
    Whatever an iteration draws is a function of seed, name and number, so that its block alone is run. What drove a
    date is what the core itself marked while it worked the date out.
    """
    number = METHODS[method]
    block = TracedBlock.of(plan, seed, number, dimensions_of(plan, number), iteration)
    planned = deterministic(plan)
    row = 0 if target == "project" else 1 + plan.target.index(target)
    values = drawn_values(block)
    finishes = traced_finishes(plan, block.output.finish[:, [block.column]], planned)
    escalation = plan.escalation
    return TracedIteration(
        iteration=iteration,
        target=target,
        finish=finishes,
        cost=float(block.output.cost[block.column]),
        deterministic_cost=float(planned.cost[0]),
        cost_elsewhere=float(block.output.task_cost[-1, block.column]),
        project_delay=project_delay(block),
        path=tuple(plan.task[task] for task in driving_path(block, row)),
        tasks=traced_tasks(block, planned, row),
        risks=traced_risks(block, row, values),
        values=values,
        lost_days=tuple(
            LostDates(calendar, name, tuple(dates))
            for calendar, name, dates in lost_dates(plan, block.request, block.column, finishes["project"].instant)
        ),
        branches=branch_choices(block),
        rework=rework_choices(block),
        clauses={
            each.clause.id: float(cost)
            for each, cost in zip(
                plan.clauses, plan.clause_costs(block.output.finish[:, [block.column]])[:, 0], strict=True
            )
        },
        growth={}
        if escalation is None
        else {
            used.price_index.id: float(block.output.growth[at, block.column])
            for at, used in enumerate(escalation.indices)
        },
    )


def traced_finishes(plan: Plan, date: NDArray[np.int32], planned: Output) -> dict[str, TracedFinish]:
    """Return the finishes of the project and its targets, beside those of the deterministic plan.

    Parameters
    ----------
    date : (target, 1) int32
        Dates of the core.
    """
    instant, days = plan.finishes(date)
    planned_instant, planned_days = plan.finishes(planned.finish[:, :1])
    return {
        name: TracedFinish(
            instant[at, 0], float(days[at, 0]), planned_instant[at, 0], deterministic_days=float(planned_days[at, 0])
        )
        for at, name in enumerate(("project", *plan.target))
    }


def project_delay(block: TracedBlock) -> float:
    """Return what risks of the project add behind the last task [working days of the project's calendar]."""
    plan, column = block.plan, block.column
    last = block.output.end[last_tasks(block, 0)[:1], column]
    both = np.array([*last, block.output.finish[0, column]], np.int32)
    days = plan.project_days(plan.clock(both))
    return float(days[-1] - days[0])


def traced_tasks(block: TracedBlock, planned: Output, target: int) -> tuple[TracedTask, ...]:
    """Return every task of the iteration, by id."""
    plan, column = block.plan, block.column
    lag = planned_lags(plan)[:, None] if is_postponed(plan) else None
    planned_start, planned_finish = display_dates(plan, planned, 1, lag)
    start, finish = block.dates()
    duration = plan.task_days(block.output.duration[:, [column]])[:, 0]
    planned_duration = plan.task_days(planned.duration[:, :1])[:, 0]
    is_critical, drivers, bound = critical_tasks(block, target), task_drivers(block), bounds(block)
    return tuple(
        TracedTask(
            id=plan.task[row],
            name=plan.labels.task_name[row],
            team=plan.labels.task_team[row],
            exists=bool(block.exists[row]),
            start=start[row],
            finish=finish[row],
            deterministic_start=planned_start[row, 0],
            deterministic_finish=planned_finish[row, 0],
            duration=float(duration[row]),
            deterministic_duration=float(planned_duration[row]),
            cost=float(block.output.task_cost[row, column]),
            is_critical=bool(is_critical[row]),
            drivers=drivers[row],
            bound="" if drivers[row] else bound[row],
        )
        for row in plan.rows_by_id.tolist()
    )


def traced_risks(block: TracedBlock, target: int, values: tuple[DrawnValue, ...]) -> tuple[TracedRisk, ...]:
    """Return the risks that occurred, by id, with what the iteration would be had each alone not occurred."""
    plan, column = block.plan, block.column
    finish_days = plan.finishes(block.output.finish[:, [column]])[1][target, 0]
    by_risk: dict[str, list[DrawnValue]] = {}
    for value in values:
        by_risk.setdefault(value.risk, []).append(value)
    risks = []
    for row in sorted(np.flatnonzero(block.occurs).tolist(), key=plan.risk.__getitem__):
        finish, cost = block.without(row)
        risks.append(
            TracedRisk(
                id=plan.risk[row],
                name=plan.labels.risk_name[row],
                kind=plan.labels.risk_kind[row],
                finish_change=float(finish_days - plan.finishes(finish[:, None])[1][target, 0]),
                cost_change=float(block.output.cost[column]) - cost,
                values=tuple(by_risk.get(plan.risk[row], ())),
            )
        )
    return tuple(risks)


def branch_choices(block: TracedBlock) -> tuple[Choice, ...]:
    """Return which path of each branch was followed, by its first task."""
    there = dict(zip(block.plan.task, block.exists.tolist(), strict=True))
    choices = []
    for branch in branch_paths(block.plan.stages.scenario):
        followed = [first for first, tasks in branch.tasks.items() if any(there[name] for name in tasks)]
        choices.append(Choice(branch.id, branch.name, followed[0] if followed else ""))
    return tuple(choices)


def rework_choices(block: TracedBlock) -> tuple[Choice, ...]:
    """Return how often the tasks of each loop of rework were done again."""
    there = dict(zip(block.plan.task, block.exists.tolist(), strict=True))
    choices = []
    for loop in loop_repeats(block.plan.stages.scenario):
        times = max((number for name, number in loop.times.items() if there[name]), default=0)
        choices.append(Choice(loop.id, loop.name, str(times)))
    return tuple(choices)
