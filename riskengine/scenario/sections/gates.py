"""Reading gates and targets."""

from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any

from riskengine.model import Gate
from riskengine.model.fields import LONGEST_ID
from riskengine.model.format import FORMAT
from riskengine.model.selector import PROJECT
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.sections import entities


def read_gates(tables: Mapping[str, Any], tasks: Collection[str], faults: Faults) -> dict[str, Gate]:
    """Return the sound gates, sorted by id; `tasks` are the ids of all tasks."""
    gates = {}
    plain = PlainFields(FORMAT["gates"], apart=("target",))
    for key, fields in entities("gates", tables, FORMAT["gates"], faults):
        if "finish" not in fields.data and "cost" not in fields.data:
            faults.add("RE401", fields.place)
        if "confidence" not in fields.data:
            faults.add("RE402", fields.place)
        gates[key] = Gate.model_construct(id=key, target=read_target(fields, tasks, "RE404"), **plain.values(fields))
    return gates


def read_target(fields: Fields, tasks: Collection[str], code: str) -> str:
    """Return whose finish something asks about, a task's or the project's; `code` is the fault of any other."""
    target = fields.text("target", PROJECT, LONGEST_ID)
    if target != PROJECT and target not in tasks:
        cure = fields.faults.near(target, chain(tasks, (PROJECT,)))
        fields.faults.add(code, (*fields.place, "target"), target, cure=cure)
    return target


def read_targets(document: Mapping[str, Any], tasks: Collection[str], faults: Faults) -> tuple[str, ...]:
    """Return the targets, each once, sorted."""
    fields = Fields(document, (), faults, document)
    targets = set()
    for index, item in enumerate(fields.items("targets")):
        place = ("targets", index)
        if not isinstance(item, str):
            faults.add("RE113", place, item, rule="must be the id of a task")
        elif item not in tasks:
            faults.add("RE405", place, item, cure=faults.near(item, tasks))
        else:
            targets.add(item)
    return tuple(sorted(targets))
