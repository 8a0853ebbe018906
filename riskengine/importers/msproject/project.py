"""Microsoft Project XML (MSPDI) to a schedule in neutral form."""

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from riskengine.errors.counting import counted
from riskengine.importers.msproject.baseline import set_baselines
from riskengine.importers.msproject.calendars import FIRST_DAY, LAST_DAY, NO_CALENDAR, CalendarReader
from riskengine.importers.msproject.conversion import NOT_CONVERTED, Conversion
from riskengine.importers.msproject.evidence import Evidence
from riskengine.importers.msproject.late_dates import drop_own_late_dates
from riskengine.importers.msproject.missing_parts import loose_relationships, missing_parts
from riskengine.importers.msproject.outline import OutlineRelationships, drop_inactive, number_outline
from riskengine.importers.msproject.records import (
    COST,
    LARGEST_RECORDS,
    MATERIAL,
    MOST_ASSIGNMENTS,
    MOST_RELATIONSHIPS,
    MOST_RESOURCES,
    MOST_TASKS,
    OTHER_BYTES,
    RELATIONSHIP_BYTES,
    TASK_BYTES,
    WORK,
    AssignmentRecord,
    ResourceRecord,
    TaskRecord,
    read_assignment,
    read_resource,
    read_task,
    resource_names,
)
from riskengine.importers.msproject.task_calendars import Working
from riskengine.importers.msproject.tasks import Converter
from riskengine.importers.msproject.user_fields import UserFieldReader
from riskengine.importers.neutral import ImportedResource, ImportedSchedule
from riskengine.importers.notes import counted_note
from riskengine.importers.xml.durations import DayLengths
from riskengine.importers.xml.fields import Fields, number_of
from riskengine.importers.xml.stream import Element, Stream

SKIPPED = frozenset(("TimephasedData", "ExtendedAttributes", "OutlineCodes", "WBSMasks", "Notes"))
YEARS_AHEAD = 20
"""Past the last date of a file, for which what comes every year is written out."""

UNREAD = {"ExtendedAttribute": "values of custom fields", "OutlineCode": "outline codes"}


def read_mspdi(
    path: Path,
    file: str,
    conversion: Conversion = NOT_CONVERTED,
    *,
    with_user_fields: bool = False,
) -> ImportedSchedule:
    """Return the project of a Microsoft Project XML file.

    Parameters
    ----------
    path : Path
        The file to read.
    file : str
        What it is called in messages.
    conversion : Conversion
        How another tool's file became this one, and what was lost on the way.
    with_user_fields : bool
        Whether the custom fields of tasks are read, too, which ranges may come from.

    Raises
    ------
    ScenarioError
        With every fault found, each with its line.
    """
    return ProjectReader(path, file, conversion, with_user_fields).read()


def day_lengths_of(root: Element) -> DayLengths:
    """Return how long a project works in a day, a week and a month; what is missing or impossible is the usual."""
    usual = DayLengths()
    day, week, month = (number_of(root.get(tag)) for tag in ("MinutesPerDay", "MinutesPerWeek", "DaysPerMonth"))
    return DayLengths(
        day if day and 0 < day <= 1440 else usual.minutes_per_day,
        week if week and 0 < week <= 7 * 1440 else usual.minutes_per_week,
        month if month and 0 < month <= 31 else usual.days_per_month,
    )


class ProjectReader:
    """Read one file: collect its records first, then put them together."""

    def __init__(
        self,
        path: Path,
        file: str,
        conversion: Conversion,
        with_user_fields: bool,
        day_lengths: DayLengths | None = None,
    ) -> None:
        self.path, self.file, self.conversion = path, file, conversion
        self.fields = Fields(file)
        self.fields.is_midnight_no_time = conversion.is_midnight_no_time
        self.day_lengths = day_lengths
        self.head = Element("", 0)
        if day_lengths is not None:
            self.fields.day_lengths = day_lengths
        self.user = UserFieldReader(self.fields) if with_user_fields else None
        self.notes: list[str] = []
        self.calendars = CalendarReader(self.fields, self.notes)
        self.title = ""
        self.tasks: list[TaskRecord] = []
        self.uids: set[str] = set()
        self.relationships = self.assignment_count = self.weight = 0
        self.resources: dict[str, ResourceRecord] = {}
        self.assignments: dict[str, list[AssignmentRecord]] = {}
        self.assigned: set[str] = set()
        self.nameless: list[str] = []
        self.busy: set[str] = set()

    def read(self) -> ImportedSchedule:
        """Return the schedule, or raise every fault."""
        skipped = SKIPPED | UNREAD.keys()
        records = {
            "Calendar": self.calendars.read,
            "Task": self._task,
            "Resource": self._resource,
            "Assignment": self._assignment,
        }
        if self.user is not None:
            skipped -= {"ExtendedAttributes", "ExtendedAttribute"}
            records["ExtendedAttribute"] = self.user.define
        stream = Stream(self.path, self.file, records, {}, frozenset(skipped))
        self.head = stream.root
        root = stream.read()
        if self.fields.has_dated_durations and self.fields.day_lengths != day_lengths_of(root):
            # The head of the file stands behind its tasks: read them again with what it says.
            with_user_fields = self.user is not None
            return ProjectReader(self.path, self.file, self.conversion, with_user_fields, day_lengths_of(root)).read()
        self.fields.raise_faults()
        if not self.fields.flag(root, "ScheduleFromStart", True):
            self.fields.fault("RE840", "", root.first["ScheduleFromStart"].line, "Project.ScheduleFromStart")
        start = self.fields.instant(root, "StartDate") or self._earliest()
        if start is None:
            self.fields.fault("RE838", "", root.line, "Project.StartDate")
        self.fields.raise_faults()
        assert start is not None
        schedule = self._schedule(root, start)
        self.notes.extend(self.fields.notes())
        for tag, remark in UNREAD.items():
            if stream.passed.get(tag):
                self.notes.append(f"{stream.passed[tag]} {remark} not read")
        return schedule

    def _task(self, record: Element) -> None:
        self._take_day_lengths()
        task = read_task(record, self.fields)
        if task is None:
            return
        if task.uid == "0":
            # The row of the project itself: everything is below it.
            self.title = task.name
            return
        if task.uid in self.uids:
            self.fields.fault("RE839", task.uid, record.line, "Task.UID")
            return
        self.uids.add(task.uid)
        if self.user is not None:
            task.user_values = self.user.values(record)
        if self.conversion.lost is not None:
            pairs = {(relationship.predecessor, relationship.type) for relationship in task.relationships}
            more = self.conversion.lost.relationships.get(task.uid, ())
            task.relationships += [
                relationship for relationship in more if (relationship.predecessor, relationship.type) not in pairs
            ]
        self.relationships += len(task.relationships)
        if len(self.tasks) >= MOST_TASKS or self.relationships > MOST_RELATIONSHIPS:
            self._refuse(f"more than {MOST_TASKS} tasks or {MOST_RELATIONSHIPS} relationships", record)
        others = len(task.baselines) // 2 + len(task.user_values)
        texts = (task.name, task.owner, *(str(value.value) for value in task.user_values.values()))
        self._weigh(TASK_BYTES + RELATIONSHIP_BYTES * len(task.relationships) + OTHER_BYTES * others, texts, record)
        self.tasks.append(task)

    def _resource(self, record: Element) -> None:
        resource = read_resource(record, self.fields)
        if resource is None:
            return
        if resource.uid in self.resources:
            self.fields.fault("RE839", resource.uid, record.line, "Resource.UID")
        if len(self.resources) >= MOST_RESOURCES:
            self._refuse(f"more than {MOST_RESOURCES} resources", record)
        self._weigh(2 * OTHER_BYTES, (resource.name, resource.uid), record)
        self.resources[resource.uid] = resource

    def _take_day_lengths(self) -> None:
        """Let durations count the days of the head of the file, as far as it has been read at the first record."""
        if self.day_lengths is None:
            self.day_lengths = day_lengths_of(self.head)
            self.fields.day_lengths = self.day_lengths

    def _assignment(self, record: Element) -> None:
        self._take_day_lengths()
        task = record.get("TaskUID")
        self.assigned.add(task)
        if not record.get("ResourceUID"):
            self.nameless.append(task)
        assignment = read_assignment(record, self.fields)
        if assignment is not None:
            if self.conversion.lost is not None:
                # GanttProject keeps a load and no work; MPXJ writes the duration in its place.
                assignment.work = assignment.remaining_work = None
            self.assignment_count += 1
            if self.assignment_count > MOST_ASSIGNMENTS:
                self._refuse(f"more than {MOST_ASSIGNMENTS} assignments", record)
            self._weigh(2 * OTHER_BYTES, (assignment.task, assignment.resource), record)
            self.assignments.setdefault(assignment.task, []).append(assignment)

    def _weigh(self, size: int, texts: Iterable[str], record: Element) -> None:
        """Count the memory that a record and what is made of it take, and refuse a file that would fill it."""
        self.weight += size + sum(map(sys.getsizeof, texts))
        if self.weight > LARGEST_RECORDS:
            self._refuse(f"records that take more than {LARGEST_RECORDS // 10**6} MB of memory", record)

    def _refuse(self, value: str, record: Element) -> None:
        self.fields.fault("RE833", value, record.line, record.tag)
        self.fields.raise_faults()

    def _earliest(self) -> datetime | None:
        dates = [task.start for task in self.tasks if task.start is not None]
        if dates:
            self.notes.append("the file has no start date of the project; the earliest start of its tasks is used")
        return min(dates, default=None)

    def _schedule(self, root: Element, start: datetime) -> ImportedSchedule:
        active_tasks = self._tasks_that_take_part(root)
        hours_per_day = self._hours_per_day(root)
        working = self._working_time(root, start, active_tasks, hours_per_day)
        assert working.default is not None
        schedule = ImportedSchedule("Microsoft Project", Path(self.file).name, "", "", start)
        schedule.default_calendar = working.default.id
        self._options(schedule, root, hours_per_day)
        relationships = OutlineRelationships(active_tasks, self.tasks, self.fields, self.notes)
        converter = Converter(working, self.resources, self.assignments, self.notes)
        converter.is_honouring = self.fields.flag(root, "HonorConstraints", True)
        schedule.tasks = converter.convert(active_tasks, self.tasks, relationships)
        schedule.lag_calendar = converter.lag_calendar()
        if self.fields.flag(root, "SplitsInProgressTasks", True):
            schedule.out_of_sequence = converter.out_of_sequence(schedule.tasks)
        else:
            schedule.out_of_sequence = "progress override"
        workers = {task.uid for task in active_tasks if not task.is_summary}
        self.busy = {record.resource for task in workers for record in self.assignments.get(task, ())}
        schedule.user_fields = {} if self.user is None else self.user.user_fields
        schedule.resources = self._resources(working)
        schedule.notes = self.notes
        self.fields.raise_faults()
        Evidence(working, active_tasks).apply(schedule, converter.is_honouring)
        self.notes += drop_own_late_dates(active_tasks, schedule.tasks)
        self.notes += set_baselines(active_tasks, schedule.tasks, root, self.fields)
        schedule.calendars = {calendar.id: calendar for calendar in working.used.values()}
        schedule.calendars[working.default.id] = working.default
        self._say_what_is_missing(schedule, root, working, active_tasks)
        self.fields.raise_faults()
        return schedule

    def _tasks_that_take_part(self, root: Element) -> list[TaskRecord]:
        number_outline(self.tasks)
        active_tasks, dropped = drop_inactive(self.tasks)
        if dropped:
            names = [f"{task.uid} {task.name}".strip() for task in dropped]
            self.notes.append(
                counted_note("inactive task|tasks or summary|summaries with nothing active below left out", names)
            )
        if not any(not task.is_summary for task in active_tasks):
            self.fields.fault("RE843", "", root.line, "Project.Tasks")
        return active_tasks

    def _hours_per_day(self, root: Element) -> float:
        minutes = self.fields.number(root, "MinutesPerDay") or 480.0
        if not 0 < minutes <= 1440:
            line = root.first["MinutesPerDay"].line
            self.fields.fault("RE837", root.get("MinutesPerDay"), line, "Project.MinutesPerDay")
            minutes = 480.0
        return minutes / 60

    def _working_time(
        self, root: Element, start: datetime, active_tasks: list[TaskRecord], hours_per_day: float
    ) -> Working:
        """Return the calendars of the file, with what a conversion lost of them."""
        default = root.get("CalendarUID")
        if default in NO_CALENDAR or default not in self.calendars.records:
            default = self._fallback(default, root)
        self.fields.raise_faults()
        first, last = self._span(start, active_tasks)
        lost = self.conversion.lost
        if lost is not None:
            lost.correct_calendars(self.calendars.records.values(), first.year - 1, last.year + YEARS_AHEAD)
        working = Working(self.calendars, default, hours_per_day, first.date(), last.date())
        if working.default is None:
            self.fields.raise_faults()
        assert working.default is not None
        if lost is not None:
            for task in active_tasks:
                if task.start is not None and not task.is_summary:
                    task.finish = working.clock(working.default).after(task.start, task.hours)
        return working

    def _options(self, schedule: ImportedSchedule, root: Element, hours_per_day: float) -> None:
        # The title stays when a later status is saved under another name.
        schedule.id = root.get("Title") or root.get("UID") or root.get("Name") or self.path.stem
        schedule.name = root.get("Title") or self.title or root.get("Name") or self.path.stem
        schedule.currency = root.get("CurrencyCode") or root.get("CurrencySymbol")
        schedule.start_lag = "actual start"
        schedule.float_kind = "smallest"
        schedule.open_ends_critical = self.fields.flag(root, "MultipleCriticalPaths")
        slack = self.fields.side_number(root, "CriticalSlackLimit") or 0.0
        schedule.critical_float_hours = max(0.0, slack * hours_per_day)
        schedule.status_date = self.fields.instant(root, "StatusDate", is_finish=True)
        if schedule.status_date is not None:
            self.notes.append(
                f"status date {root.get('StatusDate')}: Microsoft Project moves nothing to it on its own, nor does this"
            )

    def _say_what_is_missing(
        self, schedule: ImportedSchedule, root: Element, working: Working, active_tasks: list[TaskRecord]
    ) -> None:
        stray = sorted(self.assignments.keys() - self.uids - {"0"})
        if stray:
            self.notes.append(
                counted_note(
                    "task|tasks that assignments name is|are not in the file: these assignments are left out", stray
                )
            )
        if not any(task.early_start or task.early_finish for task in schedule.tasks if task.type != "summary"):
            self.notes.append("no dates are stored in the file: there is nothing to compare the computed ones with")
        self.notes += [
            f"calendar {record.name or uid!r}, on which nobody works, has an unknown base calendar {record.base}"
            for uid, record in self.calendars.records.items()
            if uid not in working.by_uid and self._lacks_base(uid)
        ]
        self.notes += loose_relationships(self.conversion.lost, self.uids)
        self.notes += missing_parts(active_tasks, self.assigned, self.nameless)
        if self.conversion.lost is None:
            self._look_for_the_end(root)

    def _lacks_base(self, uid: str) -> bool:
        """Whether a calendar of the file, or one that it is based on, has a base that is missing."""
        return uid in self.calendars.records and bool(self.calendars.chain_of(uid)[1])

    def _look_for_the_end(self, root: Element) -> None:
        """Say where the project is stored to finish after all that is in the file: some of it may be missing."""
        finish = self.fields.instant(root, "FinishDate", is_finish=True)
        dates = [date for task in self.tasks for date in (task.finish, task.early_finish, task.actual_finish) if date]
        if finish is not None and dates and finish > max(dates):
            self.notes.append(
                f"the file says that the project finishes on {finish}, and its last task on {max(dates)}: tasks may be "
                "missing"
            )

    def _fallback(self, default: str, root: Element) -> str:
        """Return a calendar for a project that names none: the only one, or one called Standard."""
        if default not in NO_CALENDAR and default != "0":
            self.fields.fault("RE841", default, root.first["CalendarUID"].line, "Project.CalendarUID")
            return default
        names = {record.name.lower(): uid for uid, record in reversed(list(self.calendars.records.items()))}
        calendar = names.get("standard") or next(iter(self.calendars.records), "")
        if not calendar:
            self.fields.fault("RE841", default, root.line, "Project.CalendarUID")
        else:
            name = self.calendars.records[calendar].name
            self.notes.append(f"the file names no calendar of the project; {name!r} is used")
        return calendar

    def _span(self, start: datetime, tasks: list[TaskRecord]) -> tuple[datetime, datetime]:
        dates = [start]
        for task in tasks:
            dates += [date for date in (task.start, task.finish, task.actual_start, task.resume) if date is not None]
        lowest = datetime(FIRST_DAY.year, 1, 1)
        highest = datetime(LAST_DAY.year, 1, 1)
        return max(lowest, min(dates)), min(highest, max(lowest, max(dates)))

    def _resources(self, working: Working) -> dict[str, ImportedResource]:
        resources: dict[str, ImportedResource] = {}
        left_out = {MATERIAL: 0, COST: 0}
        for uid, name in resource_names(self.resources).items():
            resource = self.resources[uid]
            if resource.type != WORK:
                left_out[resource.type] = left_out.get(resource.type, 0) + 1
                continue
            is_busy = uid in self.busy or not self._lacks_base(resource.calendar)
            calendar = working.of_resource(resource) if is_busy else None
            if calendar is not None:
                working.used[calendar.id] = calendar
            rate = resource.rate if resource.rate else None
            id = calendar.id if calendar is not None else ""
            resources[name] = ImportedResource(name, resource.name or name, resource.capacity, rate, id)
        if total := sum(left_out.values()):
            self.notes.append(f"{counted(total, 'material or cost resource')}: counted as fixed costs of the tasks")
        return resources
