"""What set the date of each task in one iteration, and the path of drivers that leads to a finish."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.traced.block import TracedBlock
from riskengine.kernel.contract.arrays import FF, FS, HANDS_ON_DATES, IS_FINISHED, SS
from riskengine.plan import Plan
from riskengine.plan.binding_words import binding_words
from riskengine.plan.resources.levelling import short_resources
from riskengine.plan.time.calendar import DAY_SECONDS
from riskengine.results.samples.traced import RELATIONSHIP_TYPES, RESOURCE, Driver


def predecessors(block: TracedBlock) -> list[list[int]]:
    """Return the tasks that drove each task, by row: by relationships, and by resources that they freed."""
    network = block.plan.network
    drivers = [[driver.task for driver in freed] for freed in block.freed_by]
    for task, relationships in _relationships(block):
        drivers[task] += [int(network.predecessor[k]) for k in relationships]
    return drivers


def last_tasks(block: TracedBlock, target: int) -> list[int]:
    """Return the tasks, by row, at which the longest paths to the project (0), or to a target, end.

    Notes
    -----
    A project that is over ends at the last of its tasks, all of which stand at the data date in the core.
    """
    plan, column = block.plan, block.column
    if target > 0:
        return [int(plan.network.target[target - 1])]
    if 0 in plan.past_finishes:
        return [plan.past_finishes[0]]
    ends = plan.network.open_end
    finish = block.output.end[ends, column]
    return [int(task) for task in ends[finish == max(0, int(finish.max(initial=0)))]]


def critical_tasks(block: TracedBlock, target: int) -> NDArray[np.bool_]:
    """Return the tasks on a longest path to a target, (task,) bool: ties all are, none that is over or absent."""
    drivers = predecessors(block)
    is_critical = np.zeros(len(block.plan.task), bool)
    waiting = last_tasks(block, target)
    while waiting:
        task = waiting.pop()
        if not is_critical[task]:
            is_critical[task] = True
            waiting += drivers[task]
    return is_critical & block.exists & ~is_over(block.plan)


def driving_path(block: TracedBlock, target: int) -> list[int]:
    """Return the rows of the tasks that lead to a target, the first one first; of those that tie, the first by id.

    Notes
    -----
    What does not exist hands on the dates that it is asked for, and is left out. A path begins behind what is over at
    the data date, which has driven nothing since.
    """
    drivers, name, exists = predecessors(block), block.plan.task, block.exists
    path: list[int] = []
    candidates: Sequence[int] = last_tasks(block, target)
    while candidates:
        path.append(min(candidates, key=name.__getitem__))
        candidates = drivers[path[-1]]
    return [task for task in path[::-1] if exists[task]]


def task_drivers(block: TracedBlock) -> list[tuple[Driver, ...]]:
    """Return what drove each task, by row, by the id of the task that did."""
    plan, lag = block.plan, block.lag()
    network, time = plan.network, plan.time
    start, finish = block.clock()
    day = DAY_SECONDS / time.tick
    drivers: list[list[Driver]] = []
    names = short_resources(plan.stages.scenario) if plan.holdings is not None else []
    for task, freed in enumerate(block.freed_by):
        drivers.append(
            [
                Driver(
                    plan.task[each.task], RESOURCE, names[each.resource], 0.0, (start[task] - finish[each.task]) / day
                )
                for each in freed
            ]
        )
    for task, relationships in _relationships(block):
        for k in relationships:
            before, kind = int(network.predecessor[k]), int(network.kind[k])
            since = (finish if kind in (FS, FF) else start)[before]
            until = (start if kind in (FS, SS) else finish)[task]
            days = float(lag[k] / time.calendars[int(time.lag_calendar[k])].day_ticks)
            drivers[task].append(
                Driver(plan.task[before], RELATIONSHIP_TYPES[kind], "", days, float((until - since) / day))
            )
    return [tuple(sorted(each, key=lambda driver: (driver.task, driver.kind))) for each in drivers]


def bounds(block: TracedBlock) -> list[str]:
    """Return what set the start of each task, by row, where no other task did."""
    return [
        words if exists else "does not exist"
        for words, exists in zip(binding_words(block.plan), block.exists.tolist(), strict=True)
    ]


def _relationships(block: TracedBlock) -> list[tuple[int, list[int]]]:
    """Return each task's row with its relationships that drove it.

    Notes
    -----
    In the core, what is over stands at the data date with everything that is over before it, so that all of their
    relationships look as if they drove. What asked for a date since then does: a lag of which something is left, and
    what is over out of sequence, where it hands on a later date.
    """
    network = block.plan.network
    offset, is_driving, lag = network.offset.tolist(), block.is_driving, block.lag()
    is_past = is_over(block.plan) & (block.output.end[: len(block.plan.task), block.column] <= 0)
    return [
        (
            task,
            []
            if is_past[task]
            else [
                k for k in range(first, last) if is_driving[k] and not (is_past[network.predecessor[k]] and lag[k] <= 0)
            ],
        )
        for task, (first, last) in enumerate(pairwise(offset))
    ]


def is_over(plan: Plan) -> NDArray[np.bool_]:
    """Return which tasks are finished, (task,) bool."""
    return np.asarray((plan.network.binding[: len(plan.task)] & (IS_FINISHED | HANDS_ON_DATES)) != 0)
