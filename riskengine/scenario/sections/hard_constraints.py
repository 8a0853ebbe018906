"""A scenario without what a delay cannot move: mandatory dates and bounds from above."""

from datetime import datetime
from typing import Final

from riskengine.errors.counting import first_names
from riskengine.model import Constraint, Scenario, Task

SOFT_TYPES: Final = {"SO": "SNET", "FO": "FNET"}
"""Constraints from both sides, and what is left of them without the bound from above."""

MOST_NAMED: Final = 3
"""Constraints that the sentence about them names."""


def without_hard_constraints(scenario: Scenario) -> tuple[Scenario, list[tuple[str, str]]]:
    """Return the scenario without its hard constraints, and what was left out.

    Returns
    -------
    Scenario
        With ``schedule.hard_constraints`` set to ``ignored``; the same object where that is so already and there was
        nothing to leave out.
    list of (str, str)
        Task, or ``project`` for ``must_finish``, and the constraint in words such as ``MSO 2027-05-03T00:00:00``,
        sorted by task.

    Notes
    -----
    Left out are MSO, MFO, SNLT, FNLT, deadlines and ``must_finish``; of SO and FO the earliest date stays. What a
    finished task was bound by binds nothing any more, and is left alone.
    """
    dropped: list[tuple[str, str]] = []
    tasks: dict[str, Task] = {}
    for name, task in scenario.tasks.items():
        tasks[name] = task if task.is_finished else task_without_hard_constraints(task, dropped)
    changes: dict[str, object] = {}
    if dropped:
        changes["tasks"] = tasks
    options: dict[str, object] = {}
    if scenario.schedule.hard_constraints != "ignored":
        options["hard_constraints"] = "ignored"
    must_finish = scenario.schedule.must_finish
    if must_finish is not None:
        dropped.append(("project", dated("must_finish", must_finish)))
        options["must_finish"] = None
    if options:
        changes["schedule"] = scenario.schedule.model_copy(update=options)
    return (scenario.model_copy(update=changes) if changes else scenario), sorted(dropped)


def task_without_hard_constraints(task: Task, dropped: list[tuple[str, str]]) -> Task:
    """Return a task without its hard constraints, which are added to `dropped`."""
    changes: dict[str, object] = {}
    hard = [constraint for constraint in task.constraints if constraint.is_hard and constraint.date is not None]
    if hard:
        dropped.extend((task.id, dated(item.type, item.date)) for item in hard if item.date is not None)
        constraints = [item for item in task.constraints if not item.is_hard]
        constraints += [
            Constraint(type=SOFT_TYPES[item.type], date=item.date) for item in hard if item.type in SOFT_TYPES
        ]
        changes["constraints"] = tuple(sorted(constraints, key=lambda item: (item.type, item.date or datetime.min)))
    if task.deadline is not None:
        dropped.append((task.id, dated("deadline", task.deadline)))
        changes["deadline"] = None
    return task.model_copy(update=changes) if changes else task


def ignored(dropped: list[tuple[str, str]]) -> str:
    """Return the sentence about what was left out: ``2 hard constraints ignored: a MSO 2027-05-03T00:00:00, ...``."""
    if not dropped:
        return "there are no hard constraints to ignore"
    count = "1 hard constraint" if len(dropped) == 1 else f"{len(dropped)} hard constraints"
    return f"{count} ignored: {first_names([f'{task} {constraint}' for task, constraint in dropped], MOST_NAMED)}"


def dated(kind: str, date: datetime) -> str:
    """Return a constraint in words."""
    return f"{kind} {date.isoformat()}"
