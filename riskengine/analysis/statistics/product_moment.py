"""Pearson's correlation, and what correlations become."""

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.moment import half_width
from riskengine.analysis.statistics.replicate import Replicates, deviations, spread

Values = NDArray[np.float64]

FEWEST_CORRELATED = 5
"""Iterations below which a correlation has no interval."""
LARGEST = 1 - 1e-12
"""Where Fisher's transformation ends."""


def pearson(rows: Values, values: Values, replicates: Replicates) -> Interval:
    """Return the correlation of each row with some values; NaN where either does not vary.

    Parameters
    ----------
    rows : (row, n) float64
    values : (n,) float64
    replicates : Replicates

    Notes
    -----
    An iteration moves r by z w - r (z^2 + w^2) / 2, z and w being both in standard deviations.
    """
    if replicates.n < 2:
        return Interval(*(np.full(len(rows), np.nan),) * 3)
    first, second = _standard(rows), _standard(values[np.newaxis])
    product = first * second
    value = product.mean(axis=1) * replicates.n / (replicates.n - 1)
    influence = product - value[:, np.newaxis] / 2 * (first * first + second * second)
    is_moving = (spread(rows) > 0) & (values.min() < values.max())
    return around(np.where(is_moving, value, np.nan), half_width(influence, replicates), replicates.n)


def around(value: Values, half: Values, n: int) -> Interval:
    """Return correlations with their intervals, symmetric in Fisher's atanh.

    Parameters
    ----------
    value, half : (row,) float64
        The correlations, and half the interval of what iterations move them by.
    n : int
        Iterations.
    """
    if n < FEWEST_CORRELATED:
        nothing = np.full_like(value, np.nan)
        return Interval(value, nothing, nothing)
    inner = np.clip(value, -LARGEST, LARGEST)
    reach = half / (1 - inner**2)
    low, high = np.tanh(np.arctanh(inner) - reach), np.tanh(np.arctanh(inner) + reach)
    return Interval(value, np.minimum(low, value), np.maximum(high, value))


def absolute(interval: Interval) -> Interval:
    """Return the absolute value of what an interval holds: down to 0 where its sign is open."""
    ends = np.abs(np.stack((interval.low, interval.high)))
    is_open = (interval.low < 0) & (interval.high > 0)
    return Interval(np.abs(interval.value), np.where(is_open, 0.0, ends.min(axis=0)), ends.max(axis=0))


def product(positive: Interval, other: Interval) -> Interval:
    """Return the product of two, the first of them not negative, whose intervals are not known to go together.

    Notes
    -----
    From the least to the most that any two values of the two intervals come to: wider than need be.
    """
    ends = np.stack([one * two for one in (positive.low, positive.high) for two in (other.low, other.high)])
    return Interval(positive.value * other.value, ends.min(axis=0), ends.max(axis=0))


def _standard(rows: Values) -> Values:
    """Return rows in standard deviations from their means; 0 where nothing varies."""
    scale = spread(rows)
    standard: Values = deviations(rows) / np.where(scale > 0, scale, 1.0)[:, np.newaxis]
    return standard
