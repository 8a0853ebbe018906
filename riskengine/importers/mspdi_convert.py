"""Tasks of Microsoft Project in neutral form: constraints, progress, manual tasks and costs as Project means them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from riskengine.importers.mspdi_outline import told
from riskengine.importers.mspdi_tasks import WORK, AssignmentRecord, ResourceRecord, TaskRecord, resource_names
from riskengine.importers.mspdi_working import TOLERANCE_HOURS, Working
from riskengine.importers.schedule import ImportedAssignment, ImportedCalendar, ImportedLink, ImportedTask

SOFT = {"MSO": "SO", "MFO": "FO"}
"""What an inflexible constraint becomes where tasks need not honour their constraint dates."""


class Converter:
    """Put the records of tasks, links and assignments together.

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
        self.told: dict[str, list[str]] = {}
        self.names: dict[str, str] = {}
        self.lagging: Counter[tuple[bool, bool]] = Counter()

    def convert(
        self, tasks: Sequence[TaskRecord], all_tasks: Sequence[TaskRecord], links: Mapping[str, list[ImportedLink]]
    ) -> list[ImportedTask]:
        """Return the tasks in the order of the file."""
        self.names = resource_names(self.resources)
        found = [self._task(task, all_tasks, links.get(task.uid, [])) for task in tasks]
        self.notes.extend(told(words, what) for words, what in self.told.items())
        return found

    def _tell(self, words: str, task: TaskRecord) -> None:
        self.told.setdefault(words, []).append(task.uid)

    def _task(self, task: TaskRecord, all_tasks: Sequence[TaskRecord], links: list[ImportedLink]) -> ImportedTask:
        made = ImportedTask(task.uid, task.uid, task.name, task.wbs, owner=task.owner, priority=task.priority)
        made.early_start, made.early_finish = task.early_start, task.early_finish
        made.late_start, made.late_finish = task.late_start, task.late_finish
        own = self.assignments.get(task.uid, ())
        chosen = self.working.choose(task, own, self.resources)
        if chosen is None:
            return made
        calendar, is_by_resources = chosen
        made.calendar = calendar.id
        if task.is_summary:
            made.type = "summary"
            self._summary(task)
            return made
        if is_by_resources:
            self._tell("tasks run on the calendars of their resources", task)
        made.links = self._links(task, links, calendar)
        made.hours, made.is_elapsed = task.hours, task.is_elapsed
        if task.hours == 0:
            made.type = "milestone"
        self._progress(task, made, calendar)
        self._constraints(task, made, all_tasks, calendar)
        made.deadline = task.deadline
        self._costs(task, made, own)
        is_moved = task.start and task.early_start and task.start != task.early_start
        if is_moved and made.actual_start is None and task.constraint != "ALAP" and not task.is_manual:
            self._tell("tasks start later than their early start in the file (levelled or moved)", task)
        return made

    def _links(self, task: TaskRecord, links: list[ImportedLink], calendar: ImportedCalendar) -> list[ImportedLink]:
        """Return the links that act on a task, and count which calendars its lags run on."""
        lag = self.working.own(task)
        for link in links:
            if link.lag and link.lag_unit in ("h", "%"):
                self.lagging[lag is calendar, lag is self.working.default] += 1
        if task.actual_start is not None and task.actual_finish is None and task.percent <= 0:
            # Only work that has been done can be split off: a task that has merely started waits for nobody.
            kept = [link for link in links if link.type not in ("FS", "SS")]
            if len(kept) < len(links):
                self._tell("tasks have started and done no work: links to their starts do not hold them back", task)
            return kept
        return links

    def lag_calendar(self) -> Literal["successor", "project"]:
        """Return where lags run: on the calendar of the task that they lead to, or on the project's.

        In Project that is the task's own calendar, else the project's, never that of its resources.
        """
        by_successor = sum(count for (is_own, _), count in self.lagging.items() if not is_own)
        by_project = sum(count for (_, is_project), count in self.lagging.items() if not is_project)
        if min(by_successor, by_project):
            self.notes.append(
                f"{min(by_successor, by_project)} lags run on another calendar than in Microsoft Project: it has them "
                "on calendars of tasks, where resources decide when these tasks are worked on"
            )
        return "project" if by_project < by_successor else "successor"

    def _summary(self, task: TaskRecord) -> None:
        if task.is_manual:
            self._tell("summaries are scheduled by hand; here they span the tasks below", task)
        if task.constraint not in ("", "SNET"):
            self._tell("summaries have a constraint that is not kept", task)
        if task.deadline is not None:
            self._tell("summaries have a deadline that is not kept", task)
        if task.fixed_cost:
            self._tell("summaries have fixed costs of their own that are not kept", task)

    def _progress(self, task: TaskRecord, made: ImportedTask, calendar: ImportedCalendar) -> None:
        start, finish = task.actual_start, task.actual_finish
        is_begun = start is not None or finish is not None or task.percent > 0
        if not is_begun:
            return
        made.percent_complete = task.percent
        if start is None:
            start = task.start or task.early_start or finish
            self._tell("tasks have progress but no actual start; the scheduled start is used", task)
        if finish is None and task.percent >= 100:
            finish = task.finish or task.early_finish
            self._tell("tasks are complete but have no actual finish; the scheduled finish is used", task)
        if start is None:
            made.percent_complete = None
            return
        made.actual_start = start
        if finish is not None:
            made.actual_finish = max(start, finish)
            return
        left = task.remaining
        made.remaining_hours = task.hours * (1 - task.percent / 100) if left is None else left
        made.resume = self._resume(task, start, calendar, made.remaining_hours)

    def _resume(
        self, task: TaskRecord, start: datetime, calendar: ImportedCalendar, remaining: float
    ) -> datetime | None:
        """Return when the remaining work goes on: as stored, else where the work done so far ends."""
        if task.resume is not None and task.resume >= start:
            return task.resume
        if task.percent <= 0:
            return None
        if task.stop is not None and task.stop >= start:
            return task.stop
        done = max(0.0, task.hours - remaining)
        if task.is_elapsed:
            return start + timedelta(hours=done)
        return self.working.clock(calendar).after(start, done)

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
            self._tell(f"tasks have a constraint {kind} without a date, which is left out", task)
        elif kind:
            if not self.is_honouring:
                kind = SOFT.get(kind, kind)
            made.constraints.append((kind, date))
        parent = task.parent
        while parent >= 0:
            # Such a constraint of a summary holds for every task below it.
            above = all_tasks[parent]
            is_held = above.constraint == "SNET" and above.constraint_date is not None and not above.is_manual
            if is_held and task.constraint not in ("MSO", "MFO"):
                made.constraints.append(("SNET", above.constraint_date))
            parent = above.parent

    def _keep_dates(self, task: TaskRecord, made: ImportedTask, calendar: ImportedCalendar) -> None:
        """Hold a task where the file has it, whatever its links say."""
        if task.is_manual:
            words = "tasks are scheduled by hand and keep their dates (MSO)"
        elif task.is_external:
            words = "tasks of other projects keep the dates that the file has (MSO)"
        else:
            words = "inserted projects keep the dates that the file has (MSO); what is in them is not read"
        self._tell(words, task)
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

    def _costs(self, task: TaskRecord, made: ImportedTask, assignments: Sequence[AssignmentRecord]) -> None:
        is_done, is_begun = made.actual_finish is not None, made.actual_start is not None
        by_work = 0.0
        for assignment in assignments:
            resource = self.resources.get(assignment.resource)
            if resource is None or resource.type != WORK or assignment.resource not in self.names:
                continue
            name = self.names[assignment.resource]
            left = assignment.cost
            if is_begun and assignment.remaining_cost is not None:
                left = assignment.remaining_cost
            if assignment.units > 0:
                made.assignments.append(ImportedAssignment(name, assignment.units, left))
            by_work += left or 0.0
        if is_begun and task.actual_cost:
            made.actual_cost = task.actual_cost
        if is_done:
            return
        if task.cost is None:
            fixed = task.fixed_cost or 0.0
        else:
            open_cost = task.remaining_cost if is_begun else None
            fixed = (task.cost - (task.actual_cost or 0.0) if open_cost is None else open_cost) - by_work
        if fixed > 0.005:
            made.fixed_cost = round(fixed, 2)

    def out_of_sequence(self, tasks: Sequence[ImportedTask]) -> Literal["retained logic", "progress override"]:
        """Return the rule that the dates in the file follow.

        Project lets the rest of a started task wait for an unfinished predecessor where it may split it; where the
        file shows a started task whose rest went on before that, it did not.
        """
        known = {task.id: task for task in tasks}
        for task in tasks:
            if task.actual_start is None or task.actual_finish is not None or task.resume is None:
                continue
            for link in task.links:
                before = known[link.predecessor]
                is_open = before.actual_finish is None and before.type != "summary" and before.early_finish is not None
                if link.type == "FS" and link.lag >= 0 and is_open and task.resume < before.early_finish:  # type: ignore[operator]
                    self.notes.append(
                        f"task {task.id} went on before its predecessor {before.id} ended: progress override"
                    )
                    return "progress override"
        return "retained logic"
