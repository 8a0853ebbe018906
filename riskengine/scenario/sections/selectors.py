"""Finding what an impact names: tasks by id, ``team:``, ``tag:``, ``wbs:`` or ``*``, cost lines, or ``project``."""

from collections.abc import Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any

from riskengine.model.selector import ALL, COST_LINE, EVERY_COST_LINE, PROJECT, SELECTORS, Labels, TaskGroups
from riskengine.scenario.sections.delayed_relationships import DelayedRelationships
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place


def labels_in(key: str, table: object, team: str) -> Labels:
    """Return what selectors go by of a task of the document, as far as it is sound."""
    if not isinstance(table, Mapping):
        return key, "", (), ""
    tags, named, code = table.get("tags"), table.get("team", team), table.get("wbs")
    return (
        key,
        named if isinstance(named, str) else "",
        [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else (),
        code if isinstance(code, str) else "",
    )


class Selection:
    """The tasks of a scenario by id, team, tag and WBS code, and its cost lines by id.

    Parameters
    ----------
    tasks : mapping
        Tasks of the document, faulty ones too, so that one fault hides no other.
    team : str
        Team of a task that names none.
    cost_lines : mapping
        Cost lines of the document.
    wbs_names : mapping
        Names of WBS elements by their codes.
    relationships : DelayedRelationships, optional
        Which a key may name; without them none does.
    """

    def __init__(
        self,
        tasks: Mapping[str, Any],
        team: str,
        cost_lines: Mapping[str, Any],
        wbs_names: Mapping[str, str] = MappingProxyType({}),
        relationships: DelayedRelationships | None = None,
    ) -> None:
        self.relationships = relationships
        self.cost_lines = cost_lines
        self.all: Sequence[str] = sorted(tasks)
        self.tables = tasks
        self.groups = TaskGroups((labels_in(key, tasks[key], team) for key in self.all), wbs_names)

    def unambiguous(self, key: str) -> str:
        """Return a key of ``impacts`` as the resolved form has it.

        It has ``cost:`` before the bare id of a cost line that no task bears, and the type behind a relationship.
        """
        is_cost_line = key in self.cost_lines and key not in self.tables and key not in (ALL, PROJECT)
        if not is_cost_line and self.relationships is not None:
            return self.relationships.canonical(key)
        return f"{COST_LINE}{key}" if is_cost_line else key

    def is_relationship(self, key: str) -> bool:
        """Return whether a key stands for what is between two tasks."""
        return self.relationships is not None and self.relationships.is_relationship(key)

    def is_cost_line(self, key: str) -> bool:
        """Return whether a key stands for one cost line or for all of them."""
        return key.startswith(COST_LINE) and key not in self.tables

    def is_known_cost(self, key: str) -> bool:
        """Return whether a key, with or without ``cost:`` before it, stands for cost lines that there are."""
        name = self.unambiguous(key)
        if not self.is_cost_line(name):
            return False
        return bool(self.cost_lines) if name == EVERY_COST_LINE else name.removeprefix(COST_LINE) in self.cost_lines

    def costs(self, key: str, place: Place, faults: Faults) -> Sequence[str]:
        """Return whose costs a key of ``impacts`` names: ids of tasks, and cost lines behind ``cost:``.

        ``project`` stands for everything that the project costs.
        """
        lines = [f"{COST_LINE}{name}" for name in sorted(self.cost_lines)]
        if key == PROJECT:
            return [*self.all, *lines]
        if not self.is_cost_line(key):
            return self.tasks(key, place, faults)
        if key == EVERY_COST_LINE and lines:
            return lines
        if key not in lines:
            faults.add("RE311", place, key, cure=faults.near(key, lines))
            return ()
        return (key,)

    def tasks(self, key: str, place: Place, faults: Faults) -> Sequence[str]:
        """Return the ids of the tasks that a key of ``impacts`` names, ``project`` for itself."""
        if key == PROJECT or key in self.tables:
            return (key,)
        if key == ALL:
            if not self.all:
                faults.add("RE302", place, key)
            return self.all
        if key.startswith(SELECTORS):
            if key not in self.groups:
                faults.add("RE302", place, key, cure=faults.near(key, self.groups))
                return ()
            return self.groups[key]
        prefix, colon, name = key.partition(":")
        if colon and name and prefix.replace("_", "").isalpha():
            cure = faults.near(f"{prefix}:", (*SELECTORS, COST_LINE)) or faults.near(key, self.groups)
            faults.add("RE309", place, key, cure=cure)
        else:
            faults.add("RE303", place, key, cure=faults.near(key, chain(self.all, self.cost_lines, (PROJECT,))))
        return ()
