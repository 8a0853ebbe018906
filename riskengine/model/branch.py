"""Branches: exactly one of several paths follows a task, by chance, by its finish or by a risk."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import model_validator

from riskengine.model.fields import Instant, Reference, Text, Units
from riskengine.model.frozen import Frozen
from riskengine.model.task import Task


class Branch(Frozen):
    """One path of several: which tasks belong to a path, logic says.

    By chance, ``paths`` has the first task of each path with its weight; the weights add up to 1. By a condition, the
    path of ``then`` is followed where the finish of ``after`` lies behind ``if_later_than``, or the risk ``if_risk``
    occurs, and that of ``otherwise`` elsewhere.
    """

    id: str
    name: Annotated[str, Text("Name of the branch.", is_written=True, example='"Accepted or not"')] = ""
    after: Annotated[
        str,
        Reference("Task that the paths follow.", "tasks", is_required=True, is_written=True, example='"design"'),
    ]
    paths: Annotated[
        dict[str, float],
        Units(
            "First task of each path, and its weight; the weights add up to 1. Not with a condition.",
            example="{ build = 1 }",
        ),
    ] = {}
    if_later_than: Annotated[
        datetime | None,
        Instant(
            "Condition: the task of after finishes later than this; a date is its end.", ends=True, example="2027-05-01"
        ),
    ] = None
    if_risk: Annotated[str, Reference("Condition: this risk occurs.", "risks", example='"storm"')] = ""
    then: Annotated[
        str,
        Reference("First task of the path that is followed where the condition is met.", "tasks", example='"build"'),
    ] = ""
    otherwise: Annotated[
        str,
        Reference("First task of the path that is followed where it is not met.", "tasks", example='"build"'),
    ] = ""

    @model_validator(mode="after")
    def _is_decided_once(self) -> Self:
        if sum(map(bool, (self.paths, self.if_later_than, self.if_risk))) != 1:
            raise ValueError("RE413 a branch must have paths, if_later_than or if_risk, and only one of them")
        if self.paths and (self.then or self.otherwise):
            raise ValueError("RE414 then and otherwise belong to a condition")
        if not self.paths and (not self.then or not self.otherwise or self.then == self.otherwise):
            raise ValueError("RE414 a condition must have then and otherwise, two different tasks")
        return self

    @property
    def is_conditional(self) -> bool:
        """Whether a finish or a risk decides, and not chance."""
        return not self.paths

    @property
    def first_tasks(self) -> tuple[str, ...]:
        """The first tasks of the paths, sorted."""
        return tuple(sorted(self.paths or (self.then, self.otherwise)))

    @property
    def heaviest(self) -> str:
        """The first task of the heaviest path, which the deterministic plan takes, the first by id of several."""
        return min(self.first_tasks, key=lambda name: -self.paths[name])


class Paths:
    """Which tasks belong to the paths of branches, by logic.

    Parameters
    ----------
    tasks : mapping of id to Task

    Notes
    -----
    A path holds its first task and every task that can be reached from it, from no other first task of the branch, and
    that has predecessors on the path alone. What has another one, too, joins: it is there whichever path is followed.
    Nobody waits for what spans others.
    """

    def __init__(self, tasks: Mapping[str, Task]) -> None:
        self.predecessors = {
            name: [r.task for r in task.after if not tasks[r.task].is_span] for name, task in tasks.items()
        }
        self.successors: dict[str, list[str]] = {name: [] for name in tasks}
        for name, task in tasks.items():
            if not task.is_span:
                for before in self.predecessors[name]:
                    self.successors[before].append(name)

    def reached_from(self, *names: str) -> set[str]:
        """Return what can be reached from any of some tasks, themselves included."""
        return _reached(names, self.successors)

    def leading_to(self, *names: str) -> set[str]:
        """Return that from which any of some tasks can be reached, themselves included."""
        return _reached(names, self.predecessors)

    def members(self, branch: Branch) -> dict[str, set[str]]:
        """Return the tasks of each path of a branch, by its first task."""
        reached = {first: self.reached_from(first) for first in branch.first_tasks}
        members = {}
        for first, tasks in reached.items():
            candidates = tasks.difference(*(other for name, other in reached.items() if name != first))
            members[first] = self._followers(first, candidates)
        return members

    def _followers(self, first: str, candidates: set[str]) -> set[str]:
        """Return those of some tasks whose predecessors are all among the followers of a first task."""
        followers = {first}
        waiting = [first]
        while waiting:
            for name in self.successors[waiting.pop()]:
                if name in candidates and name not in followers and followers.issuperset(self.predecessors[name]):
                    followers.add(name)
                    waiting.append(name)
        return followers


def _reached(names: tuple[str, ...], following: Mapping[str, Iterable[str]]) -> set[str]:
    """Return what can be reached from some tasks, themselves included, by what follows each."""
    reached, waiting = set(names), list(names)
    while waiting:
        for name in following[waiting.pop()]:
            if name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached
