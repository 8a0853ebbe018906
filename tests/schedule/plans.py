"""Scenarios for the tests of the schedule room."""

from datetime import datetime
from typing import Any

from riskengine.model import Constant, Constraint, Imported, Relationship, Scenario, Task
from riskengine.scenario import parse
from riskengine.schedule.finding import Finding, Measure
from riskengine.schedule.logic import Logic

START = datetime(2027, 3, 1, 8)
OFFICE = "mon-fri 08:00-12:00 13:00-17:00"


def scenario(tasks: dict[str, dict[str, Any]], **more: Any) -> Scenario:
    """A scenario on the standard calendar; keys of `tasks` as in a scenario file."""
    document = {"schema": 1, "name": "Test", "start": "2027-03-01", "tasks": tasks}
    return parse({**document, **more})


def changed(plan: Scenario, name: str, **fields: Any) -> Scenario:
    """The scenario with other fields in one task, whatever a file may say."""
    task = plan.tasks[name].model_copy(update=fields)
    return plan.model_copy(update={"tasks": {**plan.tasks, name: task}})


def chain(count: int, **more: Any) -> Scenario:
    """Tasks t01, t02, ... of five days, each after the one before."""
    tasks: dict[str, dict[str, Any]] = {}
    for number in range(1, count + 1):
        tasks[f"t{number:02}"] = {"duration": 5, "after": [f"t{number - 1:02}"] if number > 1 else []}
    return scenario(tasks, **more)


def days(value: float) -> Constant:
    """Working days."""
    return Constant(value=value, unit="d")


def found(findings: tuple[Finding, ...]) -> dict[str, tuple[str, ...]]:
    """What is behind each code."""
    return {finding.code: finding.behind for finding in findings}


def numbered(measures: tuple[Measure, ...]) -> dict[int, Measure]:
    """Measures by their numbers."""
    return {measure.number: measure for measure in measures}


__all__ = [
    "OFFICE",
    "START",
    "Constraint",
    "Imported",
    "Logic",
    "Relationship",
    "Task",
    "chain",
    "changed",
    "days",
    "found",
    "numbered",
    "scenario",
]
