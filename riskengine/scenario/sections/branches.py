"""Reading branches, and looking at their paths once the tasks have been read."""

from collections.abc import Mapping
from math import fsum
from typing import Any, Final

from riskengine.errors.counting import first_names
from riskengine.model import Branch, Task
from riskengine.model.branch import Paths
from riskengine.model.format import FORMAT
from riskengine.scenario.sections.spans import span_ids
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.fields import Fields, number
from riskengine.scenario.values.sections import entities

MOST_NAMED: Final = 5
"""Tasks named in a hint."""
CLOSE_TO_1: Final = 1e-9
"""How far the weights may be from adding up to 1: three thirds do."""


class BranchReader:
    """Reads the branches of one scenario.

    Parameters
    ----------
    tables : mapping
        Branches of the document.
    task_tables : mapping
        Tasks of the document, faulty ones too, so that one fault hides no other.
    faults : Faults
        Where faults go.
    """

    def __init__(self, tables: Mapping[str, Any], task_tables: Mapping[str, Any], faults: Faults) -> None:
        self.tables, self.task_tables, self.faults = tables, task_tables, faults
        self.spans = span_ids(task_tables)

    def read(self) -> dict[str, Branch]:
        """Return the sound branches, sorted by id."""
        branches = {}
        plain = PlainFields(FORMAT["branches"], apart=("after", "paths"))
        for key, fields in entities("branches", self.tables, FORMAT["branches"], self.faults):
            after = self.after(fields) if fields.require("after") else ""
            paths = self.paths(fields) if fields.require("paths") else {}
            branches[key] = Branch.model_construct(id=key, after=after, paths=paths, **plain.values(fields))
        return branches

    def after(self, fields: Fields) -> str:
        """Return the task that the paths follow."""
        name = fields.text("after")
        if name:
            self.is_task(name, (*fields.place, "after"))
        return name

    def is_task(self, name: str, place: Place) -> bool:
        """Return whether a name is that of a task that work can follow, and report it where it is not."""
        if name not in self.task_tables:
            self.faults.add("RE342", place, name, cure=self.faults.near(name, self.task_tables))
            return False
        if name in self.spans:
            self.faults.add("RE342", place, name, rule="must not be a level of effort or a summary")
            return False
        return True

    def paths(self, fields: Fields) -> dict[str, float]:
        """Return the weight of each path, by its first task, sorted."""
        weights: dict[str, float] = {}
        place = (*fields.place, "paths")
        is_sound = True
        for name, value in sorted(fields.table("paths").items()):
            weight = number(value, (*place, name), self.faults)
            if weight is not None and not 0 < weight <= 1:
                self.faults.add("RE343", (*place, name), value)
                weight = None
            is_sound &= self.is_task(name, (*place, name)) and weight is not None
            weights[name] = weight or 0.0
        total = fsum(weights.values())
        if is_sound and abs(total - 1) > CLOSE_TO_1:
            written = f"{total:.9g}"
            self.faults.add("RE344", place, written, cure=f"the weights add up to {written}: make it 1")
        return weights


def check_branches(branches: Mapping[str, Branch], tasks: Mapping[str, Task], faults: Faults, hints: list[str]) -> None:
    """Report paths that do not follow the task of their branch, or lead into each other; say what each path holds."""
    if not branches:
        return
    paths = Paths(tasks)
    for branch in branches.values():
        for first in branch.first_tasks:
            place = ("branches", branch.id, "paths", first)
            if branch.after not in paths.predecessors[first]:
                rule = f"the first task of a path must have {branch.after} among its predecessors"
                faults.add("RE345", place, first, rule=rule, cure=f'write after = ["{branch.after}"] at {first}')
            reached = paths.reached_from(first)
            for other in branch.first_tasks:
                if other != first and other in reached:
                    rule = f"{other}, which begins another path, must not come after {first}"
                    faults.add("RE346", place, first, rule=rule)
        for first, members in paths.members(branch).items():
            named = first_names([first, *sorted(members - {first})], MOST_NAMED)
            hints.append(f"branches.{branch.id}: on the path of {first}: {named}; what else comes after it joins")
