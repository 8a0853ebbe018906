"""Reading cost lines and resources."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from riskengine.model import CostLine, Resource
from riskengine.scenario.sections.settings import named_calendar
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.estimates import read_estimate
from riskengine.scenario.values.sections import entities

COST: Final = ("name", "fixed", "rate")
RESOURCE: Final = ("name", "rate", "capacity", "calendar")


def read_costs(tables: Mapping[str, Any], shape: str, faults: Faults) -> dict[str, CostLine]:
    """Return the cost lines, sorted by id; `shape` is that of a list of points."""
    found = {}
    for key, fields in entities("costs", tables, COST, faults):
        read = {
            part: read_estimate(fields.data[part], (*fields.place, part), faults, "money", shape)
            for part in ("fixed", "rate")
            if part in fields.data
        }
        if not read:
            faults.add("RE407", fields.place)
        found[key] = CostLine.model_construct(
            id=key, name=fields.text("name"), fixed=read.get("fixed"), rate=read.get("rate")
        )
    return found


def read_resources(tables: Mapping[str, Any], calendars: Collection[str], faults: Faults) -> dict[str, Resource]:
    """Return the resources, sorted by id; `calendars` are the ids of those that there are."""
    found = {}
    for key, fields in entities("resources", tables, RESOURCE, faults):
        rate = fields.number("rate")
        if rate is not None and rate < 0:
            faults.add("RE408", (*fields.place, "rate"), fields.data["rate"])
        capacity = fields.number("capacity")
        if capacity is not None and capacity < 0:
            faults.add("RE409", (*fields.place, "capacity"), fields.data["capacity"])
        found[key] = Resource.model_construct(
            id=key,
            name=fields.text("name"),
            rate=rate or 0.0,
            capacity=capacity,
            calendar=named_calendar(fields, "calendar", "", calendars),
        )
    return found
