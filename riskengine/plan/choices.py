"""What decides which tasks exist: the paths of branches, and the repeats of loops of rework."""

from collections.abc import Mapping
from typing import NamedTuple

from riskengine.model import Scenario
from riskengine.model.branch import Paths
from riskengine.model.unroll import repeats_of


class BranchPaths(NamedTuple):
    """A branch, and the tasks of each of its paths by the first task of the path."""

    id: str
    name: str
    tasks: Mapping[str, frozenset[str]]


class LoopRepeats(NamedTuple):
    """A loop of rework, and how many times tasks were done where each of its repeats exists."""

    id: str
    name: str
    times: Mapping[str, int]


def branch_paths(scenario: Scenario) -> list[BranchPaths]:
    """Return the branches of an unrolled scenario, by id."""
    if not scenario.branches:
        return []
    paths = Paths(scenario.tasks)
    return [
        BranchPaths(id, branch.name, {first: frozenset(tasks) for first, tasks in paths.members(branch).items()})
        for id, branch in sorted(scenario.branches.items())
    ]


def loop_repeats(scenario: Scenario) -> list[LoopRepeats]:
    """Return the loops of rework of an unrolled scenario, by id."""
    times: dict[str, dict[str, int]] = {id: {} for id in sorted(scenario.rework)}
    for name, (loop, _, number) in repeats_of(scenario.rework.values(), scenario.tasks).items():
        times[loop.id][name] = number
    return [LoopRepeats(id, scenario.rework[id].name, by_task) for id, by_task in times.items()]
