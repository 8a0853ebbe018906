"""Finding the tasks that an impact names: an id, ``team:``, ``tag:``, ``wbs:``, ``*`` or ``project``."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from riskengine.scenario.dotted import Place
from riskengine.scenario.faults import Faults

PREFIXES: Final = ("team:", "tag:", "wbs:")


class Selection:
    """The tasks of a scenario by id, team, tag and WBS code.

    Parameters
    ----------
    tasks : mapping
        Tasks of the document, faulty ones too, so that one fault hides no other.
    team : str
        Team of a task that names none.
    """

    def __init__(self, tasks: Mapping[str, Any], team: str) -> None:
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
            cure = faults.near(f"{prefix}:", PREFIXES) or faults.near(key, self.groups)
            faults.add("RE309", place, key, cure=cure)
        else:
            faults.add("RE303", place, key, cure=faults.near(key, (*self.all, "project")))
        return ()
