"""Risks that may occur only where a task of the iteration is late: whose finish is asked, and for which date."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from riskengine.model.chain import causes_first
from riskengine.model.risk import Risk
from riskengine.model.scenario import Scenario
from riskengine.model.task import Task

UNCONDITIONAL: Final = {"after": "", "if_later_than": None}
"""What the fields of a risk hold that waits for no date."""


class DateCondition(NamedTuple):
    """What has to be so for a risk to occur: a task finishes later than a date."""

    task: str
    date: datetime


def date_conditions(scenario: Scenario) -> dict[str, tuple[DateCondition, ...]]:
    """Return the conditions of every risk that has any, by its id: its own, and those of what alone triggers it."""
    conditions: dict[str, tuple[DateCondition, ...]] = {}
    if not any(risk.if_later_than for risk in scenario.risks.values()):
        return conditions
    for name in causes_first(scenario.risks):
        risk = scenario.risks[name]
        every = [each for cause in risk.triggered_by for each in conditions.get(cause, ())]
        if risk.if_later_than is not None:
            every.append(DateCondition(risk.after, risk.if_later_than))
        if every:
            conditions[name] = tuple(dict.fromkeys(every))
    return {name: conditions[name] for name in scenario.risks if name in conditions}


def settled(risk: Risk, tasks: Mapping[str, Task]) -> Risk:
    """Return a risk without a condition that an actual finish has met, switched off where it has failed it."""
    task = tasks.get(risk.after)
    if risk.if_later_than is None or task is None or task.actual_finish is None:
        return risk
    is_met = task.actual_finish > risk.if_later_than
    return risk.model_copy(update=UNCONDITIONAL if is_met else {**UNCONDITIONAL, "active": False})
