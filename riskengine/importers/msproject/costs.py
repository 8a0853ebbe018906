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
        Of the resource, per hour.
    """

    task: TaskRecord
    made: ImportedTask
    name: str
    units: float
    work: float | None
    cost: float | None
    rate: float | None

    @property
    def is_by_units(self) -> bool:
        """Whether the units over the duration are the work, so that the resource's rate gives the cost."""
        if self.units <= 0:
            return False
        hours = self.made.hours if self.made.remaining_hours is None else self.made.remaining_hours
        return self.work is None or abs(self.units * hours - self.work) <= SAME_WORK


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
            self._other_costs(task, made, sum(assignment.cost or 0.0 for assignment in assigned[made.id]))

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
                assigned.append(
                    AssignedWork(task, made, name=name, units=record.units, work=work, cost=cost, rate=resource.rate)
                )
        return assigned

    def _assign(self, assignment: AssignedWork, is_by_work: bool) -> None:
        """Write an assignment; one without units only costs, as its work does."""
        if assignment.cost is None and assignment.rate and is_by_work and assignment.work is not None:
            assignment.cost = assignment.work * assignment.rate
            self.tell(
                "task|tasks has|have assignments whose units are not the work; these cost what the work costs",
                assignment.task,
            )
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
            fixed = (task.fixed_cost or 0.0) + self._materials(task)
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
            if resource is not None and resource.type != WORK:
                priced = record.units * (resource.rate or 0.0)
                total += priced if record.cost is None else record.cost
        return total
