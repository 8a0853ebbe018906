"""How likely it is that a backlog is done within the periods that the plan takes for it, without a simulation."""

from collections import Counter
from typing import Final

from riskengine.model.backlog import ROUNDING, Backlog
from riskengine.model.estimate import Constant

MOST_STEPS: Final = 200_000
"""Additions that a chance is worth; where it would take more, a simulation says it."""


def chance_of_plan(backlog: Backlog) -> float | None:
    """Return the chance that a backlog is done within its planned periods, or None where no small sum says it.

    Notes
    -----
    Items, growth and focus must be known, and rows independent. The chance of every sum that is not yet enough is
    convolved with the rows of the history, period by period; what has reached the items stays there, whatever comes in
    later.
    """
    drawn_once = (backlog.items, backlog.growth, backlog.focus)
    if backlog.run_length > 1 or not all(isinstance(each, Constant) for each in drawn_once):
        return None
    rows = Counter(zip(backlog.history.done, backlog.arrivals, strict=True))
    count, focus, items = len(backlog.history.done), backlog.focus.plan_value(), backlog.planned_items
    not_done, steps = {(0.0, 0.0): 1.0}, 0
    for _ in range(round(backlog.throughput().plan_periods)):
        steps += len(not_done) * len(rows)
        if steps > MOST_STEPS:
            return None
        later: dict[tuple[float, float], float] = {}
        for (done, added), chance in not_done.items():
            for (more_done, more_added), times in rows.items():
                sums = done + more_done, added + more_added
                if focus * sums[0] - sums[1] < items - ROUNDING:
                    later[sums] = later.get(sums, 0.0) + chance * times / count
        not_done = later
    return 1.0 - sum(not_done.values())
