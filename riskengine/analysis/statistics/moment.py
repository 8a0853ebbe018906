"""Mean and standard deviation with their intervals.

An interval of a mean is Student's, over iterations or over the sums of blocks, with three corrections: fewer degrees
of freedom where few values carry the variance, a longer half on the side of the tail, and whatever variance the sample
happens not to show though it is known to be there.

References
----------
Johnson, N. J. (1978), Modified t tests and confidence intervals for asymmetrical populations. Journal of the American
Statistical Association 73, 536-544.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.gap import widest_gap
from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.known_variance import NOTHING, KnownVariance, with_known_variance
from riskengine.analysis.statistics.quantile import student_quantile, student_quantiles
from riskengine.analysis.statistics.replicate import (
    FEW_BLOCKS,
    LEVEL,
    Replicates,
    deviations,
    spread,
    stricter,
)

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]

LEAST_FREEDOM = 3
"""Degrees of freedom that are left however few values carry the variance."""
HEAVY_KURTOSIS = 25.0
"""Excess kurtosis of values whose tail carries the variance of their mean; see :func:`mean_sides`."""
UNSEEN_TAIL = 128
"""Iterations by which Johnson's term is lengthened once more, for a tail that few of them do not show."""
UNSEEN_TAIL_UNTIL = 1024
"""Iterations from which it is not."""
SYMMETRIC = 0.5
"""Skewness that a few values of a symmetric law show as well."""
FEWEST_CARRIERS = 8
"""Values that must carry the variance of a variance, in a thousand iterations, before it is given an upper end."""
UNLIMITED = np.array([[-np.inf], [np.inf]])
"""Limits of values of which nothing is known, and which may vary even where they did not."""


class Sides(NamedTuple):
    """How far the interval of a mean reaches below and above it, (row,) each."""

    below: Values
    above: Values


def mean(
    values: Values, replicates: Replicates, known_variance: KnownVariance = NOTHING, limits: Values | None = None
) -> Interval:
    """Return the mean of each row with its interval.

    Parameters
    ----------
    values : (row, n) float64
        n >= 1.
    replicates : Replicates
        Of these n iterations.
    known_variance : KnownVariance
    limits : (2, row) or (2, 1) float64, optional
        What no value can be below, and above; infinite where that is not known. Two equal ones say that a value never
        changes. Without them, values that are all the same count as such that never change.

    Notes
    -----
    Nothing that is impossible is left in an interval. Where all values are the same although they may vary, others may
    have a probability of up to :func:`unseen_share`, and the mean lies so much of the way to either limit at the most:
    NaN where there is none.
    """
    average = values.mean(axis=1)
    sides = mean_sides(values, replicates, known_variance)
    interval = Interval(average, average - sides.below, average + sides.above)
    if limits is None or replicates.n < 2:
        return interval
    least, most = limits
    low, high = interval.low, interval.high
    is_same = is_constant(values)
    share = unseen_share(replicates.n)
    low = np.where(is_same, np.minimum(low, average - share * (average - least)), low)
    high = np.where(is_same, np.maximum(high, average + share * (most - average)), high)
    low = np.minimum(np.maximum(low, least), average)
    high = np.maximum(np.minimum(high, most), average)
    return Interval(average, np.where(np.isneginf(low), np.nan, low), np.where(np.isposinf(high), np.nan, high))


def unseen_share(n: int) -> float:
    """Return up to which probability something may have that did not happen in n iterations: -log(0.025) / n."""
    return min(1.0, -math.log((1 - LEVEL) / 2) / n)


def is_constant(values: Values) -> Mask:
    """Return whether all values of each row are the same."""
    same: Mask = values.max(axis=1) == values.min(axis=1)
    return same


def standard_deviation(
    values: Values, replicates: Replicates, known_variance: KnownVariance = NOTHING, limits: Values | None = None
) -> Interval:
    """Return the standard deviation of each row with its interval; NaN for one iteration.

    Parameters
    ----------
    values : (row, n) float64
    replicates : Replicates
    known_variance : KnownVariance
        Of the mean squared deviation.
    limits : (2, row) or (2, 1) float64, optional
        As in :func:`mean`.

    Notes
    -----
    The variance is the mean of the squared deviations, less the square of the error of the mean, which stratification
    may take away: so its interval is laid about (n - 1) / n times the square of what is printed, plus the square of the
    standard error of the mean. It is that of a mean, (lower, upper) in units of the variance, carried over to the
    logarithm: sd exp(-lower / 2) to sd sqrt(exp(upper)), a line from two units of variance up.

    What the error of the mean leaves open is added below, as far as the squares go with the values: the spread of two
    values is largest where they are equally frequent, and a sample that overstates it understates how it varies. Above,
    it is the least; but of two values the variance is p (1 - p), and what another p would add as a line is bent down by
    its square, with no logarithm, and where both may be as likely it is half their distance. Below, -log(0.025)
    iterations might be at another value, squared.

    Where too few values carry the variance of the squared deviations q, (sum d^2)^2 / sum d^4 of d = q - mean q, the
    tail has not been seen, and there is no upper end: 8 up to a thousand iterations, 8 (n / 1000)^(1/3) from there on,
    because those samples of a heavy tail that miss it look the least heavy.

    Where all values are the same although they may vary, the upper end is that of values of which a share of up to
    :func:`unseen_share` stands at the farther limit; none where there is no limit.
    """
    if replicates.n < 2:
        return Interval(*[np.full(len(values), np.nan)] * 3)
    deviation = spread(values)
    away = deviations(values)
    square = away**2
    sides = mean_sides(square, replicates, known_variance)
    is_moving = deviation > 0
    variance = np.where(is_moving, deviation**2, 1.0)
    open_mean = half_width(values, replicates) ** 2 / variance
    has_two = _has_two_values(values)
    critical = replicates.critical() if replicates.blocks else student_quantile((1 + LEVEL) / 2, replicates.n - 1)
    centre = 1 - 1 / replicates.n + np.where(has_two, 0.0, open_mean / critical**2)
    least = (math.log((1 - LEVEL) / 2) / replicates.n) ** 2
    lower = sides.below / variance + open_mean * _tilt(away, square, has_two) + least
    upper = np.maximum(sides.above / variance, open_mean * (1 - 1 / critical**2))
    straight = sides.above if replicates.blocks else half_width(square, replicates, known_variance)
    bent = _bent(straight / variance, open_mean) * replicates.n / (replicates.n - 1)
    upper = np.where(has_two, np.log1p(bent), upper)
    high = np.sqrt(np.exp(np.minimum(upper, 2.0)) * (1 + np.maximum(upper - 2.0, 0.0)))
    high = np.where(carriers(square) < _fewest_carriers(replicates.n), np.nan, high)
    low_end = deviation * np.sqrt(centre) * np.exp(-lower / 2)
    high_end = deviation * np.maximum(np.sqrt(centre) * high, 1.0)
    may_be_even = has_two & (straight / variance < 2 * open_mean)
    high_end = np.where(may_be_even, np.maximum(high_end, np.ptp(values, axis=1) / 2), high_end)
    high_end = np.where(is_moving, high_end, _end_of_constants(values, replicates.n, known_variance, limits))
    return Interval(deviation, np.where(is_moving, low_end, 0.0), high_end)


def _fewest_carriers(n: int) -> float:
    """Return how many values must carry the variance of the squares for it to have an upper end."""
    growth: float = max(1.0, n / 1000) ** (1 / 3)
    return FEWEST_CARRIERS * growth


def _end_of_constants(values: Values, n: int, known_variance: KnownVariance, limits: Values | None) -> Values:
    """Return the upper end of the standard deviation of rows whose values are all the same."""
    if limits is None:
        return np.where(known_variance.certain > 0, np.nan, 0.0)
    farthest = np.maximum(limits[1] - values[:, 0], values[:, 0] - limits[0])
    reach = math.sqrt(unseen_share(n)) * farthest
    return np.where(np.isinf(farthest), np.nan, np.maximum(reach, 0.0))


def _has_two_values(values: Values) -> Mask:
    """Return whether every value of a row is its least or its largest one."""
    is_end = (values == values.min(axis=1, keepdims=True)) | (values == values.max(axis=1, keepdims=True))
    every: Mask = is_end.all(axis=1)
    return every


def _tilt(away: Values, square: Values, has_two: Mask) -> Values:
    """Return the squared correlation of deviations and their squares: 1 for two values, 0 for symmetric ones."""
    product = (away * square).sum(axis=1) ** 2
    size = square.sum(axis=1) * (deviations(square) ** 2).sum(axis=1)
    return np.where(has_two | (size == 0), 1.0, product / np.where(size > 0, size, 1.0))


def _bent(reach: Values, square: Values) -> Values:
    """Return the largest reach x s - square x s^2 of all s from 0 to 1."""
    return np.where(reach >= 2 * square, reach - square, reach**2 / np.where(square > 0, 4 * square, 1.0))


def carriers(values: Values) -> Values:
    """Return how many values carry the variance of each row: (sum d^2)^2 / sum d^4, n where nothing varies."""
    square = deviations(values) ** 2
    return _carriers_of_sum(square, square.sum(axis=1))


def _carriers_of_sum(square: Values, total: Values) -> Values:
    """Return what :func:`carriers` does, of squared deviations, (row, n), and their sums, (row,)."""
    fourth = (square * square).sum(axis=1)
    return np.where(fourth > 0, total * total / np.where(fourth > 0, fourth, 1.0), float(square.shape[1]))


def half_width(
    values: Values, replicates: Replicates, known_variance: KnownVariance = NOTHING, level: float = LEVEL
) -> Values:
    """Return half the plain t interval of the mean of each row, (row,): for influences, which have no tail.

    Parameters
    ----------
    values : (row, n) float64
    replicates : Replicates
    known_variance : KnownVariance
    level : float
    """
    single = spread(values) ** 2
    between = spread(replicates.block_sums(values)) ** 2 if replicates.blocks else single
    return half_width_of(single, between, replicates, known_variance, level)


def half_width_of(
    single: Values,
    between: Values,
    replicates: Replicates,
    known_variance: KnownVariance = NOTHING,
    level: float = LEVEL,
) -> Values:
    """Return what :func:`half_width` does, of the variance of one iteration and of that of the sum over a block."""
    if replicates.blocks:
        variance = replicates.total_variance(single, between) / replicates.n**2
        critical = replicates.critical_of_total(single, between, level)
    else:
        variance = single / replicates.n
        critical = np.full(len(single), student_quantile((1 + level) / 2, replicates.n - 1))
    variance, critical = with_known_variance(variance, critical, known_variance, level)
    half = critical * np.sqrt(variance)
    if replicates.has_few_blocks:
        alone = half_width_of(single, between, replicates.independent(), known_variance, stricter(level))
        half = np.minimum(half, alone)
    return half


def mean_sides(values: Values, replicates: Replicates, known_variance: KnownVariance = NOTHING) -> Sides:
    """Return how far the interval of the mean of each row reaches; NaN for fewer than two iterations.

    Parameters
    ----------
    values : (row, n) float64
    replicates : Replicates
    known_variance : KnownVariance

    Notes
    -----
    With three to nine blocks each side is the shorter of that of the blocks and that of independent iterations at a
    stricter level, :func:`riskengine.analysis.statistics.replicate.stricter`.
    """
    if replicates.n < 2:
        nothing = np.full(len(values), np.nan)
        return Sides(nothing, nothing)
    deviation = deviations(values)
    if not replicates.blocks:
        return _sides_of_iterations(deviation, known_variance, LEVEL)
    sides = _sides_of_blocks(_usual(values, known_variance), deviation, replicates, known_variance)
    if not replicates.has_few_blocks:
        return sides
    bound = _sides_of_iterations(deviation, known_variance, stricter(LEVEL))
    return Sides(np.minimum(sides.below, bound.below), np.minimum(sides.above, bound.above))


def _usual(values: Values, known_variance: KnownVariance) -> Values:
    """Return the values without those that rare risks account for, or all of them where that leaves less than half."""
    if (
        known_variance.is_rare is None
        or not known_variance.is_rare.any()
        or 2 * np.count_nonzero(known_variance.is_rare) > known_variance.is_rare.size
    ):
        return values
    return values[:, ~known_variance.is_rare]


def _sides_of_iterations(deviation: Values, known_variance: KnownVariance, level: float) -> Sides:
    """Return the sides from independent iterations, given the deviations from the mean.

    Notes
    -----
    A sample variance of values of kurtosis k is as sure as Student's t of 2 n / (k - 1) degrees of freedom says; taken
    are 2 n / k of them, twice what :func:`carriers` returns.

    A few values of a skewed law have less of its skewness than it has, and of those that miss the tail that is most
    true: of 16 lognormal ones with a standard deviation of three means, 12 in 100 left out the mean. So Johnson's term
    grows by 128 / n - 1 / 8 times what the skewness is above a half, and in proportion to how many values are not equal
    to another: a law of a few values has no tail to hide. Measured (``tests/unit/analysis/statistics/test_moment.py``).
    """
    n = deviation.shape[1]
    square = deviation * deviation
    total = square.sum(axis=1)
    freedom = np.minimum(n - 1, np.maximum(LEAST_FREEDOM, 2 * _carriers_of_sum(square, total)))
    critical = student_quantiles((1 + level) / 2, freedom)
    variance, critical = with_known_variance(total / (n - 1) / n, critical, known_variance, level)
    hidden = UNSEEN_TAIL / n - UNSEEN_TAIL / UNSEEN_TAIL_UNTIL
    if hidden > 0:
        hidden = hidden * np.count_nonzero(np.diff(np.sort(deviation, axis=1), axis=1), axis=1) / (n - 1)
    return _skewed(critical, variance, deviation, square, total=total, hidden=hidden)


def _sides_of_blocks(usual: Values, deviation: Values, replicates: Replicates, known_variance: KnownVariance) -> Sides:
    """Return the sides from the sums over blocks, gaps and tails from the usual values.

    Notes
    -----
    Two things that few blocks may not show are added. Where a value occurs m or m + 1 times in a stratified block,
    block sums jump between two values, and few of them often agree by chance. Wilson's interval for the share of blocks
    that jump has the half width t^2 / (2 blocks) where they agree; times the widest gap between neighbouring values,
    over the 256 of a block, that is joined as the root of the sum of squares. Where values have no gap, it vanishes.
    Blocks agree on a value only if each has one. So from ten blocks on a gap counts where one a block lies on either
    side of it, and by as much as it is wider than gaps of a smooth law are by chance
    (:func:`riskengine.analysis.statistics.gap.widest_gap`): the outermost values of a smooth law are far apart, too,
    and with those gaps the interval of a long sum was three times wider than its spread needs.

    A heavy tail is drawn from once a block, so that so many blocks have seen so many values of it. The same, with t^2
    for so many blocks, times the distance that the outermost value has from the one that lies one a block further in is
    added on its side; in full where the excess kurtosis of the values is 25 or more, less in proportion below, and less
    like 1 / sqrt(blocks) from ten blocks on, and less below nine, where t itself is long enough. Both were measured
    (``python -m tests.replication``).
    """
    blocks, n = replicates.blocks, replicates.n
    ordered = np.sort(usual, axis=1)
    moment = deviation * deviation
    total = moment.sum(axis=1)
    kurtosis = n * (moment * moment).sum(axis=1) / np.where(total > 0, total, 1.0) ** 2 - 3
    sums = replicates.block_sums(deviation)
    sums -= sums.mean(axis=1, keepdims=True)
    square = sums * sums
    between = square.sum(axis=1)
    fourth = (square * square).sum(axis=1)
    count = np.where(fourth > 0, 3 * between * between / np.where(fourth > 0, fourth, 1.0) - 1, blocks)
    parts = total / (n - 1), between / (blocks - 1)
    block_freedom = np.minimum(blocks - 1, np.maximum(LEAST_FREEDOM, count))
    carriers_of_total = np.maximum(LEAST_FREEDOM, n / np.maximum(kurtosis + 3, 1.0))
    critical = replicates.critical_of_total(*parts, LEVEL, carriers_of_total, block_freedom)
    variance, critical = with_known_variance(replicates.total_variance(*parts) / n**2, critical, known_variance, LEVEL)
    sides = _skewed(critical, variance, sums, square, between)
    inward = min(blocks, ordered.shape[1] - 1)
    gap = np.diff(ordered, axis=1).max(axis=1) if blocks < FEW_BLOCKS else widest_gap(ordered, blocks)
    jump = critical**2 / (2 * n) * gap
    weight = min(1.0, math.sqrt(FEW_BLOCKS / blocks), (blocks - 1) / (FEW_BLOCKS - 2))
    heaviness = weight * np.clip(kurtosis / HEAVY_KURTOSIS, 0.0, 1.0)
    tail = heaviness * student_quantile((1 + LEVEL) / 2, blocks - 1) ** 2 / (2 * n)
    return Sides(
        np.hypot(sides.below, jump) + tail * (ordered[:, inward] - ordered[:, 0]),
        np.hypot(sides.above, jump) + tail * (ordered[:, -1] - ordered[:, -1 - inward]),
    )


def _skewed(
    critical: Values,
    variance: Values,
    deviation: Values,
    square: Values,
    total: Values,
    hidden: Values | float = 0.0,
) -> Sides:
    """Return the sides of a t interval, the one towards the tail made longer by Johnson's term.

    Parameters
    ----------
    critical, variance : (row,) float64
        Student's quantile, and the variance of the mean.
    deviation, square : (row, replicate) float64
        Deviations of the replicates from their mean, and their squares.
    total : (row,) float64
        The sum of the squares.
    hidden : (row,) float64 or float
        How often more the skewness beyond that of symmetric values counts; 0 or less for not at all.
    """
    count = deviation.shape[1]
    scale = np.where(total > 0, total / count, 1.0) ** 1.5
    skewness = (square * deviation).sum(axis=1) / count / scale
    size = np.abs(skewness)
    size = size + np.maximum(hidden, 0.0) * np.maximum(size - SYMMETRIC, 0.0)
    error = np.sqrt(variance)
    longer = size / math.sqrt(count) * (1 + 2 * critical**2) / 6 * error
    half = critical * error
    return Sides(half + np.where(skewness < 0, longer, 0.0), half + np.where(skewness > 0, longer, 0.0))
