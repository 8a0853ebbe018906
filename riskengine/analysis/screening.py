"""Which of many plans can still be the best of those that cost no more, after some iterations of all of them."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, stdtrit

from riskengine.analysis.objective import Objective, tail_influence

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]

WRONG: Final = 1e-3
"""Probability up to which a screening may rule out the best of any plans, all of its tests together."""


def rivals(prices: Values, objectives: Values) -> NDArray[np.intp]:
    """Return for each plan the best of those that cost no more, the first of equals, (plan,).

    Parameters
    ----------
    prices : (plan,) float64
        In ascending order.
    objectives : (plan,) float64
    """
    last = np.searchsorted(prices, prices, side="right") - 1
    best = np.zeros(objectives.size, np.intp)
    at = 0
    for plan, value in enumerate(objectives.tolist()):
        if value < objectives[at]:
            at = plan
        best[plan] = at
    return best[last]


def is_ruled_out(objective: Objective, values: Values, rival: NDArray[np.intp], tests: int) -> Mask:
    """Return which plans are worse than their rivals beyond doubt, (plan,).

    Parameters
    ----------
    objective : Objective
    values : (plan, n) float64
        The same iterations of every plan.
    rival : (plan,) intp
        From :func:`rivals`.
    tests : int
        In how many tests of the whole screening chance may mislead.

    Notes
    -----
    Each test is at the level ``WRONG / tests`` (Bonferroni). Percentiles, and shares: a plan is worse than its rival
    where fewer of its iterations keep to the rival's percentile, by a sign test over the iterations in which only one
    of both does. Means: Student's t of the paired differences. Iterations count as independent, which stratified ones
    only better.
    """
    level = WRONG / max(1, tests)
    ruled_out = np.zeros(len(values), np.bool_)
    for one in np.unique(rival):
        rows = np.flatnonzero(rival == one)
        ruled_out[rows] = _is_worse(objective, values[rows], values[one], level)
    return ruled_out


def _is_worse(objective: Objective, values: Values, rival: Values, level: float) -> Mask:
    """Return which rows are worse than a rival, each at this level."""
    if objective.measure == "gate":
        return _is_more_often(values > 0, rival > 0, level)
    if objective.statistic == "p80":
        percentile = objective.of(rival[np.newaxis])[0]
        return _is_more_often(values > percentile, rival > percentile, level)
    if objective.statistic == "worst-fifth":
        difference = tail_influence(values) - tail_influence(rival[np.newaxis])
    else:
        difference = values - rival
    n = rival.size
    if n < 2:
        return np.zeros(len(values), np.bool_)
    critical = float(stdtrit(n - 1, 1 - level))
    error = difference.std(axis=1, ddof=1) / np.sqrt(n)
    worse: Mask = difference.mean(axis=1) - critical * error > 0
    return worse


def _is_more_often(true: Mask, rival: Mask, level: float) -> Mask:
    """Return which rows are true more often than a rival, by a sign test of the iterations that differ."""
    more = np.count_nonzero(true & ~rival, axis=1)
    less = np.count_nonzero(rival & ~true, axis=1)
    chance = bdtr(less.astype(np.float64), (more + less).astype(np.int64), 0.5)
    often: Mask = (more > less) & (chance < level)
    return often
