"""Durations that a Microsoft Project file does not state: worked out from its dates, its progress or its work."""

from collections.abc import Callable, Sequence
from datetime import datetime

from riskengine.importers.msproject.records import AssignmentRecord, TaskRecord
from riskengine.importers.worktime import WorkClock
from riskengine.importers.xml.fields import Fields

Tell = Callable[[str, TaskRecord], None]
"""Takes what is noted of a task: the words, and the task."""


def state_duration(
    task: TaskRecord, clock: WorkClock, assignments: Sequence[AssignmentRecord], fields: Fields, tell: Tell
) -> None:
    """Give a task without ``Duration`` one, with a note, or collect a fault where nothing in the file tells it.

    A task whose dates are one instant, or that is called a milestone and has no dates, has none by right.

    Parameters
    ----------
    task : TaskRecord
        Its ``hours`` are set.
    clock : WorkClock
        Of the task's calendar.
    assignments : sequence of AssignmentRecord
        Of the task.
    fields : Fields
        Takes the fault.
    tell : callable
        Takes the note.
    """
    if task.has_duration:
        return
    start, finish = span_of(task)
    if start is not None and finish is not None and finish >= start:
        if finish > start:
            task.hours = hours_between(clock, start, finish, task.is_elapsed)
            tell("task|tasks has|have no duration in the file; the working time from start to finish is taken", task)
        return
    by_progress = (task.actual_hours or 0.0) + (task.remaining or 0.0)
    if by_progress > 0:
        task.hours = by_progress
        tell("task|tasks has|have no duration in the file; the actual and the remaining duration are taken", task)
    elif task.work:
        task.hours = task.work / (sum(max(0.0, record.units) for record in assignments) or 1.0)
        tell("task|tasks has|have no duration in the file; the work by the units assigned is taken", task)
    elif task.is_manual:
        tell("task|tasks scheduled by hand has|have neither a duration nor dates yet; no time is taken", task)
    elif not task.is_milestone:
        fields.fault("RE838", "", task.line, "Task.Duration")


def span_of(task: TaskRecord) -> tuple[datetime | None, datetime | None]:
    """Return when a task starts and finishes by the file: actual dates, else the scheduled, else the early ones."""
    start = task.actual_start or task.start or task.early_start
    return start, task.actual_finish or task.finish or task.early_finish


def hours_between(clock: WorkClock, start: datetime, finish: datetime, is_elapsed: bool) -> float:
    """Return the hours between two instants, working or around the clock."""
    if is_elapsed:
        return (finish - start).total_seconds() / 3600
    return clock.hours(start, finish)
