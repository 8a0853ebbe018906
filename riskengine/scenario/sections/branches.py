"""Reading branches, and looking at their paths once the tasks have been read."""

from collections.abc import Mapping
from math import fsum
from typing import Any, Final

from riskengine.errors.counting import first_names
from riskengine.model import Branch, Scenario, Task
from riskengine.model.branch import Paths
from riskengine.model.format import FORMAT
from riskengine.model.unroll import FROM_FINISH, last_repeats
from riskengine.scenario.sections.spans import span_ids
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.fields import Fields, number
from riskengine.scenario.values.sections import entities

MOST_NAMED: Final = 5
"""Tasks named in a hint."""
DECISIONS: Final = ("paths", "if_later_than", "if_risk")
"""What may decide which path is followed."""
SIDES: Final = ("then", "otherwise")
"""First tasks of the two paths of a condition."""
CLOSE_TO_1: Final = 1e-9
"""How far the weights may be from adding up to 1: three thirds do."""


class BranchReader:
    """Reads the branches of one scenario.

    Parameters
    ----------
    sections : mapping
        Sections of the document, with faulty tasks and risks too, so that one fault hides no other.
    faults : Faults
        Where faults go.
    """

    def __init__(self, sections: Mapping[str, Any], faults: Faults) -> None:
        self.tables, self.task_tables, self.risk_tables = (sections[key] for key in ("branches", "tasks", "risks"))
        self.faults = faults
        self.spans = span_ids(self.task_tables)

    def read(self) -> dict[str, Branch]:
        """Return the sound branches, sorted by id."""
        branches = {}
        plain = PlainFields(FORMAT["branches"], apart=("after", "paths", "if_risk", *SIDES))
        for key, fields in entities("branches", self.tables, FORMAT["branches"], self.faults):
            if fields.require("after"):
                self.task(fields, "after")
            self.check_decision(fields)
            branches[key] = Branch.model_construct(
                id=key,
                after=fields.text("after"),
                paths=self.paths(fields),
                if_risk=self.risk(fields),
                then=self.task(fields, "then"),
                otherwise=self.task(fields, "otherwise"),
                **plain.values(fields),
            )
        return branches

    def check_decision(self, fields: Fields) -> None:
        """Report a branch that nothing decides, or several things do, and sides that do not belong to a condition."""
        decisions = [key for key in DECISIONS if key in fields.data]
        sides = [key for key in SIDES if key in fields.data]
        if len(decisions) != 1:
            cure = "" if decisions or not sides else "give if_later_than or if_risk beside then and otherwise"
            self.faults.add("RE413", fields.place, " and ".join(decisions) or "none of them", cure=cure)
        elif decisions == ["paths"]:
            for key in sides:
                rule = "then and otherwise belong to if_later_than or if_risk; paths has its own first tasks"
                self.faults.add("RE414", (*fields.place, key), fields.data[key], rule=rule)
        elif len(sides) != len(SIDES):
            self.faults.add("RE414", fields.place, f"{sides[0]} alone" if sides else "neither")
        elif fields.data["then"] == fields.data["otherwise"]:
            rule = "then and otherwise must be different tasks"
            self.faults.add("RE414", (*fields.place, "otherwise"), fields.data["otherwise"], rule=rule)

    def task(self, fields: Fields, key: str) -> str:
        """Return the task that a key names."""
        name = fields.text(key)
        if name:
            self.is_task(name, (*fields.place, key))
        return name

    def risk(self, fields: Fields) -> str:
        """Return the risk whose occurrence decides, if one does."""
        name = fields.text("if_risk")
        if "if_risk" in fields.data and isinstance(fields.data["if_risk"], str) and name not in self.risk_tables:
            place = (*fields.place, "if_risk")
            self.faults.add("RE415", place, name, cure=self.faults.near(name, self.risk_tables))
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
        if "paths" in fields.data and is_sound and abs(total - 1) > CLOSE_TO_1:
            written = f"{total:.9g}"
            self.faults.add("RE344", place, written, cure=f"the weights add up to {written}: make it 1")
        return weights


def place_of(branch: Branch, first: str) -> Place:
    """Return where a branch names the first task of a path."""
    if branch.paths:
        return ("branches", branch.id, "paths", first)
    return ("branches", branch.id, "then" if first == branch.then else "otherwise")


def check_branches(scenario: Scenario, faults: Faults, hints: list[str]) -> None:
    """Report paths that do not follow the task of their branch, or lead into each other; say what each path holds."""
    if not scenario.branches:
        return
    paths = Paths(scenario.tasks)
    repeated = last_repeats(scenario)
    for branch in scenario.branches.values():
        for first in branch.first_tasks:
            place = place_of(branch, first)
            if branch.after not in paths.predecessors[first]:
                rule = f"the first task of a path must have {branch.after} among its predecessors"
                faults.add("RE345", place, first, rule=rule, cure=f'write after = ["{branch.after}"] at {first}')
            if branch.if_later_than is not None and branch.after in repeated:
                refuse_early_path(branch, scenario.tasks[first], faults)
            reached = paths.reached_from(first)
            for other in branch.first_tasks:
                if other != first and other in reached:
                    rule = f"{other}, which begins another path, must not come after {first}"
                    faults.add("RE346", place, first, rule=rule)
        for first, members in paths.members(branch).items():
            named = first_names([first, *sorted(members - {first})], MOST_NAMED)
            hints.append(f"branches.{branch.id}: on the path of {first}: {named}; what else comes after it joins")


def refuse_early_path(branch: Branch, first: Task, faults: Faults) -> None:
    """Report a path that does not wait for the last repeat of the task whose finish decides about it."""
    if not any(r.task == branch.after and r.type in FROM_FINISH for r in first.after):
        rule = f"{first.id} must wait for the finish of {branch.after} (FS or FF), which rework may put off"
        faults.add("RE416", place_of(branch, first.id), first.id, rule=rule)
