"""Reading correlations, and looking at what they ask for once the rest of a scenario has been read."""

from collections.abc import Iterable, Mapping
from typing import Any

from riskengine.errors.counting import counted, first_names
from riskengine.model import Correlation, Scenario
from riskengine.model.correlated import EVERY_RISK, RISK, CorrelatedMembers
from riskengine.model.format import FORMAT
from riskengine.model.selector import ALL, COST_LINE, EVERY_COST_LINE, SELECTORS
from riskengine.scenario.hooks import Hooks
from riskengine.scenario.sections.selectors import Selection
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.sections import entities

MOST_NAMED = 5
"""Members named in a hint."""


class CorrelationReader:
    """Reads the correlations of one scenario.

    Parameters
    ----------
    sections : mapping of str to mapping
        Sections of the document, faulty entities too, so that one fault hides no other.
    selection : Selection
        Finds the tasks of a selector.
    faults : Faults
        Where faults go.
    """

    def __init__(self, sections: Mapping[str, Mapping[str, Any]], selection: Selection, faults: Faults) -> None:
        self.sections = sections
        self.selection = selection
        self.faults = faults
        self.names = (
            *selection.all,
            *selection.groups,
            *(f"{COST_LINE}{name}" for name in sections["costs"]),
            *(f"{RISK}{name}" for name in sections["risks"]),
        )

    def read(self) -> dict[str, Correlation]:
        """Return the sound correlations, sorted by id."""
        correlations = {}
        section = FORMAT["correlations"]
        plain = PlainFields(section, apart=("between",), defaults={"rank": 0.0})
        for key, fields in entities("correlations", self.sections["correlations"], section, self.faults):
            fields.require("rank")
            between = self.between(fields) if fields.require("between") else ()
            correlations[key] = Correlation.model_construct(id=key, between=between, **plain.values(fields))
        return correlations

    def between(self, fields: Fields) -> tuple[str, ...]:
        """Return what a correlation names, each once, sorted."""
        members: set[str] = set()
        for position, key in enumerate(fields.items("between")):
            place = (*fields.place, "between", position)
            if not isinstance(key, str):
                self.faults.add("RE113", place, key, rule="must be the id of a task, a selector, cost:ID or risk:ID")
            elif key in members:
                self.faults.add("RE323", place, key)
            elif not self.is_known(key):
                self.refuse(key, place)
            else:
                members.add(key)
        return tuple(sorted(members))

    def is_known(self, key: str) -> bool:
        """Return whether a key names something that there is."""
        tasks, costs, risks = self.selection.tables, self.sections["costs"], self.sections["risks"]
        if key in tasks:
            return True
        if key.startswith(COST_LINE):
            name = key.removeprefix(COST_LINE)
            return bool(costs) if key == EVERY_COST_LINE else name in costs or name in tasks
        if key.startswith(RISK):
            return bool(risks) if key == EVERY_RISK else key.removeprefix(RISK) in risks
        return bool(tasks) if key == ALL else key in self.selection.groups

    def refuse(self, key: str, place: Place) -> None:
        """Report a key that names nothing."""
        behind = [prefix + key for prefix in (COST_LINE, RISK) if self.is_known(prefix + key)]
        cure = f'write "{behind[0]}"' if behind else self.faults.near(key, self.names)
        is_selector = key.startswith(SELECTORS) or key == ALL
        rule = "a selector must select at least one task" if is_selector else ""
        self.faults.add("RE322", place, key, rule=rule, cure=cure)


def check_correlations(scenario: Scenario, hooks: Hooks, faults: Faults, hints: list[str]) -> None:
    """Report correlations of fewer than two members, members of two correlations, and what cannot be had."""
    members = CorrelatedMembers(scenario)
    first_group: dict[str, str] = {}
    for name, correlation in scenario.correlations.items():
        group = members.of(correlation)
        place = ("correlations", name)
        if len(group) < 2:
            faults.add("RE320", (*place, "between"), ", ".join(group) or "nothing")
        twice = [member for member in group if member in first_group]
        if twice:
            rule = f"a member must stand in one correlation only, and {first_group[twice[0]]} has {twice[0]}, too"
            faults.add("RE326", (*place, "between"), twice[0], rule=rule)
        first_group.update(dict.fromkeys(group, name))
        hints += hints_of(name, group, members)
    if hooks.correlations is not None and not faults.all and scenario.correlations:
        for name, issue in hooks.correlations(scenario, hints):
            faults.add(issue.code, ("correlations", name, "rank"), issue.value, rule=issue.rule, cure=issue.cure)


def hints_of(name: str, group: Iterable[str], members: CorrelatedMembers) -> list[str]:
    """Return a sentence about members that do not vary, if there are any."""
    certain = [member for member in group if not members.is_uncertain(member)]
    if not certain:
        return []
    what = f"{counted(len(certain), 'member')} without uncertainty, which nothing can go with"
    return [f"correlation {name} has {what}: {first_names(certain, MOST_NAMED)}"]
