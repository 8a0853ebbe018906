"""A levelled run beside the same iterations without levelling, and how far the resources were used."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.limits import levelling_changes
from riskengine.kernel.contract.arrays import Output
from riskengine.plan import Plan
from riskengine.plan.resources.levelled_resource import LevelledResource
from riskengine.results.samples.sample import LevellingSample, ResourceSample

Floats = NDArray[np.float64]


def levelling_sample(
    plan: Plan,
    unlevelled: Plan,
    request: Request,
    dimension: NDArray[np.int16],
    output: Output,
    deterministic_output: Output,
    task_iterations: int,
) -> LevellingSample:
    """Return the same iterations without levelling, and the use of resources with it.

    Parameters
    ----------
    plan, unlevelled : Plan
        With levelling and without.
    request : Request
        All iterations of the run.
    dimension : (variable,) int16
        Sobol dimensions of the plan without levelling.
    output : Output
        Of the levelled run.
    deterministic_output : Output
        The deterministic plan without levelling.
    task_iterations : int
        Iterations of which tasks are stored.
    """
    unlevelled_output = run_blocks(unlevelled, replace(request, task_iterations=0, risk_iterations=0), dimension)
    count = request.iterations
    finish, finish_days = unlevelled.finishes(unlevelled_output.finish[:, :count])
    deterministic_finish, deterministic_finish_days = unlevelled.finishes(deterministic_output.finish[:, 0])
    finish_change, cost_change = levelling_changes(plan)
    return LevellingSample(
        rule="" if plan.levelling is None else plan.levelling.rule,
        finish=finish,
        finish_days=finish_days,
        cost=unlevelled_output.cost[:count],
        deterministic_finish=deterministic_finish,
        deterministic_finish_days=deterministic_finish_days,
        deterministic_cost=float(deterministic_output.cost[0]),
        resources=_resources(plan, unlevelled, output, deterministic_output, task_iterations),
        finish_change=finish_change,
        cost_change=cost_change,
    )


def _resources(
    plan: Plan, unlevelled: Plan, output: Output, deterministic_output: Output, task_iterations: int
) -> ResourceSample:
    """Return how far each resource was used in the first ``task_iterations`` iterations."""
    resources = () if plan.levelling is None else plan.levelling.resources
    use, full = np.zeros((len(resources), task_iterations)), np.zeros((len(resources), task_iterations))
    begin = plan.time.start if plan.clocks is not None else 0
    end = output.finish[0, :task_iterations]
    for at, resource in enumerate(resources):
        start, finish, units = _spans(
            plan, resource, output.start[:, :task_iterations], output.end[:, :task_iterations], begin
        )
        use[at], full[at] = usage(start, finish, units, resource.capacity, begin=begin, end=end)
    origin = unlevelled.time.start if unlevelled.clocks is not None else 0
    peaks = [
        peak(*_spans(unlevelled, resource, deterministic_output.start[:, :1], deterministic_output.end[:, :1], origin))
        for resource in resources
    ]
    return ResourceSample(
        id=tuple(resource.id for resource in resources),
        name=tuple(resource.name for resource in resources),
        capacity=np.array([resource.capacity for resource in resources]),
        demand=np.array(peaks),
        use=use,
        full=full,
    )


def _spans(
    plan: Plan, resource: LevelledResource, start: NDArray[np.int32], finish: NDArray[np.int32], begin: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
    """Return start, finish (holder, iteration) and units (holder,) of those who hold a resource."""
    rows = [at for at, name in enumerate(plan.task) if name in resource.units]
    units = np.array([resource.units[plan.task[at]] for at in rows])
    # what is under way began before there was anything to plan
    return np.maximum(start[rows], begin), np.maximum(finish[rows], begin), units


def steps(start: NDArray[np.integer], finish: NDArray[np.integer], units: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Return instants in order and what is held from each to the next, both (2 x holder, iteration)."""
    # what ends comes first, so that who follows at the same instant is not counted beside it
    time = np.concatenate((finish, start)).astype(np.int64)
    change = np.concatenate((-units, units))
    order = np.argsort(time, axis=0, kind="stable")
    units_in_use = np.cumsum(change[order], axis=0)
    return np.take_along_axis(time, order, axis=0), units_in_use


def peak(start: NDArray[np.int32], finish: NDArray[np.int32], units: Floats) -> float:
    """Return the most units held at once."""
    time, units_in_use = steps(start, finish, units)
    lasts = np.diff(time, axis=0) > 0
    return float(np.max(units_in_use[:-1], where=lasts, initial=0.0))


def usage(
    start: NDArray[np.int32],
    finish: NDArray[np.int32],
    units: Floats,
    capacity: float,
    begin: int,
    end: NDArray[np.int32],
) -> tuple[Floats, Floats]:
    """Return the share of a resource that is held, and the share of time in which none is free.

    Parameters
    ----------
    start, finish : (holder, iteration) int32 [tick]
    units : (holder,) float64
    capacity : float
    begin, end : int, (iteration,) int32 [tick]
        Of the project.

    Returns
    -------
    pair of (iteration,) float64
    """
    time, units_in_use = steps(start, finish, units)
    length = np.diff(time, axis=0)
    whole = np.maximum(end.astype(np.int64) - begin, 1)
    used = (np.maximum(units_in_use[:-1], 0.0) * length).sum(axis=0) / (capacity * whole)
    full = np.where(units_in_use[:-1] >= capacity * (1 - 1e-9), length, 0).sum(axis=0) / whole
    return used, full
