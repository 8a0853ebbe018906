"""Resources with a capacity, and who holds how much of them."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.resources import Holdings
from riskengine.model import Scenario
from riskengine.plan.limited import limited
from riskengine.plan.resources.levelled_resource import LevelledResource

FINEST = 1_000_000
"""Parts of a unit that are told apart."""
MOST = 2**31 - 1
TINY = 1e-3
"""Of the smallest part: what is lost when a number is written in binary."""


def levelled_resources(scenario: Scenario) -> tuple[LevelledResource, ...]:
    """Return the resources with a capacity of which any task holds some, by id."""
    units: dict[str, dict[str, float]] = {}
    for name, task in scenario.tasks.items():
        for resource, amount in limited(scenario, task).items():
            units.setdefault(resource, {})[name] = amount
    resources = scenario.resources
    return tuple(
        LevelledResource(key, resources[key].name, resources[key].capacity or 0.0, units[key]) for key in sorted(units)
    )


def totals(scenario: Scenario) -> dict[str, float]:
    """Return how much of each resource with a capacity all tasks together hold."""
    return {resource.id: math.fsum(resource.units.values()) for resource in levelled_resources(scenario)}


def short_resources(scenario: Scenario) -> list[str]:
    """Return the resources that somebody may have to wait for, in the order of the rows of ``Holdings``."""
    return sorted(n for n, units in totals(scenario).items() if units > (scenario.resources[n].capacity or 0.0))


def is_short(scenario: Scenario) -> bool:
    """Return whether anybody can ever have to wait for a resource."""
    return bool(short_resources(scenario))


def compile_holdings(scenario: Scenario, order: Sequence[str], is_pinned: NDArray[np.bool_]) -> Holdings | None:
    """Lay out who holds what; None where nobody can ever have to wait.

    Parameters
    ----------
    scenario : Scenario
        No task needs more than a capacity.
    order : sequence of str
        Tasks in kernel order.
    is_pinned : (task,) bool
        Tasks that a mandatory date holds, whatever they had to wait for.

    Notes
    -----
    A resource of which all tasks together hold no more than there is keeps nobody waiting and is left out. Units are
    counted in millionths, or in coarser parts of ten where their sum would not fit: what is held is rounded down, so
    that three thirds are one.
    """
    total = totals(scenario)
    capacity = {name: scenario.resources[name].capacity or 0.0 for name in total}
    short = short_resources(scenario)
    if not short:
        return None
    needs = [limited(scenario, scenario.tasks[name]) for name in order]
    part = {
        name: _parts([capacity[name], *(need[name] for need in needs if name in need)], total[name]) for name in short
    }
    row = {name: at for at, name in enumerate(short)}
    offset, holder, resource, units = [0], [], [], []
    for task, need in enumerate(needs):
        for name, amount in need.items():
            if name in row:
                holder.append(task)
                resource.append(row[name])
                units.append(int(amount * part[name] + TINY))
        offset.append(len(units))
    steps = 2 * np.bincount(resource, minlength=len(short)) + 2
    return Holdings(
        is_pinned=is_pinned.astype(np.uint8),
        offset=np.array(offset, np.int32),
        holder=np.array(holder, np.int32),
        resource=np.array(resource, np.int32),
        units=np.array(units, np.int32),
        capacity=np.array([int(capacity[name] * part[name] + TINY) for name in short], np.int32),
        first_step=np.concatenate(([0], np.cumsum(steps))).astype(np.int32),
    )


def _parts(amounts: Sequence[float], most: float) -> float:
    """Return in how many parts a unit of a resource is counted."""
    if all(amount == int(amount) for amount in amounts):
        part = 1.0
    else:
        part = float(FINEST)
    while most * part > MOST:
        part /= 10
    return part
