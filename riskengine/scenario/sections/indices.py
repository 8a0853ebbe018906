"""Reading indices of prices, and looking at what follows them once tasks, costs and risks have been read."""

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from riskengine.model import CostLine, PriceIndex, Risk, Scenario, Task
from riskengine.model.format import FORMAT
from riskengine.model.price_index import base_month, month_name, month_number
from riskengine.model.selector import COST_LINE
from riskengine.scenario.sections.selectors import Selection
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.fields import Fields, number
from riskengine.scenario.values.sections import entities

MONTH: Final = re.compile(r"(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])")
"""A month of the years that dates may be in."""


def read_indices(tables: Mapping[str, Any], faults: Faults) -> dict[str, PriceIndex]:
    """Return the indices, sorted by id."""
    indices = {}
    plain = PlainFields(FORMAT["indices"], apart=("values",))
    for key, fields in entities("indices", tables, FORMAT["indices"], faults):
        if "values" not in fields.data and "rate" not in fields.data:
            faults.add("RE431", fields.place)
        values = plain.values(fields)
        if values["base"] and not MONTH.fullmatch(values["base"]):
            faults.add("RE432", (*fields.place, "base"), values["base"])
        rate = values["rate"]
        if rate is not None and rate.support()[0] <= -1:
            faults.add("RE434", (*fields.place, "rate"), rate.support()[0])
        indices[key] = PriceIndex.model_construct(id=key, values=monthly_values(fields), **values)
    return indices


def monthly_values(fields: Fields) -> dict[str, float]:
    """Return the values of an index by month."""
    values = {}
    for month, value in sorted(fields.table("values").items()):
        place = (*fields.place, "values", month)
        level = number(value, place, fields.faults)
        if not MONTH.fullmatch(month):
            fields.faults.add("RE432", place, month)
        elif level is not None and level <= 0:
            fields.faults.add("RE433", place, value)
        elif level is not None:
            values[month] = level
    if "values" in fields.data and not fields.data["values"]:
        fields.faults.add("RE431", (*fields.place, "values"))
    return values


def named_index(fields: Fields, indices: Collection[str]) -> str:
    """Return the index that a cost names, empty where it names none."""
    name = fields.text("index")
    if isinstance(fields.data.get("index"), str) and name not in indices:
        fields.faults.add("RE430", (*fields.place, "index"), name, cure=fields.faults.near(name, indices))
    return name


def refuse_with_indices(
    risks: Mapping[str, Risk],
    tasks: Mapping[str, Task],
    lines: Mapping[str, CostLine],
    selection: Selection,
    faults: Faults,
) -> None:
    """Report what must not follow an index: tasks wanted as late as possible, and lines that a factor acts on."""
    for name, task in tasks.items():
        if task.cost.index and any(constraint.type == "ALAP" for constraint in task.constraints):
            faults.add("RE436", ("tasks", name, "cost", "index"), task.cost.index)
    indexed = {f"{COST_LINE}{name}" for name, line in lines.items() if line.index}
    if not indexed:
        return
    is_indexed: dict[str, bool] = {}
    for name, risk in risks.items():
        for key, impact in risk.impacts.items():
            place = ("risks", name, "impacts", key, "cost_factor")
            if impact.cost_factor is not None and key not in is_indexed:
                is_indexed[key] = not indexed.isdisjoint(selection.costs(key, place, faults))
            if impact.cost_factor is not None and is_indexed[key]:
                faults.add("RE437", place, key)


def check_indices(scenario: Scenario, faults: Faults) -> None:
    """Report indices that something follows and that do not know the month of their base, or that of the start."""
    followed = {task.cost.index for task in scenario.tasks.values()}
    followed |= {line.index for line in scenario.costs.values()}
    start = month_number(f"{scenario.start:%Y-%m}")
    for name, index in scenario.indices.items():
        if name not in followed:
            continue
        base = base_month(index, scenario.first_start)
        if index.level(base) is None:
            place = ("indices", name, "base" if index.base else "values")
            faults.add("RE435", place, month_name(base), rule="an index must know the month of its base")
        elif index.level(start) is None:
            rule = "an index must know the month in which the project starts, or its data date lies"
            faults.add("RE435", ("indices", name, "values"), month_name(start), rule=rule)
