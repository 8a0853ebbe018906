"""Reading loops of rework, and looking at their tasks once these have been read."""

from collections.abc import Mapping
from typing import Any

from riskengine.errors.counting import first_names
from riskengine.model import Rework, Task
from riskengine.model.branch import Paths
from riskengine.model.format import FORMAT
from riskengine.model.rework import MOST_REPEATS, repeat_id
from riskengine.model.unroll import Loop
from riskengine.scenario.sections.spans import span_ids
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.sections import entities

MOST_NAMED = 5
"""Tasks named in a fault."""


def read_rework(tables: Mapping[str, Any], task_tables: Mapping[str, Any], faults: Faults) -> dict[str, Rework]:
    """Return the sound loops, sorted by id; ``task_tables`` are the tasks of the document."""
    rework = {}
    spans = span_ids(task_tables)
    loop_of: dict[str, str] = {}
    plain = PlainFields(FORMAT["rework"], apart=("tasks", "most"), defaults={"probability": 0.0})
    for key, fields in entities("rework", tables, FORMAT["rework"], faults):
        fields.require("probability")
        tasks = []
        for position, name in enumerate(fields.texts("tasks") if fields.require("tasks") else []):
            place = (*fields.place, "tasks", position)
            if name not in task_tables:
                faults.add("RE390", place, name, cure=faults.near(name, task_tables))
            elif name in spans:
                faults.add("RE390", place, name, rule="must not be a level of effort or a summary")
            elif name in loop_of:
                faults.add("RE394", place, name, rule=f"a task must be in one loop: it is in {loop_of[name]} already")
            else:
                loop_of[name] = key
                tasks.append(name)
        values = plain.values(fields) | {"tasks": tuple(sorted(tasks)), "most": most_repeats(fields)}
        rework[key] = Rework.model_construct(id=key, **values)
    return rework


def most_repeats(fields: Fields) -> int:
    """Return how often tasks are done again at the most: a whole number."""
    number = fields.number("most")
    if number is None:
        return 1
    if not number.is_integer() or not 1 <= number <= MOST_REPEATS:
        fields.faults.add("RE393", (*fields.place, "most"), fields.data["most"])
        return 1
    return int(number)


def check_rework(rework: Mapping[str, Rework], tasks: Mapping[str, Task], faults: Faults) -> None:
    """Report loops that leave out a task in their midst, and ids that repeats would have and tasks do."""
    if not rework:
        return
    paths = Paths(tasks)
    for each in rework.values():
        place = ("rework", each.id, "tasks")
        loop = Loop(each, paths)
        if loop.between:
            named = first_names(loop.between, MOST_NAMED)
            rule = f"a loop must hold the tasks between its own: {named} must be done again, too"
            faults.add("RE395", place, ", ".join(each.tasks), rule=rule)
        for number in range(1, each.repeats + 1):
            for name in each.tasks:
                if repeat_id(name, number) in tasks:
                    faults.add("RE396", place, repeat_id(name, number))
