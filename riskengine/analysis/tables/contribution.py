"""What a risk contributes to a measure of the project: its finish in days, or its cost.

*Paired*: the same iterations were run again without the risk; what changes is due to the risk alone.
*Conditional*: probability x (mean where it occurred - mean where it did not); right at the mean, because the other
draws do not depend on the occurrence, but wider, and silent about percentiles.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.known_variance import NOTHING, KnownVariance
from riskengine.analysis.statistics.moment import half_width, mean, unseen_share
from riskengine.analysis.statistics.percentile import at_rank, percentile_rank, percentile_ranks, sort_rows
from riskengine.analysis.statistics.replicate import LEVEL, Replicates, joined_critical
from riskengine.analysis.statistics.slope import Place, is_tied, slope_at, spacing_at
from riskengine.analysis.statistics.unseen import joined

Values = NDArray[np.float64]

Influence = Callable[[Values, Values], Values]
"""Makes of values with and without something, (row, m) each, how far each iteration moves a difference of percentiles.

It is the difference of the influences s (1{y <= q} - p) on the two percentiles; see :func:`paired_percentiles`.
"""

EFFECT_PERCENTS = (50, 80, 90)
FEW_ON_A_SIDE = 30
"""Iterations with a risk, or without it, from which blocks show the spread of their mean."""
ANY_CHANGE = np.array([-np.inf, np.inf])
"""What a risk can change of which nothing is known."""


def paired_mean(
    values: Values, without: Values, method: str, share: KnownVariance = NOTHING, others: KnownVariance = NOTHING
) -> Interval:
    """Return the mean differences with and without each risk.

    Parameters
    ----------
    values : (m,) float64
    without : (risk, m) float64
        The same iterations with each risk masked.
    method : str
        ``random``, ``lhs`` or ``sobol``.
    share : KnownVariance
        What is known of the share of iterations in which each risk occurs; see
        :mod:`riskengine.analysis.statistics.unseen`.
    others : KnownVariance
        What else is known of the mean of each difference.

    Returns
    -------
    Interval of (risk,)
    """
    difference = values - without
    known_variance = joined([_scaled(share, _per_occurrence(difference) ** 2), others])
    return mean(difference, Replicates.of(method, len(values)), known_variance)


def _scaled(share: KnownVariance, square: Values) -> KnownVariance:
    """Return what is known of a mean that moves with the share of occurrences, by the root of ``square`` (risk,)."""
    return KnownVariance(share.unseen * square, share.certain * square)


def _per_occurrence(difference: Values) -> Values:
    """Return the mean of the differences that are not zero, (risk,); 0 where all are."""
    count = np.count_nonzero(difference, axis=1)
    mean_effect: Values = difference.sum(axis=1) / np.maximum(count, 1)
    return mean_effect


def paired_percentiles(
    values: Values,
    without: Values,
    method: str,
    share: KnownVariance = NOTHING,
    known_of: Callable[[Influence], KnownVariance] | None = None,
) -> Interval:
    """Return the differences of percentiles with and without each risk, with their intervals.

    Parameters
    ----------
    values : (m,) float64
    without : (risk, m) float64
    method : str
    share : KnownVariance
        As in :func:`paired_mean`.
    known_of : callable, optional
        Says what is known of the mean of an influence, where that is more than the share of one risk.

    Returns
    -------
    Interval of (risk, percent)
        P50, P80 and P90. No interval where the slope of a distribution function cannot be seen, too near to the ends
        of the sample.

    Notes
    -----
    A percentile q moves by s (1{y <= q} - p) for each iteration y, s the slope of the quantile function at p, measured
    over the two order statistics that bound it at 95 %. The interval is that of the mean of the differences of these,
    with and without the risk; to it are joined, as the root of the sum of squares, the widest spacing of values around
    either percentile and what a rare risk that occurred by chance more or less often would change.

    Where many iterations share values, a distribution function has no slope; the interval then reaches from the
    difference of the one end to that of the other end of the two percentiles' own intervals.
    """
    m = len(values)
    rank = np.array([percentile_rank(m, percent) for percent in EFFECT_PERCENTS])
    replicates = Replicates.of(method, m)
    is_fixed = _is_fixed(values - without, share)
    with_it, without_it = (np.sort(rows, axis=1) for rows in (values[np.newaxis], without))
    difference = with_it[:, rank - 1] - without_it[:, rank - 1]
    half = np.full_like(difference, np.nan)
    for column, percent in enumerate(EFFECT_PERCENTS):
        place = Place.of(percent, m)
        if not place.is_inside:
            continue
        k = place.rank
        slopes = (slope_at(with_it, k, place.reach), slope_at(without_it, k, place.reach))
        influence = _influence(slopes, (with_it[:, k - 1, None], without_it[:, k - 1, None]), place.p)
        changes = (values, without, with_it[0, k - 1], difference[:, column], slopes[0])
        known_variance = known_of(influence) if known_of else _scaled(share, _square_of_effect(*changes))
        spacing = np.maximum(spacing_at(with_it, k), spacing_at(without_it, k))
        error = np.hypot(half_width(influence(values[np.newaxis], without), replicates, known_variance), spacing)
        half[:, column] = np.where(is_fixed, 0.0, error)
    low, high = difference - half, difference + half
    tied = (is_tied(with_it, rank) | is_tied(without_it, rank)) & ~is_fixed[:, np.newaxis]
    if tied.any():
        tied_low, tied_high = _apart(values, without, replicates)
        low, high = np.where(tied, tied_low, low), np.where(tied, tied_high, high)
    return Interval(difference, low, high)


def _apart(values: Values, without: Values, replicates: Replicates) -> tuple[Values, Values]:
    """Return the ends of the differences of percentiles from the intervals of either, (row, percent) each."""
    ends = [_percentile_ends(rows, replicates) for rows in (values[np.newaxis], without)]
    return ends[0][0] - ends[1][1], ends[0][1] - ends[1][0]


def _influence(slopes: tuple[Values, Values], at: tuple[Values, Values], p: float) -> Influence:
    """Return how far each iteration moves the difference of two percentiles.

    Parameters
    ----------
    slopes, at : tuples of (row, 1) float64
        Of the quantile functions with and without, and the percentiles themselves.
    p : float
    """

    def influence(values: Values, without: Values) -> Values:
        moved: Values = slopes[0] * ((values <= at[0]) - p) - slopes[1] * ((without <= at[1]) - p)
        return moved

    return influence


def _square_of_effect(values: Values, without: Values, at: float, difference: Values, slope: Values) -> Values:
    """Return the square of what an occurrence more or less moves a percentile by, (risk,), in units of probability.

    Parameters
    ----------
    values : (m,) float64
    without : (risk, m) float64
    at : float
        The percentile with each risk.
    difference : (risk,) float64
        Of the percentiles with and without each risk.
    slope : (1, 1) float64
        Of the quantile function with each risk.

    Notes
    -----
    A rare risk is taken to move the percentile by as much with each occurrence. One that nearly always occurs is not:
    where it fails to, a percentile that lies beyond what it moves hardly changes, and never by all that the risk does.
    There an iteration counts that has the percentile between its values with and without the risk, and moves it by the
    slope.
    """
    occurred = np.maximum(np.count_nonzero(values != without, axis=1), 1)
    crossed = np.count_nonzero((values <= at) != (without <= at), axis=1) / occurred
    square: Values = np.where(
        2 * occurred > values.size, crossed * slope[0] ** 2, (difference * values.size / occurred) ** 2
    )
    return square


def _is_fixed(difference: Values, share: KnownVariance) -> NDArray[np.bool_]:
    """Return whether all differences of each row, (risk, m), are one number but for rounding: it is exact then.

    But not where that number is what a risk changes that need not occur, and by chance always did.
    """
    is_nothing = ~difference.any(axis=1)
    fixed: NDArray[np.bool_] = is_one_effect(difference) & ((share.certain == 0) | is_nothing)
    return fixed


def is_one_effect(difference: Values) -> NDArray[np.bool_]:
    """Return whether all differences of each row, (risk, m), are one number but for rounding."""
    low, high = difference.min(axis=1), difference.max(axis=1)
    one: NDArray[np.bool_] = high - low <= 1e-12 * np.maximum(np.abs(low), np.abs(high))
    return one


def _percentile_ends(values: Values, replicates: Replicates) -> tuple[Values, Values]:
    """Return the ends of the intervals of the percentiles of each row, (row, percent) each."""
    rows = sort_rows(values, replicates)
    ranks = percentile_ranks(rows, EFFECT_PERCENTS, replicates)
    return at_rank(rows.ordered, ranks.low), at_rank(rows.ordered, ranks.high)


def of_constant(
    values: Values, effect: float, share: float, change: Values, spread: float
) -> tuple[Interval, Interval]:
    """Return an effect that was the same in all iterations, at the mean, (1,), and at percentiles, (1, percent).

    Parameters
    ----------
    values : (m,) float64
    effect : float
        Often 0.
    share : float
        The probability up to which another effect may have been missed.
    change : (2,) float64
        What can be changed at the most, downwards and upwards: infinite, or 0 where nothing can that way.
    spread : float
        How far apart two values can be; infinite where that is not known.

    Notes
    -----
    The mean is off by the share times the range at the most. If a share of the values is moved, a percentile becomes
    the one so much higher at the most: m x share order statistics further, and as many more as the spread of their
    spacing (of a gamma law) asks for. No end where these lie beyond the sample, or are all one value: an effect that
    may differ is never printed as if it could not.
    """
    ordered, m = np.sort(values), len(values)
    further = min(m, math.ceil(m * share + 2 * math.sqrt(m * share) + 2))
    rank = np.array([percentile_rank(m, percent) for percent in EFFECT_PERCENTS])
    padded = np.concatenate((np.full(m + 1, np.nan), ordered, np.full(m + 1, np.nan)))
    place = m + rank
    gaps = np.stack((padded[place + 1] - padded[place - further], padded[place + further] - padded[place - 1]))
    gaps = np.where(gaps > 0, gaps, np.nan)
    off = share * (spread + abs(effect)) if math.isfinite(spread) else np.nan
    if spread == 0:
        off, gaps = 0.0, np.zeros_like(gaps)
    at_mean = Interval(*(np.array([value]) for value in (effect, effect - off, effect + off)))
    at_ranks = Interval(
        *(part[np.newaxis] for part in (np.full(rank.size, effect), effect - gaps[0], effect + gaps[1]))
    )
    return within_change(at_mean, change), within_change(at_ranks, change)


def within_change(effect: Interval, change: Values) -> Interval:
    """Return intervals of effects without what is impossible: a threat that can only add takes nothing away.

    Parameters
    ----------
    effect : Interval
    change : (2,) float64
        As in :func:`of_constant`.

    Notes
    -----
    An end that the sample cannot give is where the impossible begins.
    """
    value, low, high = (np.minimum(np.maximum(part, change[0]), change[1]) for part in effect)
    is_known = ~np.isnan(value)
    if np.isfinite(change[0]):
        low = np.where(is_known & np.isnan(low), change[0], low)
    if np.isfinite(change[1]):
        high = np.where(is_known & np.isnan(high), change[1], high)
    return Interval(value, low, high)


def conditional_mean(
    values: Values,
    occurs: NDArray[np.bool_],
    probability: float,
    method: str,
    change: Values = ANY_CHANGE,
    spread: float = math.inf,
) -> Interval:
    """Return probability x (mean where the risk occurred - mean where it did not), as an interval of one value.

    Parameters
    ----------
    values : (n,) float64
    occurs : (n,) bool
    probability : float
        Of the scenario: it is known, and not estimated from the draws.
    method : str
    change : (2,) float64
        As in :func:`of_constant`.
    spread : float
        As there.

    Notes
    -----
    The interval is that of the mean of the linearised difference: each iteration's deviation from the mean of its
    side, divided by the share of that side, over iterations or over blocks; but it reaches at least as far as the two
    sides by themselves tell, see :func:`_of_two_sides`. NaN where one side has fewer than two iterations; 0 for a risk
    that cannot occur.

    What other risks do may make the iterations with a threat the better ones. Where chance had it so far that all of
    the interval is impossible, the sample does not say how much is possible: the estimate is where that begins, and
    has no end on the other side.
    """
    n = len(values)
    if probability == 0:
        return Interval(np.zeros(1), np.zeros(1), np.zeros(1))
    count = np.array([np.count_nonzero(occurs), n - np.count_nonzero(occurs)])
    if count.min() < 2:
        nothing = np.full(1, np.nan)
        return Interval(nothing, nothing, nothing)
    sides = (values[occurs], values[~occurs])
    averages = [side.mean() for side in sides]
    # a deviation from the mean of two is half as large, squared, as one from the true mean
    scale = n / count * np.sqrt(count / (count - 1) * (n - 1) / n)
    influence = np.where(occurs, (values - averages[0]) * scale[0], (averages[1] - values) * scale[1])
    replicates = Replicates.of(method, n)
    effect, least = mean(influence[np.newaxis], replicates), _of_two_sides(sides, replicates, spread)
    value = np.array([probability * (averages[0] - averages[1])])
    low = value - probability * np.maximum(effect.value - effect.low, least)
    high = value + probability * np.maximum(effect.high - effect.value, least)
    high, low = np.where(high < change[0], np.nan, high), np.where(low > change[1], np.nan, low)
    return within_change(Interval(value, low, high), change)


def _of_two_sides(sides: tuple[Values, Values], replicates: Replicates, spread: float) -> float:
    """Return half the interval of the difference of two means by the spread of either side alone; NaN for no end.

    Notes
    -----
    The standard error of the mean of two values has one degree of freedom, however many the other side has: each
    variance counts times the square of its own quantile of Student's t (Banerjee 1961). Of blocks, which show the
    spread of many iterations better, only a side of fewer than 30 counts. All m values of a side may be one by chance,
    and others of a probability of up to 3.7 / m may be as far away as two values can be.
    """
    variance, unseen = np.zeros(2), 0.0
    freedom = np.array([side.size - 1.0 for side in sides])
    for at, side in enumerate(sides):
        if side.min() == side.max():
            unseen = math.hypot(unseen, unseen_share(side.size) * spread)
        elif not replicates.blocks or side.size < FEW_ON_A_SIDE:
            variance[at] = side.var(ddof=1) / side.size
    critical = joined_critical(LEVEL, *((variance[at : at + 1], freedom[at]) for at in range(2)))
    half = math.hypot(float(critical[0]) * math.sqrt(variance.sum()), unseen)
    return half if math.isfinite(half) else math.nan
