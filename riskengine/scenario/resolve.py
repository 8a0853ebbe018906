"""The resolved form of a scenario: everything written out, in one order, as JSON."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from riskengine.model import Calendar, Estimate, Scenario, Task
from riskengine.scenario.shifts import DAYS, day_text

SCHEMA: Final = 1
LINED_LEVELS: Final = 3
"""Levels of the resolved form that are written with a line for each key: the top, a section, an entity."""

ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def resolve(scenario: Scenario) -> dict[str, Any]:
    """Return the scenario as a document with every default filled in, ids sorted.

    The document is itself a valid scenario: reading it gives the same scenario again.
    """
    return {
        "schema": SCHEMA,
        "name": scenario.name,
        "project": scenario.project,
        "description": scenario.description,
        ("data_date" if scenario.is_data_date else "start"): scenario.start.isoformat(),
        "currency": scenario.currency,
        "calendar": scenario.calendar,
        "lag_calendar": scenario.lag_calendar,
        "minimum_duration": estimate_document(scenario.minimum_duration),
        "targets": sorted(scenario.targets),
        "calendars": {key: calendar_document(item) for key, item in sorted(scenario.calendars.items())},
        "resources": {key: {"name": item.name, "rate": item.rate} for key, item in sorted(scenario.resources.items())},
        "tasks": {key: task_document(item) for key, item in sorted(scenario.tasks.items())},
        "costs": {
            key: {"name": item.name, **amounts(item.fixed, item.rate)} for key, item in sorted(scenario.costs.items())
        },
        "risks": {
            key: {
                "name": item.name,
                "description": item.description,
                "kind": item.kind,
                "probability": item.probability,
                "active": item.active,
                "owner": item.owner,
                "parallel": item.parallel,
                "impact_sampling": item.impact_sampling,
                "impacts": {
                    target: {
                        effect: estimate_document(estimate)
                        for effect, estimate in (
                            ("delay", impact.delay),
                            ("factor", impact.factor),
                            ("cost", impact.cost),
                        )
                        if estimate is not None
                    }
                    for target, impact in sorted(item.impacts.items())
                },
            }
            for key, item in sorted(scenario.risks.items())
        },
        "gates": {
            key: {
                "name": item.name,
                "target": item.target,
                **({} if item.finish is None else {"finish": item.finish.isoformat()}),
                **({} if item.cost is None else {"cost": item.cost}),
                "confidence": item.confidence,
            }
            for key, item in sorted(scenario.gates.items())
        },
    }


def estimate_document(estimate: Estimate) -> dict[str, Any]:
    """Return an estimate as a table: its shape, its parameters that are set, its unit."""
    fields = dict(estimate)
    document: dict[str, Any] = {"shape": fields.pop("shape")}
    for name, value in fields.items():
        if value is not None and (name != "source" or value):
            document["lambda" if name == "lambda_" else name] = list(value) if isinstance(value, tuple) else value
    return document


def amounts(fixed: Estimate | None, rate: Estimate | None) -> dict[str, Any]:
    """Return the parts of a cost that are set."""
    parts: Mapping[str, Estimate | None] = {"fixed": fixed, "rate": rate}
    return {key: estimate_document(estimate) for key, estimate in parts.items() if estimate is not None}


def calendar_document(calendar: Calendar) -> dict[str, Any]:
    """Return a calendar as seven days and dated exceptions."""
    return {
        "name": calendar.name,
        "week": [f"{name} {day_text(day)}" for name, day in zip(DAYS, calendar.week, strict=True)],
        "exceptions": {day.isoformat(): day_text(shifts) for day, shifts in sorted(calendar.exceptions.items())},
        "hours_per_day": calendar.hours_per_day,
    }


def task_document(task: Task) -> dict[str, Any]:
    """Return a task with its relationships as tables."""
    return {
        "name": task.name,
        "description": task.description,
        "duration": estimate_document(task.duration),
        "after": [{"task": link.task, "type": link.type, "lag": estimate_document(link.lag)} for link in task.after],
        "calendar": task.calendar,
        "cost": amounts(task.cost.fixed, task.cost.rate),
        "team": task.team,
        "owner": task.owner,
        "wbs": task.wbs,
        "tags": list(task.tags),
        "resources": dict(sorted(task.resources.items())),
    }


def dumps(scenario: Scenario) -> str:
    """Return the resolved form as JSON text, byte for byte the same for the same scenario.

    Every field of every entity has a line of its own, so that two scenarios can be compared line by line.
    """
    return written(resolve(scenario), 0) + "\n"


def written(value: Any, depth: int) -> str:
    """Return JSON with one line for each key of the upper levels, and everything below them on that line."""
    if depth == LINED_LEVELS or not isinstance(value, dict) or not value:
        return ENCODER.encode(value)
    indent = "  " * (depth + 1)
    lines = [f"{indent}{ENCODER.encode(key)}: {written(item, depth + 1)}" for key, item in value.items()]
    return "{\n" + ",\n".join(lines) + "\n" + "  " * depth + "}"


def digest(scenario: Scenario) -> str:
    """Return the SHA-256 of the resolved form, 64 hexadecimal digits."""
    return digest_of(dumps(scenario))


def digest_of(text: str) -> str:
    """Return the SHA-256 of a resolved form that ``dumps`` has written."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
