"""Which tasks need not exist, and what decides whether they do."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from riskengine.model.branch import Branch, Paths
from riskengine.model.scenario import Scenario
from riskengine.model.task import Task
from riskengine.model.unroll import repeats_of

LIKELY = 0.5
"""Probability from which on a task exists in the deterministic plan."""


class Condition(NamedTuple):
    """What has to be so for a task to exist: the uniform number of a stream lies in a range.

    Attributes
    ----------
    stream : str
    least, most : float
        The number is at or above ``least`` and below ``most``.
    is_planned : bool
        Whether it is so in the deterministic plan.
    """

    stream: str
    least: float
    most: float
    is_planned: bool


def existence_conditions(scenario: Scenario) -> dict[str, tuple[Condition, ...]]:
    """Return what has to be so for each task that need not exist, by its id; all conditions of a task must be.

    Parameters
    ----------
    scenario : Scenario
        Unrolled: with a task for each repeat.

    Notes
    -----
    What has begun exists. A task exists at the largest uniform numbers, as a risk occurs; the paths of a branch follow
    one another in the order of their first tasks.
    """
    repeats = repeats_of(scenario.rework.values(), scenario.tasks)
    conditions: dict[str, tuple[Condition, ...]] = {}
    for name, task in scenario.tasks.items():
        if may_be_absent(task):
            owner = repeats[name][1] if name in repeats else name
            condition = Condition(f"task/{owner}/exists", 1.0 - task.exists, 1.0, task.exists >= LIKELY)
            conditions[name] = (condition,)
    for name, (rework, _, number) in repeats.items():
        chance = rework.probability**number
        if chance < 1:
            condition = Condition(f"rework/{rework.id}/repeats", 1.0 - chance, 1.0, chance >= LIKELY)
            conditions[name] = (*conditions.get(name, ()), condition)
    paths = Paths(scenario.tasks) if scenario.branches else None
    for branch in scenario.branches.values():
        assert paths is not None
        for name, condition in _path_conditions(branch, paths.members(branch), scenario):
            conditions[name] = (*conditions.get(name, ()), condition)
    return conditions


def _path_conditions(
    branch: Branch, members: Mapping[str, set[str]], scenario: Scenario
) -> Iterator[tuple[str, Condition]]:
    """Yield the tasks on the paths of a branch with what has to be so for them; a path alone is no branch.

    Notes
    -----
    A path of which something has begun is followed, and no other one.
    """
    begun = [first for first in branch.first_tasks if any(scenario.tasks[name].is_started for name in members[first])]
    taken = begun or [branch.heaviest]
    least = 0.0
    for first in branch.first_tasks:
        most = 1.0 if first == branch.first_tasks[-1] else least + branch.paths[first]
        span = (least, most) if not begun else (0.0, 1.0 if first in begun else 0.0)
        if span != (0.0, 1.0):
            condition = Condition(f"branch/{branch.id}/path", *span, is_planned=first in taken)
            for name in sorted(members[first]):
                if not scenario.tasks[name].is_started:
                    yield name, condition
        least = most


def may_be_absent(task: Task) -> bool:
    """Return whether a task says by itself that it need not exist; what has begun does."""
    return task.exists < 1.0 and not task.is_started
