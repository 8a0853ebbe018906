"""Reading tasks and milestones."""

from collections.abc import Mapping
from typing import Any, Final, cast

from riskengine.errors.counting import counted
from riskengine.model import AnyEstimate, Backlog, Imported, Relationship, Task, TaskCost
from riskengine.model.format import FORMAT
from riskengine.model.selector import ALL, PROJECT, SELECTORS
from riskengine.model.task import DEFAULT_PRIORITY, MILESTONES, SPANS
from riskengine.scenario.sections.backlogs import OWN_APART, BacklogReader
from riskengine.scenario.sections.constraints import read_constraints
from riskengine.scenario.sections.cycles import circles
from riskengine.scenario.sections.indices import named_index
from riskengine.scenario.sections.progress import KEYS, NO_PROGRESS, read_progress
from riskengine.scenario.sections.relationships import RelationshipReader, order_of
from riskengine.scenario.sections.settings import Settings, named_calendar, read_early_finish
from riskengine.scenario.sections.spans import check_spans, span_ids
from riskengine.scenario.sections.work import ATTRIBUTES, NO_WORK, WORK_KEYS, Work, read_work
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.estimates import constant, is_nothing, read_estimate
from riskengine.scenario.values.fields import Fields, is_id, number

TYPES: Final = FORMAT["tasks"]["type"].words
HIGHEST_PRIORITY: Final = 1_000_000
RESERVED: Final = (PROJECT, ALL)
APART: Final = frozenset(
    {
        *("type", "duration", "after", "calendar", "cost", "resources", "constraints", "priority", "imported"),
        *("actual_start", "actual_finish", "remaining", "resume", "early_finish_passed_on"),
        *ATTRIBUTES,
    }
)
"""Attributes of a task that look at others, or at other tables."""

SIMPLE: Final = frozenset({"duration", "after", "cost", "name", "description", "wbs", "team", "owner", "tags"})
"""Keys that say nothing on which other fields of a task depend: most tasks of a large plan have no others."""

MOST_RELATIONSHIPS: Final = 500_000
"""Of all tasks together, which take up to 800 bytes each: five for each of as many tasks as a file may hold."""

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
        self.backlogs: Mapping[str, Any] = sections["backlogs"]
        self.calendars = settings.calendars
        self.resources: Mapping[str, Any] = sections["resources"]
        self.indices: Mapping[str, Any] = sections["indices"]
        self.relationships = RelationshipReader(self.tables, faults, settings.task_points)
        defaults = {"team": settings.team, "owner": settings.task_owner}
        self.plain = PlainFields(FORMAT["tasks"], apart=APART, defaults=defaults)
        self.plain_backlog = PlainFields(FORMAT["backlogs"], apart={*APART, *OWN_APART}, defaults=defaults)
        self.plain_cost = PlainFields(FORMAT["cost"], apart=("index",), points=settings.cost_points)
        self.plain_dates = PlainFields(FORMAT["dates"])
        self.predecessors: dict[str, list[str]] = {}
        self.relationship_count = 0
        self.no_cost = TaskCost.model_construct(fixed=None, rate=None, actual=None)
        self.nothing = constant(0.0, "d")
        self.simplest = [self.task("", {"duration": days}, ()) for days in (0, 1)]

    def read(self) -> dict[str, Task]:
        """Return the sound tasks, sorted by id."""
        tasks_by_id: dict[str, Task] = {}
        for key in sorted(self.tables):
            place = ("tasks", key)
            table = self.tables[key]
            if is_id(key, place, self.faults) and (key in RESERVED or key.startswith(SELECTORS)):
                self.faults.add("RE244", place, key)
            if not isinstance(table, dict):
                self.faults.add("RE113", place, table, rule="must be a table")
                continue
            task = self.of_table(key, table, place)
            if task is not None:
                tasks_by_id[key] = task
        check_spans(self.tables, {task for tasks in self.predecessors.values() for task in tasks}, self.faults)
        self.refuse_circles()
        return tasks_by_id

    def of_table(self, key: str, table: Mapping[str, Any], place: Place) -> Task | None:
        """Return what a table says: a backlog, a task of a duration, a cost and texts, or any other."""
        if self.backlogs.get(key) is table:
            return self.backlog(key, table, place)
        is_simple = "duration" in table and SIMPLE.issuperset(table)
        return self.simple_task(key, table, place) if is_simple else self.task(key, table, place)

    def simple_task(self, key: str, table: Mapping[str, Any], place: Place) -> Task | None:
        """Return a task of a duration, a cost and texts as :meth:`task` does, in a third of the time."""
        fields = Fields(table, place, self.faults, SIMPLE)
        values = self.plain.written_values(fields)
        duration = self.read_duration(fields)
        after = self.after(key, fields) if "after" in table else ()
        if "cost" in table:
            values["cost"] = self.cost(table["cost"], (*place, "cost"))
        model = None if duration is None else self.simplest[0 if is_nothing(duration) else 1]
        if model is None:
            return None
        values.update(id=key, duration=duration, after=after, resources={})
        return Task.of_fields({**model.__dict__, **values}, model.model_fields_set)

    def task(self, key: str, table: Mapping[str, Any], place: Place) -> Task | None:
        """Return one task, or None after reporting its faults."""
        fields = Fields(table, place, self.faults, FORMAT["tasks"])
        kind = self.type(fields)
        work = NO_WORK if WORK_KEYS.isdisjoint(table) else read_work(fields, kind, self.settings.task_points)
        duration = self.duration(fields, kind, work)
        if kind == "task" and duration is not None and "duration" in table and is_nothing(duration):
            kind, duration = ("task", self.nothing) if self.is_under_way(table) else ("milestone", duration)
        progress = NO_PROGRESS
        if not KEYS.isdisjoint(table):
            progress = read_progress(fields, kind, duration or self.nothing, self.settings.task_points, work)
        if kind in SPANS and "exists" in table:
            self.faults.add("RE341", (*place, "exists"), table["exists"])
        values = self.plain.values(fields)
        values.update(work.values)
        if work.left_key:
            values[work.left_key] = progress.left
        values |= self.bonds(key, fields, kind)
        values |= {
            "duration": duration,
            "actual_start": progress.actual_start,
            "actual_finish": progress.actual_finish,
            "remaining": progress.remaining,
            "resume": progress.resume,
            "imported": self.imported(fields) if "imported" in table else None,
        }
        return None if duration is None else Task.model_construct(**values)

    def backlog(self, key: str, table: Mapping[str, Any], place: Place) -> Backlog | None:
        """Return a backlog, or None after reporting its faults."""
        fields = Fields(table, place, self.faults, FORMAT["backlogs"])
        own_values = BacklogReader(self.settings.task_points).values(fields)
        if own_values is None:
            return None
        values = self.plain_backlog.values(fields) | self.bonds(key, fields, "task") | own_values
        return Backlog.model_construct(**values).with_throughput()

    def bonds(self, key: str, fields: Fields, kind: str) -> dict[str, Any]:
        """Return what ties a task of a type to others: its relationships, calendar, cost, resources, constraints."""
        table, place = fields.data, fields.place
        return {
            "id": key,
            "type": kind,
            "early_finish_passed_on": self.early_finish_passed_on(fields, kind),
            "after": self.after(key, fields) if "after" in table else (),
            "calendar": named_calendar(fields, "calendar", self.settings.task_calendar, self.calendars),
            "cost": self.cost(table["cost"], (*place, "cost")) if "cost" in table else self.no_cost,
            "resources": self.assigned(fields) if "resources" in table else {},
            "constraints": read_constraints(fields) if "constraints" in table else (),
            "priority": self.priority(fields) if "priority" in table else DEFAULT_PRIORITY,
        }

    def type(self, fields: Fields) -> str:
        """Return the type; ``milestone = true`` is short for one of them."""
        kind = fields.choice("type", TYPES, "task")
        if "milestone" not in fields.data:
            return kind
        is_milestone = fields.flag("milestone", False)
        if "type" not in fields.data:
            return "milestone" if is_milestone else kind
        if is_milestone != (kind in MILESTONES):
            self.faults.add("RE245", (*fields.place, "milestone"), fields.data["milestone"])
        return kind

    def duration(self, fields: Fields, kind: str, work: Work) -> AnyEstimate | None:
        """Return the duration; zero for what has none, and where progress makes it needless."""
        place = (*fields.place, "duration")
        if kind in MILESTONES or kind in SPANS:
            if "duration" in fields.data:
                self.faults.add("RE240" if kind in MILESTONES else "RE246", place, fields.data["duration"])
            return self.nothing
        if work.duration is not None:
            return work.duration
        if "duration" in fields.data:
            return self.read_duration(fields)
        if "actual_finish" in fields.data or ("actual_start" in fields.data and "percent_complete" not in fields.data):
            return self.nothing  # what is over, or has its remaining work told; RE255 tells where it is not
        if fields.data.get("type", "task") != "task":
            return self.nothing  # the type is misspelt, which has been told
        self.faults.add("RE112", place, cure="give a duration, or milestone = true")
        return None

    def read_duration(self, fields: Fields) -> AnyEstimate | None:
        """Return the duration that a table says."""
        place = (*fields.place, "duration")
        return read_estimate(fields.data["duration"], place, self.faults, "duration", self.settings.task_points)

    def early_finish_passed_on(self, fields: Fields, kind: str) -> float:
        """Return the share of a gain that is passed on; what has no duration of its own gains nothing."""
        key = "early_finish_passed_on"
        if kind == "task":
            is_margin = fields.data.get("margin") is True
            return read_early_finish(fields, "tasks", 1.0 if is_margin else self.settings.early_finish_passed_on)
        if key in fields.data:
            self.faults.add("RE381", (*fields.place, key), fields.data[key])
        return 1.0

    def is_under_way(self, table: Mapping[str, Any]) -> bool:
        """Return whether a task of no duration has its remaining work told all the same."""
        return "actual_start" in table and "actual_finish" not in table and "remaining" in table

    def priority(self, fields: Fields) -> int:
        """Return the priority, a whole number; a cell of a table gives one with a point."""
        rank = fields.number("priority")
        if rank is None:
            return DEFAULT_PRIORITY
        if not rank.is_integer() or abs(rank) > HIGHEST_PRIORITY:
            rule = f"must be a whole number, at most {HIGHEST_PRIORITY} either way"
            self.faults.add("RE113", (*fields.place, "priority"), fields.data["priority"], rule=rule)
            return DEFAULT_PRIORITY
        return int(rank)

    def imported(self, fields: Fields) -> Imported | None:
        """Return what another tool stored, None where it stored nothing."""
        dates = Fields(fields.table("imported"), (*fields.place, "imported"), self.faults, FORMAT["dates"])
        stored = self.plain_dates.values(dates)
        return Imported.model_construct(**stored) if any(stored.values()) else None

    def after(self, key: str, fields: Fields) -> tuple[Relationship, ...]:
        """Return the relationships into the task, sorted."""
        place = (*fields.place, "after")
        items = fields.data["after"]
        if isinstance(items, str):
            self.faults.add("RE113", place, items, rule="must be a list", cure=f'write after = ["{items}"]')
            return ()
        self.relationship_count += len(items) if isinstance(items, list) else 0
        if self.relationship_count > MOST_RELATIONSHIPS:  # said once, and not read any further
            if self.relationship_count - len(items) <= MOST_RELATIONSHIPS:
                rule = f"a plan must have at most {MOST_RELATIONSHIPS:,} relationships"
                self.faults.add("RE103", place, counted(self.relationship_count, "relationship"), rule=rule)
            return ()
        read = (self.relationships.read(item, (*place, index)) for index, item in enumerate(fields.items("after")))
        relationships = [relationship for relationship in read if relationship is not None]
        if relationships:
            self.predecessors[key] = [relationship.task for relationship in relationships]
        if len(relationships) > 1:
            relationships.sort(key=order_of)
        return tuple(relationships)

    def cost(self, table: object, place: Place) -> TaskCost:
        """Return the cost of a task."""
        if not isinstance(table, dict):
            self.faults.add("RE113", place, table, rule="must be a table such as {fixed = 10000, rate = 1500}")
            return self.no_cost
        fields = Fields(table, place, self.faults, FORMAT["cost"])
        index = named_index(fields, self.indices)
        return TaskCost.model_construct(index=index, **self.plain_cost.values(fields))

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
        """Report tasks that wait for each other, each circle spelled out; nobody waits for a span."""
        spans = span_ids(self.tables)
        waiting = self.predecessors
        if spans:
            waiting = {key: [task for task in tasks if task not in spans] for key, tasks in waiting.items()}
        for circle in circles(waiting):
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
