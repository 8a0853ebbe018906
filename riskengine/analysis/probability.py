"""Intervals of probabilities, from counts."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.interval import Interval
from riskengine.analysis.replicate import BLOCK, LEVEL, Replicates

Counts = NDArray[np.int64]


def probability(count: Counts, full: Counts, square: Counts, replicates: Replicates, level: float = LEVEL) -> Interval:
    """Return shares of the iterations with their intervals, never of zero width.

    Parameters
    ----------
    count : int64 array of any shape
        Iterations in which it held, of ``replicates.n``.
    full, square : int64 arrays of that shape
        The count over the full blocks, and the sum over them of the squared count in the block. Not looked at where
        iterations count as independent.
    replicates : Replicates
        n >= 1.
    level : float

    Notes
    -----
    Independent iterations: Wilson (1927). Blocks: Wilson's interval with the variance of the block counts in the
    place of the binomial one, and Student's quantile over the blocks in the place of the normal one. Where it never
    or always held, the binomial variance stays: blocks that all agree on 0 or 1 say nothing of their spread.

    Where every block agrees on another count, the interval is as wide as the counts in whole numbers leave open: up to
    -log(a / 2) / blocks of the blocks may yet differ by one, a = 1 - level; that is the least half width.
    """
    n = replicates.n
    share = count / n
    variance = np.full(np.shape(share), 1.0 / n)
    least = 0.0
    if replicates.blocks:
        variance = variance * variance_ratio(full, square, replicates.blocks)
        least = -math.log((1 - level) / 2) / n
    low, high = wilson(share, variance, replicates.critical(level))
    low = np.clip(np.minimum(low, share - least), 0.0, 1.0)
    high = np.clip(np.maximum(high, share + least), 0.0, 1.0)
    # Rounding must not leave a sure thing outside its own interval.
    return Interval(share, np.where(count == 0, 0.0, low), np.where(count == n, 1.0, high))


def variance_ratio(full: Counts, square: Counts, blocks: int) -> NDArray[np.float64]:
    """Return the variance of the block counts over the binomial variance; 1 where it never or always held."""
    share = full / (blocks * BLOCK)
    binomial = BLOCK * share * (1 - share)
    between = (square - full * (full / blocks)) / (blocks - 1)
    is_open = binomial > 0
    return np.where(is_open, np.maximum(between, 0.0) / np.where(is_open, binomial, 1.0), 1.0)


def wilson(
    share: NDArray[np.float64], variance: NDArray[np.float64], critical: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return Wilson's interval where the variance of the share is ``variance`` x share x (1 - share)."""
    extra = critical * critical * variance
    centre = (share + extra / 2) / (1 + extra)
    half = critical * np.sqrt(variance * share * (1 - share) + extra * variance / 4) / (1 + extra)
    return centre - half, centre + half


def probability_of(indicator: NDArray[np.bool_], replicates: Replicates, level: float = LEVEL) -> Interval:
    """Return the share of true in each row of (row, n) bool, with its interval."""
    count = np.array([np.count_nonzero(row) for row in indicator], dtype=np.int64)
    block = replicates.block_count(indicator)
    return probability(count, block.sum(axis=1), (block * block).sum(axis=1), replicates, level)


def is_within(values: NDArray[np.float64], threshold: float) -> NDArray[np.bool_]:
    """Whether sums of money are at most the threshold, to a billionth: the rounding of a sum decides nothing."""
    within: NDArray[Any] = values <= threshold + 1e-9 * max(1.0, abs(threshold))
    return within
