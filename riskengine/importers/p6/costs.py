"""Resources, assignments and expenses of an XER file."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from riskengine.importers.neutral import ImportedAssignment, ImportedResource, ImportedTask
from riskengine.importers.p6.fields import Fields
from riskengine.importers.p6.tables import Database, Row, Strangers

MATERIAL: Final = "RT_Mat"


def resources_of(
    database: Database, fields: Fields, status: datetime | None, used: set[str]
) -> dict[str, ImportedResource]:
    """Return the resources that are used, by their keys, with capacity and rate in force at the status date."""
    rates: dict[str, list[tuple[datetime, Row]]] = defaultdict(list)
    for row in database.rows("RSRCRATE"):
        if row.get("rsrc_id") in used:
            rates[row.get("rsrc_id")].append((fields.instant(row, "start_date") or datetime.min, row))
    resources: dict[str, ImportedResource] = {}
    for row in database.rows("RSRC"):
        key = row.get("rsrc_id")
        if key not in used:
            continue
        resource = ImportedResource(row.get("rsrc_short_name") or key, row.get("rsrc_name"))
        resource.calendar = row.get("clndr_id")
        resource.is_material = row.get("rsrc_type") == MATERIAL
        steps = sorted(rates.get(key, ()), key=lambda step: step[0])
        begun = [step for step in steps if status is None or step[0] <= status] or steps[:1]
        if begun:
            resource.rate = fields.number(begun[-1][1], "cost_per_qty")
            capacity = fields.number(begun[-1][1], "max_qty_per_hr")
            resource.capacity = capacity if capacity and capacity > 0 and not resource.is_material else None
        if len(steps) > 1:
            fields.note("a resource with rates that change: the one in force at the data date was taken", resource.id)
        resources[key] = resource
    return resources


def assign(
    database: Database, tasks: Mapping[str, ImportedTask], resources: Mapping[str, ImportedResource], fields: Fields
) -> None:
    """Give tasks their assignments and their expenses, as what is still to be spent and what was."""
    strangers = Strangers(database)
    for row in database.rows("TASKRSRC"):
        task = tasks.get(row.get("task_id"))
        if task is None:
            if row.get("task_id") in strangers:
                fields.note("assignments of tasks that are not in the file were left out", f"line {row.line}")
            continue
        resource = resources.get(row.get("rsrc_id"))
        spent = sum(fields.number(row, name) or 0.0 for name in ("act_reg_cost", "act_ot_cost"))
        _spend(task, spent)
        if resource is None:
            # A role, or a resource that was not exported: nobody in particular, but it costs.
            fields.note("assignments of roles, or of resources not in the file: only their cost was read", task.id)
            if cost := _cost(row, fields):
                task.assignments.append(ImportedAssignment("", 0.0, cost))
            continue
        task.assignments.append(_assignment(row, fields, task, resource))
    _cost_all(tasks, resources)
    for row in database.rows("PROJCOST"):
        task = tasks.get(row.get("task_id"))
        if task is None:
            continue
        left = fields.number(row, "remain_cost")
        cost = (left if left is not None else fields.number(row, "target_cost")) or 0.0
        task.fixed_cost = (task.fixed_cost or 0.0) + cost
        _spend(task, fields.number(row, "act_cost") or 0.0)


def _cost_all(tasks: Mapping[str, ImportedTask], resources: Mapping[str, ImportedResource]) -> None:
    """Give every assignment of a resource a cost where one of them has it: such a resource has no rate any more."""
    every = [(task, item) for task in tasks.values() for item in task.assignments if item.resource]
    costed = {item.resource for _, item in every if item.cost is not None}
    for task, item in every:
        if item.cost is None and item.resource in costed:
            hours = task.remaining_hours if task.remaining_hours is not None else task.hours
            left = 0.0 if task.actual_finish is not None else hours
            item.cost = item.units * left * (resources[item.resource].rate or 0.0)


def _cost(row: Row, fields: Fields) -> float | None:
    """Return what is still to be spent on an assignment, else what was planned; None where neither is there."""
    left = fields.number(row, "remain_cost")
    return left if left is not None else fields.number(row, "target_cost")


def _assignment(row: Row, fields: Fields, task: ImportedTask, resource: ImportedResource) -> ImportedAssignment:
    """Return an assignment of a resource, its units and its cost filled in from its work where they are missing.

    What remains counts; what was planned is for files that do not have it.
    """
    left = fields.number(row, "remain_qty")
    work = left if left is not None else fields.number(row, "target_qty")
    pace = fields.number(row, "remain_qty_per_hr") or fields.number(row, "target_qty_per_hr")
    units, cost = max(0.0, pace or 0.0), _cost(row, fields)
    hours = task.remaining_hours if task.remaining_hours is not None else task.hours
    is_open = task.actual_finish is None
    if not units and is_open and not resource.is_material:
        if work and work > 0 and hours > 0:
            units = work / hours
            fields.note("assignments of 0 units an hour with work left: their units were taken from the work", task.id)
        else:
            fields.note("assignments of 0 units: nobody works by them", task.id)
    if cost is None and work is not None and resource.rate:
        cost = max(0.0, work) * resource.rate
        fields.note("assignments without a cost: their work at the rate of the resource was taken", task.id)
    elif cost == 0 and work and work > 0 and resource.rate and is_open:
        fields.note("assignments with work left and a rate that cost nothing: 0 was taken, as the file says", task.id)
    if cost is None and resource.is_material:
        cost = 0.0
    return ImportedAssignment(row.get("rsrc_id"), units, cost)


def _spend(task: ImportedTask, amount: float) -> None:
    if amount:
        task.actual_cost = (task.actual_cost or 0.0) + amount


def follow_resources(
    database: Database, tasks: Mapping[str, ImportedTask], resources: Mapping[str, ImportedResource], fields: Fields
) -> None:
    """Put resource-dependent tasks on the calendar of their resources."""
    for row in database.rows("TASK"):
        task = tasks.get(row.get("task_id"))
        if task is None or row.get("task_type") != "TT_Rsrc":
            continue
        named = {resources[item.resource].calendar for item in task.assignments if item.resource in resources}
        named.discard("")
        if len(named) == 1:
            (task.calendar,) = named
        elif len(named) > 1:
            fields.note("a resource-dependent task whose resources have several calendars: its own was taken", task.id)
