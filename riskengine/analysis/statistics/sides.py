"""How much a mean differs between some iterations and others."""

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.moment import half_width, unseen_share
from riskengine.analysis.statistics.replicate import LEVEL, Replicates, joined_critical

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]

FEWEST_ON_A_SIDE = 2
"""Iterations that a side must have: of one, no spread is seen."""
FEW_ON_A_SIDE = 30
"""Iterations below which the spread of a side itself counts, however well blocks agree."""


def side_mean(values: Values, side: Mask, replicates: Replicates, reach: float) -> Interval:
    """Return the mean over the iterations on a side, one for each row, less the mean over all of them.

    Parameters
    ----------
    values : (n,) float64
    side : (row, n) bool
    replicates : Replicates
    reach : float
        How far apart two values can be; infinite where that is not known.

    Returns
    -------
    Interval of (row,)
    """
    count = np.count_nonzero(side, axis=1)
    mean = _mean_of(values, side, count)
    whole = values.mean()
    deviation = np.where(side, values - mean[:, np.newaxis], 0.0)
    influence = deviation * _scale(count, values.size)[:, np.newaxis] - (values - whole)
    half = _half(influence, ((deviation, count),), replicates, reach)
    return _without_few(Interval(mean - whole, mean - whole - half, mean - whole + half), (count,))


def swing(values: Values, low: Mask, high: Mask, replicates: Replicates, reach: float) -> Interval:
    """Return the mean over the iterations on one side less that over those on the other, one for each row.

    Parameters
    ----------
    values : (n,) float64
    low, high : (row, n) bool
        No iteration is on both.
    replicates : Replicates
    reach : float
        As in :func:`side_mean`.

    Notes
    -----
    The interval is that of the mean of the linearised difference: the deviation of each iteration from the mean of its
    side, divided by the share of that side, over iterations or over blocks. Where a side has fewer than 30 iterations,
    or these are independent, it reaches at least as far as the spread on either side alone tells, each with Student's t
    of its own freedom (Banerjee 1961). All m values of a side may be one by chance, and others of a probability of up
    to 3.7 / m may be as far away as two values can be. Fewer than two iterations on a side say nothing: NaN.
    """
    counts = [np.count_nonzero(side, axis=1) for side in (low, high)]
    means = [_mean_of(values, side, count) for side, count in zip((low, high), counts, strict=True)]
    parts, influence = [], np.zeros(low.shape)
    for sign, side, count, mean in zip((-1.0, 1.0), (low, high), counts, means, strict=True):
        deviation = np.where(side, values - mean[:, np.newaxis], 0.0)
        influence += sign * deviation * _scale(count, values.size)[:, np.newaxis]
        parts.append((deviation, count))
    half = _half(influence, tuple(parts), replicates, reach)
    value = means[1] - means[0]
    return _without_few(Interval(value, value - half, value + half), tuple(counts))


def _mean_of(values: Values, side: Mask, count: NDArray[np.intp]) -> Values:
    total = np.where(side, values, 0.0).sum(axis=1)
    mean: Values = np.divide(total, count, out=np.full(total.size, np.nan), where=count > 0)
    return mean


def _scale(count: NDArray[np.intp], n: int) -> Values:
    """Return what a deviation counts: one over the share of its side, and more where a mean of few is its own."""
    many = np.maximum(count, FEWEST_ON_A_SIDE)
    scale: Values = n / many * np.sqrt(many / (many - 1) * (n - 1) / n)
    return scale


def _half(
    influence: Values, sides: tuple[tuple[Values, NDArray[np.intp]], ...], replicates: Replicates, reach: float
) -> Values:
    """Return half the interval of the mean of an influence, (row,), no less than its sides by themselves tell."""
    influence = np.where(np.isnan(influence), 0.0, influence)
    half = half_width(influence, replicates)
    parts, unseen = [], np.zeros(half.size)
    for deviation, count in sides:
        many = np.maximum(count, FEWEST_ON_A_SIDE)
        square = np.nansum(deviation * deviation, axis=1)
        is_open = (count < FEW_ON_A_SIDE) | (replicates.blocks == 0)
        parts.append((np.where(is_open, square / (many - 1) / many, 0.0), (many - 1).astype(np.float64)))
        share = np.array([unseen_share(int(each)) for each in many.tolist()])
        is_one = (square == 0) & (reach > 0)
        unseen = np.hypot(unseen, np.where(is_one, share * reach if np.isfinite(reach) else np.inf, 0.0))
    critical = joined_critical(LEVEL, *parts)
    least = np.hypot(critical * np.sqrt(sum(variance for variance, _ in parts)), unseen)
    wider: Values = np.maximum(half, least)
    return np.where(np.isfinite(wider), wider, np.nan)


def _without_few(interval: Interval, counts: tuple[NDArray[np.intp], ...]) -> Interval:
    """Return intervals without those rows of which a side has too few iterations."""
    is_few = np.logical_or.reduce([count < FEWEST_ON_A_SIDE for count in counts])
    return Interval(*(np.where(is_few, np.nan, part) for part in interval))
