"""The resolved form of a scenario: everything written out, in one order, as JSON."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from riskengine.model import Calendar, Estimate, Imported, Resource, Scenario, ScheduleOptions, Task, TaskCost
from riskengine.model.task import DEFAULT_PRIORITY
from riskengine.scenario.sections.progress import is_nothing
from riskengine.scenario.values.shifts import DAYS, day_text

SCHEMA: Final = 1
LINED_LEVELS: Final = 3
"""Levels of the resolved form that are written with a line for each key: the top, a section, an entity."""

NO_OPTIONS: Final = ScheduleOptions.model_construct()

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
        **options_document(scenario),
        "calendars": {key: calendar_document(item) for key, item in sorted(scenario.calendars.items())},
        "resources": {key: resource_document(item) for key, item in sorted(scenario.resources.items())},
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
                            ("cost_factor", impact.cost_factor),
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


def options_document(scenario: Scenario) -> dict[str, Any]:
    """Return how dates are computed, levelling and the source of an import, as far as they are not the default."""
    document: dict[str, Any] = {}
    options = scenario.schedule
    if options != NO_OPTIONS:
        document["schedule"] = {
            "out_of_sequence": options.out_of_sequence,
            "start_lag": options.start_lag,
            **instants(must_finish=options.must_finish),
            "float": options.float_kind,
            "honour_constraints": options.honour_constraints,
            "open_ends_critical": options.open_ends_critical,
            "critical_float": estimate_document(options.critical_float),
            **({} if options.hard_constraints == "kept" else {"hard_constraints": options.hard_constraints}),
        }
    if scenario.levelling is not None:
        document["levelling"] = {"rule": scenario.levelling.rule}
    if scenario.imported is not None:
        source = scenario.imported
        document["imported"] = {
            "tool": source.tool,
            "file": source.file,
            "project": source.project,
            **instants(as_of=source.as_of, status=source.status),
            "notes": list(source.notes),
        }
    if scenario.wbs_names:
        document["wbs"] = dict(sorted(scenario.wbs_names.items()))
    return document


def imported_document(imported: Imported) -> dict[str, Any]:
    """Return what another tool stored for a task, as far as it did."""
    fields = dict(imported)
    external, edited = fields.pop("external"), fields.pop("edited")
    return {
        **instants(**fields),
        **({"external": external} if external else {}),
        **({"edited": True} if edited else {}),
    }


def resource_document(resource: Resource) -> dict[str, Any]:
    """Return a resource, with its capacity and calendar where it has them."""
    document: dict[str, Any] = {"name": resource.name, "rate": resource.rate}
    if resource.capacity is not None:
        document["capacity"] = resource.capacity
    if resource.calendar:
        document["calendar"] = resource.calendar
    return document


def instants(**dates: datetime | None) -> dict[str, str]:
    """Return the dates that are set."""
    return {key: date.isoformat() for key, date in dates.items() if date is not None}


def task_document(task: Task) -> dict[str, Any]:
    """Return a task with its relationships as tables; what was left out of an ordinary task stays out.

    Notes
    -----
    A milestone is a task of the duration zero. A task of type ``task`` without a duration is one that is over, or
    whose remaining work is told.
    """
    is_left_out = is_nothing(task.duration) and task.is_started
    has_duration = task.type == "milestone" or (task.type == "task" and not is_left_out)
    return {
        "name": task.name,
        "description": task.description,
        **({} if task.type in ("task", "milestone") else {"type": task.type}),
        **({"duration": estimate_document(task.duration)} if has_duration else {}),
        "after": [{"task": link.task, "type": link.type, "lag": estimate_document(link.lag)} for link in task.after],
        "calendar": task.calendar,
        "cost": cost_document(task.cost),
        "team": task.team,
        "owner": task.owner,
        "wbs": task.wbs,
        "tags": list(task.tags),
        "resources": dict(sorted(task.resources.items())),
        **schedule_document(task),
    }


def cost_document(cost: TaskCost) -> dict[str, Any]:
    """Return the parts of the cost of a task that are set."""
    spent = {} if cost.actual is None else {"actual": cost.actual}
    return {**amounts(cost.fixed, cost.rate), **spent}


def schedule_document(task: Task) -> dict[str, Any]:
    """Return what binds a task, what has happened to it and what another tool computed, as far as there is any."""
    document: dict[str, Any] = {}
    if task.constraints:
        document["constraints"] = [{"type": item.type, **instants(date=item.date)} for item in task.constraints]
    document.update(instants(deadline=task.deadline, actual_start=task.actual_start, actual_finish=task.actual_finish))
    if task.remaining is not None:
        document["remaining"] = estimate_document(task.remaining)
    document.update(instants(resume=task.resume))
    if task.priority != DEFAULT_PRIORITY:
        document["priority"] = task.priority
    if task.imported is not None:
        document["imported"] = imported_document(task.imported)
    return document


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
