"""How sure forecasts of finished items were: where the actual fell, coverage, pinball loss and CRPS."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy import stats

from riskengine.calibration.bounded import LEVEL, Bounded, Floats, mean, share
from riskengine.calibration.finished_item import FinishedItem
from riskengine.plan.variables.distribution import build_distribution

BINS: Final = 10
GRID: Final = (np.arange(100) + 0.5) / 100
"""Probabilities at which quantiles stand for a forecast in its CRPS."""

PINBALL: Final = (0.1, 0.5, 0.8, 0.9)


class Forecasts(NamedTuple):
    """Forecasts of items, and what they took.

    Attributes
    ----------
    place : (item,) float64
        Probability integral transform: the forecast's probability of staying at or below the actual.
    p10, p50, p90 : (item,) float64
    pinball : mapping
        Loss of each item by percentile.
    crps : (item,) float64
    actual : (item,) float64
    """

    place: Floats
    p10: Floats
    p50: Floats
    p90: Floats
    pinball: Mapping[float, Floats]
    crps: Floats
    actual: Floats


class Scores(NamedTuple):
    """How the forecasts of some items did.

    Attributes
    ----------
    histogram : tuple of int
        Actuals in each tenth of the forecast probability.
    expected : tuple of int
        Between which two counts a bin of sure forecasts lies in 95 of 100 cases.
    coverage, below, above : Bounded
        Shares of actuals from P10 to P90, below P10, above P90; 0.8, 0.1 and 0.1 are sought.
    pinball : mapping
        Mean loss by percentile, in the unit of the actuals.
    crps : Bounded
        Mean continuous ranked probability score, in the unit of the actuals.
    """

    histogram: tuple[int, ...]
    expected: tuple[int, int]
    coverage: Bounded
    below: Bounded
    above: Bounded
    pinball: Mapping[float, Bounded]
    crps: Bounded


def forecasts_of(items: Sequence[FinishedItem]) -> Forecasts:
    """Return the forecasts of items that have a range.

    Notes
    -----
    The CRPS is twice the mean pinball loss over all percentiles, of which a hundred stand for all.
    """
    count = len(items)
    place, grid = np.empty(count), np.empty((count, len(GRID)))
    marks = np.empty((count, len(PINBALL)))
    actual = np.array([item.actual for item in items])
    for at, item in enumerate(items):
        assert item.forecast is not None
        distribution = build_distribution(item.forecast, 1.0)
        place[at] = float(distribution.cdf(item.actual))
        grid[at] = distribution.quantile(GRID)
        marks[at] = distribution.quantile(np.array(PINBALL))
    pinball = {level: pinball_loss(marks[:, at], actual, level) for at, level in enumerate(PINBALL)}
    crps = 2 * pinball_loss(grid, actual[:, None], GRID).mean(axis=1)
    return Forecasts(
        place, p10=marks[:, 0], p50=marks[:, 1], p90=marks[:, 3], pinball=pinball, crps=crps, actual=actual
    )


def pinball_loss(quantile: Floats, actual: Floats, level: float | Floats) -> Floats:
    """Return what a quantile loses: ``level`` times what it is short by, 1 - ``level`` times what it is beyond."""
    short = actual - quantile
    loss: Floats = np.where(short >= 0, level * short, (level - 1) * short)
    return loss


def scores_of(forecasts: Forecasts) -> Scores:
    """Return how forecasts did."""
    count = len(forecasts.actual)
    below = int(np.count_nonzero(forecasts.actual < forecasts.p10))
    above = int(np.count_nonzero(forecasts.actual > forecasts.p90))
    tenth = np.minimum((forecasts.place * BINS + 1e-9).astype(np.int64), BINS - 1)
    histogram = np.bincount(tenth, minlength=BINS)
    tail = (1 - LEVEL) / 2
    low, high = (int(stats.binom.ppf(end, count, 1 / BINS)) for end in (tail, 1 - tail))
    return Scores(
        histogram=tuple(int(bin_count) for bin_count in histogram),
        expected=(low, high),
        coverage=share(count - below - above, count),
        below=share(below, count),
        above=share(above, count),
        pinball={level: mean(loss) for level, loss in forecasts.pinball.items()},
        crps=mean(forecasts.crps),
    )
