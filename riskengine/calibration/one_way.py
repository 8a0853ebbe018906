"""How much of the spread of overruns a sprint shares: one-way random effects."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats

from riskengine.calibration.bounded import LEVEL, Bounded, Floats


class OneWay(NamedTuple):
    """Components of the spread of values that come in groups.

    Attributes
    ----------
    groups : int
    mean : Bounded
        Of all groups to come.
    within : Bounded
        Standard deviation of a value in its group.
    between : Bounded
        Standard deviation that the values of a group share.
    """

    groups: int
    mean: Bounded
    within: Bounded
    between: Bounded


def one_way(values: Floats, groups: Sequence[str]) -> OneWay | None:
    """Return the components, None where fewer than two groups are named or no group has two values.

    Parameters
    ----------
    values : (value,) float64
    groups : sequence of str
        Group of each value.

    Notes
    -----
    The analysis of variance: within = sqrt(MSW), between = sqrt(max(0, (MSB - MSW) / n0)) with
    n0 = (N - sum n_i^2 / N) / (k - 1). The interval of within is that of chi squared with N - k degrees of freedom.
    That of between is Tukey's and Williams's, for groups of several sizes with the harmonic mean of the sizes in place
    of the size and the variance of the means in place of MSB, as Thomas and Hultquist have it; its upper end takes
    MSB for no less than MSW, so that means which agree by chance do not make it 0. The mean weights groups by what is
    known of each, and its interval is Student's with k - 1 degrees of freedom (Hartung and Knapp).

    References
    ----------
    Searle, Casella and McCulloch, Variance Components (1992), chapter 3. Thomas and Hultquist, Annals of Statistics 6
    (1978). Hartung and Knapp, Statistics in Medicine 20 (2001).
    """
    names = sorted(set(groups))
    place = np.array([names.index(group) for group in groups])
    size = np.bincount(place).astype(np.float64)
    count, total = len(names), len(values)
    if count < 2 or total - count < 1:
        return None
    means = np.bincount(place, weights=values) / size
    inner = float(np.sum((values - means[place]) ** 2)) / (total - count)
    outer = float(np.sum(size * (means - values.mean()) ** 2)) / (count - 1)
    usual_size = (total - float(np.sum(size * size)) / total) / (count - 1)
    between = max(0.0, (outer - inner) / usual_size)
    tail = (1 - LEVEL) / 2
    freedom = total - count
    ends = [float(np.sqrt(inner * freedom / stats.chi2.ppf(end, freedom))) for end in (1 - tail, tail)]
    within = Bounded(float(np.sqrt(inner)), ends[0], ends[1])
    return OneWay(
        groups=count,
        mean=_mean(means, size, inner, between),
        within=within,
        between=Bounded(float(np.sqrt(between)), *_between(means, size, inner, freedom)),
    )


def _between(means: Floats, size: Floats, inner: float, freedom: int) -> tuple[float, float]:
    """Return the interval of the standard deviation that groups share."""
    count = len(means)
    harmonic = count / float(np.sum(1 / size))
    outer = harmonic * float(np.var(means, ddof=1))
    tail = (1 - LEVEL) / 2
    ends = []
    for probability, square in ((1 - tail, outer), (tail, max(outer, inner))):
        rest = square - inner * float(stats.f.ppf(probability, count - 1, freedom))
        ends.append(max(0.0, (count - 1) * rest / (harmonic * float(stats.chi2.ppf(probability, count - 1)))))
    return float(np.sqrt(ends[0])), float(np.sqrt(ends[1]))


def _mean(means: Floats, size: Floats, inner: float, between: float) -> Bounded:
    """Return the mean over groups, each weighted by what is known of it."""
    weight = 1 / (between + inner / size) if between + inner > 0 else size
    value = float(np.sum(weight * means) / np.sum(weight))
    count = len(means)
    # Means that agree by chance are no more certain than what is known of each makes them.
    spread = max(1.0, float(np.sum(weight * (means - value) ** 2)) / (count - 1)) / float(np.sum(weight))
    half = float(stats.t.ppf((1 + LEVEL) / 2, count - 1)) * np.sqrt(spread)
    return Bounded(value, value - float(half), value + float(half))
