"""Total float of every task, in the deterministic plan and in the first iterations of a run."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.dates.display_dates import absent_tasks, early_dates
from riskengine.engine.dates.late import backward_pass
from riskengine.engine.dates.lost_days import late_tables
from riskengine.engine.draws.redraw import redrawing
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import LAG, SPANS_OTHERS, Output
from riskengine.plan import Plan

FLOATED_VALUES = 120_000
"""Tasks x iterations whose float is computed, at least one block."""
VALUES_AT_ONCE = 1_000_000
LOSING_BLOCKS = 4
"""Blocks at once where calendars lose days: what is kept of these is a row a day."""


def total_floats(
    plan: Plan, output: Output, lag: NDArray[np.int64], request: Request | None = None
) -> NDArray[np.float64]:
    """Return the total float (task, iteration) of the iterations that ``lag`` has columns for.

    Parameters
    ----------
    output : Output
        With at least so many iterations stored.
    lag : (relationship, iteration) int64 [working tick of the lag's calendar]
    request : Request, optional
        Whose first iterations they are, for the days that calendars lost in them; without one, none is lost.

    Returns
    -------
    (task, iteration) float64 [working days of the task's calendar]
        Not a number where a task has none: spans.
    """
    width = lag.shape[1]
    step = max(1, VALUES_AT_ONCE // max(1, len(plan.task)))
    loses = plan.lost is not None and request is not None
    if loses:
        step = BLOCK * min(LOSING_BLOCKS, max(1, step // BLOCK))
    total_float = np.empty((len(plan.task), width))
    day = np.array([plan.time.calendars[number].day_ticks for number in plan.time.task_calendar])[:, None]
    for first in range(0, width, step):
        columns = slice(first, min(first + step, width))
        part = output._replace(
            start=output.start[:, columns],
            end=output.end[:, columns],
            duration=output.duration[:, columns],
            exists=output.exists[:, columns],
        )
        start, finish = early_dates(plan, part, columns.stop - columns.start)
        tables = None
        if loses and request is not None:
            tables = late_tables(plan, request, first // BLOCK, columns.stop - columns.start)
        late = backward_pass(
            plan,
            start,
            finish,
            duration=part.duration.astype(np.int64),
            lag=lag[:, columns],
            absent=absent_tasks(part, columns.stop - columns.start),
            tables=tables,
        )
        total_float[:, columns] = late.total_float / day
    total_float[(plan.network.binding & SPANS_OTHERS) != 0] = np.nan
    return total_float


def floated(plan: Plan, task_iterations: int) -> int:
    """Return in how many of the stored iterations float is computed."""
    return min(task_iterations, BLOCK * max(1, FLOATED_VALUES // (max(1, len(plan.task)) * BLOCK)))


def drawn_lags(
    plan: Plan,
    request: Request,
    dimension: NDArray[np.int16],
    width: int,
    occurs: NDArray[np.bool_] | None = None,
) -> NDArray[np.int64]:
    """Return the lags (relationship, iteration) of a request's first iterations: the known ones, and those drawn.

    Parameters
    ----------
    dimension : (variable,) int16
        Sobol dimensions.
    width : int
        Iterations.
    occurs : (risk, iteration) bool, optional
        In which of them each risk occurs, where that is known; else those iterations are run again where lags need it.
    """
    network, draws = plan.network, plan.draws
    # one column, seen again and again
    plan_lag = np.broadcast_to(plan.estimates.lag[:, None], (plan.estimates.lag.size, width))
    uncertain = np.flatnonzero(network.lag_row >= 0)
    if not uncertain.size:
        return plan_lag
    lag = plan_lag.copy()
    redraw = redrawing(plan, request, dimension, width)
    if occurs is None and has_delays(plan):
        occurs = occurrences(plan, request, dimension, width)
    for relationship in uncertain.tolist():
        lag[relationship] = 0
        for at in draws_of_lag(plan, relationship):
            drawn, risk = redraw(int(draws.variable[at])).value.astype(np.int64), int(draws.risk[at])
            if risk >= 0 and occurs is not None:
                drawn *= occurs[risk]
            lag[relationship] += drawn
    return lag


def has_delays(plan: Plan) -> bool:
    """Return whether any risk delays a relationship."""
    return bool(((plan.draws.role == LAG) & (plan.draws.risk >= 0)).any())


def occurrences(plan: Plan, request: Request, dimension: NDArray[np.int16], width: int) -> NDArray[np.bool_]:
    """Return in which of a request's first iterations each risk occurs, (risk, iteration), by running them again."""
    columns = -(-width // BLOCK) * BLOCK
    again = replace(request, iterations=columns, task_iterations=0, risk_iterations=columns)
    return np.asarray(run_blocks(plan, again, dimension).occurs[:, :width] != 0)


def draws_of_lag(plan: Plan, relationship: int) -> list[int]:
    """Return the draws that an uncertain lag is the sum of: its own, and the delays that risks may add."""
    network, draws = plan.network, plan.draws
    stage = int(np.searchsorted(network.offset, relationship, side="right"))
    at = np.arange(draws.offset[stage], draws.offset[stage + 1])
    row = network.lag_row[relationship]
    return at[(draws.role[at] == LAG) & (draws.operand[at] == row)].tolist() if row >= 0 else []


def planned_lags(plan: Plan) -> NDArray[np.int64]:
    """Return the lags (relationship,) of the deterministic plan, what has occurred counted in [working tick]."""
    lag, still_open = plan.estimates.lag.copy(), set(plan.open_risks)
    for relationship in np.flatnonzero(plan.network.lag_row >= 0).tolist():
        for at in draws_of_lag(plan, relationship):
            risk = int(plan.draws.risk[at])
            if risk >= 0 and risk not in still_open and plan.probability[risk] > 0:
                lag[relationship] += round(plan.estimates.plan_value[plan.draws.variable[at]])
    return lag
