"""Reading tasks and milestones."""

from collections.abc import Mapping
from typing import Any, Final, cast

from riskengine.model import AnyEstimate, Relationship, Task, TaskCost
from riskengine.scenario.dotted import Place
from riskengine.scenario.estimates import constant, read_estimate
from riskengine.scenario.faults import Faults
from riskengine.scenario.fields import LONGEST_TEXT, Fields, is_id, number
from riskengine.scenario.network import circles
from riskengine.scenario.relationships import RelationshipReader, order_of
from riskengine.scenario.settings import Settings

KNOWN: Final = (
    "name",
    "description",
    "duration",
    "milestone",
    "after",
    "calendar",
    "cost",
    "team",
    "owner",
    "wbs",
    "tags",
    "resources",
)
RESERVED: Final = ("project", "*")
PREFIXES: Final = ("team:", "tag:", "wbs:")
MOST_SHOWN: Final = 20


class TaskReader:
    """Reads the tasks of one scenario.

    Parameters
    ----------
    sections : mapping
        The whole document, whose ids the tasks refer to.
    settings : Settings
        Defaults of the scenario.
    faults : Faults
        Where faults go.
    """

    def __init__(self, sections: Mapping[str, Any], settings: Settings, faults: Faults) -> None:
        self.faults = faults
        self.settings = settings
        self.tables: Mapping[str, Any] = sections["tasks"]
        self.calendars = settings.calendars
        self.resources: Mapping[str, Any] = sections["resources"]
        self.relationships = RelationshipReader(self.tables, faults, settings.task_shape)
        self.predecessors: dict[str, list[str]] = {}
        self.free = TaskCost.model_construct(fixed=None, rate=None)
        self.nothing = constant(0.0, "d")

    def read(self) -> dict[str, Task]:
        """Return the sound tasks, sorted by id."""
        found = {}
        for key in sorted(self.tables):
            place = ("tasks", key)
            table = self.tables[key]
            if is_id(key, place, self.faults) and (key in RESERVED or key.startswith(PREFIXES)):
                self.faults.add("RE244", place, key)
            if not isinstance(table, dict):
                self.faults.add("RE113", place, table, rule="must be a table")
                continue
            task = self.task(key, table, place)
            if task is not None:
                found[key] = task
        self.refuse_circles()
        return found

    def task(self, key: str, table: Mapping[str, Any], place: Place) -> Task | None:
        """Return one task, or None after reporting its faults."""
        fields = Fields(table, place, self.faults, KNOWN)
        duration = self.duration(fields)
        after = self.after(key, fields)
        calendar = self.calendar(fields)
        cost = self.cost(table["cost"], (*place, "cost")) if "cost" in table else self.free
        values: dict[str, Any] = {
            "id": key,
            "name": fields.text("name"),
            "description": fields.text("description", longest=LONGEST_TEXT, lines=True),
            "duration": duration,
            "after": after,
            "calendar": calendar,
            "cost": cost,
            "team": fields.text("team", self.settings.team),
            "owner": fields.text("owner", self.settings.task_owner),
            "wbs": fields.text("wbs"),
            "tags": tuple(sorted(set(fields.texts("tags")))) if "tags" in table else (),
            "resources": self.assigned(fields) if "resources" in table else {},
        }
        return None if duration is None else Task.model_construct(**values)

    def duration(self, fields: Fields) -> AnyEstimate | None:
        """Return the duration; zero for a milestone."""
        if fields.flag("milestone", False):
            if "duration" in fields.data:
                self.faults.add("RE240", (*fields.place, "duration"), fields.data["duration"])
            return self.nothing
        if "duration" not in fields.data:
            cure = "give a duration, or milestone = true"
            self.faults.add("RE112", (*fields.place, "duration"), cure=cure)
            return None
        place = (*fields.place, "duration")
        return read_estimate(fields.data["duration"], place, self.faults, "duration", self.settings.task_shape)

    def after(self, key: str, fields: Fields) -> tuple[Relationship, ...]:
        """Return the relationships into the task, sorted."""
        if "after" not in fields.data:
            return ()
        place = (*fields.place, "after")
        items = fields.data["after"]
        if isinstance(items, str):
            self.faults.add("RE113", place, items, rule="must be a list", cure=f'write after = ["{items}"]')
            return ()
        read = (self.relationships.read(item, (*place, index)) for index, item in enumerate(fields.items("after")))
        found = [relationship for relationship in read if relationship is not None]
        if found:
            self.predecessors[key] = [relationship.task for relationship in found]
        if len(found) > 1:
            found.sort(key=order_of)
        return tuple(found)

    def calendar(self, fields: Fields) -> str:
        """Return the calendar's id."""
        if "calendar" not in fields.data:
            return self.settings.task_calendar
        name = fields.text("calendar")
        if name not in self.calendars and isinstance(fields.data["calendar"], str):
            self.faults.add("RE234", (*fields.place, "calendar"), name, cure=self.faults.near(name, self.calendars))
        return name

    def cost(self, table: object, place: Place) -> TaskCost:
        """Return the cost of a task."""
        if not isinstance(table, dict):
            self.faults.add("RE113", place, table, rule="must be a table such as {fixed = 10000, rate = 1500}")
            return self.free
        Fields(table, place, self.faults, ("fixed", "rate"))
        read = {
            key: read_estimate(table[key], (*place, key), self.faults, "money", self.settings.cost_shape)
            for key in ("fixed", "rate")
            if key in table
        }
        return TaskCost.model_construct(fixed=read.get("fixed"), rate=read.get("rate"))

    def assigned(self, fields: Fields) -> dict[str, float]:
        """Return the units of each resource, sorted by id."""
        units: dict[str, float] = {}
        for key, value in sorted(fields.table("resources").items()):
            place = (*fields.place, "resources", key)
            is_id(key, place, self.faults)
            if self.resources and key not in self.resources:
                self.faults.add("RE242", place, key, cure=self.faults.near(key, self.resources))
            amount = number(value, place, self.faults)
            if amount is None:
                continue
            if amount <= 0:
                self.faults.add("RE243", place, value)
            units[key] = amount
        return units

    def refuse_circles(self) -> None:
        """Report tasks that wait for each other, each circle spelled out."""
        for circle in circles(self.predecessors):
            task, predecessor = circle[1], circle[0]
            index = self.position(task, predecessor)
            names = circle if len(circle) <= MOST_SHOWN else [*circle[: MOST_SHOWN - 2], "...", circle[-1]]
            rule = f"relationships must not form a circle: {' -> '.join(names)}"
            self.faults.add("RE222", ("tasks", task, "after", index), rule=rule)

    def position(self, task: str, predecessor: str) -> int:
        """Return where in its list a task names a predecessor."""
        items = cast(list[Any], self.tables[task]["after"])
        for index, item in enumerate(items):
            named = item.get("task") if isinstance(item, dict) else item
            if isinstance(named, str) and (
                named == predecessor or named.startswith((f"{predecessor} ", f"{predecessor}+"))
            ):
                return index
        return 0
