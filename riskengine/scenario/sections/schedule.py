"""Reading how dates are computed, how resources are levelled, and where an import came from."""

from collections.abc import Mapping
from typing import Any

from riskengine.model import Calendar, Constant, ImportSource, Levelling, Resource, ScheduleOptions, Task
from riskengine.model.calendar import ELAPSED_UNITS
from riskengine.model.format import FORMAT
from riskengine.model.overlap import overlap
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.estimates import constant, is_nothing, read_working_length
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.point_defaults import PointDefaults


def read_schedule(document: Mapping[str, Any], faults: Faults) -> ScheduleOptions:
    """Return the options of scheduling."""
    table = Fields(document, (), faults, document).table("schedule")
    fields = Fields(table, ("schedule",), faults, FORMAT["schedule"])
    values = PlainFields(FORMAT["schedule"], apart=("critical_float",)).values(fields)
    return ScheduleOptions.model_construct(critical_float=read_critical_float(fields), **values)


def read_critical_float(fields: Fields) -> Constant:
    """Return the total float up to which a task is called critical: one length of working time."""
    nothing = constant(0.0, "h")
    if "critical_float" not in fields.data:
        return nothing
    value, place = fields.data["critical_float"], (*fields.place, "critical_float")
    length = read_working_length(value, place, fields.faults, "lag", PointDefaults())
    return nothing if length is None or is_nothing(length) else length


def read_levelling(document: Mapping[str, Any], faults: Faults) -> Levelling | None:
    """Return how resources are levelled, None where they are not."""
    value = document.get("levelling", False)
    if isinstance(value, dict):
        fields = Fields(value, ("levelling",), faults, FORMAT["levelling"])
        return Levelling.model_construct(**PlainFields(FORMAT["levelling"]).values(fields))
    if not isinstance(value, bool):
        cure = f'write levelling = {{ rule = "{value}" }}' if value in FORMAT["levelling"]["rule"].words else ""
        faults.add("RE113", ("levelling",), value, rule='must be true, or a table {rule = "..."}', cure=cure)
        return None
    return Levelling.model_construct() if value else None


def read_import(document: Mapping[str, Any], faults: Faults) -> ImportSource | None:
    """Return where an import came from, None for a scenario that was written by hand."""
    if "imported" not in document:
        return None
    table = Fields(document, (), faults, document).table("imported")
    fields = Fields(table, ("imported",), faults, FORMAT["imported"])
    return ImportSource.model_construct(**PlainFields(FORMAT["imported"]).values(fields))


def check_levelling(
    levelling: Levelling | None,
    tasks: Mapping[str, Task],
    resources: Mapping[str, Resource],
    calendars: Mapping[str, Calendar],
    faults: Faults,
) -> None:
    """Report what levelling could never give out: without capacities nothing, and nobody more than there is."""
    if levelling is None:
        return
    capacities = {key: item.capacity for key, item in resources.items() if item.capacity is not None}
    if not capacities:
        faults.add("RE411", ("levelling",))
    for key, task in tasks.items():
        if task.is_finished or task.is_span or task.is_milestone or is_nothing(task.work):
            continue
        for name, units in task.resources.items():
            capacity = capacities.get(name)
            if capacity is not None and units > capacity:
                rule = f"a task must need no more than the capacity of the resource, {capacity:g}"
                faults.add("RE410", ("tasks", key, "resources", name), units, rule=rule)
    check_common_time(tasks, resources, calendars, faults)


def check_common_time(
    tasks: Mapping[str, Task],
    resources: Mapping[str, Resource],
    calendars: Mapping[str, Calendar],
    faults: Faults,
) -> None:
    """Report tasks that never work when their resources do."""
    has_common_time: dict[tuple[str, ...], bool] = {}
    for key, task in tasks.items():
        if task.is_finished or task.is_span or task.is_milestone or task.work.unit in ELAPSED_UNITS:
            continue
        needed = [resources[name] for name in task.resources if name in resources]
        calendar_ids = (task.calendar, *sorted({item.calendar for item in needed if item.capacity is not None} - {""}))
        if calendar_ids not in has_common_time:
            present = [
                calendars[name] for name in calendar_ids if name in calendars
            ]  # the others have faults of their own
            has_common_time[calendar_ids] = not present or overlap(present[0], tuple(present[1:])) is not None
        if not has_common_time[calendar_ids]:
            faults.add("RE412", ("tasks", key, "resources"), ", ".join(calendar_ids))
