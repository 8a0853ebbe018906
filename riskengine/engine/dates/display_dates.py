"""The dates of tasks as they are shown: what has happened as it happened, summaries over the tasks below them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.dates.late import backward_pass
from riskengine.kernel.contract.arrays import Output
from riskengine.plan import Plan

Instants = NDArray[np.datetime64]


def absent_tasks(output: Output, task_iterations: int) -> NDArray[np.bool_] | None:
    """Return in which of the first iterations tasks do not exist, (task, iteration); None where all always do."""
    exists = output.exists[:, :task_iterations]
    return exists == 0 if exists.size else None


def is_postponed(plan: Plan) -> bool:
    """Return whether tasks are shown as late as possible: none is where resources are levelled."""
    return bool(plan.late.as_late_as_possible.any()) and plan.unlevelled is None


def early_dates(plan: Plan, output: Output, task_iterations: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return start and finish (task, iteration) of what is left of each task, in ticks on the clock.

    Notes
    -----
    What takes no time starts where it finishes.
    """
    start, is_empty = output.start[:, :task_iterations], output.duration[:, :task_iterations] == 0
    clock = plan.clock_start(start)
    if is_empty.any():
        clock[is_empty] = plan.clock(start[is_empty])
    return clock, plan.clock(output.end[:, :task_iterations])


def display_dates(
    plan: Plan, output: Output, task_iterations: int, lag: NDArray[np.int64] | None = None
) -> tuple[Instants, Instants]:
    """Return start and finish (task, iteration) datetime64[us] of the first ``task_iterations`` iterations.

    Parameters
    ----------
    lag : (relationship, iteration) int64 [working tick of the lag's calendar], optional
        With it, tasks that are wanted as late as possible are shown so.
    """
    start, finish = early_dates(plan, output, task_iterations)
    if lag is not None:
        left = output.duration[:, :task_iterations].astype(np.int64)
        absent = absent_tasks(output, task_iterations)
        start, finish = backward_pass(plan, start, finish, left, lag[:, :task_iterations], absent=absent).early_dates()
    starts, finishes = plan.instants(start), plan.instants(finish)
    for actual, dates in ((plan.progress.actual_start, starts), (plan.progress.actual_finish, finishes)):
        has_happened = ~np.isnat(actual)
        dates[has_happened] = actual[has_happened, None]
    roll_up(plan, starts, finishes, absent_tasks(output, task_iterations))
    return starts, finishes


def roll_up(plan: Plan, starts: Instants, finishes: Instants, absent: NDArray[np.bool_] | None) -> None:
    """Fill the rows of summaries, from the first start to the last finish of the tasks below; tasks come first."""
    for summary, below in plan.progress.member.items():
        if below.size:
            starts[summary], finishes[summary] = covered(starts[below], finishes[below], absent, below)


def covered(
    starts: NDArray[Any], finishes: NDArray[Any], absent: NDArray[np.bool_] | None, below: NDArray[np.intp]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the first start and the last finish of the tasks below a summary, (iteration,) each.

    Parameters
    ----------
    starts, finishes : (below, iteration)
    absent : (task, iteration) bool or None
        Where tasks do not exist; they do not count unless all of them are missing.
    below : (below,) intp
    """
    if absent is None or not absent[below].any():
        return starts.min(axis=0), finishes.max(axis=0)
    counts = ~absent[below] | absent[below].all(axis=0)
    first = np.where(counts, starts, starts.max(axis=0)).min(axis=0)
    return first, np.where(counts, finishes, finishes.min(axis=0)).max(axis=0)
