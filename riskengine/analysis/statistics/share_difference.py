"""By how much a share of the same iterations differs between two runs of them.

References
----------
Newcombe, R. G. (1998), Improved confidence intervals for the difference between binomial proportions based on paired
data. Statistics in Medicine 17, 2635-2650.
"""

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.known_variance import NOTHING, KnownVariance
from riskengine.analysis.statistics.moment import mean
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import Replicates

FEW_CHANGES = 40
"""Iterations that answer otherwise, up to which a t interval of so few alone is not believed."""
OF_A_DIFFERENCE = np.array([[-1.0], [1.0]])
"""Limits of what one iteration changes."""

Mask = NDArray[np.bool_]


def share_difference(
    before: Mask, after: Mask, replicates: Replicates, known_variance: KnownVariance = NOTHING, table_error: float = 0.0
) -> Interval:
    """Return how much larger the share of true is afterwards, one value with its interval.

    Parameters
    ----------
    before, after : (n,) bool
        The same iterations in two runs.
    replicates : Replicates
    known_variance : KnownVariance
        Of the mean of the difference.
    table_error : float
        How far a probability may be off because quantile functions are tables.

    Notes
    -----
    The mean of what each iteration changes, -1, 0 or 1, with the interval of a mean. Up to 40 iterations that change
    say little of its spread, and none at all say nothing: there the outer ends of it and of Newcombe's squares count,
    from the intervals of the two shares that change one way and the other.
    """
    change = after.astype(np.float64) - before
    interval = mean(change[np.newaxis], replicates, known_variance, OF_A_DIFFERENCE)
    if np.count_nonzero(change) > FEW_CHANGES:
        return interval
    gains, losses = (
        probability_of(each[np.newaxis], replicates, table_error=table_error)
        for each in (after & ~before, before & ~after)
    )
    value = gains.value - losses.value
    low = value - np.hypot(gains.value - gains.low, losses.high - losses.value)
    high = value + np.hypot(gains.high - gains.value, losses.value - losses.low)
    low, high = np.fmin(low, interval.low), np.fmax(high, interval.high)
    return Interval(value, np.maximum(low, -1.0), np.minimum(high, 1.0))
