"""Variance of a mean that need not be estimated from the sample, because probabilities are known."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.quantile import normal_quantile

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]


class KnownVariance(NamedTuple):
    """What is known of a mean besides its sample; see :mod:`riskengine.analysis.statistics.unseen`.

    Parameters
    ----------
    unseen : (row,) or (1,) float64
        Variance of the mean that the sample does not show; negative where it shows more than there is.
    certain : (row,) or (1,) float64
        Variance of the mean, seen or not, that need not be estimated.
    is_rare : (n,) bool or None
        Iterations whose values these account for: gaps and tails that they make are no doubt of their own.
    """

    unseen: Values
    certain: Values
    is_rare: Mask | None = None


NOTHING = KnownVariance(np.zeros(1), np.zeros(1))
"""A mean of which nothing is known but its sample."""


def with_known_variance(
    variance: Values, critical: Values, known_variance: KnownVariance, level: float
) -> tuple[Values, Values]:
    """Return the variance of a mean and how many standard errors its interval extends, with what else is known."""
    total = np.maximum(variance + known_variance.unseen, known_variance.certain)
    certain = np.broadcast_to(known_variance.certain, total.shape)
    part = np.divide(certain, total, out=np.zeros_like(total), where=total > 0)
    normal = normal_quantile((1 + level) / 2)
    return total, np.sqrt(part * normal**2 + (1 - part) * critical**2)
