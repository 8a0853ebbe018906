"""Finding what an impact names: tasks by id, ``team:``, ``tag:``, ``wbs:`` or ``*``, cost lines, or ``project``."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from riskengine.model.selector import COST_LINE, EVERY_COST_LINE, wbs_codes
from riskengine.scenario.dotted import Place
from riskengine.scenario.faults import Faults

PREFIXES: Final = ("team:", "tag:", "wbs:")


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
    """

    def __init__(
        self,
        tasks: Mapping[str, Any],
        team: str,
        cost_lines: Mapping[str, Any],
        wbs_names: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.cost_lines = cost_lines
        self.all: Sequence[str] = sorted(tasks)
        self.known = tasks
        self.groups: dict[str, list[str]] = defaultdict(list)
        for key in self.all:
            table = tasks[key]
            if not isinstance(table, Mapping):
                continue
            named = table.get("team", team)
            if isinstance(named, str) and named:
                self.groups[f"team:{named}"].append(key)
            tags = table.get("tags", ())
            for tag in dict.fromkeys(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ():
                self.groups[f"tag:{tag}"].append(key)
            code = table.get("wbs", "")
            parts = code.split(".")[:64] if isinstance(code, str) and code else []
            for depth in range(1, len(parts) + 1):
                self.groups["wbs:" + ".".join(parts[:depth])].append(key)
        for name in set(wbs_names.values()):
            below = {key for code in wbs_codes(name, wbs_names) for key in self.groups.get(f"wbs:{code}", ())}
            if below:
                self.groups[f"wbs:{name}"] = sorted(below)

    def unambiguous(self, key: str) -> str:
        """Return a key of ``impacts``, with ``cost:`` before the bare id of a cost line that no task bears."""
        is_cost_line = key in self.cost_lines and key not in self.known and key not in ("*", "project")
        return f"{COST_LINE}{key}" if is_cost_line else key

    def is_cost_line(self, key: str) -> bool:
        """Return whether a key stands for one cost line or for all of them."""
        return key.startswith(COST_LINE) and key not in self.known

    def costs(self, key: str, place: Place, faults: Faults) -> Sequence[str]:
        """Return whose costs a key of ``impacts`` names: ids of tasks, and cost lines behind ``cost:``.

        ``project`` stands for everything that the project costs.
        """
        lines = [f"{COST_LINE}{name}" for name in sorted(self.cost_lines)]
        if key == "project":
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
        if key == "project" or key in self.known:
            return (key,)
        if key == "*":
            if not self.all:
                faults.add("RE302", place, key)
            return self.all
        if key.startswith(PREFIXES):
            if key not in self.groups:
                faults.add("RE302", place, key, cure=faults.near(key, self.groups))
                return ()
            return self.groups[key]
        prefix, colon, name = key.partition(":")
        if colon and name and prefix.replace("_", "").isalpha():
            cure = faults.near(f"{prefix}:", (*PREFIXES, COST_LINE)) or faults.near(key, self.groups)
            faults.add("RE309", place, key, cure=cure)
        else:
            faults.add("RE303", place, key, cure=faults.near(key, (*self.all, *self.cost_lines, "project")))
        return ()
