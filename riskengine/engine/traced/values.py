"""Everything that an iteration drew, in the units of people."""

from typing import Final

from riskengine.engine.draws.redraw import redrawing
from riskengine.engine.traced.block import TracedBlock
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import (
    BACKLOG,
    CONSTANT,
    DELAY,
    DURATION,
    ELAPSED_DELAY,
    EVENT,
    FACTOR,
    ITEMS,
    LAG,
    MONEY,
    OCCURS,
    RATE,
    RISK_MONEY,
)
from riskengine.plan import Plan
from riskengine.plan.time.calendar import DAY_SECONDS
from riskengine.results.samples.traced import DrawnValue

UNITS: Final = {
    DURATION: "working days",
    DELAY: "working days",
    LAG: "working days",
    ELAPSED_DELAY: "calendar days",
    FACTOR: "factor",
    MONEY: "currency",
    RISK_MONEY: "currency",
    RATE: "currency a working day",
    ITEMS: "items",
}


def drawn_values(block: TracedBlock) -> tuple[DrawnValue, ...]:
    """Return what the iteration drew of all that varies, by label; constants and what only decides are left out.

    Notes
    -----
    A variable that several tasks share, as a factor is, stands here once.
    """
    plan, draws = block.plan, block.plan.draws
    redraw = redrawing(plan, block.request, block.dimension, BLOCK)
    occurs = block.occurs
    values: dict[str, DrawnValue] = {}
    stages = range(len(draws.offset) - 1)
    for stage in stages:
        for at in range(int(draws.offset[stage]), int(draws.offset[stage + 1])):
            variable, role = int(draws.variable[at]), int(draws.role[at])
            label = plan.estimates.label[variable]
            if role == OCCURS or plan.variables.kind[variable] in (CONSTANT, EVENT, BACKLOG) or label in values:
                continue
            risk = int(draws.risk[at])
            task = plan.task[stage - 1] if 0 < stage <= len(plan.task) else ""
            values[label] = DrawnValue(
                label=label,
                value=float(redraw(variable).value[block.column]) / _ticks(plan, stage, at),
                unit=UNITS[role],
                task=task,
                risk="" if risk < 0 else plan.risk[risk],
                takes_effect=bool(risk < 0 or occurs[risk]),
            )
    return tuple(values[label] for label in sorted(values))


def _ticks(plan: Plan, stage: int, at: int) -> float:
    """Return the ticks in a day of what is drawn; 1 for money and factors."""
    role, time = int(plan.draws.role[at]), plan.time
    if role == ELAPSED_DELAY:
        return DAY_SECONDS / time.tick
    if role == LAG:
        return float(time.calendars[_lag_calendar(plan, stage, int(plan.draws.operand[at]))].day_ticks)
    if role in (DURATION, DELAY):
        is_task = 0 < stage <= len(plan.task)
        number = int(time.task_calendar[stage - 1]) if is_task else time.project_calendar
        return float(time.calendars[number].day_ticks)
    return 1.0


def _lag_calendar(plan: Plan, stage: int, number: int) -> int:
    """Return the calendar of the uncertain lag with a number among those of a task."""
    first, last = (int(plan.network.offset[stage - 1 + k]) for k in range(2))
    row = next(k for k in range(first, last) if plan.network.lag_row[k] == number)
    return int(plan.time.lag_calendar[row])
