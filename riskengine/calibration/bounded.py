"""Values with their intervals, from few items of finished work."""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
LEVEL: Final = 0.95


class Bounded(NamedTuple):
    """A value and the ends of its 95 % interval; None is an end that the data cannot give."""

    value: float
    low: float | None
    high: float | None


def share(count: int, total: int) -> Bounded:
    """Return a share with Wilson's interval."""
    interval = stats.binomtest(count, total).proportion_ci(LEVEL, method="wilson")
    return Bounded(count / total, float(interval.low), float(interval.high))


def mean(values: Floats) -> Bounded:
    """Return a mean with Student's interval."""
    value = float(values.mean())
    if len(values) < 2:
        return Bounded(value, None, None)
    half = float(stats.t.ppf((1 + LEVEL) / 2, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values)))
    return Bounded(value, value - half, value + half)


def quantile(values: Floats, probability: float) -> Bounded:
    """Return a quantile (type 7 of Hyndman and Fan), between two of the ordered values.

    Notes
    -----
    The ends have the ranks of a binomial count; too few values have none that is far enough out.
    """
    value = float(np.quantile(values, probability))
    interval: Any = stats.quantile_test(values, q=value, p=probability).confidence_interval(LEVEL)
    low, high = (None if np.isnan(end) else float(end) for end in (interval.low, interval.high))
    return Bounded(value, low, high)
