"""Scenarios for the tests of the schedule room."""

from datetime import datetime
from typing import Any

import numpy as np

from riskengine.model import Constant, Imported, ImportSource, Scenario
from riskengine.scenario import parse
from riskengine.schedule.dates.computed_dates import Dates
from riskengine.schedule.health.finding import Finding, Measure


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


def day(number: int, time: str = "08:00") -> str:
    """A day of March 2027, which begins on a Monday, at a time."""
    return f"2027-03-{number:02}T{time}"


def made(rows: dict[str, tuple[str, ...]], **more: Any) -> Dates:
    """Dates by hand: early start, early finish and perhaps late start, late finish of each task."""
    columns = [[row[at] if at < len(row) else "NaT" for row in rows.values()] for at in range(4)]
    arrays = [np.array(column, "datetime64[us]") for column in columns]
    count = len(rows)
    floats = {name: np.zeros(count) for name in ("total_float", "free_float", "start_float", "finish_float")}
    given = {name: np.array(values, float) for name, values in more.items() if name in floats}
    critical = np.array(more.get("is_critical", [False] * count), bool)
    return Dates(*arrays, **{**floats, **given}, is_critical=critical, driving=())


def stored(plan: Scenario, rows: dict[str, tuple[str | None, ...]], tool: str = "Primavera P6") -> Scenario:
    """The scenario with dates of another tool, in the order of `made`."""
    names = ("early_start", "early_finish", "late_start", "late_finish")
    for name, row in rows.items():
        kept = {key: datetime.fromisoformat(text) for key, text in zip(names, row, strict=False) if text}
        plan = changed(plan, name, imported=Imported(**kept))
    return plan.model_copy(update={"imported": ImportSource(tool=tool)})


def days(value: float) -> Constant:
    """Working days."""
    return Constant(value=value, unit="d")


def found(findings: tuple[Finding, ...]) -> dict[str, tuple[str, ...]]:
    """What is behind each code."""
    return {finding.code: finding.behind for finding in findings}


def numbered(measures: tuple[Measure, ...]) -> dict[int, Measure]:
    """Measures by their numbers."""
    return {measure.number: measure for measure in measures}
