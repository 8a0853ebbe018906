"""The status that the next export of a plan is: a document that extends the plan with what has changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from riskengine.errors import Issue, ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted
from riskengine.importers.items.remarks import Remarks
from riskengine.importers.items.schedule import ItemSchedule
from riskengine.importers.status.plan_before import PlanBefore
from riskengine.importers.status.task_changes import TaskChanges
from riskengine.importers.to_scenario.document import document, scenario_ids
from riskengine.importers.to_scenario.naming import line
from riskengine.importers.to_scenario.toml_text import key, write_toml
from riskengine.model.format import as_written
from riskengine.scenario.grammar.syntax import parse_toml
from riskengine.scenario.text.faults import Faults

STATUS: Final = re.compile(r", status of \d{4}-\d{2}-\d{2}$")
OF_SCOPE: Final = ("added", "dropped", "no more", "estimated anew", "relationship")
"""What notes say of changes that somebody decided on, in place of work that was done."""

COUNTS: Final = {
    "task|tasks done": "done",
    "task|tasks that has|have begun": "begun",
    "task|tasks estimated anew": "estimated anew",
    "task|tasks added": "added",
    "task|tasks dropped: taken out": "dropped",
    "task|tasks that the export has no more: taken out, whether moved, deleted or done": "no more in the export",
}
LONGEST_WHY: Final = 2_000
Table = dict[str, Any]


@dataclass(slots=True)
class StatusUpdate:
    """A status of a plan.

    Attributes
    ----------
    content : dict
        The document that extends the plan.
    remarks : Remarks
        What has changed.
    counts : dict
        How many tasks were done, have begun and so on.
    """

    content: Table
    remarks: Remarks
    counts: dict[str, int] = field(default_factory=dict)


def status_of(before: PlanBefore, schedule: ItemSchedule, extends: str) -> StatusUpdate:
    """Return the status that an export of the same plan is.

    Raises
    ------
    ScenarioError
        When the export has no item of the plan.
    """
    return Overlay(before, schedule).status(extends)


class Overlay:
    """Compares an export with the plan.

    Parameters
    ----------
    before : PlanBefore
    schedule : ItemSchedule
        The export: what is open, and what is done and in the plan.
    """

    def __init__(self, before: PlanBefore, schedule: ItemSchedule) -> None:
        self.before, self.schedule = before, schedule
        self.now = _plain(document(schedule))
        ids = scenario_ids(schedule)
        self.states = {ids.get(uid, uid): state for uid, state in schedule.states.items()}
        self.remarks = Remarks()
        self.data_date: datetime = self.now["data_date"]
        self.changes = TaskChanges(before, self.data_date, self.remarks.add)
        self.tasks: dict[str, Table] = {}
        self.removed: set[str] = set()

    def status(self, extends: str) -> StatusUpdate:
        """Return the document and what is to be said of it."""
        if not self.before.imported_tasks.keys() & self.states.keys():
            value = f"{counted(len(self.states), 'item')}, none of them in {self.before.path.name}"
            raise ScenarioError(
                [Issue("RE614", "", CATALOGUE["RE614"].rule, value, self.schedule.file, cure=CATALOGUE["RE614"].clause)]
            )
        self.compare_tasks()
        self.leave_out()
        self.bind()
        removals = [f"tasks.{key(id)}" for id in sorted(self.removed)]
        removals += [name for name in self.changes.removals if not self.is_removed(name)] + self.effects()
        notes = [*self.remarks.lines(), *self.schedule.notes]
        name = STATUS.sub("", str(self.before.whole.get("name") or self.before.path.stem))
        tables = {id: table for id, table in self.tasks.items() if table}
        content = {
            "schema": 1,
            "name": line(f"{name}, status of {self.data_date.date().isoformat()}"),
            "extends": extends,
            "data_date": self.data_date,
            "remove": removals or None,
            "levelling": None if self.before.whole.get("levelling") else self.now.get("levelling"),
            "imported": {**self.now["imported"], "notes": notes or None},
            "resources": self.resources(),
            "tasks": tables,
            "changes": self.record(),
        }
        written = {name: value for name, value in as_written(content).items() if value not in ({}, None)}
        return StatusUpdate(written, self.remarks, self.counts())

    def counts(self) -> dict[str, int]:
        """Return how many tasks have changed in the ways that matter most, and how many are as they were."""
        counts = {name: len(self.remarks.names.get(statement, ())) for statement, name in COUNTS.items()}
        there = set(self.before.imported_tasks) - self.removed
        return {**counts, "as they were": sum(not self.tasks.get(id) for id in there)}

    def compare_tasks(self) -> None:
        """Say what has become of each task that the export has."""
        for id, table in self.now["tasks"].items():
            state = self.states.get(id, "todo")
            if id not in self.before.whole["tasks"]:
                self.tasks[id] = table
                if table.get("type") != "summary":
                    self.remarks.add("task|tasks added", id)
            elif id not in self.before.imported_tasks:
                self.remarks.add("item|items with the id of a task that was not imported: left out", id)
            elif state == "done" and table.get("type") != "summary":
                self.tasks[id] = self.changes.done_task(id, table.get("actual_start"), table.get("actual_finish"))
            else:
                self.tasks[id] = self.changes.open_task(id, table, is_begun=state == "doing")

    def leave_out(self) -> None:
        """Take out tasks of the plan that the export has no more, or that were dropped; what is done stays."""
        for id in self.before.imported_tasks:
            whole, state = self.before.whole["tasks"][id], self.states.get(id)
            if id in self.now["tasks"] or "actual_finish" in whole or whole.get("type") == "summary":
                continue
            if state == "done":
                begin = whole.get("actual_start", min(self.before.scenario.start, self.data_date))
                self.tasks[id] = self.changes.done_task(id, begin, self.data_date)
                self.remarks.add("task|tasks done by items below them: by the data date", id)
                continue
            self.removed.add(id)
            if state is not None:
                self.remarks.add("task|tasks dropped: taken out", id)
            else:
                self.remarks.add(
                    "task|tasks that the export has no more: taken out, whether moved, deleted or done", id
                )
        codes = [self.wbs(id) for id in self.everything() if self.kind(id) != "summary"]
        for id in self.before.imported_tasks:
            code = self.wbs(id)
            if self.kind(id) == "summary" and not any(each.startswith(f"{code}.") for each in codes):
                self.removed.add(id)
        for id in self.removed:
            self.tasks.pop(id, None)

    def everything(self) -> list[str]:
        """Return the tasks of the plan by now."""
        return [id for id in {**self.before.whole["tasks"], **self.tasks} if id not in self.removed]

    def kind(self, id: str) -> str:
        """Return the type of a task by now."""
        table = self.tasks.get(id, {})
        if "duration" in table:
            return "task"
        return str(table.get("type", self.before.whole["tasks"].get(id, {}).get("type", "task")))

    def wbs(self, id: str) -> str:
        """Return the place of a task in the tree by now."""
        return str(self.tasks.get(id, {}).get("wbs", self.before.whole["tasks"].get(id, {}).get("wbs", "")))

    def bind(self) -> None:
        """Say which relationships have come and gone, among them those of tasks that are no more."""

        def is_in_export(id: str) -> bool:
            return id in self.now["tasks"] and id not in self.removed

        for id in self.before.whole["tasks"]:
            if id in self.removed:
                continue
            is_open = id in self.before.imported_tasks and id in self.now["tasks"] and self.states.get(id) != "done"
            imported_after = self.before.imported_tasks.get(id, {}).get("after", [])
            now = self.now["tasks"][id].get("after", []) if is_open else imported_after
            change = self.changes.relationships(id, now, self.removed, is_in_export)
            if change:
                self.tasks.setdefault(id, {})["after"] = change

    def is_removed(self, name: str) -> bool:
        """Return whether a field is that of a task that is taken out as a whole."""
        return any(name.startswith(f"tasks.{key(id)}.") for id in self.removed)

    def effects(self) -> list[str]:
        """Return what risks do to tasks that are no more; a risk that does nothing else is taken out."""
        names = []
        for risk, table in self.before.whole.get("risks", {}).items():
            impacts = table.get("impacts", {})
            there = [task for task in impacts if task in self.removed] if isinstance(impacts, Mapping) else []
            if there and len(there) == len(impacts):
                names.append(f"risks.{key(risk)}")
                self.remarks.add("risk|risks of tasks that are no more: taken out", risk)
            else:
                names += [f"risks.{key(risk)}.impacts.{key(task)}" for task in there]
                for task in there:
                    self.remarks.add("impact|impacts on tasks that are no more: taken out", f"{risk} on {task}")
        return names

    def resources(self) -> dict[str, Table]:
        """Return the people that the plan does not have."""
        there = self.before.whole.get("resources", {})
        tables = {id: table for id, table in self.now.get("resources", {}).items() if id not in there}
        for id in tables:
            self.remarks.add("resource|resources added", id)
        return tables

    def record(self) -> dict[str, Table]:
        """Return the record of what was decided on, in place of worked on, since the status before."""
        lines = [
            sentence
            for statement, sentence in zip(self.remarks.names, self.remarks.lines(), strict=True)
            if any(word in statement for word in OF_SCOPE)
        ]
        if not lines:
            return {}
        day = self.data_date.date()
        return {
            f"status-{day.isoformat()}": {
                "name": "Changes of scope in the export",
                "who": line(self.schedule.tool),
                "when": day,
                "why": "; ".join(lines)[:LONGEST_WHY],
            }
        }


def _plain(content: Table) -> Table:
    """Return a document as it comes from its file, so that it can be compared with one that does."""
    read = parse_toml(write_toml(content), "export", Faults())
    assert read is not None
    return read
