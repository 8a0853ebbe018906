"""Which tables are made of what a scenario says, and what makes their columns."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from riskengine.model import Scenario
from riskengine.plan.inputs.actions import action_columns, action_effect_columns
from riskengine.plan.inputs.changes import change_columns
from riskengine.plan.inputs.estimates import estimate_columns
from riskengine.plan.inputs.impacts import impact_columns
from riskengine.plan.inputs.network import relationship_columns
from riskengine.plan.inputs.project import project_columns
from riskengine.plan.inputs.projects import project_of_programme_columns
from riskengine.plan.inputs.register import risk_columns
from riskengine.plan.inputs.resources import cost_line_columns, task_resource_columns
from riskengine.plan.inputs.tasks import task_columns
from riskengine.plan.plan import Plan

Columns = dict[str, Sequence[Any]]

INPUTS: Final[Mapping[str, Callable[[Scenario], Columns]]] = MappingProxyType(
    {
        "project": project_columns,
        "tasks": task_columns,
        "risks": risk_columns,
        "relationships": relationship_columns,
        "impacts": impact_columns,
        "task_resources": task_resource_columns,
        "estimates": estimate_columns,
        "cost_lines": cost_line_columns,
        "projects": project_of_programme_columns,
        "changes": change_columns,
        "actions": action_columns,
        "action_effects": action_effect_columns,
    }
)
"""What makes the columns of each table, by the table's name; of tasks and risks those that come from no iteration."""


def columns_of(plan: Plan, table: str) -> Columns:
    """Return the columns of a table that the scenario of a plan says, by the names of the columns.

    Notes
    -----
    A plan has the scenario that it was compiled from, or changed to, so that nothing here can be older than the run.
    """
    return INPUTS[table](plan.stages.scenario)
