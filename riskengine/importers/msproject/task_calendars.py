"""Which calendar a task of Microsoft Project runs on: its own, the project's, or those of its resources."""

from collections.abc import Sequence
from datetime import date, timedelta

from riskengine.importers.msproject.calendars import CalendarReader
from riskengine.importers.msproject.records import FIXED_DURATION, WORK, AssignmentRecord, ResourceRecord, TaskRecord
from riskengine.importers.neutral import ImportedCalendar
from riskengine.importers.worktime import WorkClock, combined, common, either, is_same

TOLERANCE_HOURS = 1.5 / 60
MOST_CANDIDATES = 6
MOST_PEOPLE = 20
MARGIN = timedelta(days=366)


class Working:
    """Give every task its calendar and count working time on it.

    Microsoft Project runs a task on its own calendar, else on the project's; where people work on it and its duration
    is not fixed, on the hours that anyone of them works, within the task's own calendar unless it says to ignore
    theirs. Where the dates in the file show that another of these was used, that one is taken.

    Parameters
    ----------
    reader : CalendarReader
        All calendars of the file.
    default : str
        The project's calendar.
    hours_per_day : float
        The project's.
    first, last : date
        The earliest and the latest day of the file.
    """

    def __init__(self, reader: CalendarReader, default: str, hours_per_day: float, first: date, last: date) -> None:
        self.reader, self.hours_per_day = reader, hours_per_day
        self.first, self.last = first - MARGIN, last + MARGIN
        self.by_uid: dict[str, ImportedCalendar] = {}
        self.missing: set[str] = set()
        self.clocks: dict[str, WorkClock] = {}
        self.used: dict[str, ImportedCalendar] = {}
        self.made: dict[tuple[str, str, str], ImportedCalendar] = {}
        self.default = self.calendar(default)

    def calendar(self, uid: str) -> ImportedCalendar | None:
        """Return a calendar by its number in the file; None, with a fault, where it is missing."""
        if uid in self.missing:
            return None
        if uid not in self.by_uid:
            calendar = self.reader.resolve(uid, self.hours_per_day)
            if calendar is None:
                self.missing.add(uid)
                return None
            base = self.reader.records[uid].base
            if base in self.reader.records:
                # A resource's calendar that differs in nothing from its base is that base.
                parent = self.calendar(base)
                if parent is not None and is_same(parent, calendar):
                    calendar = parent
            if calendar.id == uid:
                used_ids = {other.id for other in self.by_uid.values()}
                calendar.id = calendar.name if calendar.name not in used_ids else f"{calendar.name} ({uid})"
            self.by_uid[uid] = calendar
        return self.by_uid[uid]

    def clock(self, calendar: ImportedCalendar) -> WorkClock:
        """Return the counter of working time of a calendar."""
        if calendar.id not in self.clocks:
            self.clocks[calendar.id] = WorkClock(calendar, self.first, self.last)
        return self.clocks[calendar.id]

    def choose(
        self, task: TaskRecord, assignments: Sequence[AssignmentRecord], resources: dict[str, ResourceRecord]
    ) -> tuple[ImportedCalendar, bool] | None:
        """Return a task's calendar and whether its resources decide it; None where a calendar is missing."""
        if task.calendar and task.calendar != "0" and task.calendar not in self.reader.records:
            self.reader.fields.fault("RE841", task.calendar, task.line, "Task.CalendarUID")
            return None
        base = self.task_calendar(task)
        if base is None or self.default is None:
            return None
        chosen = base
        people = self._people(assignments, resources)
        if people and not task.is_elapsed and not (task.calendar and task.is_blind_to_resources):
            if task.calendar:
                people = [self._join(base, person, "and") for person in people]
            together = people[0]
            for person in people[1:]:
                together = self._join(together, person, "or")
            rules = [base, together] if task.type == FIXED_DURATION else [together, base]
            candidates = [*rules, *people][:MOST_CANDIDATES]
            chosen = next((calendar for calendar in candidates if self._fits(task, calendar)), candidates[0])
        self.used[chosen.id] = chosen
        return chosen, chosen is not base

    def task_calendar(self, task: TaskRecord) -> ImportedCalendar | None:
        """Return a task's own calendar, the project's where it has none."""
        return self.calendar(task.calendar) if task.calendar in self.reader.records else self.default

    def of_resource(self, resource: ResourceRecord) -> ImportedCalendar | None:
        """Return a resource's calendar, the project's where it has none."""
        return self.calendar(resource.calendar) if resource.calendar in self.reader.records else self.default

    def _people(
        self, assignments: Sequence[AssignmentRecord], resources: dict[str, ResourceRecord]
    ) -> list[ImportedCalendar]:
        calendars: list[ImportedCalendar] = []
        for assignment in assignments:
            resource = resources.get(assignment.resource)
            if resource is not None and resource.type == WORK:
                calendar = self.of_resource(resource)
                is_new = calendar is not None and all(calendar is not other for other in calendars)
                if calendar is not None and is_new and len(calendars) < MOST_PEOPLE:
                    calendars.append(calendar)
        return calendars

    def _join(self, first: ImportedCalendar, second: ImportedCalendar, word: str) -> ImportedCalendar:
        if first is second:
            return first
        key = (first.id, word, second.id)
        if key not in self.made:
            name = f"{first.id} {word} {second.id}"
            made = combined(first, second, common if word == "and" else either, name, name)
            same = [calendar for calendar in (first, second, *self.made.values()) if is_same(calendar, made)]
            is_idle = not any(made.week) and not any(made.exceptions.values())
            self.made[key] = first if is_idle else same[0] if same else made
        return self.made[key]

    def _fits(self, task: TaskRecord, calendar: ImportedCalendar) -> bool:
        """Whether the dates in the file are as far apart as the duration on this calendar."""
        if not task.has_duration:
            return True
        finish = task.finish or task.early_finish
        begin, hours = task.start or task.early_start, task.hours
        if task.actual_finish is None and task.actual_start is not None and task.remaining is not None:
            begin, hours = task.resume or task.actual_start, task.remaining
        if begin is None or finish is None:
            return False
        return abs(self.clock(calendar).hours(begin, finish) - hours) <= TOLERANCE_HOURS
