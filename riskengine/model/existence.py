"""Which tasks need not exist, and what decides whether they do."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from riskengine.model.branch import Branch, Paths
from riskengine.model.scenario import Scenario
from riskengine.model.task import Task
from riskengine.model.unroll import last_repeats, repeats_of

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


class FinishCondition(NamedTuple):
    """What has to be so for a task to exist: the finish of another lies behind a date, or does not.

    Attributes
    ----------
    task : str
    date : datetime
    is_later : bool
    """

    task: str
    date: datetime
    is_later: bool


class OccurrenceCondition(NamedTuple):
    """What has to be so for a task to exist: a risk occurs, or does not.

    Attributes
    ----------
    risk : str
    occurs : bool
    """

    risk: str
    occurs: bool


AnyCondition = Condition | FinishCondition | OccurrenceCondition


def existence_conditions(scenario: Scenario) -> dict[str, tuple[AnyCondition, ...]]:
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
    conditions: dict[str, tuple[AnyCondition, ...]] = {}
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
    last_repeat = last_repeats(scenario) if scenario.branches else {}
    paths = Paths(scenario.tasks) if scenario.branches else None
    for branch in scenario.branches.values():
        assert paths is not None
        members = paths.members(branch)
        begun = [first for first in branch.first_tasks if any(scenario.tasks[one].is_started for one in members[first])]
        settled = begun or _settled_path(branch, scenario, last_repeat)
        is_open = branch.is_conditional and not settled
        by_path = _questions(branch, last_repeat) if is_open else dict(_shares(branch, settled))
        for first, path_condition in by_path.items():
            for name in sorted(members[first]):
                if not scenario.tasks[name].is_started:
                    conditions[name] = (*conditions.get(name, ()), path_condition)
    return conditions


def _settled_path(branch: Branch, scenario: Scenario, last_repeat: Mapping[str, str]) -> list[str]:
    """Return the first task of the path that is followed because the task before it is over; none where it is not."""
    before = scenario.tasks[last_repeat.get(branch.after, branch.after)]
    if branch.if_later_than is None or before.actual_finish is None:
        return []
    return [branch.then if before.actual_finish > branch.if_later_than else branch.otherwise]


def _questions(branch: Branch, last_repeat: Mapping[str, str]) -> dict[str, AnyCondition]:
    """Return what has to be so for each path of a branch with a condition, by its first task."""
    if branch.if_later_than is None:
        sides = {branch.then: True, branch.otherwise: False}
        return {first: OccurrenceCondition(branch.if_risk, occurs) for first, occurs in sides.items()}
    task = last_repeat.get(branch.after, branch.after)
    return {
        branch.then: FinishCondition(task, branch.if_later_than, True),
        branch.otherwise: FinishCondition(task, branch.if_later_than, False),
    }


def _shares(branch: Branch, settled: list[str]) -> Iterator[tuple[str, Condition]]:
    """Yield the paths of a branch with what has to be drawn for them; a path alone is no branch.

    Notes
    -----
    A path of which something has begun is followed, and no other one; so is the one that a finish has settled.
    """
    taken = settled or [branch.heaviest]
    least = 0.0
    for first in branch.first_tasks:
        most = 1.0 if first == branch.first_tasks[-1] else least + branch.paths.get(first, 0.0)
        span = (least, most) if not settled else (0.0, 1.0 if first in settled else 0.0)
        if span != (0.0, 1.0):
            yield first, Condition(f"branch/{branch.id}/path", *span, is_planned=first in taken)
        least = most


def may_be_absent(task: Task) -> bool:
    """Return whether a task says by itself that it need not exist; what has begun does."""
    return task.exists < 1.0 and not task.is_started
