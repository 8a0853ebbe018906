"""What the dates in a Microsoft Project file show that its fields do not say: splits, levelling, pulled-back tasks."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from riskengine.importers.constraints import SIDES, tighten
from riskengine.importers.msproject.records import TaskRecord
from riskengine.importers.msproject.task_calendars import TOLERANCE_HOURS, Working
from riskengine.importers.neutral import ImportedSchedule, ImportedTask
from riskengine.importers.notes import counted_note

HARD = {"SNLT": "MSO", "FNLT": "MFO"}
FROM_BELOW = frozenset(("SNET", "MSO", "SO", "MFO"))


class Evidence:
    """Correct tasks by the dates that their tool stored, where these leave no doubt; each correction is told.

    Parameters
    ----------
    working : Working
        Calendars and working time.
    records : sequence of TaskRecord
        The tasks as the file has them.
    """

    def __init__(self, working: Working, records: Sequence[TaskRecord]) -> None:
        self.working = working
        self.records = {record.uid: record for record in records}
        self.tasks_by_remark: dict[str, list[str]] = {}

    def apply(self, schedule: ImportedSchedule, is_honouring: bool) -> None:
        """Correct the tasks of a schedule and add what was done to its notes."""
        by_id = {task.id: task for task in schedule.tasks}
        for task in schedule.tasks:
            record = self.records[task.uid]
            is_free = not (record.is_manual or record.is_external or record.is_subproject)
            if task.type == "summary" or task.actual_finish is not None or not is_free:
                continue
            self._stretch(task, record)
            if task.actual_start is None:
                self._level(task, record)
                if is_honouring:
                    self._pull_back(task, by_id)
        self._before_start(schedule)
        schedule.notes.extend(counted_note(remark, what) for remark, what in self.tasks_by_remark.items())

    def _tell(self, remark: str, task: ImportedTask) -> None:
        self.tasks_by_remark.setdefault(remark, []).append(task.id)

    def _hours(self, task: ImportedTask, start: datetime, finish: datetime) -> float:
        return self.working.clock(self.working.used[task.calendar]).hours(start, finish)

    def _stretch(self, task: ImportedTask, record: TaskRecord) -> None:
        """Let a task that is split last as long as it does in the file."""
        is_begun = task.actual_start is not None
        start = (task.resume or task.actual_start) if is_begun else task.early_start
        hours = task.remaining_hours if is_begun else task.hours
        if start is None or task.early_finish is None or not hours or task.is_elapsed:
            return
        if not is_begun and record.start != record.early_start:
            return
        span = self._hours(task, start, task.early_finish)
        if span <= hours + TOLERANCE_HOURS:
            return
        if is_begun:
            task.remaining_hours = span
        else:
            task.hours = span
        self._tell("task|tasks is|are split: the time between parts counts as part of the duration|durations", task)

    def _level(self, task: ImportedTask, record: TaskRecord) -> None:
        """Hold a task where levelling put it."""
        if record.delay <= 0 or task.early_start is None or record.start != task.early_start:
            return
        if any(kind in FROM_BELOW for kind, _ in task.constraints):
            return
        tighten(task, "SNET", task.early_start)
        self._tell("task|tasks was|were delayed by levelling and held where that put it|them (SNET)", task)

    def _pull_back(self, task: ImportedTask, by_id: Mapping[str, ImportedTask]) -> None:
        """Make a late bound mandatory where the file shows that it moved the task before a predecessor's end."""
        for kind, date in task.constraints:
            if kind not in HARD or task.early_start is None or date is None:
                continue
            for relationship in task.relationships:
                before = by_id[relationship.predecessor]
                if relationship.type != "FS" or relationship.lag < 0 or before.early_finish is None:
                    continue
                if self._hours(task, task.early_start, before.early_finish) > TOLERANCE_HOURS:
                    hard = HARD[kind]
                    others = [constraint for constraint in task.constraints if constraint[0] not in SIDES[hard]]
                    task.constraints = [*others, (hard, date)]
                    self._tell(
                        f"task|tasks was|were pulled before its|their predecessors by {kind}, which became {hard}", task
                    )
                    return

    def _before_start(self, schedule: ImportedSchedule) -> None:
        """Begin with the earliest task that a constraint puts before the project's start; hold the others to the start.

        Only a constraint does that in Microsoft Project; what has begun may have done so at any time.
        """
        early = {
            task.id: date
            for task in schedule.tasks
            for kind, date in task.constraints
            if task.actual_start is None
            and kind in ("SNET", "MSO", "SO")
            and date is not None
            and date < schedule.start
            and (task.early_start is None or task.early_start < schedule.start)
            if kind != "SNET" or not task.relationships
        }
        if not early:
            return
        start, schedule.start = schedule.start, min(early.values())
        for task in schedule.tasks:
            is_open = task.type != "summary" and task.actual_start is None and task.id not in early
            if is_open and not task.relationships and not any(kind in FROM_BELOW for kind, _ in task.constraints):
                tighten(task, "SNET", start)
        remark = f"task|tasks has|have a constraint before the project's start {start}; the others keep to it (SNET)"
        self.tasks_by_remark[remark] = list(early)
