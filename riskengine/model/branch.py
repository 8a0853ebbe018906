"""Probabilistic branches: exactly one of several paths follows a task."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from riskengine.model.fields import Reference, Text, Units
from riskengine.model.frozen import Frozen
from riskengine.model.task import Task


class Branch(Frozen):
    """One path of several: which tasks belong to a path, logic says.

    ``paths`` has the first task of each path with its weight; the weights add up to 1.
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
            "First task of each path, and its weight; the weights add up to 1.",
            is_required=True,
            is_written=True,
            example="{ build = 1 }",
        ),
    ]

    @property
    def first_tasks(self) -> tuple[str, ...]:
        """The first tasks of the paths, sorted."""
        return tuple(sorted(self.paths))

    @property
    def heaviest(self) -> str:
        """The first task of the path that the deterministic plan takes: the heaviest, the first by id of several."""
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
