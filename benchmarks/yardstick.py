"""The yardstick: the same simulation as whoever knows NumPy well would write it in an afternoon.

Every task is one vectorised step over all iterations; there is no loop over iterations. Random numbers are NumPy's own
beta variates, time is float64 days, and criticality is exact, by a backward pass.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.network import Network

Float64 = NDArray[np.float64]
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Simulated:
    """What a simulation gives.

    Parameters
    ----------
    finish : (iteration,) float64 [working day]
    cost : (iteration,) float64
    criticality : (task,) float64
        Share of the iterations in which the task is on a longest path.
    """

    finish: Float64
    cost: Float64
    criticality: Float64


def pert(rng: np.random.Generator, low: float, likely: float, high: float, count: int) -> Float64:
    """Return draws of a PERT distribution: a beta distribution stretched from low to high."""
    span = high - low
    draws = rng.beta(1 + 4 * (likely - low) / span, 1 + 4 * (high - likely) / span, count)
    draws *= span
    draws += low
    return draws


def simulate(plan: Network, iterations: int, seed: int) -> Simulated:
    """Simulate a plan."""
    rng = np.random.default_rng(seed)
    shape = (len(plan.tasks), iterations)
    duration = np.empty(shape)
    finish = np.empty(shape)
    cost = np.full(iterations, float(sum(task.fixed for task in plan.tasks)))
    threats = _by_task(len(plan.tasks), [(risk.task, row) for row, risk in enumerate(plan.risks)])
    for row, task in enumerate(plan.tasks):
        mine = duration[row]
        mine[:] = pert(rng, task.low, task.likely, task.high, iterations)
        for risk in (plan.risks[k] for k in threats[row]):
            occurs = rng.random(iterations) < risk.probability
            mine += occurs * pert(rng, risk.low, risk.likely, risk.high, iterations)
            cost += occurs * risk.cost
        end = finish[row]
        if task.predecessors:
            first, *others = task.predecessors
            end[:] = finish[first]
            for other in others:
                np.maximum(end, finish[other], out=end)
            end += mine
        else:
            end[:] = mine
        cost += task.rate * mine
    project = finish.max(axis=0)
    return Simulated(project, cost, _criticality(plan, duration, finish, project))


def _criticality(plan: Network, duration: Float64, finish: Float64, project: Float64) -> Float64:
    """Return how often each task's late finish is its early one."""
    followers = _by_task(
        len(plan.tasks), [(before, row) for row, t in enumerate(plan.tasks) for before in t.predecessors]
    )
    late_start = np.empty_like(finish)
    criticality = np.empty(len(plan.tasks))
    for row in range(len(plan.tasks) - 1, -1, -1):
        late = late_start[row]
        if followers[row]:
            first, *others = followers[row]
            late[:] = late_start[first]
            for other in others:
                np.minimum(late, late_start[other], out=late)
        else:
            late[:] = project
        criticality[row] = np.count_nonzero(late - finish[row] < TOLERANCE) / late.size
        late -= duration[row]
    return criticality


def _by_task(count: int, pairs: list[tuple[int, int]]) -> list[list[int]]:
    """Return for each task what is paired with it."""
    found: list[list[int]] = [[] for _ in range(count)]
    for task, other in pairs:
        found[task].append(other)
    return found
