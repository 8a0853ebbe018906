"""What the core makes of longer tasks: the shock test's way into the engine."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskengine.engine import deterministic
from riskengine.engine.dates.what_if import early_dates_of
from riskengine.engine.hastening import delays_decide
from riskengine.errors import ScenarioError
from riskengine.model import Scenario
from riskengine.plan import Plan, compile, with_room
from riskengine.plan.time.horizon import LARGEST, BeyondTable
from riskengine.schedule.health.shock import Forward

FIRST_ROOM_DAYS = 4000
"""Days by which calendars are laid out beyond the plan's own course at first."""
MORE_ROOM_DAYS = (16_000, 64_000, 256_000)
END_OF_TIME = np.datetime64("9998-01-01", "us")


def finish_runs(scenario: Scenario, compiled: Plan | None = None) -> Callable[[Sequence[str]], Forward]:
    """Return how to watch the finishes of tasks while others grow.

    Parameters
    ----------
    scenario : Scenario
    compiled : Plan, optional
        What it is compiled to, with calendars as long as its own course, where that is at hand.

    Notes
    -----
    How long calendars must last for a shock is known once they were too short for it; then they are made longer. A
    shock for which none lasts long enough moves every finish to the end of time.
    """

    def watch(ends: Sequence[str]) -> Forward:
        plans: dict[int, Plan | None] = {}

        def laid_out(room: int) -> Plan | None:
            # Once for each room: with a lag of a century thousands of futures ask for all of them, and a plan of
            # 700 years takes seconds to be compiled.
            if room not in plans:
                try:
                    longer = compile(scenario, room) if compiled is None else with_room(compiled, scenario, room)
                    plans[room] = on_planned_paths(longer)
                except (BeyondTable, ScenarioError):
                    plans[room] = None
            return plans[room]

        laid_out(FIRST_ROOM_DAYS)

        def forward(added: NDArray[np.float64]) -> NDArray[np.datetime64]:
            for room in (FIRST_ROOM_DAYS, *MORE_ROOM_DAYS):
                plan = laid_out(room)
                if plan is None:
                    continue
                try:
                    return finishes(plan, ends, added)
                except BeyondTable:
                    continue
            width = added.shape[1]
            if width == 1:
                return np.full((len(ends), 1), END_OF_TIME)
            return np.concatenate([forward(added[:, : width // 2]), forward(added[:, width // 2 :])], axis=1)

        return forward

    return watch


def on_planned_paths(plan: Plan) -> Plan:
    """Return a plan that follows the paths which the deterministic plan takes, however late its tasks are."""
    if plan.existence is None or not delays_decide(plan):
        return plan
    exists = deterministic(plan, has_occurred=False).exists[:, 0] != 0
    return replace(plan, existence=plan.existence.as_in(exists))


def finishes(plan: Plan, ends: Sequence[str], added: NDArray[np.float64]) -> NDArray[np.datetime64]:
    """Return finishes (watched, future) datetime64[us] where tasks take ``added`` (task, future) float64 [h] longer."""
    hour = np.array([plan.time.calendars[number].hour_ticks for number in plan.time.task_calendar])
    base = plan.estimates.plan_value[plan.estimates.duration]
    duration = np.minimum(np.rint(base[:, None] + added * hour[:, None]), LARGEST).astype(np.int32)
    _, finish = early_dates_of(plan, duration)
    return plan.instants(finish[[plan.task.index(end) for end in ends]])
