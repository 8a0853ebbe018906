"""Who works on the tasks of a Microsoft Project file, and what that and everything else costs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from riskengine.importers.msproject.records import WORK, AssignmentRecord, ResourceRecord, TaskRecord, resource_names
from riskengine.importers.neutral import ImportedAssignment, ImportedTask

SAME_WORK = 0.05
"""Hours of work, three minutes, below which two amounts are one."""
CENT = 0.005
NOBODY = ""
"""Stands for a resource where only the cost of its work counts."""

Tell = Callable[[str, TaskRecord], None]


@dataclass(slots=True)
class AssignedWork:
    """An assignment of somebody who works, with what the file says of its cost.

    Parameters
    ----------
    name : str
        Of the resource in the schedule.
    units : float
    work : float or None [h]
        What is still to be done of it.
    cost : float or None
        What is still to be spent on it.
    rate : float or None
        Of the resource, per hour; the mean of its hours where some are overtime.
    has_own_rate : bool
        Whether that is another rate than what the resource has as a rule.
    """

    task: TaskRecord
    made: ImportedTask
    name: str
    units: float
    work: float | None
    cost: float | None
    rate: float | None
    has_own_rate: bool = False

    @property
    def hours_by_units(self) -> float:
        """The work that its units do over what remains of the task."""
        hours = self.made.hours if self.made.remaining_hours is None else self.made.remaining_hours
        return max(0.0, self.units) * hours

    @property
    def value(self) -> float:
        """What it costs: what is stated, else its work, or its units over the duration, at its rate."""
        if self.cost is not None or not self.rate:
            return self.cost or 0.0
        return self.rate * (self.hours_by_units if self.work is None else self.work)

    @property
    def is_by_units(self) -> bool:
        """Whether the units over the duration are the work, so that the resource's rate gives the cost."""
        if self.units <= 0 or self.has_own_rate:
            return False
        return self.work is None or abs(self.hours_by_units - self.work) <= SAME_WORK


class TaskCosts:
    """Give tasks their assignments and costs.

    A file that Microsoft Project wrote states the cost of each assignment; others leave it to rate and work. Units over
    the duration are the work in most of them. Where they are not, as with assignments of no units, the work decides.

    Parameters
    ----------
    resources : mapping of str to ResourceRecord
        By their numbers.
    assignments : mapping of str to sequence of AssignmentRecord
        By the numbers of their tasks.
    tell : callable
        Takes what is noted of a task.
    """

    def __init__(
        self,
        resources: Mapping[str, ResourceRecord],
        assignments: Mapping[str, Sequence[AssignmentRecord]],
        tell: Tell,
    ) -> None:
        self.resources, self.assignments, self.tell = resources, assignments, tell
        self.names = resource_names(dict(resources))

    def apply(self, pairs: Sequence[tuple[TaskRecord, ImportedTask]]) -> None:
        """Set assignments and costs of all tasks that are no summaries."""
        assigned = {made.id: self._assigned_work(task, made) for task, made in pairs}
        by_work = {
            assignment.name
            for assignments in assigned.values()
            for assignment in assignments
            if assignment.cost is None and assignment.rate and not assignment.is_by_units
        }
        for task, made in pairs:
            for assignment in assigned[made.id]:
                self._assign(assignment, assignment.name in by_work)
            self._other_costs(task, made, sum(assignment.value for assignment in assigned[made.id]))

    def _assigned_work(self, task: TaskRecord, made: ImportedTask) -> list[AssignedWork]:
        assigned = []
        for record in self.assignments.get(task.uid, ()):
            resource = self.resources.get(record.resource)
            is_begun = made.actual_start is not None
            cost = record.remaining_cost if is_begun and record.remaining_cost is not None else record.cost
            work = record.remaining_work if is_begun or record.work is None else record.work
            work = record.work if work is None else work
            if resource is None:
                self.tell(
                    "task|tasks has|have assignments of resources that are not in the file; of these only cost counts",
                    task,
                )
                assigned.append(AssignedWork(task, made, name=NOBODY, units=0.0, work=work, cost=cost, rate=None))
            elif resource.type == WORK and record.resource in self.names:
                name = self.names[record.resource]
                rate = rate_of(record, resource)
                assigned.append(
                    AssignedWork(
                        task,
                        made,
                        name=name,
                        units=record.units,
                        work=work,
                        cost=cost,
                        rate=rate,
                        has_own_rate=rate != resource.rate,
                    )
                )
        return assigned

    def _assign(self, assignment: AssignedWork, is_by_work: bool) -> None:
        """Write an assignment; one without units only costs, as its work does."""
        has_work = assignment.work is not None or assignment.has_own_rate
        if assignment.cost is None and assignment.rate and is_by_work and has_work:
            assignment.cost = assignment.value
            because = (
                "at a rate apart from the resource's, or with overtime"
                if assignment.has_own_rate
                else "whose units are not the work"
            )
            self.tell(f"task|tasks has|have assignments {because}; these cost what the work costs", assignment.task)
        if assignment.units > 0 and assignment.name:
            assignment.made.assignments.append(ImportedAssignment(assignment.name, assignment.units, assignment.cost))
        elif assignment.cost:
            assignment.made.assignments.append(ImportedAssignment(NOBODY, 0.0, assignment.cost))
        elif assignment.name and assignment.cost is None:
            self.tell(
                "task|tasks has|have assignments of no units, which neither hold anybody nor cost anything",
                assignment.task,
            )

    def _other_costs(self, task: TaskRecord, made: ImportedTask, by_work: float) -> None:
        """Set what is spent whatever the work takes: materials, fixed costs, and what was spent."""
        is_begun = made.actual_start is not None
        if is_begun and task.actual_cost:
            made.actual_cost = task.actual_cost
        if made.actual_finish is not None:
            return
        if task.cost is None:
            fixed = (task.fixed_cost or 0.0) + self._materials(task) + (0.0 if is_begun else self._uses(task))
        else:
            open_cost = task.remaining_cost if is_begun else None
            fixed = (task.cost - (task.actual_cost or 0.0) if open_cost is None else open_cost) - by_work
        if fixed > CENT:
            made.fixed_cost = round(fixed, 2)

    def _materials(self, task: TaskRecord) -> float:
        """Return what assignments of materials and cost resources cost by themselves."""
        total = 0.0
        for record in self.assignments.get(task.uid, ()):
            resource = self.resources.get(record.resource)
            if resource is None or resource.type == WORK:
                continue
            amount = record.units
            if record.cost is None and amount <= 0 and record.work:
                amount = record.work
                self.tell("task|tasks uses|use materials of no units; the work of the assignments is the amount", task)
            total += max(0.0, amount) * (resource.rate or 0.0) if record.cost is None else record.cost
        return total

    def _uses(self, task: TaskRecord) -> float:
        """Return what resources cost each time they are used, where assignments do not state their cost."""
        total = 0.0
        for record in self.assignments.get(task.uid, ()):
            resource = self.resources.get(record.resource)
            if resource is not None and resource.cost_per_use and record.cost is None:
                total += resource.cost_per_use * (record.units if resource.type == WORK and record.units > 0 else 1.0)
        if total:
            self.tell("task|tasks has|have resources that cost something each time they are used; it is counted", task)
        return total


def rate_of(record: AssignmentRecord, resource: ResourceRecord) -> float | None:
    """Return what an hour of an assignment costs: by its rate table, and a mean where some hours are overtime."""
    rate = resource.rates.get(record.rate_table, resource.rate) if record.rate_table else resource.rate
    if not record.overtime or not record.work or resource.overtime_rate is None:
        return rate
    overtime = min(record.overtime, record.work)
    return ((record.work - overtime) * (rate or 0.0) + overtime * resource.overtime_rate) / record.work
