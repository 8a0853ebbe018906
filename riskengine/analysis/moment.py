"""Mean and standard deviation with their intervals."""

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.interval import Interval
from riskengine.analysis.replicate import Replicates, spread


def mean(values: NDArray[np.float64], replicates: Replicates) -> Interval:
    """Return the mean of each row with its t interval, over iterations or over block means.

    Parameters
    ----------
    values : (row, n) float64
        n >= 1.
    replicates : Replicates
        Of these n iterations.
    """
    average = values.mean(axis=1)
    half = replicates.half_width(values)
    return Interval(average, average - half, average + half)


def standard_deviation(values: NDArray[np.float64], replicates: Replicates) -> Interval:
    """Return the standard deviation of each row with its interval; NaN for one iteration.

    Notes
    -----
    The variance is the mean of the squared deviations, so that it has the interval of a mean: half width h. It is
    carried over to the logarithm, sd exp(+- h / (2 variance)), where the variance of a variance is more nearly normal
    and the interval cannot go below zero.
    """
    if replicates.n < 2:
        nothing = np.full(len(values), np.nan)
        return Interval(nothing, nothing, nothing)
    deviation = spread(values)
    square = (values - values.mean(axis=1, keepdims=True)) ** 2
    half = replicates.half_width(square)
    variance = np.where(deviation > 0, deviation**2, 1.0)
    relative = np.where(deviation > 0, half / (2 * variance), 0.0)
    return Interval(deviation, deviation * np.exp(-relative), deviation * np.exp(relative))
