"""Branches by a finish or by a risk as the rules say them."""

from collections.abc import Callable
from datetime import datetime

from riskengine.model import Branch, Scenario
from tests.twin.simulator.branching import is_begun, last_time, path_of


def has_conditions(scenario: Scenario) -> bool:
    """Whether a finish or a risk decides about any path."""
    return any(not branch.paths for branch in scenario.branches.values())


def switched_off(scenario: Scenario, finish_of: Callable[[str], datetime], happening: set[str]) -> set[str]:
    """Tasks on the paths that are not followed, by when their branch's task was done and by what has happened."""
    absent: set[str] = set()
    for branch in scenario.branches.values():
        if branch.paths:
            continue
        sides = {branch.then: branch.otherwise, branch.otherwise: branch.then}
        paths = {first: path_of(scenario, first, [other]) for first, other in sides.items()}
        taken = [first for first, path in paths.items() if any(is_begun(scenario.tasks[id]) for id in path)]
        taken = taken or [branch.then if is_met(branch, scenario, finish_of, happening) else branch.otherwise]
        absent |= set().union(*(path for first, path in paths.items() if first not in taken))
    return {id for id in absent if not is_begun(scenario.tasks[id])}


def is_met(branch: Branch, scenario: Scenario, finish_of: Callable[[str], datetime], happening: set[str]) -> bool:
    """Whether a condition holds: the task was done for good later than it says, or its risk has happened."""
    if branch.if_later_than is None:
        return branch.if_risk in happening
    return finish_of(last_time(scenario, branch.after)) > branch.if_later_than
