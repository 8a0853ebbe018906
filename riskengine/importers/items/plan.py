"""Items as a schedule: work on leaves, summaries above them, relationships between leaves, people with levelling."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from riskengine.importers.items.dates import Instant
from riskengine.importers.items.estimates import Estimates, Work
from riskengine.importers.items.network import Network
from riskengine.importers.items.options import ItemOptions, ItemsBefore
from riskengine.importers.items.people import People
from riskengine.importers.items.ranks import Ranks
from riskengine.importers.items.remarks import Remarks
from riskengine.importers.items.rows import Row, Rows
from riskengine.importers.items.schedule import ItemSchedule
from riskengine.importers.items.states import State
from riskengine.importers.items.tags import MIDDLE, Dates, Tags, day_of
from riskengine.importers.items.tree import Tree
from riskengine.importers.neutral import (
    ImportedAssignment,
    ImportedResource,
    ImportedTask,
    ThreePoints,
)
from riskengine.importers.sheets.faults import SheetFaults

MIDNIGHT: Final = time()
TEAM: Final = "team"
POINTS_SOURCE: Final = "three points of the list"


@dataclass(slots=True)
class PlanWriter:
    """Makes the tasks.

    Parameters
    ----------
    rows, tree, states
        What is planned: all items, which is below which, how far each is.
    options : ItemOptions
    """

    rows: Rows
    tree: Tree
    states: dict[str, State]
    options: ItemOptions
    estimates: Estimates
    people: People
    tags: Tags
    ranks: Ranks
    dates: Dates
    remarks: Remarks
    faults: SheetFaults
    resources: dict[str, ImportedResource] = field(default_factory=dict)

    @property
    def data_date(self) -> datetime:
        """Data date, or the start of what has not begun."""
        return datetime.combine(self.options.data_date or self.options.start or date.min, MIDNIGHT)

    def is_open(self, id: str) -> bool:
        """Return whether an item is a leaf that is still to be done, or done and kept."""
        only = self.options.only
        is_planned = only is None or id in only
        return is_planned and not self.tree.children.get(id) and self.states[id] in ("todo", "doing")

    def tasks(self, kept_ids: set[str]) -> list[ImportedTask]:
        """Return the tasks: leaves that are planned, and summaries that have such leaves below."""
        planned = {item.id for item in self.rows.items if self.is_open(item.id)} | kept_ids
        above = {id for leaf in planned for id in self.tree.chain(leaf)} - planned
        tasks = []
        for item in self.rows.items:
            if item.id in above:
                tasks.append(self.summary(item))
            elif item.id in kept_ids:
                tasks.append(self.done_task(item))
            elif item.id in planned:
                task = self.leaf(item)
                if task is not None:
                    tasks.append(task)
            else:
                self.tell_left_out(item)
        return tasks

    def tell_left_out(self, item: Row) -> None:
        """Say why an item is no task; of the backlog, its history says it."""
        if self.options.only is not None:
            return
        state = self.states[item.id]
        if self.tree.children.get(item.id):
            if state in ("todo", "doing"):
                self.remarks.add("item|items left out: not done, but nothing below is left to do", item.id)
        elif state == "dropped":
            self.remarks.add("dropped item|items left out: never finished work", item.id)
        else:
            self.remarks.add("done item|items left out", item.id)

    def plain(self, item: Row, hours: float = 0.0) -> ImportedTask:
        """Return what summaries, leaves and done tasks have in common."""
        task = ImportedTask(uid=item.id, id=item.id, name=item.name, hours=hours)
        chain = self.tree.chain(item.id)
        if len(chain) > 1 or self.tree.children.get(item.id):
            task.wbs = ".".join(part.replace(".", "-") for part in chain)
        task.tags = self.tags.all(item)
        task.team = self.tags.team(item)
        due = self.dates.read(item, "due")
        task.deadline = due
        return task

    def summary(self, item: Row) -> ImportedTask:
        """Return the summary that an item with items below is; its own estimates are left out."""
        task = self.plain(item)
        task.type = "summary"
        own_estimates = self.estimates.has_own(item)
        if any(name != "points" for name in own_estimates):
            self.remarks.add("estimate|estimates of items with items below left out, which have their own", item.id)
        if "points" in own_estimates:
            self.remarks.add("item|items with items below: points not read", item.id)
        if self.states[item.id] in ("done", "dropped"):
            self.remarks.add("item|items done or dropped by their own status, but with open items below: kept", item.id)
        return task

    def leaf(self, item: Row) -> ImportedTask | None:
        """Return the task of an item that is to be done, None after a fault."""
        state = self.states[item.id]
        work = self.estimates.read(item, state)
        task = self.plain(item)
        self.set_sprint(item, task)
        if work is None:
            return None
        if work.is_milestone:
            task.type = "milestone"
            return task
        self.set_work(task, work)
        if state == "doing":
            self.set_progress(item, task)
        self.set_people(item, task)
        return task

    def set_work(self, task: ImportedTask, work: Work) -> None:
        """Give a task its duration: the effort of one person at the focus that is asked for."""
        focus = self.options.focus
        task.hours = work.hours / focus
        if work.points is not None:
            low, likely, high = (point / focus for point in work.points)
            task.three_points = ThreePoints(low, likely, high, POINTS_SOURCE)

    def set_progress(self, item: Row, task: ImportedTask) -> None:
        """Let a begun item begin when it did, or at the data date with what is left."""
        started = self.dates.read(item, "start")
        if started is None:
            self.remarks.add("begun item|items without a start: what is left begins at the data date", item.id)
            return
        begin = started if isinstance(started, datetime) else datetime.combine(started, MIDNIGHT)
        if self.options.data_date is None:
            self.remarks.add(
                "begun item|items of a plan without a data date: what is left begins at its start", item.id
            )
        elif begin > self.data_date:
            column, _ = next(self.rows.cells(item.index, "start"))
            rule = f"a begun item must have started by the data date {self.options.data_date}"
            self.faults.cell("RE892", self.rows.sheet, item.index, column.index, column.heading, rule=rule)
        else:
            task.actual_start = begin
            task.remaining_hours = task.hours

    def set_sprint(self, item: Row, task: ImportedTask) -> None:
        """Hold a task to its sprint, where that is asked for."""
        if self.options.sprints == "tag" or not self.tags.sprint(item):
            return
        first, last = self.tags.sprint_dates(item)
        day = first if self.options.sprints == "start" else last
        if day is None:
            rule = f"--sprints {self.options.sprints} needs the dates of the sprint"
            cure = 'give them in a map: [sprints] "Sprint 8" = "2027-03-08..2027-03-19"'
            fields = ("sprint_number", "sprint")
            columns = [column for name in fields for column, _ in self.rows.cells(item.index, name)]
            index, heading = (columns[-1].index, columns[-1].heading) if columns else (None, "")
            self.faults.cell("RE894", self.rows.sheet, item.index, index, heading, rule=rule, cure=cure)
        elif self.options.sprints == "finish":
            task.deadline = task.deadline or day
        elif day > self.data_date.date():
            task.constraints.append(("SNET", datetime.combine(day, MIDNIGHT)))

    def set_people(self, item: Row, task: ImportedTask) -> None:
        """Give a task its people: as resources where levelling is asked for, else as its owner."""
        people = self.people.of(item)
        if not self.options.has_people:
            task.owner = next(iter(people), "")
            return
        task.priority = self.tags.priority(item)
        if not people and self.options.team_size is None:
            self.remarks.add("item|items that nobody is assigned to: not levelled", item.id)
            return
        if not people:
            name = task.team or TEAM
            people = {name: 1.0}
            self.remarks.add(f"item|items that nobody is assigned to wait for one of {self.options.team_size}", item.id)
            self.resource(name, float(self.options.team_size or 1))
        if len(people) > 1:
            self.remarks.add("item|items of several people: all of them for the whole time", item.id)
        for name, units in people.items():
            self.resource(name, self.estimates.map.capacity)
            task.assignments.append(ImportedAssignment(name, units))

    def set_order(self, tasks: list[ImportedTask]) -> None:
        """Let tasks that people do be served by rank within their priority."""
        if not self.options.has_people:
            return
        waiting = [task for task in tasks if task.type == "task" and task.actual_finish is None]
        refined = self.ranks.refine({task.id: MIDDLE if task.priority is None else task.priority for task in waiting})
        for task in waiting:
            task.priority = None if refined[task.id] == MIDDLE else refined[task.id]

    def compare_planned_dates(self, tasks: list[ImportedTask]) -> None:
        """Let the dates that a list plans be compared, for what has not begun.

        A day without a time of day is compared where all durations are whole days: else nobody could say when on
        that day a task begins.
        """
        by_id = {item.id: item for item in self.rows.items}
        waiting = [task for task in tasks if task.type != "summary" and self.states[task.id] == "todo"]
        planned = {task.id: self.dates.planned(by_id[task.id], self.remarks) for task in waiting}
        has_days = any(start is not None and not isinstance(start, datetime) for start, _ in planned.values())
        day = self.options.hours_per_day
        if has_days and any(task.hours % day > 1e-6 for task in waiting):
            for id, (start, finish) in planned.items():
                if start is not None or finish is not None:
                    self.remarks.add("item|items have planned dates without times, which are not compared", id)
            return
        for task in waiting:
            start, finish = planned[task.id]
            task.early_start = None if start is None else instant(start)
            if finish is not None:
                is_day = not isinstance(finish, datetime)
                task.early_finish = instant(finish) + (timedelta(days=1) if is_day else timedelta())
                if task.type == "milestone" and is_day:
                    task.early_start = task.early_finish = None

    def resource(self, name: str, capacity: float) -> None:
        """Note a person or a team as a resource."""
        self.resources.setdefault(name, ImportedResource(name, capacity=capacity))

    def keepable(self) -> set[str]:
        """Return the done leaves that have both dates, which a plan can hold."""
        if self.options.before is not None:
            return self.planned_before(self.options.before)
        kept_ids: set[str] = set()
        if not self.options.keeps_done:
            return kept_ids
        for item in self.rows.items:
            if self.states[item.id] != "done" or self.tree.children.get(item.id):
                continue
            start, finish = self.dates.read(item, "start"), self.dates.read(item, "finish")
            if start is None or finish is None:
                self.remarks.add(
                    "done item|items without a start or a finish left out, for all that --done keep says", item.id
                )
            elif day_of(finish) < day_of(start) or instant(finish) > self.data_date:  # type: ignore[operator]
                rule = "a done item must have finished after it started, and by the data date"
                column, _ = next(self.rows.cells(item.index, "finish"))
                self.faults.cell("RE892", self.rows.sheet, item.index, column.index, column.heading, rule=rule)
            else:
                kept_ids.add(item.id)
        return kept_ids

    def planned_before(self, before: ItemsBefore) -> set[str]:
        """Return the done leaves that a plan has, of which the next status is made."""
        kept_ids = set()
        for item in self.rows.items:
            if item.id not in before.ids or self.states[item.id] != "done" or self.tree.children.get(item.id):
                continue
            finish = self.dates.read(item, "finish")
            if finish is not None and instant(finish) > self.data_date:
                rule = f"a done item must have finished by the data date {self.data_date.date()}"
                column, _ = next(self.rows.cells(item.index, "finish"))
                self.faults.cell("RE892", self.rows.sheet, item.index, column.index, column.heading, rule=rule)
            kept_ids.add(item.id)
        return kept_ids

    def done_dates(self, item: Row) -> tuple[Instant, Instant]:
        """Return when a done item began and finished; of a status, as near as the plan before lets it be told."""
        start, finish = self.dates.read(item, "start"), self.dates.read(item, "finish")
        before = self.options.before
        if before is not None and finish is None:
            finish = self.data_date
            if item.id not in before.finished:
                self.remarks.add("done item|items without a date: taken for done at the data date", item.id)
        if before is not None and finish is not None and (start is None or instant(start) > instant(finish)):
            start = min(before.started.get(item.id, before.date), instant(finish))
            if item.id not in before.started:
                statement = "done item|items without a start before the finish: begun at the status before, or later"
                self.remarks.add(statement, item.id)
        assert start is not None and finish is not None
        return start, finish

    def done_task(self, item: Row) -> ImportedTask:
        """Return the task of an item that is done, with its dates."""
        task = self.plain(item)
        start, finish = self.done_dates(item)
        task.actual_start = instant(start)
        is_day = not isinstance(finish, datetime)
        task.actual_finish = instant(finish) + (timedelta(days=1) if is_day else timedelta())
        task.actual_finish = min(task.actual_finish, self.data_date)
        task.hours = self.estimates.time(item, "estimate") or self.estimates.time(item, "spent") or 0.0
        task.deadline = None
        return task

    def schedule(self, path: Path, tool: str, network: Network) -> ItemSchedule:
        """Return the schedule, without its notes."""
        kept_ids = self.keepable()
        tasks = self.tasks(kept_ids)
        self.set_order(tasks)
        self.compare_planned_dates(tasks)
        network.bind(self.tree, {id for id in self.states if self.is_open(id)} | kept_ids, self.states)
        for task in tasks:
            task.relationships = network.relationships(task.id)
        name = common_key([item.id for item in self.rows.items]) or path.stem or "items"
        schedule = ItemSchedule(
            tool=tool,
            file=path.name,
            id=name,
            name=name,
            start=self.data_date,
            data_date=self.data_date if self.options.data_date is not None else None,
            tasks=tasks,
            resources=self.resources,
            states=self.states,
        )
        schedule.has_levelling = bool(self.resources)
        return schedule


def instant(moment: date | datetime) -> datetime:
    """Return the beginning of a day, or an instant as it is."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, MIDNIGHT)


def common_key(ids: list[str]) -> str:
    """Return what all keys begin with before their number, such as PAY of PAY-7; empty where they have nothing."""
    heads = Counter(id.rpartition("-")[0] if id.rpartition("-")[2].isdecimal() else "" for id in ids)
    return next(iter(heads)) if len(heads) == 1 else ""
