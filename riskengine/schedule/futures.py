"""What the core makes of longer tasks: the shock test's way into the engine."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.given import early_dates_of
from riskengine.model import Scenario
from riskengine.plan import Plan
from riskengine.plan.calendars import ELAPSED, ROUND_THE_CLOCK
from riskengine.schedule.logic import week_days
from riskengine.schedule.shock import CRITICAL_DAYS, Forward

MARGIN_DAYS = 366


def room(scenario: Scenario) -> int:
    """Return the days on the clock by which the longest shock can outlast a plan.

    Notes
    -----
    The core looks ahead by the longest duration on the slowest calendar, so that it is counted twice.
    """
    names = {task.calendar for task in scenario.tasks.values()} | {scenario.calendar}
    kept = [scenario.calendars.get(name, ROUND_THE_CLOCK) for name in names]
    is_elapsed = any(task.work.unit in ELAPSED for task in scenario.tasks.values())
    longest = 24.0 if is_elapsed else max(calendar.hours_per_day for calendar in kept)
    slowest = min(week_days(calendar) * calendar.hours_per_day for calendar in kept)
    return 2 * math.ceil(CRITICAL_DAYS * longest / slowest * 7) + MARGIN_DAYS


def watched(plan: Plan) -> Callable[[str], Forward]:
    """Return how to watch the finish of a task of a plan while others grow.

    Parameters
    ----------
    plan : Plan
        Compiled with `room`.
    """
    base = plan.plan_value[plan.duration]
    hour = np.array([plan.calendars[number].hour_ticks for number in plan.task_calendar])

    def watch(end: str) -> Forward:
        row = plan.task.index(end)

        def forward(added: NDArray[np.float64]) -> NDArray[np.datetime64]:
            duration = np.rint(base[:, None] + added * hour[:, None]).astype(np.int32)
            _, finish = early_dates_of(plan, duration)
            return plan.instants(finish[row])

        return forward

    return watch
