"""Which share of the variance of a result one input explains by itself: the first-order index of Sobol.

References
----------
Sobol, I. M. (1993), Sensitivity estimates for nonlinear mathematical models. Mathematical Modelling and Computational
Experiments 1, 407-414.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.moment import half_width
from riskengine.analysis.statistics.quantile import normal_quantile
from riskengine.analysis.statistics.replicate import BLOCK, LEVEL, Replicates, deviations, spread

Values = NDArray[np.float64]
Parts = NDArray[np.uint8]

PARTS = 32
"""Parts of an input's distribution in which the mean of the result is looked at."""
FEWEST_ITERATIONS = 256
"""Iterations below which a share of variance is not estimated."""


class Fit(NamedTuple):
    """What an input tells of a result.

    Attributes
    ----------
    mean : (row, n) float64
        The mean of the result given the input, less the mean over all.
    explained : (row,) float64
        Variance of that mean in all futures: what chance adds to it is taken away.
    noise : (row,) float64
        Variance of that estimate if the input told nothing.
    """

    mean: Values
    explained: Values
    noise: Values


def variance_shares(values: Values, inputs: Values, part: Parts, replicates: Replicates) -> Interval:
    """Return the share of the variance of some values that each of the inputs explains by itself, (row,).

    Parameters
    ----------
    values : (n,) float64
    inputs : (row, n) float64
    part : (row, n) uint8
        Which part of its own distribution each is in, below ``PARTS``.
    replicates : Replicates

    Returns
    -------
    Interval of (row,)
        NaN for fewer than 256 iterations, and where the values do not vary.

    Notes
    -----
    Var(E[y | x]) / Var(y). The conditional mean is a line, plus the mean of what the line leaves in each part. So a
    linear model is met exactly, whatever the parts, and of a curve only what is left of it within a part is
    missing. Squares of means that are off by chance are too large by the variance of their error, which is taken away;
    it is measured from block to block, or within parts where iterations are independent.

    An iteration moves the explained variance by 2 (m - mu)(y - mu) - (m - mu)^2, less its mean, m being the conditional
    mean, and the share accordingly. Where the input tells nothing that vanishes, and the noise of the square counts.
    """
    n = values.size
    centred = values - values.mean()
    variance = float((centred * centred).mean())
    if n < FEWEST_ITERATIONS or variance == 0 or values.min() == values.max():
        nothing = np.full(len(inputs), np.nan)
        return Interval(nothing, nothing, nothing)
    fit = conditional_means(centred, inputs, part, replicates)
    share = fit.explained / variance
    influence = 2 * fit.mean * centred - fit.mean * fit.mean
    influence -= share[:, np.newaxis] * (centred * centred)
    influence /= variance
    normal = normal_quantile((1 + LEVEL) / 2)
    half = np.hypot(half_width(influence, replicates), normal * np.sqrt(fit.noise) / variance)
    value = np.clip(share, 0.0, 1.0)
    low, high = np.clip(share - half, 0.0, 1.0), np.clip(share + half, 0.0, 1.0)
    is_moving = inputs.min(axis=1) < inputs.max(axis=1)
    return Interval(*(np.where(is_moving, each, np.nan) for each in (value, low, high)))


def conditional_means(centred: Values, inputs: Values, part: Parts, replicates: Replicates) -> Fit:
    """Return the mean of a result, less its mean over all, given each of the inputs."""
    n = centred.size
    scale = spread(inputs) * math.sqrt((n - 1) / n)
    standard = deviations(inputs) / np.where(scale > 0, scale, 1.0)[:, np.newaxis]
    slope = (standard * centred).mean(axis=1)
    line = slope[:, np.newaxis] * standard
    rest = centred - line
    slope_error = _variance_of_mean(standard * rest, replicates)
    cells, error, share = _means_of_parts(rest, part, replicates)
    explained = slope**2 - slope_error + (share * (cells**2 - error)).sum(axis=1)
    noise = 2 * slope_error**2 + 2 * (share**2 * error**2).sum(axis=1)
    mean = line + np.take_along_axis(cells, part.astype(np.intp), axis=1)
    return Fit(mean, explained, noise)


def _variance_of_mean(values: Values, replicates: Replicates) -> Values:
    """Return the variance of the mean of each row, over iterations or over blocks."""
    single = spread(values) ** 2
    if not replicates.blocks:
        return np.asarray(single / replicates.n)
    between = spread(replicates.block_sums(values)) ** 2
    return np.asarray(replicates.total_variance(single, between) / replicates.n**2)


def _means_of_parts(rest: Values, part: Parts, replicates: Replicates) -> tuple[Values, Values, Values]:
    """Return the mean of each row in each part, the variance of its error, and the share of the part, (row, part).

    Notes
    -----
    What a line leaves adds up to nothing, and so it does times the input: of the means of k parts, k - 2 are free.
    """
    rows, n = part.shape
    cell = part + np.arange(rows, dtype=np.intp)[:, np.newaxis] * PARTS
    count = _sums(cell, None, rows * PARTS).reshape(rows, PARTS)
    total = _sums(cell, rest, rows * PARTS).reshape(rows, PARTS)
    many = np.maximum(count, 1.0)
    means = total / many
    if replicates.blocks:
        blocks, whole = replicates.blocks, replicates.blocks * BLOCK
        inner = rest[:, :whole] - np.take_along_axis(means, part[:, :whole].astype(np.intp), axis=1)
        place = cell[:, :whole] * blocks + np.arange(whole) // BLOCK
        sums = _sums(place, inner, rows * PARTS * blocks).reshape(rows, PARTS, blocks)
        error = (sums * sums).sum(axis=2) * blocks / (blocks - 1) / many**2
    else:
        square = _sums(cell, rest * rest, rows * PARTS).reshape(rows, PARTS)
        error = np.maximum(square - count * means**2, 0.0) / np.maximum(count - 1, 1.0) / many
    parts = np.count_nonzero(count, axis=1)[:, np.newaxis]
    error = np.where(count > 1, error, means**2) * (np.maximum(parts - 2, 0) / np.maximum(parts, 1))
    return means, error, count / n


def _sums(cell: NDArray[np.intp], weights: Values | None, cells: int) -> Values:
    """Return the sum of weights, or the count, of each cell."""
    flat = None if weights is None else weights.ravel()
    return np.bincount(cell.ravel(), flat, cells).astype(np.float64)
