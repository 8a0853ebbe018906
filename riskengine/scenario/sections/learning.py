"""Reading what is learnt by doing it again, and looking at its tasks once these have been read."""

from collections.abc import Mapping
from typing import Any

from riskengine.model import Learning, Scenario
from riskengine.model.format import FORMAT
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.sections import entities


def read_learning(tables: Mapping[str, Any], task_tables: Mapping[str, Any], faults: Faults) -> dict[str, Learning]:
    """Return what is learnt, sorted by id; ``task_tables`` are the tasks of the document."""
    learning = {}
    owner: dict[str, str] = {}
    plain = PlainFields(FORMAT["learning"], apart=("tasks",), defaults={"rate": 1.0})
    for key, fields in entities("learning", tables, FORMAT["learning"], faults):
        fields.require("rate")
        tasks = []
        names = fields.texts("tasks") if fields.require("tasks") else []
        for position, name in enumerate(names):
            place = (*fields.place, "tasks", position)
            if name not in task_tables:
                faults.add("RE387", place, name, cure=faults.near(name, task_tables))
            elif name in owner:
                faults.add("RE388", place, name, rule=f"a task must be learnt once: it stands in {owner[name]} already")
            else:
                owner[name] = key
                tasks.append(name)
                refuse_percent(name, task_tables[name], place, faults)
        if "tasks" in fields.data and len(names) < 2:
            faults.add("RE388", (*fields.place, "tasks"), rule="must name two tasks or more")
        learning[key] = Learning.model_construct(id=key, **(plain.values(fields) | {"tasks": tuple(tasks)}))
    return learning


def refuse_percent(name: str, table: object, place: Place, faults: Faults) -> None:
    """Report a task in progress of which nobody says what remains."""
    if isinstance(table, Mapping) and "percent_complete" in table and "actual_finish" not in table:
        rule = "a task in progress must say what remains, since a share of its duration knows no learning"
        faults.add("RE389", place, name, rule=rule, cure=f"give {name} remaining in place of percent_complete")


def check_learning(scenario: Scenario, faults: Faults) -> None:
    """Report tasks that cannot get shorter by being done again."""
    of_actions = {action.task: name for name, action in scenario.actions.items() if action.task}
    for learning in scenario.learning.values():
        for position, name in enumerate(learning.tasks):
            task, place = scenario.tasks[name], ("learning", learning.id, "tasks", position)
            if task.type != "task" or task.margin:
                faults.add("RE389", place, name)
            elif name in of_actions:
                faults.add(
                    "RE389", place, name, rule=f"must be in the plan whether or not {of_actions[name]} is active"
                )
