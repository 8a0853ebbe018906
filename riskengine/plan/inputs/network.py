"""The relationships of a scenario as rows."""

from collections.abc import Sequence
from typing import Any

from riskengine.model import Scenario
from riskengine.plan.inputs.tasks import calendar_id
from riskengine.plan.variables.distribution import mean_of


def relationship_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the relationships, in the order of their successors' ids and as each of them lists them."""
    rows = [item for _, task in sorted(scenario.tasks.items()) for item in enumerate(task.after)]
    pairs = [(task, each) for _, task in sorted(scenario.tasks.items()) for each in task.after]
    return {
        "predecessor": [each.task for _, each in pairs],
        "successor": [task.id for task, _ in pairs],
        "place": [place for place, _ in rows],
        "type": [each.type for _, each in pairs],
        "lag": [each.lag.plan_value() for _, each in pairs],
        "lag_mean": [mean_of(each.lag) for _, each in pairs],
        "lag_unit": [each.lag.unit or "d" for _, each in pairs],
        "lag_calendar": [calendar_id(scenario.calendar_of_lag(each, task)) for task, each in pairs],
    }
