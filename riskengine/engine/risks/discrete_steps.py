"""Which values discrete estimates took: how often each does is known, and stratified blocks may not show its spread."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.dates.stored_tasks import StoredTasks
from riskengine.engine.draws.redraw import redrawing
from riskengine.engine.risks.forced import task_hits
from riskengine.engine.risks.rare_values import RARE_OCCURRENCES
from riskengine.kernel.contract.arrays import DISCRETE, NEVER, RANDOM
from riskengine.plan import Plan
from riskengine.results.samples.discrete_sample import DiscreteSample

MOST_LEVELS = 20_000_000
"""Estimates x iterations whose values are looked at: the first estimates of the plan. 80 MB, half a second."""


def discrete_sample(stored: StoredTasks, iterations: int) -> DiscreteSample | None:
    """Return which values discrete estimates took, those that are drawn in every iteration and go with nothing else.

    Parameters
    ----------
    stored : StoredTasks
    iterations : int
        Of the whole run.

    Notes
    -----
    With ``random`` a run shows their spread. So it does of what is drawn only where a risk occurs: the count of both
    together is not that of one stratified variable.
    """
    plan = stored.plan
    if stored.request.method == RANDOM:
        return None
    estimates = _common_estimates(plan, iterations)[: max(1, MOST_LEVELS // iterations)]
    if not estimates:
        return None
    redraw = redrawing(plan, stored.request, stored.dimension, iterations)
    level = np.empty((len(estimates), iterations), np.int32)
    steps: list[tuple[int, int, int, float]] = []
    for row, draws in enumerate(estimates):
        borders = _borders(plan, draws[0])
        level[row] = np.searchsorted(borders[1:], redraw(int(plan.draws.variable[draws[0]])).word, side="right")
        common = _common_levels(borders, iterations)
        steps += [(row, lower, upper, (NEVER - int(borders[lower + 1])) / NEVER) for lower, upper in pairwise(common)]
    columns = list(zip(*steps, strict=True))
    return DiscreteSample(
        level=level,
        estimate=np.array(columns[0], np.intp),
        lower=np.array(columns[1], np.intp),
        upper=np.array(columns[2], np.intp),
        probability=np.array(columns[3]),
        task_hits=task_hits(plan, [np.array(draws, np.intp) for draws in estimates]),
    )


def _common_estimates(plan: Plan, iterations: int) -> list[list[int]]:
    """Return the draws of each discrete estimate with two values that are not rare; those of one stream are one."""
    variables, draws = plan.variables, plan.draws
    is_correlated = set() if plan.correlation is None else plan.correlation.variables
    by_key: dict[tuple[int, ...], list[int]] = {}
    for draw in np.flatnonzero(variables.kind[draws.variable] == DISCRETE).tolist():
        row, risk = int(draws.variable[draw]), int(draws.risk[draw])
        if row in is_correlated or (risk >= 0 and plan.probability[risk] < 1):
            continue
        borders = _borders(plan, draw)
        if len(_common_levels(borders, iterations)) > 1:
            by_key.setdefault((*variables.key[row].tolist(), *borders.tolist()), []).append(draw)
    return list(by_key.values())


def _borders(plan: Plan, draw: int) -> NDArray[np.int64]:
    """Return the 32-bit draws from which on each value of a discrete estimate is taken."""
    variables, row = plan.variables, int(plan.draws.variable[draw])
    first = int(variables.row[row])
    return np.asarray(variables.threshold[first : first + int(variables.count[row])], np.int64)


def _common_levels(borders: NDArray[np.int64], iterations: int) -> list[int]:
    """Return which values are expected in 30 of so many iterations or more."""
    share = np.diff(borders, append=NEVER) / NEVER
    return np.flatnonzero(share * iterations >= RARE_OCCURRENCES).tolist()
