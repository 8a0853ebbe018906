"""Which percentiles the low and the high of three points are, and the bounds behind them."""

import math
from functools import lru_cache
from typing import Annotated

from riskengine.model.estimate.beta_function import beta_point
from riskengine.model.estimate.estimate import Problem
from riskengine.model.estimate.parameter import Parameter

LowPercentile = Annotated[
    float | None,
    Parameter("Probability of being below low; 0.1 for a trigen, else 0 by default.", role="number", example="0.05"),
]
HighPercentile = Annotated[
    float | None,
    Parameter("Probability of being below high; 0.9 for a trigen, else 1 by default.", role="number", example="0.95"),
]


def percentiles_problem(low: float, high: float) -> Problem | None:
    """Return what is wrong with the percentiles that low and high are."""
    if 0 <= low < high <= 1:
        return None
    return Problem("RE206", "must satisfy 0 <= low_percentile < high_percentile <= 1", (low, high))


def uniform_bounds(low: float, high: float, below: float, not_above: float) -> tuple[float, float]:
    """Return the ends of the uniform distribution whose percentiles are `low` and `high`."""
    width = (high - low) / (not_above - below)
    return low - below * width, high + (1 - not_above) * width


def double_triangular_bounds(
    points: tuple[float, float, float], below: float, not_above: float, weight: float
) -> tuple[float, float]:
    """Return the ends of two triangles that have `weight` below the mode and these percentiles.

    Notes
    -----
    Below the mode ``F(x) = weight ((x - a) / (mode - a))^2``, so that ``mode - low`` is ``mode - a`` times
    ``1 - sqrt(below / weight)``.
    """
    low, mode, high = points
    left, right = 1 - math.sqrt(below / weight), 1 - math.sqrt((1 - not_above) / (1 - weight))
    return mode - (mode - low) / left, mode + (high - mode) / right


def pert_bounds(
    points: tuple[float, float, float], below: float, not_above: float, weight: float
) -> tuple[float, float]:
    """Return the ends of the PERT of a weight (lambda) whose percentiles are low and high."""
    low, mode, high = points
    if low == high:
        return low, high
    ratio, width = unit_pert((mode - low) / (high - low), below, not_above, weight)
    width *= high - low
    return (
        low if below == 0 else min(low, mode - width * ratio),
        high if not_above == 1 else max(high, mode + width * (1 - ratio)),
    )


@lru_cache(maxsize=4096)
def unit_pert(place: float, below: float, not_above: float, weight: float) -> tuple[float, float]:
    """Return where the mode lies between the bounds of a PERT, and its width, when low is 0, high 1, the mode `place`.

    Notes
    -----
    With the mode at `r` of the way, mode - low is ``width (r - q(below))``, high - mode ``width (q(not_above) - r)``, q
    being the quantile function on [0, 1] with ``alpha = 1 + weight r``. What the first is too large by, against the
    second, rises with r; it is zero once, between where ``F(r) = below`` and where ``F(r) = not_above``.

    References
    ----------
    Dowell and Jarratt (1971): the Illinois rule of false position.
    """

    def excess(ratio: float) -> float:
        first, last = _gaps(ratio, below, not_above, weight)
        return first * (1 - place) - last * place

    bottom, top = 0.0, 1.0
    low, high, side = excess(bottom), excess(top), 0
    ratio = place
    for _ in range(100):
        if top - bottom <= 1e-15 or low == 0 or high == 0:
            break
        ratio = min(max((bottom * high - top * low) / (high - low), bottom), top)
        value = excess(ratio)
        if abs(value) <= 1e-16:
            break
        if value < 0:
            bottom, low, high, side = ratio, value, high / 2 if side < 0 else high, -1
        else:
            top, high, low, side = ratio, value, low / 2 if side > 0 else low, 1
    first, last = _gaps(ratio, below, not_above, weight)
    return ratio, 1 / (first + last)


def _gaps(ratio: float, below: float, not_above: float, weight: float) -> tuple[float, float]:
    """Return how far the two percentiles of a PERT on [0, 1] lie from its mode, downwards and upwards."""
    alpha, beta = 1 + weight * ratio, 1 + weight * (1 - ratio)
    return ratio - beta_point(alpha, beta, below), beta_point(alpha, beta, not_above) - ratio
