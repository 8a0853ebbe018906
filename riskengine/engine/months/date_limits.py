"""Before and after which instants tasks are never worked, in any iteration: what months can be told from."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.dates.display_dates import early_dates
from riskengine.engine.hastening import losses_may_hasten, may_hasten
from riskengine.engine.limits import (
    Ends,
    extreme,
    extreme_ends,
    is_levelled,
    may_move,
    perverse_tasks,
)
from riskengine.kernel.contract.arrays import FF, FINISH_PINNED, LEAST_FINISH, MOST_FINISH, SF
from riskengine.plan import Plan

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FAR_LEAD = -(2**30)
"""A lead with which a relationship asks for nothing [tick]."""


def date_limits(plan: Plan) -> tuple[Floats, Floats]:
    """Return before and after which instant nothing that is left of each task is worked in any iteration.

    Returns
    -------
    pair of (task + 1,) float64 [tick on the clock]
        The earliest start and the latest finish; the last entries are those of the project. Plus infinity where no
        latest finish is known.

    Notes
    -----
    What waits for resources is never earlier than without, unless a resource's calendar may hasten, and has no latest
    finish; nor has anything where calendars lose days, nor what is wanted as late as possible, nor what follows a task
    that may make others earlier by taking longer.
    """
    count = len(plan.task)
    ends = extreme_ends(plan)
    earliest, latest = np.full(count + 1, float(plan.time.start)), np.full(count + 1, np.inf)
    if may_move(plan, ends) and plan.unlevelled is not None and is_levelled(plan):
        if not may_hasten(plan):
            unlevelled, _ = date_limits(plan.unlevelled)
            row = {task: at for at, task in enumerate(plan.unlevelled.task)}
            tick = plan.unlevelled.time.tick / plan.time.tick
            earliest[:-1] = unlevelled[[row[task] for task in plan.task]] * tick
        return earliest, latest
    if plan.lost is not None and losses_may_hasten(plan):
        return earliest, latest
    is_summary = np.isin(np.arange(count), list(plan.progress.member))
    earliest[:-1] = np.where(is_summary, earliest[:-1], _earliest_starts(plan, ends))
    if plan.lost is not None:
        return earliest, latest
    most = extreme(plan, ends, ends.most, exists=True)
    is_perverse = perverse_tasks(plan, ends)
    is_known = ~_and_successors(plan, is_perverse) & ~plan.late.as_late_as_possible & ~is_summary
    _, finishes = early_dates(plan, most, 1)
    latest[:-1][is_known] = finishes[is_known, 0]
    if not is_perverse.any():
        latest[-1] = plan.clock(most.finish[:1, :1])[0, 0]
    return earliest, latest


def _earliest_starts(plan: Plan, ends: Ends) -> Floats:
    """Return the earliest start of each task, (task,) float64 [tick on the clock].

    Notes
    -----
    A task whose finish is given by something else starts the earlier the longer it takes. So nothing is asked of any
    finish here, which can only make starts earlier, and every draw is at its least. A late date or a mandatory one that
    holds a finish may ask for any start, the start of the project at the earliest.
    """
    network = plan.network
    asks_finish = (network.kind == FF) | (network.kind == SF)
    relaxed = network._replace(
        lag=np.where(asks_finish, FAR_LEAD, network.lag).astype(network.lag.dtype),
        lag_row=np.where(asks_finish, -1, network.lag_row).astype(network.lag_row.dtype),
        binding=network.binding & ~np.uint16(LEAST_FINISH),
    )
    starts, _ = early_dates(plan, extreme(replace(plan, network=relaxed), ends, ends.least, exists=False), 1)
    is_open = _and_successors(plan, (network.binding & (MOST_FINISH | FINISH_PINNED)) != 0)
    return np.where(is_open, float(plan.time.start), starts[:, 0])


def _and_successors(plan: Plan, is_one: Flags) -> Flags:
    """Return some tasks and all whose dates rest on theirs, (task,)."""
    network, follows = plan.network, is_one.copy()
    for task in range(follows.size):
        before = network.predecessor[network.offset[task] : network.offset[task + 1]]
        follows[task] |= bool(follows[before].any())
    return follows
