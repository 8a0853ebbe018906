"""Resources, assignments and expenses of an XER file."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from riskengine.importers.schedule import ImportedAssignment, ImportedResource, ImportedTask
from riskengine.importers.xer_fields import Fields
from riskengine.importers.xer_table import Database, Row

MATERIAL: Final = "RT_Mat"


def resources_of(
    database: Database, fields: Fields, status: datetime | None, used: set[str]
) -> dict[str, ImportedResource]:
    """Return the resources that are used, by their keys, with capacity and rate in force at the status date."""
    rates: dict[str, list[tuple[datetime, Row]]] = defaultdict(list)
    for row in database.rows("RSRCRATE"):
        if row.get("rsrc_id") in used:
            rates[row.get("rsrc_id")].append((fields.instant(row, "start_date") or datetime.min, row))
    found: dict[str, ImportedResource] = {}
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
        found[key] = resource
    return found


def assign(
    database: Database, tasks: Mapping[str, ImportedTask], resources: Mapping[str, ImportedResource], fields: Fields
) -> None:
    """Give activities their assignments and their expenses, as what is still to be spent and what was."""
    for row in database.rows("TASKRSRC"):
        task = tasks.get(row.get("task_id"))
        if task is None:
            continue
        resource = resources.get(row.get("rsrc_id"))
        left = fields.number(row, "remain_cost")
        cost = (left if left is not None else fields.number(row, "target_cost")) or 0.0
        spent = sum(fields.number(row, name) or 0.0 for name in ("act_reg_cost", "act_ot_cost"))
        _spend(task, spent)
        if resource is None:
            # A role, or a resource that was not exported: nobody in particular, but it costs.
            fields.note("assignments of roles, or of resources not in the file: only their cost was read", task.id)
            if cost:
                task.assignments.append(ImportedAssignment("", 0.0, cost))
            continue
        # What remains counts; the rate that was planned is for files that do not have it.
        units = fields.number(row, "remain_qty_per_hr") or fields.number(row, "target_qty_per_hr") or 0.0
        task.assignments.append(ImportedAssignment(row.get("rsrc_id"), max(0.0, units), cost))
    for row in database.rows("PROJCOST"):
        task = tasks.get(row.get("task_id"))
        if task is None:
            continue
        left = fields.number(row, "remain_cost")
        cost = (left if left is not None else fields.number(row, "target_cost")) or 0.0
        task.fixed_cost = (task.fixed_cost or 0.0) + cost
        _spend(task, fields.number(row, "act_cost") or 0.0)


def _spend(task: ImportedTask, amount: float) -> None:
    if amount:
        task.actual_cost = (task.actual_cost or 0.0) + amount


def follow_resources(
    database: Database, tasks: Mapping[str, ImportedTask], resources: Mapping[str, ImportedResource], fields: Fields
) -> None:
    """Put resource-dependent activities on the calendar of their resources."""
    for row in database.rows("TASK"):
        task = tasks.get(row.get("task_id"))
        if task is None or row.get("task_type") != "TT_Rsrc":
            continue
        named = {resources[item.resource].calendar for item in task.assignments if item.resource in resources}
        named.discard("")
        if len(named) == 1:
            (task.calendar,) = named
        elif len(named) > 1:
            fields.note(
                "a resource-dependent activity whose resources have several calendars: its own was taken", task.id
            )
