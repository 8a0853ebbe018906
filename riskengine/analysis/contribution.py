"""What a risk contributes to a measure of the project: its finish in days, or its cost.

*Paired*: the same iterations were run again without the risk; what changes is due to the risk alone.
*Conditional*: probability x (mean where it occurred - mean where it did not); right at the mean, because the other
draws do not depend on the occurrence, but wider, and silent about percentiles.
"""

import math

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.interval import Interval
from riskengine.analysis.moment import mean
from riskengine.analysis.percentile import percentile_rank
from riskengine.analysis.quantile import student_quantile
from riskengine.analysis.replicate import BLOCK, LEVEL, Replicates, spread

Values = NDArray[np.float64]

BATCHES = 20
"""Batches, at most, whose spread gives the interval of a difference of percentiles."""
SMALLEST_BATCH = 10
"""Iterations below which a batch has no percentiles worth the name."""
EFFECT_PERCENTS = (50, 80, 90)


def paired_mean(values: Values, without: Values, method: str) -> Interval:
    """Return the mean differences with and without each risk.

    Parameters
    ----------
    values : (m,) float64
    without : (risk, m) float64
        The same iterations with each risk masked.
    method : str
        ``random``, ``lhs`` or ``sobol``.

    Returns
    -------
    Interval of (risk,)
    """
    return mean(values - without, Replicates.of(method, len(values)))


def paired_percentiles(values: Values, without: Values, method: str) -> Interval:
    """Return the differences of percentiles with and without each risk, their intervals from batches.

    Parameters
    ----------
    values : (m,) float64
    without : (risk, m) float64
    method : str

    Returns
    -------
    Interval of (risk, percent)
        P50, P80 and P90. No interval for fewer than 200 iterations.

    Notes
    -----
    The value is the difference of the percentiles of all m iterations. Batches of them, one after the other, each
    have a difference of percentiles; their spread gives the standard error, with Student's quantile.
    """
    m = len(values)
    rank = [percentile_rank(m, percent) - 1 for percent in EFFECT_PERCENTS]
    difference = np.sort(values)[rank] - np.sort(without, axis=1)[:, rank]
    count, size = batching(Replicates.of(method, m))
    if size < SMALLEST_BATCH:
        nothing = np.full_like(difference, np.nan)
        return Interval(difference, nothing, nothing)
    half = np.empty_like(difference)
    rank = [percentile_rank(size, percent) - 1 for percent in EFFECT_PERCENTS]
    batched = batches(values, count, size)[:, rank]
    critical = student_quantile((1 + LEVEL) / 2, count - 1)
    for row, other in enumerate(without):
        half[row] = critical / math.sqrt(count) * spread((batched - batches(other, count, size)[:, rank]).T)
    return Interval(difference, difference - half, difference + half)


def batching(replicates: Replicates) -> tuple[int, int]:
    """Return how many batches, and how many iterations in each: 20, of whole blocks where the blocks are replicates.

    With 10 to 19 blocks each is a batch.
    """
    if not replicates.blocks:
        return BATCHES, replicates.n // BATCHES
    count = min(BATCHES, replicates.blocks)
    return count, replicates.blocks // count * BLOCK


def batches(values: Values, count: int, size: int) -> Values:
    """Return the first ``count`` batches of these values, (batch, size), each sorted."""
    return np.sort(values[: count * size].reshape(count, size), axis=1)


def conditional_mean(values: Values, occurs: NDArray[np.bool_], probability: float, method: str) -> Interval:
    """Return probability x (mean where the risk occurred - mean where it did not), as an interval of one value.

    Parameters
    ----------
    values : (n,) float64
    occurs : (n,) bool
    probability : float
        Of the scenario: it is known, and not estimated from the draws.
    method : str

    Notes
    -----
    The interval is that of the mean of the linearised difference: each iteration's deviation from the mean of its
    side, divided by the share of that side, over iterations or over blocks. NaN where one side has fewer than two
    iterations; 0 for a risk that cannot occur.
    """
    n = len(values)
    if probability == 0:
        return Interval(np.zeros(1), np.zeros(1), np.zeros(1))
    count = int(np.count_nonzero(occurs))
    if min(count, n - count) < 2:
        nothing = np.full(1, np.nan)
        return Interval(nothing, nothing, nothing)
    with_risk, without_risk = values[occurs].mean(), values[~occurs].mean()
    influence = np.where(occurs, (values - with_risk) * (n / count), (without_risk - values) * (n / (n - count)))
    half = probability * Replicates.of(method, n).half_width(influence[np.newaxis])
    value = np.array([probability * (with_risk - without_risk)])
    return Interval(value, value - half, value + half)
