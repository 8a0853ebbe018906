"""Who works on which task, and the cost lines of a scenario, as rows."""

from collections.abc import Sequence
from typing import Any

from riskengine.model import AnyEstimate, Scenario
from riskengine.plan.variables.distribution import mean_of


def task_resource_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the assignments, sorted by task and resource; resources may be named and not described."""
    rows = [(task.id, *item) for _, task in sorted(scenario.tasks.items()) for item in sorted(task.resources.items())]
    resources = [scenario.resources.get(name) for _, name, _ in rows]
    return {
        "task": [task for task, _, _ in rows],
        "resource": [name for _, name, _ in rows],
        "resource_name": ["" if resource is None else resource.name for resource in resources],
        "units": [units for _, _, units in rows],
        "rate": [None if resource is None else resource.rate for resource in resources],
        "capacity": [None if resource is None else resource.capacity for resource in resources],
    }


def cost_line_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the cost lines, sorted by id."""
    lines = [scenario.costs[name] for name in sorted(scenario.costs)]
    return {
        "cost_line": [line.id for line in lines],
        "name": [line.name for line in lines],
        "fixed": [_plan_value(line.fixed) for line in lines],
        "fixed_mean": [_mean(line.fixed) for line in lines],
        "rate": [_plan_value(line.rate) for line in lines],
        "rate_mean": [_mean(line.rate) for line in lines],
    }


def _plan_value(estimate: AnyEstimate | None) -> float:
    return 0.0 if estimate is None else estimate.plan_value()


def _mean(estimate: AnyEstimate | None) -> float:
    return 0.0 if estimate is None else mean_of(estimate)
