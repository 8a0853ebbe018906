"""Where a run is beyond what the engine says no run can be below or above."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from riskengine import engine
from riskengine.engine.limits import limits, risk_changes
from riskengine.model import Scenario
from riskengine.plan import Plan, compile
from riskengine.results.samples.sample import CostPeriodSample, LevellingSample, ResourcePeriodSample, Sample

ROUNDING = 1e-9
TIMES = 25
"""No twin computes these iterations again, so there may be that many times more of them."""


def beyond_limits(scenario: Scenario, seed: int, method: str, iterations: int) -> Iterator[str]:
    """Run a scenario; what of the run is beyond its limits, in words."""
    plan = compile(scenario)
    yield from outside(plan, engine.simulate(plan, engine.Settings(TIMES * iterations, seed, method, threads=1)))


def outside(plan: Plan, sample: Sample) -> list[str]:
    """What of a run is beyond its limits, in words."""
    bounds = limits(plan)
    lines = []
    for row, target in enumerate(sample.target):
        lines += _beyond(f"finish of {target}", sample.finish_days[row], bounds.finish_days[:, row])
    lines += _beyond("cost", sample.cost, bounds.cost)
    for row, task in enumerate(sample.tasks.id):
        lines += _beyond(f"duration of {task}", sample.tasks.duration[row], bounds.duration[:, row])
        lines += _beyond(f"cost of {task}", sample.tasks.cost[row], bounds.task_cost[:, row])
    if bounds.is_float_fixed and (np.ptp(sample.tasks.total_float, axis=1) > 0).any():
        lines.append("float varies")
    lines += [*_of_risks(plan, sample), *_of_levelling(sample, sample.levelling)]
    return [*lines, *_of_months(sample.cost_periods), *_of_resources(sample.resource_periods)]


def _of_risks(plan: Plan, sample: Sample) -> Iterator[str]:
    """What an occurrence of a risk changed and cannot change."""
    changes, width = risk_changes(plan), sample.risks.finish_days_without.shape[1]
    for at, row in enumerate(sample.risks.paired):
        days = sample.finish_days[0, :width] - sample.risks.finish_days_without[at]
        yield from _beyond(f"days of {sample.risks.id[row]}", days, changes.finish[:, row])
        money = _difference(sample.cost[:width], sample.risks.cost_without[at])
        yield from _beyond(f"cost of {sample.risks.id[row]}", money, changes.cost[:, row])


def _of_levelling(sample: Sample, levelling: LevellingSample | None) -> Iterator[str]:
    """What levelling changed and cannot change."""
    if levelling is not None:
        for row, target in enumerate(sample.target):
            days = sample.finish_days[row] - levelling.finish_days[row]
            yield from _beyond(f"days of levelling to {target}", days, levelling.finish_change)
        yield from _beyond("cost of levelling", _difference(sample.cost, levelling.cost), levelling.cost_change)


def _of_months(periods: CostPeriodSample | None) -> Iterator[str]:
    """What was spent in a month, or until its end, and cannot be."""
    if periods is not None:
        cumulative = np.cumsum(periods.cost, axis=1)
        for row, month in np.ndindex(periods.cost.shape[:2]):
            name = f"{periods.scope[row]} {periods.key[row]} in {periods.month[month].astype('M8[M]')}"
            yield from _beyond(f"cost of {name}", periods.cost[row, month], periods.limits[:, row, month])
            limits_until = periods.cumulative_limits[:, row, month]
            yield from _beyond(f"cost until the end of {name}", cumulative[row, month], limits_until)


def _of_resources(periods: ResourcePeriodSample | None) -> Iterator[str]:
    """What was used of a resource in a month and cannot be."""
    if periods is not None:
        for kind, row, month in np.ndindex(periods.units.shape[:3]):
            name = f"{('average', 'peak')[kind]} of {periods.id[row]} in {periods.month[month].astype('M8[M]')}"
            values, ends = periods.units[kind, row, month], periods.limits[:, kind, row, month]
            if not np.isnan(values).any():
                yield from _beyond(name, values, ends)


def _difference(cost: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """One cost less another, without the rounding of their sums."""
    money = cost - other
    money[np.abs(money) < ROUNDING * (1 + np.abs(cost).max())] = 0.0
    return money


def _beyond(name: str, values: NDArray[np.float64], ends: NDArray[np.float64]) -> Iterator[str]:
    room = ROUNDING * (1 + np.abs(values).max(initial=0.0))
    if values.size and (values.min() < ends[0] - room or values.max() > ends[1] + room):
        yield f"{name}: {values.min()} to {values.max()}, beyond {ends[0]} to {ends[1]}"
