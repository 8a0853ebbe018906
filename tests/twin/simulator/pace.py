"""How long work takes, as the rules say it: divided by the pace, in the plan and in an iteration."""

from dataclasses import dataclass
from typing import Any

from riskengine.model import AnyEstimate, Task
from tests.twin.draws.values import plan_value

NO_VALUES = ("lambda_", "low_percentile", "high_percentile", "alpha", "beta", "form", "weight_below")


@dataclass(frozen=True)
class OneOver:
    """What a pace makes of a duration: the pace of the plan over the one that is drawn."""

    pace: AnyEstimate

    @property
    def shape(self) -> str:
        return "one over"

    @property
    def unit(self) -> None:
        return None

    @property
    def has_steps(self) -> bool:
        return self.pace.shape in ("discrete", "empirical")


def paces(task: Task) -> dict[str, AnyEstimate]:
    """What the work of a task is divided by."""
    asked = {key: getattr(task, key) for key in ("people", "productivity", "rate_per_day")}
    return {key: pace for key, pace in asked.items() if pace is not None}


def planned_length(task: Task, is_left: bool) -> AnyEstimate:
    """What a task takes as planned, or what is left of it."""
    if task.effort is None and task.quantity is None:
        return task.remaining if is_left and task.remaining is not None else task.duration
    whole, left = task.effort or task.quantity, task.remaining_work or task.remaining_quantity
    pace = 1.0
    for each in paces(task).values():
        pace *= plan_value(each)
    return divided(left if is_left and left is not None else whole, pace)


def divided(estimate: Any, pace: float) -> AnyEstimate:
    """An estimate with every value divided; what has no unit is in days."""
    changes: dict[str, Any] = {"unit": estimate.unit or "d"}
    for name, value in estimate.__dict__.items():
        if isinstance(value, float) and name not in NO_VALUES:
            changes[name] = value / pace
    if "values" in estimate.__dict__:
        changes["values"] = tuple(value / pace for value in estimate.values)
    return estimate.model_copy(update=changes)
