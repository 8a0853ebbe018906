"""Giving everything in the document of a project the id that it has in a programme."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from riskengine.model.correlated import EVERY_RISK, RISK
from riskengine.model.entry import Entry
from riskengine.model.fields import Entities, Reference, References, Special, Table, Tables, Units
from riskengine.model.format import FORMAT
from riskengine.model.project import id_in_programme
from riskengine.model.relationship_key import RelationshipKey, relationship_key
from riskengine.model.selector import ALL, COST_LINE, EVERY_COST_LINE, PROJECT, groups_of
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place, dotted

QUANTITIES: Final = frozenset({("correlations", "between"), ("pair", "between"), ("matrix", "members")})
"""Lists of what is correlated: tasks by their ids or selectors, cost lines and risks with what they are before it."""

MATRIX: Final = ("correlations", "matrix")
"""A table that may be a file in its place, until it has been read."""

SECTIONS_OF_UNITS: Final[Mapping[tuple[str, str], str]] = {
    ("tasks", "resources"): "resources",
    ("backlogs", "resources"): "resources",
    ("branches", "paths"): "tasks",
}
"""What the keys of tables of numbers are ids of."""

WITHOUT_IDS: Final = frozenset(
    {
        *(("", key) for key in ("schema", "levelling", "wbs")),
        *(("calendars", key) for key in ("week", "holidays", "exceptions")),
        ("matrix", "rows"),
        ("backlogs", "done"),
        ("history", "done"),
        ("history", "added"),
        ("indices", "values"),
    }
)
"""Fields with a form of their own that name nothing of the scenario; names of WBS elements are put together apart."""


class ProjectIds:
    """The ids of one project in its programme.

    Parameters
    ----------
    project : str
        Id of the project.
    document : mapping
        Its resolved document.
    shared : collection of str
        Places of what keeps its id, such as ``resources.crane``, and calendars that every scenario has.
    faults, file
        Where faults go, and the file that they are blamed on.

    Notes
    -----
    What a selector selects in a project stays what it selects in the programme: tasks of other projects may have the
    same team or tag. So tasks get a tag for each selector that the project uses.
    """

    def __init__(
        self, project: str, document: Mapping[str, Any], shared: Collection[str], faults: Faults, file: str
    ) -> None:
        self.project, self.document, self.shared = project, document, shared
        self.faults, self.file = faults, file
        self.selectors: set[str] = set()
        self.all_tasks: dict[str, Any] = {**document["tasks"], **document.get("backlogs", {})}

    def section(self, name: str) -> dict[str, Any]:
        """Return the entities of one section of the document, under the ids of the programme."""
        return self.entities(self.document.get(name, {}), name, (name,))

    def entities(self, tables: Mapping[str, Any], section: str, place: Place) -> dict[str, Any]:
        """Return tables of a section by id, under the ids of the programme."""
        of = {"effects": "risks"}.get(section, section)
        renamed = {}
        for key, table in tables.items():
            here = (*place, key)
            id = self.target(key, table, here) if section == "impacts" else self.id(key, of)
            renamed[id] = self.table(table, section, here)
        return renamed

    def table(self, table: Mapping[str, Any], section: str, place: Place) -> dict[str, Any]:
        """Return a table of a section with the ids of the programme in it."""
        entries = FORMAT[section]
        return {
            key: self.value(value, entries[key], section, (*place, key)) if key in entries else value
            for key, value in table.items()
        }

    def value(self, value: Any, entry: Entry, section: str, place: Place) -> Any:
        """Return the value of one field with the ids of the programme in it."""
        field, key = entry.field, (section, entry.key)
        if key == MATRIX:
            return self.table(value, "matrix", place)
        if key in QUANTITIES:
            return [member for item in value for member in self.quantities(item)]
        match field:
            case Reference(to=to):
                return self.project if value == PROJECT and to == "tasks" else self.id(value, to)
            case References(to=to):
                return [self.id(item, to) for item in value]
            case Entities(section=inner):
                return self.entities(value, inner, place)
            case Table(section=inner):
                return self.table(value, inner, place)
            case Tables(section=inner):
                return [self.table(item, inner, place) for item in value]
            case Units() if key not in WITHOUT_IDS:
                return {self.id(id, SECTIONS_OF_UNITS[key]): number for id, number in value.items()}
            case Special() if key not in WITHOUT_IDS:
                raise KeyError(f"no rule for the ids in {section}.{entry.key}")
        return value

    def id(self, id: str, section: str) -> str:
        """Return the id of something of a section in the programme."""
        if not id or f"{section}.{id}" in self.shared:
            return id
        return id_in_programme(self.project, id)

    def target(self, key: str, impact: Mapping[str, Any], place: Place) -> str:
        """Return what the key of an impact is in the programme."""
        if key in self.all_tasks:
            return self.id(key, "tasks")
        delayed = relationship_key(key, self.all_tasks)
        if delayed is not None:
            before, after = (self.id(task, "tasks") for task in (delayed.predecessor, delayed.successor))
            return str(RelationshipKey(before, after, delayed.type))
        if key == EVERY_COST_LINE or (key == PROJECT and impact.keys() - {"cost"}):
            self.faults.add("RE443", ("projects", self.project, "file"), dotted(place), file=self.file)
            return key
        if key == PROJECT:
            return self.project
        if key.startswith(COST_LINE):
            return f"{COST_LINE}{self.id(key.removeprefix(COST_LINE), 'costs')}"
        return self.selector(key)

    def quantities(self, item: str) -> list[str]:
        """Return what a member of a correlation is in the programme, or what all cost lines or risks are."""
        if item in self.all_tasks:
            return [self.id(item, "tasks")]
        for prefix, every, section in ((COST_LINE, EVERY_COST_LINE, "costs"), (RISK, EVERY_RISK, "risks")):
            if item.startswith(prefix):
                ids = self.document.get(section, {}) if item == every else (item.removeprefix(prefix),)
                return [f"{prefix}{self.id(id, section)}" for id in ids]
        return [self.selector(item)]

    def selector(self, key: str) -> str:
        """Return the selector of the programme that selects what a selector does in the project."""
        self.selectors.add(key)
        return f"tag:{id_in_programme(self.project, key)}"

    def tasks(self, section: str) -> dict[str, Any]:
        """Return tasks, or backlogs, each with a tag for every selector in use that selects it; after all others."""
        names = self.document.get("wbs", {})
        tasks = self.section(section)
        for id, table in self.document.get(section, {}).items():
            selectors = {ALL, *groups_of(table["team"], table["tags"], table["wbs"], names)} & self.selectors
            task = tasks[self.id(id, "tasks")]
            task["tags"] = sorted({*task["tags"], *(id_in_programme(self.project, key) for key in selectors)})
            task["wbs"] = self.element(table["wbs"])
        return tasks

    def element(self, code: str) -> str:
        """Return the code that an element of the WBS has in the programme: that of the project is at the top."""
        return id_in_programme(self.project, code) if code else self.project
