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

from riskengine.analysis.interval import Interval
from riskengine.analysis.quantile import student_quantile, student_quantiles
from riskengine.analysis.replicate import FEW_BLOCKS, LEVEL, Replicates, deviations, spread, stricter

Values = NDArray[np.float64]

LEAST_FREEDOM = 3
"""Degrees of freedom that are left however few values carry the variance."""
HEAVY_KURTOSIS = 25.0
"""Excess kurtosis of values whose tail carries the variance of their mean; see :func:`mean_sides`."""
FEWEST_CARRIERS = 8
"""Values that must carry the variance of a variance before an upper end is given to it."""
NONE_UNSEEN = np.zeros(1)


class Sides(NamedTuple):
    """How far the interval of a mean reaches below and above it, (row,) each."""

    below: Values
    above: Values


def mean(values: Values, replicates: Replicates, unseen: Values = NONE_UNSEEN) -> Interval:
    """Return the mean of each row with its interval.

    Parameters
    ----------
    values : (row, n) float64
        n >= 1.
    replicates : Replicates
        Of these n iterations.
    unseen : (row,) or (1,) float64
        Variance of the mean that the sample does not show; see :mod:`riskengine.analysis.unseen`.
    """
    average = values.mean(axis=1)
    sides = mean_sides(values, replicates, unseen)
    return Interval(average, average - sides.below, average + sides.above)


def standard_deviation(values: Values, replicates: Replicates, unseen: Values = NONE_UNSEEN) -> Interval:
    """Return the standard deviation of each row with its interval; NaN for one iteration.

    Parameters
    ----------
    values : (row, n) float64
    replicates : Replicates
    unseen : (row,) or (1,) float64
        Variance of the mean squared deviation that the sample does not show.

    Notes
    -----
    The variance is the mean of the squared deviations, so that it has the interval of a mean, (lower, upper) in units
    of itself. It is carried over to the logarithm, where the variance of a variance is more nearly normal:
    sd exp(-lower / 2) to sd sqrt(exp(upper)), which goes on as a line from two units of variance up, so that it does
    not explode. Each half is at least what the error of the mean leaves open, and two counts of n.

    Where fewer than 8 values carry the variance of the squared deviations ((sum d^2)^2 / sum d^4 of d = q - mean q),
    the tail has not been seen, and there is no upper end. The same where all values are equal but a risk that can
    change them has not occurred.
    """
    if replicates.n < 2:
        nothing = np.full(len(values), np.nan)
        return Interval(nothing, nothing, nothing)
    deviation = spread(values)
    square = deviations(values) ** 2
    sides = mean_sides(square, replicates, unseen)
    is_moving = deviation > 0
    variance = np.where(is_moving, deviation**2, 1.0)
    of_mean = replicates.critical() ** 2 * mean_variance(values, replicates)
    least = 2 / replicates.n + of_mean / variance
    lower = np.maximum(sides.below / variance, least)
    upper = np.maximum(sides.above / variance, least)
    high = np.sqrt(np.exp(np.minimum(upper, 2.0)) * (1 + np.maximum(upper - 2.0, 0.0)))
    high = np.where(carriers(square) < FEWEST_CARRIERS, np.nan, high)
    constant_high = np.where(unseen > 0, np.nan, 0.0)
    return Interval(
        deviation,
        np.where(is_moving, deviation * np.exp(-lower / 2), 0.0),
        np.where(is_moving, deviation * high, constant_high),
    )


def carriers(values: Values) -> Values:
    """Return how many values carry the variance of each row: (sum d^2)^2 / sum d^4, n where nothing varies."""
    square = deviations(values) ** 2
    total, fourth = square.sum(axis=1), (square * square).sum(axis=1)
    return np.where(fourth > 0, total * total / np.where(fourth > 0, fourth, 1.0), float(values.shape[1]))


def mean_variance(values: Values, replicates: Replicates) -> Values:
    """Return the variance of the mean of each row as the sample shows it, (row,) float64."""
    single = spread(values) ** 2
    if not replicates.blocks:
        return single / replicates.n
    between = spread(replicates.block_sums(values)) ** 2
    return replicates.total_variance(single, between) / replicates.n**2


def half_width(values: Values, replicates: Replicates, unseen: Values = NONE_UNSEEN, level: float = LEVEL) -> Values:
    """Return half the plain t interval of the mean of each row, (row,): for influences, which have no tail.

    Parameters
    ----------
    values : (row, n) float64
    replicates : Replicates
    unseen : (row,) or (1,) float64
    level : float
    """
    freedom = (replicates.blocks or replicates.n) - 1
    half = student_quantile((1 + level) / 2, freedom) * np.sqrt(mean_variance(values, replicates) + unseen)
    if replicates.has_few_blocks:
        half = np.minimum(half, half_width(values, replicates.independent(), unseen, stricter(level)))
    return half


def mean_sides(values: Values, replicates: Replicates, unseen: Values = NONE_UNSEEN, level: float = LEVEL) -> Sides:
    """Return how far the interval of the mean of each row reaches; NaN for fewer than two iterations.

    Parameters
    ----------
    values : (row, n) float64
    replicates : Replicates
    unseen : (row,) or (1,) float64
    level : float

    Notes
    -----
    With three to nine blocks each side is the shorter of that of the blocks and that of independent iterations at a
    stricter level, :func:`riskengine.analysis.replicate.stricter`.
    """
    if replicates.n < 2:
        nothing = np.full(len(values), np.nan)
        return Sides(nothing, nothing)
    deviation = deviations(values)
    if not replicates.blocks:
        return _sides_of_iterations(deviation, unseen, level)
    sides = _sides_of_blocks(values, deviation, replicates, unseen, level)
    if not replicates.has_few_blocks:
        return sides
    bound = _sides_of_iterations(deviation, unseen, stricter(level))
    return Sides(np.minimum(sides.below, bound.below), np.minimum(sides.above, bound.above))


def _sides_of_iterations(deviation: Values, unseen: Values, level: float) -> Sides:
    """Return the sides from independent iterations, given the deviations from the mean."""
    n = deviation.shape[1]
    square = deviation * deviation
    total = square.sum(axis=1)
    fourth = (square * square).sum(axis=1)
    count = np.where(fourth > 0, total * total / np.where(fourth > 0, fourth, 1.0), n)
    freedom = np.minimum(n - 1, np.maximum(LEAST_FREEDOM, count))
    return _skewed(student_quantiles((1 + level) / 2, freedom), total / (n - 1) / n + unseen, deviation, square, total)


def _sides_of_blocks(values: Values, deviation: Values, replicates: Replicates, unseen: Values, level: float) -> Sides:
    """Return the sides from the sums over blocks.

    Notes
    -----
    Two things that few blocks may not show are added. Where a value occurs m or m + 1 times in a stratified block,
    block sums jump between two values, and few of them often agree by chance. Wilson's interval for the share of blocks
    that jump has the half width t^2 / (2 blocks) where they agree; times the widest gap between neighbouring values,
    over the 256 of a block, that is joined as the root of the sum of squares. Where values have no gap, it vanishes.

    A heavy tail is drawn from once a block, so that so many blocks have seen so many values of it. The same t^2 /
    (2 blocks) times the distance that the outermost value has from the one that lies one a block further in is added on
    its side; in full where the excess kurtosis of the values is 25 or more, less in proportion below, and less like
    1 / sqrt(blocks) from ten blocks on. Both were measured (``python -m tests.replication``).
    """
    blocks, n = replicates.blocks, replicates.n
    ordered = np.sort(values, axis=1)
    moment = deviation * deviation
    total = moment.sum(axis=1)
    kurtosis = n * (moment * moment).sum(axis=1) / np.where(total > 0, total, 1.0) ** 2 - 3
    sums = replicates.block_sums(deviation)
    sums -= sums.mean(axis=1, keepdims=True)
    square = sums * sums
    between = square.sum(axis=1)
    fourth = (square * square).sum(axis=1)
    count = np.where(fourth > 0, 3 * between * between / np.where(fourth > 0, fourth, 1.0) - 1, blocks)
    freedom = np.minimum(blocks - 1, np.maximum(LEAST_FREEDOM, count))
    variance = replicates.total_variance(total / (n - 1), between / (blocks - 1)) / n**2 + unseen
    sides = _skewed(student_quantiles((1 + level) / 2, freedom), variance, sums, square, between)
    share = student_quantile((1 + level) / 2, blocks - 1) ** 2 / (2 * n)
    jump = share * np.diff(ordered, axis=1).max(axis=1)
    tail = share * np.clip(kurtosis / HEAVY_KURTOSIS, 0.0, 1.0) * min(1.0, math.sqrt(FEW_BLOCKS / blocks))
    return Sides(
        np.hypot(sides.below, jump) + tail * (ordered[:, blocks] - ordered[:, 0]),
        np.hypot(sides.above, jump) + tail * (ordered[:, -1] - ordered[:, -1 - blocks]),
    )


def _skewed(critical: Values, variance: Values, deviation: Values, square: Values, total: Values) -> Sides:
    """Return the sides of a t interval, the one towards the tail made longer by Johnson's term.

    Parameters
    ----------
    critical, variance : (row,) float64
        Student's quantile, and the variance of the mean.
    deviation, square : (row, replicate) float64
        Deviations of the replicates from their mean, and their squares.
    total : (row,) float64
        The sum of the squares.
    """
    count = deviation.shape[1]
    scale = np.where(total > 0, total / count, 1.0) ** 1.5
    asymmetry = (square * deviation).sum(axis=1) / count / scale / math.sqrt(count)
    error = np.sqrt(variance)
    longer = np.abs(asymmetry) * (1 + 2 * critical**2) / 6 * error
    half = critical * error
    return Sides(half + np.where(asymmetry < 0, longer, 0.0), half + np.where(asymmetry > 0, longer, 0.0))
