"""Tasks of Microsoft Project in neutral form: constraints, progress, manual tasks and costs as Project means them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from riskengine.errors.counting import counted
from riskengine.importers.constraints import tighten
from riskengine.importers.msproject.costs import TaskCosts
from riskengine.importers.msproject.durations import hours_between, state_duration
from riskengine.importers.msproject.outline import OutlineRelationships
from riskengine.importers.msproject.records import AssignmentRecord, RelationshipRecord, ResourceRecord, TaskRecord
from riskengine.importers.msproject.task_calendars import TOLERANCE_HOURS, Working
from riskengine.importers.neutral import ImportedCalendar, ImportedRelationship, ImportedTask
from riskengine.importers.notes import counted_note

FIXED = ("MSO", "MFO")
SOFT = {"MSO": "SO", "MFO": "FO"}
"""What an inflexible constraint becomes where tasks need not honour their constraint dates."""


class Converter:
    """Put the records of tasks, relationships and assignments together.

    Parameters
    ----------
    working : Working
        Calendars and working time.
    resources : mapping of str to ResourceRecord
        By their numbers.
    assignments : mapping of str to list of AssignmentRecord
        By the numbers of their tasks.
    notes : list of str
        Takes what was simplified.

    Attributes
    ----------
    is_honouring : bool
        Whether tasks always honour their constraint dates, the option of the project.
    """

    def __init__(
        self,
        working: Working,
        resources: Mapping[str, ResourceRecord],
        assignments: Mapping[str, Sequence[AssignmentRecord]],
        notes: list[str],
    ) -> None:
        self.working, self.resources, self.assignments, self.notes = working, dict(resources), assignments, notes
        self.is_honouring = True
        self.tasks_by_statement: dict[str, list[str]] = {}
        self.from_elsewhere: dict[bool, list[str]] = {}
        self.lagging: Counter[tuple[bool, bool]] = Counter()

    def convert(
        self, tasks: Sequence[TaskRecord], all_tasks: Sequence[TaskRecord], relationships: OutlineRelationships
    ) -> list[ImportedTask]:
        """Return the tasks in the order of the file."""
        resolved = relationships.resolve()
        converted = [self._task(task, all_tasks, resolved.get(task.uid, [])) for task in tasks]
        for task, made in zip(tasks, converted, strict=True):
            self._hold_by_other_projects(task, made, relationships.from_elsewhere.get(task.uid, ()))
            self._hold_by_placed_summaries(task, made, relationships.from_placed.get(task.uid, ()))
        pairs = [(task, made) for task, made in zip(tasks, converted, strict=True) if not task.is_summary]
        TaskCosts(self.resources, self.assignments, self._tell).apply(pairs)
        for has_dates, relationships_of_others in self.from_elsewhere.items():
            rest = (
                "the dates in the file hold as SNET or FNET" if has_dates else "left out, for want of dates in the file"
            )
            self.notes.append(
                counted_note(f"relationship|relationships from other projects: {rest}", relationships_of_others)
            )
        self.notes.extend(counted_note(remark, what) for remark, what in self.tasks_by_statement.items())
        return converted

    def _tell(self, remark: str, task: TaskRecord) -> None:
        self.tasks_by_statement.setdefault(remark, []).append(task.uid)

    def _task(
        self, task: TaskRecord, all_tasks: Sequence[TaskRecord], relationships: list[ImportedRelationship]
    ) -> ImportedTask:
        made = ImportedTask(task.uid, task.uid, task.name, task.wbs, owner=task.owner, priority=task.priority)
        if task.early_start is None and task.early_finish is None:
            # Other tools, and old versions, keep no early dates: what they scheduled is compared.
            made.early_start, made.early_finish = task.start, task.finish
        else:
            made.early_start, made.early_finish = task.early_start, task.early_finish
        made.user_values = task.user_values
        made.late_start, made.late_finish = task.late_start, task.late_finish
        assignments = self.assignments.get(task.uid, ())
        chosen = self.working.choose(task, assignments, self.resources)
        if chosen is None:
            return made
        calendar, is_by_resources = chosen
        made.calendar = calendar.id
        if task.is_summary:
            made.type = "summary"
            self._summary(task)
            return made
        state_duration(task, self.working.clock(calendar), assignments, self.working.reader.fields, self._tell)
        if is_by_resources:
            self._tell("task|tasks runs|run on the calendars of its|their resources", task)
        made.relationships = self._relationships(task, relationships, calendar)
        made.hours, made.is_elapsed = task.hours, task.is_elapsed
        if task.hours == 0:
            made.type = "milestone"
        self._progress(task, made, calendar)
        self._constraints(task, made, all_tasks, calendar)
        made.deadline = task.deadline
        is_moved = task.start and task.early_start and task.start != task.early_start
        if is_moved and made.actual_start is None and task.constraint != "ALAP" and not task.is_manual:
            self._tell("task|tasks starts|start later than its|their early start in the file (levelled or moved)", task)
        return made

    def _relationships(
        self, task: TaskRecord, relationships: list[ImportedRelationship], calendar: ImportedCalendar
    ) -> list[ImportedRelationship]:
        """Return the relationships that act on a task, and count which calendars its lags run on."""
        lag = self.working.task_calendar(task)
        for relationship in relationships:
            if relationship.lag and relationship.lag_unit in ("h", "%"):
                self.lagging[lag is calendar, lag is self.working.default] += 1
        if task.actual_start is not None and task.actual_finish is None and task.percent <= 0:
            # Only work that has been done can be split off: a task that has merely started waits for nobody.
            remaining = [relationship for relationship in relationships if relationship.type not in ("FS", "SS")]
            if len(remaining) < len(relationships):
                self._tell(
                    "task|tasks has|have started and done no work: no relationship to a start holds it|them back", task
                )
            return remaining
        return relationships

    def lag_calendar(self) -> Literal["successor", "project"]:
        """Return where lags run: on the calendar of the task that they lead to, or on the project's.

        In Project that is the task's own calendar, else the project's, never that of its resources.
        """
        by_successor = sum(count for (is_own, _), count in self.lagging.items() if not is_own)
        by_project = sum(count for (_, is_project), count in self.lagging.items() if not is_project)
        if min(by_successor, by_project):
            lags = counted(min(by_successor, by_project), "lag runs", "lags run")
            self.notes.append(
                f"{lags} on another calendar than in Microsoft Project, which has lags "
                "on calendars of tasks, where resources decide when these tasks are worked on"
            )
        return "project" if by_project < by_successor else "successor"

    def _summary(self, task: TaskRecord) -> None:
        if task.is_manual:
            remark = (
                "summary|summaries is|are scheduled by hand: nothing below starts before it|them (SNET), "
                "and the span is that of what is below"
            )
            self._tell(remark, task)
        if task.constraint not in ("", "SNET"):
            self._tell("summary|summaries has|have a constraint that is not kept", task)
        if task.deadline is not None:
            self._tell("summary|summaries has|have a deadline that is not kept", task)
        if task.fixed_cost:
            self._tell("summary|summaries has|have fixed costs of its|their own that are not kept", task)

    def _progress(self, task: TaskRecord, made: ImportedTask, calendar: ImportedCalendar) -> None:
        start, finish = task.actual_start, task.actual_finish
        is_begun = start is not None or finish is not None or task.percent > 0
        if not is_begun:
            return
        made.percent_complete = task.percent
        if start is None:
            start = task.start or task.early_start or finish
            start = min(start, finish) if start is not None and finish is not None else start
            self._tell("task|tasks has|have progress but no actual start; the scheduled start is used", task)
        if finish is None and task.percent >= 100:
            finish = task.finish or task.early_finish
            self._tell("task|tasks is|are complete without an actual finish; the scheduled finish is used", task)
        if start is None:
            made.percent_complete = None
            return
        made.actual_start = start
        if finish is not None:
            if finish < start:
                self._tell("task|tasks finished before it|they started: the actual start was taken for both", task)
            made.actual_finish = max(start, finish)
            return
        left = task.remaining
        if left is None and task.actual_hours is not None:
            left = max(0.0, task.hours - task.actual_hours)
        made.remaining_hours = task.hours * (1 - task.percent / 100) if left is None else left
        made.resume = self._resume(task, start, calendar, made.remaining_hours)

    def _resume(
        self, task: TaskRecord, start: datetime, calendar: ImportedCalendar, remaining: float
    ) -> datetime | None:
        """Return when the remaining work goes on: when the stored finish says, else as stored, else after what is done.

        Files keep a resume date that nothing goes on at any more. Where the remaining work from the end of what is
        done leads to the stored finish, and from the resume date it does not, there is no gap.
        """
        clock = self.working.clock(calendar)
        ends = [date for date in (task.resume, task.stop) if date is not None and date >= start]
        finish = task.finish or task.early_finish
        done = max(0.0, task.hours - remaining)
        after_work = start + timedelta(hours=done) if task.is_elapsed else clock.after(start, done)
        if task.resume in ends and finish is not None:
            for date in (*ends, *([after_work] if after_work is not None else ())):
                if abs(hours_between(clock, date, finish, task.is_elapsed) - remaining) <= TOLERANCE_HOURS:
                    return self._contradicted(task, date)
        if task.resume in ends:
            return task.resume
        if task.percent <= 0:
            return None
        return ends[0] if ends else after_work

    def _contradicted(self, task: TaskRecord, date: datetime) -> datetime:
        if date != task.resume:
            self._tell(
                "task|tasks has|have a resume date that the finish contradicts; work goes on where it stopped", task
            )
        return date

    def _constraints(
        self, task: TaskRecord, made: ImportedTask, all_tasks: Sequence[TaskRecord], calendar: ImportedCalendar
    ) -> None:
        if made.actual_finish is not None:
            return
        if task.is_manual or task.is_external or task.is_subproject:
            self._keep_dates(task, made, calendar)
            return
        kind, date = task.constraint, task.constraint_date
        if kind == "ALAP":
            made.constraints.append((kind, None))
        elif kind and date is None:
            self._tell(f"task|tasks has|have a constraint {kind} without a date, which is left out", task)
        elif kind:
            if not self.is_honouring:
                kind = SOFT.get(kind, kind)
            made.constraints.append((kind, date))
        parent = task.parent
        while parent >= 0 and task.constraint not in FIXED:
            above = all_tasks[parent]
            date = self._start_bound_of(above, task)
            if date is not None:
                tighten(made, "SNET", date)
            parent = above.parent

    def _start_bound_of(self, summary: TaskRecord, task: TaskRecord) -> datetime | None:
        """Return before when a summary lets nothing below it start: its SNET, or its start if it is placed by hand."""
        if not summary.is_manual:
            return summary.constraint_date if summary.constraint == "SNET" else None
        start = summary.manual_start or summary.start
        stored = task.early_start or task.start
        if start is not None and stored is not None and stored < start:
            self._tell(
                "task|tasks starts|start before the summary above, which is scheduled by hand and holds nothing",
                task,
            )
            return None
        return start

    def _hold_by_other_projects(
        self, task: TaskRecord, made: ImportedTask, relationships: Sequence[tuple[TaskRecord, RelationshipRecord]]
    ) -> None:
        """Let what another project asks of a task be the dates that the file has: that project is not in it."""
        for owner, relationship in relationships:
            is_of_start = relationship.type in ("FS", "SS")
            kind = "SNET" if is_of_start else "FNET"
            date = (owner.early_start or owner.start) if is_of_start else (owner.early_finish or owner.finish)
            self.from_elsewhere.setdefault(date is not None, []).append(f"{relationship.project} -> {task.uid}")
            made.external.append(
                f"{relationship.type} from {relationship.project if relationship.project != '?' else 'another file'}"
            )
            is_open = task.constraint not in FIXED and not task.is_manual and made.actual_start is None
            if is_open and date is not None:
                tighten(made, kind, date)

    def _hold_by_placed_summaries(
        self, task: TaskRecord, made: ImportedTask, relationships: Sequence[tuple[TaskRecord, RelationshipRecord]]
    ) -> None:
        """Let what follows a summary scheduled by hand wait for its own dates, not only for what is below it."""
        for summary, relationship in relationships:
            is_from_finish, is_to_start = relationship.type in ("FS", "FF"), relationship.type in ("FS", "SS")
            event = summary.finish if is_from_finish else summary.manual_start or summary.start
            date = None if event is None else self._after_lag(event, relationship)
            stored = (task.early_start or task.start) if is_to_start else (task.early_finish or task.finish)
            is_open = task.constraint not in FIXED and not task.is_manual and made.actual_start is None
            if not is_open or date is None or (stored is not None and self._hours(date, stored) < -TOLERANCE_HOURS):
                continue
            tighten(made, "SNET" if is_to_start else "FNET", date)
            self._tell(
                "task|tasks follows|follow summaries scheduled by hand, whose own dates hold it|them (SNET, FNET)", task
            )

    def _after_lag(self, event: datetime, relationship: RelationshipRecord) -> datetime | None:
        """Return when a lag on the project's calendar ends; None for one in percent, which such a summary has not."""
        if relationship.unit == "eh":
            return event + timedelta(hours=relationship.lag)
        if relationship.unit != "h" or self.working.default is None:
            return None
        return self.working.clock(self.working.default).after(event, relationship.lag) if relationship.lag else event

    def _hours(self, start: datetime, finish: datetime) -> float:
        """Return the working hours of the project between two instants."""
        assert self.working.default is not None
        return self.working.clock(self.working.default).hours(start, finish)

    def _keep_dates(self, task: TaskRecord, made: ImportedTask, calendar: ImportedCalendar) -> None:
        """Hold a task where the file has it, whatever its relationships say."""
        if task.is_manual:
            remark = "task|tasks is|are scheduled by hand and keeps|keep the dates in the file (MSO)"
        elif task.is_external:
            remark = "task|tasks of other projects keeps|keep the dates that the file has (MSO)"
            made.external.append("a task of another project")
        else:
            remark = (
                "inserted project|projects keeps|keep the dates that the file has (MSO); what is inside is not read"
            )
        self._tell(remark, task)
        start = task.start or task.early_start
        if start is None or made.actual_start is not None:
            return
        made.constraints.append(("MSO", start))
        finish = task.finish or task.early_finish
        if finish is None or finish <= start or task.is_elapsed:
            return
        hours = self.working.clock(calendar).hours(start, finish)
        if abs(hours - task.hours) > TOLERANCE_HOURS and hours > 0:
            made.hours = hours
            made.type = "task"

    def out_of_sequence(self, tasks: Sequence[ImportedTask]) -> Literal["retained logic", "progress override"]:
        """Return the rule that the dates in the file follow.

        Project lets the rest of a started task wait for an unfinished predecessor where it may split it; where the
        file shows a started task whose rest went on before that, it did not.
        """
        by_id = {task.id: task for task in tasks}
        for task in tasks:
            if task.actual_start is None or task.actual_finish is not None or task.resume is None:
                continue
            for relationship in task.relationships:
                before = by_id[relationship.predecessor]
                waits = relationship.type == "FS" and relationship.lag >= 0
                is_open = before.actual_finish is None and before.type != "summary"
                if waits and is_open and before.early_finish is not None and task.resume < before.early_finish:
                    self.notes.append(
                        f"task {task.id} went on before its predecessor {before.id} ended: progress override"
                    )
                    return "progress override"
        return "retained logic"
