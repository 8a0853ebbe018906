"""By how much ranges have to be moved and widened for the next forecasts to be as sure as they say."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy import optimize, stats

from riskengine.calibration.bounded import LEVEL, Bounded, Floats, mean, share
from riskengine.calibration.one_way import one_way
from riskengine.calibration.scores import Forecasts

FEWEST: Final = 20
"""Items with a range below which nothing is recommended."""

PRIOR_SD: Final = 0.75
"""Standard deviation of the logarithm of widenings that is taken as usual before data: most are within 0.25 to 4."""

Z90: Final = float(stats.norm.ppf(0.9))
FOLDS: Final = 10


class Fit(NamedTuple):
    """What some forecasts were off by.

    Attributes
    ----------
    bias : float
        Of ln(actual / P50): what is left of the ratios without it adds up to nothing.
    widening : float
        Root mean square of what actuals are off by, in the forecast's own standard deviations, once the bias is taken
        away: 1 where ranges are as wide as they should be.
    variance : float
        Of the logarithm of the widening, as measured.
    recommended : float
        The widening drawn towards 1, the more the less is known of it.
    variance_left : float
        Of the logarithm of what is recommended.
    """

    bias: float
    widening: float
    variance: float
    recommended: float
    variance_left: float


class Widening(NamedTuple):
    """What is recommended.

    Attributes
    ----------
    items : int
    bias : Bounded
        Factor on the P50 with which half of the actuals would have come below it.
    measured : Bounded
        Factor on what P10 and P90 are away from the P50, in logarithms.
    recommended : Bounded
        The same, drawn towards 1.
    typical : tuple of float
        P10 and P90 of a usual forecast, as parts of its P50.
    advised : tuple of float
        P10, P50 and P90 that it should have had, as parts of its P50.
    cross_validated : Bounded
        Share of actuals that the moved and widened ranges would have held from P10 to P90, each tenth of the items by
        what the others say.
    """

    items: int
    bias: Bounded
    measured: Bounded
    recommended: Bounded
    typical: tuple[float, float]
    advised: tuple[float, float, float]
    cross_validated: Bounded


def fit(ratio: Floats, below: Floats, above: Floats) -> Fit:
    """Return what forecasts were off by.

    Parameters
    ----------
    ratio : (item,) float64
        ln(actual / P50).
    below, above : (item,) float64
        ln(P50 / P10) and ln(P90 / P50).

    Notes
    -----
    With z = 1.2816 either side of a forecast has the standard deviation of a lognormal with that P10 or P90. What is
    left of a ratio without the bias, over the standard deviation of its side, has mean square widening^2. The
    variance of ln(widening) is (kurtosis - 1) / (4 n), and never below that of a normal distribution; with a prior
    N(0, 0.75^2) of ln(widening) its mean is drawn towards 0 by 0.5625 / (0.5625 + variance).
    """
    count = len(ratio)
    bias = location(ratio, below, above)
    away = standardised(ratio, bias, below, above)
    square = float(np.sum(away * away)) / (count - 1)
    if square <= 0:
        return Fit(bias, 0.0, 0.0, 0.0, 0.0)
    kurtosis = 3.0 + float(stats.kurtosis(away, bias=False))
    variance = max((kurtosis - 1) / (4 * count), 1 / (2 * (count - 1)))
    weight = PRIOR_SD**2 / (PRIOR_SD**2 + variance)
    measured = np.log(square) / 2
    return Fit(bias, float(np.exp(measured)), variance, float(np.exp(weight * measured)), weight * variance)


def location(ratio: Floats, below: Floats, above: Floats) -> float:
    """Return the bias at which what is left of the ratios, in standard deviations of their sides, adds up to 0."""

    def left(bias: float) -> float:
        return float(np.sum(standardised(ratio, bias, below, above)))

    low, high = float(ratio.min()), float(ratio.max())
    return low if low == high else float(optimize.brentq(left, low, high, xtol=1e-12))


def standardised(ratio: Floats, bias: float, below: Floats, above: Floats) -> Floats:
    """Return what ratios are away from the bias, in standard deviations of their side of the forecast."""
    away = ratio - bias
    scaled: Floats = away * Z90 / np.where(away < 0, below, above)
    return scaled


def widening_of(forecasts: Forecasts, sprints: Sequence[str]) -> Widening | None:
    """Return what is recommended, None below 20 items or where nothing can be measured.

    Parameters
    ----------
    forecasts : Forecasts
    sprints : sequence of str
        Of each item; items of one sprint are no independent evidence of the bias.
    """
    usable = (forecasts.p10 > 0) & (forecasts.p10 < forecasts.p50) & (forecasts.p50 < forecasts.p90)
    if np.count_nonzero(usable) < FEWEST:
        return None
    p10, p50, p90, actual = (each[usable] for each in (forecasts.p10, forecasts.p50, forecasts.p90, forecasts.actual))
    ratio, below, above = np.log(actual / p50), np.log(p50 / p10), np.log(p90 / p50)
    fitted = fit(ratio, below, above)
    if fitted.widening == 0:
        return None
    of_items = [sprint for sprint, is_usable in zip(sprints, usable, strict=True) if is_usable]
    half = _half_width(ratio, fitted.bias, below, above, of_items)
    count = len(ratio)
    student = float(stats.t.ppf((1 + LEVEL) / 2, count - 1))
    low, high = float(np.exp(-below.mean())), float(np.exp(above.mean()))
    factor = float(np.exp(fitted.bias))
    return Widening(
        items=count,
        bias=_around(factor, half),
        measured=_around(fitted.widening, student * fitted.variance**0.5),
        recommended=_around(fitted.recommended, student * fitted.variance_left**0.5),
        typical=(low, high),
        advised=(factor * low**fitted.recommended, factor, factor * high**fitted.recommended),
        cross_validated=_cross_validated(ratio, below, above),
    )


def _half_width(ratio: Floats, bias: float, below: Floats, above: Floats, sprints: Sequence[str]) -> float:
    """Return half of the interval of the bias; where sprints are named they are what is drawn, and not their items."""
    away = standardised(ratio, bias, below, above)
    parts = one_way(away, sprints) if all(sprints) else None
    low, high = (mean(away) if parts is None else parts.mean)[1:]
    assert low is not None and high is not None
    slope = float(np.mean(Z90 / np.where(ratio < bias, below, above)))
    return (high - low) / 2 / slope


def _around(value: float, half: float) -> Bounded:
    """Return a factor with an interval that is even in its logarithm."""
    return Bounded(value, float(value * np.exp(-half)), float(value * np.exp(half)))


def _cross_validated(ratio: Floats, below: Floats, above: Floats) -> Bounded:
    """Return the share of actuals that moved and widened ranges would have held, each by what the others say."""
    fold = np.arange(len(ratio)) % FOLDS
    within = 0
    for number in range(FOLDS):
        rest, part = fold != number, fold == number
        others = fit(ratio[rest], below[rest], above[rest])
        away = standardised(ratio[part], others.bias, below[part], above[part])
        within += int(np.count_nonzero(np.abs(away) <= Z90 * others.recommended))
    return share(within, len(ratio))
