"""From an imported schedule to the document of a scenario."""

from datetime import datetime
from typing import Any, Final

from riskengine.errors.counting import counted
from riskengine.importers.neutral import ImportedSchedule
from riskengine.importers.to_scenario.calendars import calendar_tables
from riskengine.importers.to_scenario.costs import Costs
from riskengine.importers.to_scenario.naming import Names, line, paragraphs
from riskengine.importers.to_scenario.risks import risk_tables
from riskengine.importers.to_scenario.tasks import TaskWriter, day_length
from riskengine.model.format import as_written
from riskengine.model.task import SPANS

SCHEMA: Final = 1
MOST_NOTES: Final = 200
BUILT_IN: Final = ("standard", "24h")


def document(schedule: ImportedSchedule) -> dict[str, Any]:
    """Return the document of a scenario, in the order in which it is written.

    Ids that the format does not take are changed, which ``imported.notes`` says. Nothing is computed: durations, dates
    and costs are those of the source.
    """
    notes = list(schedule.notes)
    calendar_names = Names(BUILT_IN)
    used = {task.calendar for task in schedule.tasks} | {schedule.default_calendar}
    used |= {resource.calendar for resource in schedule.resources.values() if not resource.is_material}
    calendars = calendar_tables(schedule.calendars, used, calendar_names)
    ids, task_notes = _task_ids(schedule)
    resource_names = Names()
    resource_ids = {
        key: resource_names.add(resource.id or resource.name, f"resource-{key}")
        for key, resource in schedule.resources.items()
        if not resource.is_material
    }
    costs = Costs(schedule.resources, resource_ids, schedule.tasks)
    writer = TaskWriter(
        schedule.tasks,
        ids,
        calendars=schedule.calendars,
        calendar_ids=calendars["ids"],
        default_calendar=schedule.default_calendar,
        costs=costs,
    )
    tasks = writer.tables()
    by_id = {task.id: ids[task.uid] for task in schedule.tasks}
    risks = risk_tables(schedule.risks, by_id, notes)
    notes += task_notes + calendar_names.notes("calendars") + resource_names.notes("resources") + writer.notes()
    if costs.prepaid:
        notes.append(f"what was spent before the start is a fixed cost of {counted(costs.prepaid, 'task')}")
    content = {
        "schema": SCHEMA,
        "name": line(schedule.name) or line(schedule.id) or "imported",
        "data_date" if schedule.data_date is not None else "start": schedule.data_date or schedule.start,
        "project_start": _project_start(schedule),
        "currency": line(schedule.currency) or None,
        "calendar": calendars["ids"].get(schedule.default_calendar),
        "lag_calendar": schedule.lag_calendar,
        "levelling": schedule.has_levelling or None,
        "schedule": _options(schedule),
        "imported": {
            "tool": line(schedule.tool),
            "file": line(schedule.file),
            "project": line(schedule.id),
            "data_date": schedule.data_date or schedule.start,
            "status": schedule.status_date,
            "notes": [paragraphs(note) for note in notes[:MOST_NOTES]] or None,
        },
        "wbs": _wbs_names(schedule),
        "calendars": calendars["tables"],
        "resources": _resources(schedule, resource_ids, calendars["ids"], costs),
        "tasks": tasks,
        "risks": risks,
    }
    return {name: value for name, value in as_written(content).items() if value != {}}


def _project_start(schedule: ImportedSchedule) -> datetime | None:
    """Return the start of a project under way, None where it is not before the data date."""
    if schedule.data_date is None or schedule.start >= schedule.data_date:
        return None
    return schedule.start


def counts(schedule: ImportedSchedule) -> dict[str, int]:
    """Return how many of what a schedule has, by names for the user."""
    tasks = schedule.tasks
    return {
        "tasks": len(tasks),
        "milestones": sum("milestone" in task.type for task in tasks),
        "levels of effort and summaries": sum(task.type in SPANS for task in tasks),
        "relationships": sum(len(task.relationships) for task in tasks),
        "constraints": sum(len(task.constraints) for task in tasks),
        "finished": sum(task.actual_finish is not None for task in tasks),
        "in progress": sum(task.actual_start is not None and task.actual_finish is None for task in tasks),
        "calendars": len(schedule.calendars),
        "resources": len(schedule.resources),
        "risks": len(schedule.risks),
    }


def source_ids(schedule: ImportedSchedule) -> dict[str, str]:
    """Return the tasks whose ids :func:`document` changes: their ids in it by those of the source, where that is one.

    An id that another task of the document has is not among them.
    """
    ids, _ = _task_ids(schedule)
    named: dict[str, list[str]] = {}
    for task in schedule.tasks:
        named.setdefault(line(task.id), []).append(ids[task.uid])
    used_ids = set(ids.values())
    return {name: same_named[0] for name, same_named in named.items() if len(same_named) == 1 and name not in used_ids}


def scenario_ids(schedule: ImportedSchedule) -> dict[str, str]:
    """Return the id that :func:`document` gives to each task, by the tool's own key of the task."""
    return _task_ids(schedule)[0]


def _task_ids(schedule: ImportedSchedule) -> tuple[dict[str, str], list[str]]:
    """Return the ids of tasks in the scenario by their keys."""
    # Ids that can stay as they are go first, so that a changed one never takes the place of another.
    names = Names()
    ids: dict[str, str] = {}
    later = []
    for task in schedule.tasks:
        if Names().add(task.id, task.uid) == task.id and task.id not in names.used_ids:
            ids[task.uid] = names.add(task.id, task.uid)
        else:
            later.append(task)
    for task in later:
        ids[task.uid] = names.add(task.id, task.uid)
    return ids, names.notes("tasks")


def _wbs_names(schedule: ImportedSchedule) -> dict[str, str]:
    """Return the names of the WBS elements that hold tasks, and of those above them, where they say more than codes."""
    used = set()
    for task in schedule.tasks:
        parts = line(task.wbs).split(".")
        used |= {".".join(parts[: depth + 1]) for depth in range(len(parts))}
    names = {line(code): line(name) for code, name in schedule.wbs_names.items()}
    return {code: names[code] for code in sorted(used & names.keys()) if names[code] and names[code] != code}


def _options(schedule: ImportedSchedule) -> dict[str, Any]:
    """Return the options of scheduling."""
    hours = schedule.critical_float_hours
    return {
        "out_of_sequence": schedule.out_of_sequence,
        "start_lag": schedule.start_lag,
        "must_finish": schedule.must_finish,
        "float": schedule.float_kind,
        "open_ends_critical": schedule.open_ends_critical,
        "critical_float": f"{hours:g}h" if hours else None,
    }


def _resources(
    schedule: ImportedSchedule, ids: dict[str, str], calendar_ids: dict[str, str], costs: Costs
) -> dict[str, Any]:
    """Return the tables of the resources."""
    length = day_length(schedule.calendars.get(schedule.default_calendar))
    tables: dict[str, Any] = {}
    for key, id in ids.items():
        resource = schedule.resources[key]
        rate = resource.rate if key not in costs.costed else None
        tables[id] = {
            "name": line(resource.name) if line(resource.name) not in ("", id) else None,
            "rate": round(rate * length, 6) if rate else None,
            "capacity": resource.capacity,
            "calendar": calendar_ids.get(resource.calendar),
        }
    return tables
