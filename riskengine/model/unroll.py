"""Loops of rework unrolled: a task for each time that a task may be done again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from riskengine.model.branch import Paths
from riskengine.model.estimate import AnyEstimate
from riskengine.model.estimate.scaling import scaled
from riskengine.model.project import is_finish_of, project_of
from riskengine.model.relationship import Relationship
from riskengine.model.rework import Rework, repeat_id
from riskengine.model.risk import FACTORS, Impact, Risk
from riskengine.model.scenario import Scenario
from riskengine.model.task import Task, TaskCost

FROM_FINISH: Final = ("FS", "FF")


class Loop:
    """A loop in one network: where it is entered, and where it is left.

    Parameters
    ----------
    rework : Rework
    paths : Paths
        Of the network.
    """

    def __init__(self, rework: Rework, paths: Paths) -> None:
        self.rework = rework
        self.tasks = tuple(sorted(rework.tasks))
        reached = {name: paths.reached_from(name) - {name} for name in self.tasks}
        self.last = tuple(name for name in self.tasks if reached[name].isdisjoint(self.tasks))
        self.first = tuple(name for name in self.tasks if not any(name in reached[other] for other in self.tasks))
        inside = paths.reached_from(*self.tasks) & paths.leading_to(*self.tasks)
        self.between = tuple(sorted(inside - set(self.tasks)))
        """Tasks that come after one of the loop and before another, and are not in it."""


def loops(scenario: Scenario) -> Iterator[Loop]:
    """Yield the loops that may still be gone through: once the last tasks of one are done, it is over."""
    if any(rework.repeats for rework in scenario.rework.values()):
        paths = Paths(scenario.tasks)
        for rework in scenario.rework.values():
            loop = Loop(rework, paths)
            if rework.repeats and not all(scenario.tasks[name].is_finished for name in loop.last):
                yield loop


def unrolled(scenario: Scenario) -> Scenario:
    """Return a scenario with a task for each time that a task may be done again.

    Notes
    -----
    What waits for the finish of the last tasks of a loop waits for their last repeats. Everything else goes on after
    the first time, but for the finish of a project of a programme, which follows every repeat. Factors of risks on a
    task act on its repeats, too, what else they do by the task's id does not.
    """
    tasks, risks = dict(scenario.tasks), dict(scenario.risks)
    for loop in loops(scenario):
        _redirect(tasks, loop)
        for number in range(1, loop.rework.repeats + 1):
            for name in loop.tasks:
                tasks[repeat_id(name, number)] = _repeat(scenario.tasks[name], loop, number)
        for key, risk in risks.items():
            risks[key] = _with_factors_on_repeats(risk, loop)
        _hold_finishes(tasks, scenario, loop)
    if len(tasks) == len(scenario.tasks):
        return scenario
    return scenario.model_copy(update={"tasks": dict(sorted(tasks.items())), "risks": risks})


def _redirect(tasks: dict[str, Task], loop: Loop) -> None:
    """Let what waits for the finish of the last tasks of a loop wait for their last repeats."""
    for name, task in tasks.items():
        if name not in loop.tasks and any(r.task in loop.last for r in task.after):
            after = tuple(
                r.model_copy(update={"task": repeat_id(r.task, loop.rework.repeats)})
                if r.task in loop.last and r.type in FROM_FINISH
                else r
                for r in task.after
            )
            tasks[name] = task.model_copy(update={"after": after})


def _hold_finishes(tasks: dict[str, Task], scenario: Scenario, loop: Loop) -> None:
    """Let the finish of a project wait for repeats of tasks that others of a loop follow, which may end after these."""
    for project in scenario.projects:
        if project in tasks and is_finish_of(project, scenario.tasks):
            repeats = [
                Relationship(task=repeat_id(name, number))
                for name in loop.tasks
                if name not in loop.last and project_of(name, (project,))
                for number in range(1, loop.rework.repeats + 1)
            ]
            tasks[project] = tasks[project].model_copy(update={"after": (*tasks[project].after, *repeats)})


def _repeat(task: Task, loop: Loop, number: int) -> Task:
    """Return a task of a loop that is done again: after what it followed in the loop, or after the time before."""
    shrink = loop.rework.factor**number
    inner = tuple(r.model_copy(update={"task": repeat_id(r.task, number)}) for r in task.after if r.task in loop.tasks)
    if task.id in loop.first:
        before = [name if number == 1 else repeat_id(name, number - 1) for name in loop.last]
        inner = tuple(Relationship(task=name) for name in before)
    return task.model_copy(
        update={
            "id": repeat_id(task.id, number),
            "name": f"{task.name} (again {number})" if task.name else "",
            "duration": scaled(task.duration, shrink),
            "after": inner,
            "cost": _scaled_cost(task.cost, shrink),
            "constraints": (),
            "deadline": None,
            "actual_start": None,
            "actual_finish": None,
            "remaining": None,
            "resume": None,
            "imported": None,
        }
    )


def _scaled_cost(cost: TaskCost, shrink: float) -> TaskCost:
    """Return the cost of a task that is done again; its rate stays, and runs over another duration."""
    fixed: AnyEstimate | None = None if cost.fixed is None else scaled(cost.fixed, shrink)
    return TaskCost.model_construct(fixed=fixed, rate=cost.rate, actual=None, index=cost.index)


def _with_factors_on_repeats(risk: Risk, loop: Loop) -> Risk:
    """Return a risk whose factors on tasks of a loop act on their repeats as well."""
    impacts: dict[str, Impact] = dict(risk.impacts)
    for name in loop.tasks:
        factors = {kind: getattr(risk.impacts[name], kind) for kind in FACTORS} if name in risk.impacts else {}
        if any(estimate is not None for estimate in factors.values()):
            for number in range(1, loop.rework.repeats + 1):
                impacts[repeat_id(name, number)] = Impact(**factors)
    return risk if len(impacts) == len(risk.impacts) else risk.model_copy(update={"impacts": impacts})


def without_repeats(scenario: Scenario) -> Scenario:
    """Return an unrolled scenario without its repeats, as far as members of correlations can tell."""
    repeats = set(repeats_of(scenario.rework.values(), scenario.tasks))
    if not repeats:
        return scenario
    tasks = {name: task for name, task in scenario.tasks.items() if name not in repeats}
    return scenario.model_copy(update={"tasks": tasks})


def repeats_of(rework: Iterable[Rework], tasks: Mapping[str, Task]) -> dict[str, tuple[Rework, str, int]]:
    """Return the repeats among some tasks, each with its loop, the task that is done again, and how often it was."""
    return {
        repeat_id(name, number): (each, name, number)
        for each in rework
        for name in each.tasks
        for number in range(1, each.repeats + 1)
        if repeat_id(name, number) in tasks
    }


def last_repeats(scenario: Scenario) -> dict[str, str]:
    """Return the last repeat of each task that ends a loop of an unrolled scenario: then it is done for good."""
    last = {}
    for loop in loops(scenario):
        for name in loop.last:
            last[name] = repeat_id(name, loop.rework.repeats)
    return last
