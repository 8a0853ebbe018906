"""Intervals of probabilities, from counts."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.mid_p import mid_p_ends
from riskengine.analysis.statistics.replicate import BLOCK, LEVEL, Replicates, stricter

Counts = NDArray[np.int64]


def probability(
    count: Counts,
    full: Counts,
    square: Counts,
    replicates: Replicates,
    level: float = LEVEL,
    table_error: float = 0.0,
) -> Interval:
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
    table_error : float
        How far a probability may be off because quantile functions are tables: the least half width over blocks.

    Notes
    -----
    Independent iterations: the outer ends of Wilson's interval (1927) and, for few counts, of mid-P. Blocks: Wilson's
    interval with the variance of the block counts in the place of the binomial one, and Student's quantile over the
    blocks in the place of the normal one. Where it never or always held, the binomial variance stays: blocks that all
    agree on 0 or 1 say nothing of their spread. With three to nine blocks the interval is cut to that of independent
    iterations at a stricter level.

    Counts are whole numbers: however well a block is stratified, they are m or m + 1, with the variance f (1 - f) for
    a share f of the blocks. So the interval is at least Wilson's for that share of so many blocks. Where all blocks
    agree, a probability just above that count over 256 is still possible: none of the blocks differs in one of 1 / a
    cases, a = (1 - level) / 2, where -log(a) are expected to, and so many iterations are left open to either side.
    """
    n = replicates.n
    share = count / n
    if not replicates.blocks:
        low, high = wilson(share, np.full(np.shape(share), 1.0 / n), replicates.critical(level))
        low, high = mid_p_ends(np.asarray(count), n, level, low, high)
        return _closed(count, n, Interval(share, low, high))
    ratio = variance_ratio(full, square, replicates.blocks)
    variance = replicates.total_variance(np.ones_like(ratio), BLOCK * ratio) / n**2
    critical = replicates.critical_of_total(np.ones_like(ratio), BLOCK * ratio, level)
    low, high = wilson(share, variance, critical)
    least = max(-math.log((1 - level) / 2) / n, table_error)
    below, above = _lattice_reach(full, replicates.blocks, replicates.critical(level))
    low = np.minimum(low, share - np.maximum(below, least))
    high = np.maximum(high, share + np.maximum(above, least))
    if replicates.has_few_blocks:
        bound = probability(count, full, square, replicates.independent(), stricter(level))
        low, high = np.maximum(low, bound.low), np.minimum(high, bound.high)
    return _closed(count, n, Interval(share, low, high))


def _lattice_reach(full: Counts, blocks: int, critical: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far Wilson's interval of the share of blocks with one more reaches below and above, as probability."""
    part = full / blocks % 1
    low, high = wilson(part, np.full(np.shape(part), 1.0 / blocks), critical)
    widest = critical**2 / (blocks + critical**2)
    whole = part == 0  # the count below may be the one that some blocks would have
    return np.where(whole, widest, part - low) / BLOCK, np.where(whole, widest, high - part) / BLOCK


def _closed(count: Counts, n: int, interval: Interval) -> Interval:
    """Return the interval within 0 and 1; rounding must not leave a sure thing outside its own interval."""
    low, high = (np.clip(end, 0.0, 1.0) for end in (interval.low, interval.high))
    return Interval(interval.value, np.where(count == 0, 0.0, low), np.where(count == n, 1.0, high))


def variance_ratio(full: Counts, square: Counts, blocks: int) -> NDArray[np.float64]:
    """Return the variance of the block counts over the binomial variance; 1 where it never or always held."""
    share = full / (blocks * BLOCK)
    binomial = BLOCK * share * (1 - share)
    between = (square - full * (full / blocks)) / (blocks - 1)
    is_open = binomial > 0
    return np.where(is_open, np.maximum(between, 0.0) / np.where(is_open, binomial, 1.0), 1.0)


def wilson(
    share: NDArray[np.float64], variance: NDArray[np.float64], critical: float | NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return Wilson's interval where the variance of the share is ``variance`` x share x (1 - share)."""
    extra = critical * critical * variance
    centre = (share + extra / 2) / (1 + extra)
    half = critical * np.sqrt(variance * share * (1 - share) + extra * variance / 4) / (1 + extra)
    return centre - half, centre + half


def probability_of(
    indicator: NDArray[np.bool_], replicates: Replicates, level: float = LEVEL, table_error: float = 0.0
) -> Interval:
    """Return the share of true in each row of (row, n) bool, with its interval."""
    count = np.array([np.count_nonzero(row) for row in indicator], dtype=np.int64)
    block = replicates.block_count(indicator)
    full, square = block.sum(axis=1), (block * block).sum(axis=1)
    return probability(count, full, square, replicates, level, table_error=table_error)


def is_within(values: NDArray[np.float64], threshold: float) -> NDArray[np.bool_]:
    """Whether sums of money are at most the threshold, to a billionth: the rounding of a sum decides nothing."""
    within: NDArray[Any] = values <= threshold + 1e-9 * max(1.0, abs(threshold))
    return within
