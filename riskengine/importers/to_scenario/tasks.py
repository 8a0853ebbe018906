"""Imported tasks and relationships as the scenario format writes them."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from riskengine.importers.neutral import ImportedCalendar, ImportedRelationship, ImportedTask, ThreePoints
from riskengine.importers.to_scenario.costs import Costs
from riskengine.importers.to_scenario.naming import line
from riskengine.model.calendar import commonest_day
from riskengine.model.fields import LONGEST_ID
from riskengine.model.selector import wbs_levels
from riskengine.model.task import SPANS

SIMPLE: Final = re.compile(r"[A-Za-z0-9_.#&()\[\]-]+")
DIGITS: Final = 6
"""Decimals kept of hours: P6 stores so many."""

MOST_HOURS: Final = 1e7


class TaskWriter:
    """Writes the tasks of one schedule.

    Parameters
    ----------
    tasks : list of ImportedTask
        All of them.
    ids : mapping
        Ids in the scenario by the schedule's own.
    calendars : mapping
        Calendars by the schedule's own keys.
    calendar_ids : mapping
        Their ids in the scenario.
    default_calendar : str
        Key of the project's calendar.
    costs : Costs
        What tasks cost.
    """

    def __init__(
        self,
        tasks: list[ImportedTask],
        ids: Mapping[str, str],
        calendars: Mapping[str, ImportedCalendar],
        calendar_ids: Mapping[str, str],
        default_calendar: str,
        costs: Costs,
    ) -> None:
        self.tasks = tasks
        self.ids = ids
        self.calendars = calendars
        self.calendar_ids = calendar_ids
        self.default_calendar = default_calendar
        self.costs = costs
        self.by_id = {task.id: task for task in tasks}
        self.followed = {relationship.predecessor for task in tasks for relationship in task.relationships}
        self.odd: Counter[str] = Counter()
        self.where: dict[str, str] = {}
        self.places = self._places()

    def _places(self) -> dict[str, int]:
        """Count the tasks, spans left out, at or below every WBS code."""
        counts: dict[str, int] = defaultdict(int)
        for task in self.tasks:
            if task.type in SPANS:
                continue
            for code in wbs_levels(task.wbs):
                counts[code] += 1
        return counts

    def note(self, what: str, task: ImportedTask) -> None:
        """Count something that was changed."""
        self.odd[what] += 1
        self.where.setdefault(what, task.id)

    def notes(self) -> list[str]:
        """What was counted."""
        return [
            f"{what} ({line(first, 80)})" if self.odd[what] == 1 else f"{what} ({self.odd[what]}, the first is {first})"
            for what, first in self.where.items()
        ]

    def tables(self) -> dict[str, Any]:
        """Return the table of every task by its id."""
        return {self.ids[task.uid]: self._table(task) for task in self.tasks}

    def _kind(self, task: ImportedTask) -> str:
        """Return the type of a task; a span that nothing gives its dates is plain work."""
        if task.type == "level of effort" and not task.relationships and task.id not in self.followed:
            self.note("a level of effort without relationships became a task", task)
            return "task"
        if task.type == "summary" and not (task.wbs and self.places.get(task.wbs)):
            self.note("a summary without tasks below it became a task", task)
            return "task"
        return task.type

    def _table(self, task: ImportedTask) -> dict[str, Any]:
        kind = self._kind(task)
        table: dict[str, Any] = {"name": line(task.name) or None, "type": kind if kind != "task" else None}
        unit = "eh" if task.is_elapsed else "h"
        if (
            max(
                task.hours,
                task.remaining_hours or 0.0,
                *(abs(relationship.lag) for relationship in task.relationships),
                0.0,
            )
            > MOST_HOURS
        ):
            self.note("a duration or a lag of more than 10 000 000 hours was cut to that", task)
        if kind == "task" and (task.actual_finish is None or task.hours > 0):
            table["duration"] = _time(task.hours, unit)
        points = task.three_points
        is_default = task.calendar == self.default_calendar or task.calendar not in self.calendar_ids
        table["calendar"] = None if is_default else self.calendar_ids[task.calendar]
        table["wbs"] = line(task.wbs) or None
        table["team"] = line(task.team, LONGEST_ID) or None
        table["owner"] = line(task.owner, LONGEST_ID) or None
        table["tags"] = list(dict.fromkeys(tag for tag in (line(tag, LONGEST_ID) for tag in task.tags) if tag)) or None
        table["actual_start"] = task.actual_start
        table["actual_finish"] = task.actual_finish
        if kind == "task" and task.actual_start is not None and task.actual_finish is None:
            if points is not None:
                table["remaining"] = _range(points, unit)
            elif task.remaining_hours is not None:
                table["remaining"] = _time(task.remaining_hours, unit)
            elif task.percent_complete is not None:
                table["percent_complete"] = round(min(100.0, max(0.0, task.percent_complete)), DIGITS)
            else:
                table["remaining"] = _time(task.hours, unit)
                self.note("a started task without a remaining duration keeps its whole duration", task)
            table["resume"] = task.resume
        elif kind == "task" and points is not None:
            table["duration"] = _range(points, unit)
        table["constraints"] = [_constraint(*constraint) for constraint in task.constraints] or None
        table["deadline"] = task.deadline
        table["after"] = [self._relationship(relationship, task) for relationship in task.relationships] or None
        hours = task.remaining_hours if task.remaining_hours is not None else task.hours
        table["resources"] = self.costs.units(task) or None
        table["cost"] = self.costs.table(task, hours, self.hours_per_day(task)) or None
        table["priority"] = task.priority
        table["imported"] = _stored(task)
        return table

    def hours_per_day(self, task: ImportedTask) -> float:
        """Return the hours of a working day of a task."""
        if task.is_elapsed:
            return 24.0
        return day_length(self.calendars.get(task.calendar) or self.calendars.get(self.default_calendar))

    def _relationship(self, relationship: ImportedRelationship, task: ImportedTask) -> Any:
        """Return a relationship, as a text where it is simple."""
        before = self.by_id[relationship.predecessor]
        id = self.ids[before.uid]
        lag, unit = relationship.lag, relationship.lag_unit
        if unit in ("%", "e%"):
            work = before.hours if before.type not in SPANS else 0.0
            lag, unit = work * lag / 100, "eh" if unit == "e%" or before.is_elapsed else "h"
            self.note("a lag in percent became hours of the predecessor's duration", task)
        lag = round(lag, DIGITS)
        if not SIMPLE.fullmatch(id):
            table = {"task": id, "type": relationship.type}
            return {**table, "lag": _time(lag, unit)} if lag else table
        if not lag:
            return id if relationship.type == "FS" else f"{id} {relationship.type}"
        return f"{id} {relationship.type}{'+' if lag > 0 else '-'}{_time(abs(lag), unit)}"


def day_length(calendar: ImportedCalendar | None) -> float:
    """Return the hours of a working day: of the calendar, else the commonest of its week, the longest of several."""
    if calendar is None:
        return 8.0
    if calendar.hours_per_day:
        return calendar.hours_per_day
    return commonest_day(calendar.week) or 8.0


def _time(hours: float, unit: str) -> str:
    """Return hours as text."""
    value = round(min(MOST_HOURS, max(-MOST_HOURS, hours)), DIGITS)
    number = str(int(value)) if value == int(value) else f"{value:.{DIGITS}f}".rstrip("0")
    return f"{number}{unit}"


def _range(points: ThreePoints, unit: str) -> dict[str, str]:
    """Return a range of three points with the fields that it came from."""
    texts = {name: _time(getattr(points, name), unit) for name in ("low", "most_likely", "high")}
    return {**texts, "source": points.source}


def _constraint(kind: str, date: datetime | None) -> Any:
    return kind if date is None else {"type": kind, "date": date}


def _stored(task: ImportedTask) -> dict[str, Any] | None:
    """Return what the tool stored beside the plan: dates, a baseline, what outside binds it, signs of an edit."""
    stored = {
        "early_start": task.early_start,
        "early_finish": task.early_finish,
        "late_start": task.late_start,
        "late_finish": task.late_finish,
        "baseline_start": task.baseline_start,
        "baseline_finish": task.baseline_finish,
        "external": line("; ".join(task.external)) or None,
        "edited": task.is_edited or None,
    }
    return {name: value for name, value in stored.items() if value is not None} or None
