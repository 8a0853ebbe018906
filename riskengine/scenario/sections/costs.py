"""Reading cost lines and resources."""

from collections.abc import Collection, Mapping
from typing import Any

from riskengine.model import CostLine, Resource
from riskengine.model.format import FORMAT
from riskengine.scenario.sections.indices import named_index
from riskengine.scenario.sections.settings import named_calendar
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.point_defaults import PointDefaults
from riskengine.scenario.values.sections import entities


def read_costs(
    tables: Mapping[str, Any], points: PointDefaults, indices: Collection[str], faults: Faults
) -> dict[str, CostLine]:
    """Return the cost lines, sorted by id; `points` says what they mean, `indices` are the ids of those there are."""
    cost_lines = {}
    plain = PlainFields(FORMAT["costs"], apart=("index",), points=points)
    for key, fields in entities("costs", tables, FORMAT["costs"], faults):
        values = plain.values(fields)
        if "fixed" not in fields.data and "rate" not in fields.data:
            faults.add("RE407", fields.place)
        cost_lines[key] = CostLine.model_construct(id=key, index=named_index(fields, indices), **values)
    return cost_lines


def read_resources(tables: Mapping[str, Any], calendars: Collection[str], faults: Faults) -> dict[str, Resource]:
    """Return the resources, sorted by id; `calendars` are the ids of those that there are."""
    resources = {}
    plain = PlainFields(FORMAT["resources"], apart=("calendar",))
    for key, fields in entities("resources", tables, FORMAT["resources"], faults):
        values = plain.values(fields)
        calendar = named_calendar(fields, "calendar", "", calendars)
        resources[key] = Resource.model_construct(id=key, calendar=calendar, **values)
    return resources
