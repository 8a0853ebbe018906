"""Percentiles as order statistics, and the order statistics that bound them.

P_p is x_(ceil(n p)): a value that was simulated. Its interval reaches from one order statistic to another, so that
it needs no density and holds for dates as for money, and where many iterations share one value.
"""

import math
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.quantile import binomial_quantiles
from riskengine.analysis.statistics.replicate import BLOCK, LEVEL, Replicates, stricter

PERCENTS = (1, *range(5, 100, 5), 99)
"""Percentiles of the finish and the cost that a run reports."""
REACH = 3.0
"""Half widths of independent iterations, at Student's quantile, within which the ends of an interval are looked for."""

FIRM = 1.25
"""Half widths beyond which a rejected value ends an interval, whatever lies further out; see :func:`_block_ranks`."""


Percent = int | Fraction
"""A percentage that is written down exactly: 80, or 145/2 for 72.5."""


class Ranks(NamedTuple):
    """Order statistics of a percentile and of its interval, 1 the smallest; 0 and n + 1 lie beyond the sample.

    Parameters
    ----------
    value : (percent,) int64
    low, high : (row, percent) int64
    """

    value: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]


class Sorted(NamedTuple):
    """Values in ascending order, and what the blocks that they come from say of the spread of a count.

    Parameters
    ----------
    ordered : (row, n)
        Each row sorted.
    between : (row, n + 1) float64
        Entry k: variance from block to block of the number of values among the k smallest; empty where iterations
        are independent.
    """

    ordered: NDArray[Any]
    between: NDArray[np.float64]


def percentile_rank(n: int, percent: Percent) -> int:
    """Return ceil(n percent / 100), in whole numbers: in floating point 0.8 x 10240 is more than 8192."""
    return max(1, -(-n * percent // 100))


def sort_rows(values: NDArray[Any], replicates: Replicates) -> Sorted:
    """Sort each row, and count how its blocks share in the smallest values.

    Parameters
    ----------
    values : (row, n) float64 or int64
        In the order of the iterations.
    replicates : Replicates
        Of these n iterations.

    Notes
    -----
    The j-th smallest value is the c-th of its block, from 0; the sum over the blocks of the squared count grows with
    it by 2 c + 1. So one sort of the rows and one of the blocks give the variance of the counts at every rank; in what
    order equal values stand does not matter where they end.
    """
    rows, n = values.shape
    blocks = replicates.blocks
    if not blocks:
        return Sorted(np.sort(values, axis=1), np.zeros((rows, 0)))
    full = blocks * BLOCK
    ordered, order = _in_order(values)
    block = order // BLOCK
    by_block = np.argsort(block.astype(np.min_scalar_type(blocks)), axis=1, kind="stable")[:, :full]
    growth = np.zeros((rows, n), dtype=np.int32)
    steps = np.broadcast_to(np.tile(np.arange(1, 2 * BLOCK, 2, dtype=np.int32), blocks), by_block.shape)
    np.put_along_axis(growth, by_block, steps, axis=1)
    squares = np.zeros((rows, n + 1))
    np.cumsum(growth, axis=1, out=squares[:, 1:])
    if full == n:
        count = np.arange(n + 1.0)[np.newaxis]
    else:
        count = np.zeros((rows, n + 1))
        np.cumsum(block < blocks, axis=1, out=count[:, 1:])
    squares -= count * (count / blocks)
    np.maximum(squares, 0.0, out=squares)
    squares /= blocks - 1
    return Sorted(ordered, squares)


def _in_order(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return rows of values in ascending order, and at which iteration each stands.

    Notes
    -----
    Whole numbers that leave room for it are sorted together with the number of their iteration, in one word: a third of
    the time that it takes to sort numbers of iterations by what stands there.
    """
    n = values.shape[1]
    if values.dtype.kind == "i":
        low = values.min(axis=1, keepdims=True)
        bits = n.bit_length()
        if float((values.max(axis=1, keepdims=True).astype(np.float64) - low).max(initial=0)) < 2.0 ** (62 - bits):
            packed = ((values - low) << bits) | np.arange(n)
            packed.sort(axis=1)
            return (packed >> bits) + low, packed & ((1 << bits) - 1)
    order = np.argsort(values, axis=1)
    return np.take_along_axis(values, order, axis=1), order


def percentile_ranks(
    rows: Sorted, percents: tuple[Percent, ...], replicates: Replicates, table_error: float = 0.0
) -> Ranks:
    """Return the ranks of percentiles and of their intervals.

    Parameters
    ----------
    rows : Sorted
        From :func:`sort_rows`.
    percents : tuple of int or Fraction
        Above 0 and below 100.
    replicates : Replicates
        Of these n iterations, n >= 1.
    table_error : float
        How far the probability of a value may be off because quantile functions are tables.

    Notes
    -----
    Independent iterations: the number of values up to the true percentile is binomial (n, p), so that its quantiles
    are the ranks (David and Nagaraja 2003). Blocks: every value is kept that a test does not reject, up to the first,
    from the percentile outwards, that it rejects firmly. A value with k1 iterations below it and k2 up to it is
    rejected where k1 - h(k1) > n p, or k2 + h(k2) < n p; h(k) is t standard errors of a count of k, from the blocks. A
    value that many iterations share is so kept or rejected as a whole.
    """
    n, count = replicates.n, len(rows.ordered)
    value = np.array([percentile_rank(n, percent) for percent in percents], dtype=np.int64)
    low = np.empty((count, len(percents)), dtype=np.int64)
    high = np.empty_like(low)
    for column, percent in enumerate(percents):
        p = float(percent / 100)
        if not replicates.blocks:
            low[:, column], high[:, column] = _binomial_ranks(n, p, LEVEL)
            continue
        low[:, column], high[:, column] = _block_ranks(rows, percent, replicates, table_error)
        if replicates.has_few_blocks:
            least, most = _binomial_ranks(n, p, stricter(LEVEL))
            low[:, column] = np.maximum(low[:, column], least)
            high[:, column] = np.minimum(high[:, column], most)
    return Ranks(value, low, high)


@lru_cache(maxsize=1024)
def _binomial_ranks(n: int, p: float, level: float) -> tuple[int, int]:
    """Return the ranks that bound a percentile of independent iterations; 0 and n + 1 lie beyond the sample."""
    low, high = binomial_quantiles(n, p, ((1 - level) / 2, (1 + level) / 2))
    return int(low), int(high) + 1


def _block_ranks(
    rows: Sorted, percent: Percent, replicates: Replicates, table_error: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the ranks, (row,) each, of the outermost values that the test keeps.

    Notes
    -----
    Few blocks that agree by chance at a rank, or do not, let the test reject a value and keep one further out. With
    all that it keeps, three blocks held the percentiles of the latest of two tasks in 99 of 100 runs; with none behind
    the first that is rejected, in 94. So none is taken behind one that is rejected with h a quarter larger: 95 to 98.
    """
    n, p = replicates.n, float(percent / 100)
    wanted = n * p
    first, last = window_of_ranks(n, percent, replicates, table_error)
    rank = np.arange(first, last + 1)
    half = rank_half_width(rows.between[:, first : last + 1], p, replicates, table_error)
    # a border at k parts the k smallest values from the rest: between two values that differ, or beyond the sample
    border = np.ones((len(rows.ordered), rank.size), dtype=np.bool_)
    inner = slice(max(first, 1), min(last, n - 1) + 1)
    differs = rows.ordered[:, inner.start - 1 : inner.stop - 1] < rows.ordered[:, inner]
    border[:, inner.start - first : inner.stop - first] = differs
    value = percentile_rank(n, percent)
    ends_low = border & (rank < value) & (rank + FIRM * half < wanted)
    ends_high = border & (rank >= value) & (rank - FIRM * half > wanted)
    is_low = border & _is_past(ends_low) & (rank + half >= wanted)
    is_high = border & _is_past(ends_high[:, ::-1])[:, ::-1] & (rank - half <= wanted)
    low = np.where(is_low.any(axis=1), rank[is_low.argmax(axis=1)], last)
    high = np.where(is_high.any(axis=1), rank[rank.size - 1 - is_high[:, ::-1].argmax(axis=1)] + 1, first + 1)
    return low, high


def window_of_ranks(n: int, percent: Percent, replicates: Replicates, table_error: float) -> tuple[int, int]:
    """Return the first and the last rank at which the ends of the interval of a percentile are looked for."""
    p = float(percent / 100)
    reach = REACH * replicates.critical() * math.sqrt(n * p * (1 - p)) + 8 + n * table_error
    return max(0, math.floor(n * p - reach)), min(n, math.ceil(n * p + reach))


def _is_past(mark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return what stands behind the last mark of each row."""
    following: NDArray[np.bool_] = np.cumsum(mark[:, ::-1], axis=1)[:, ::-1] == 0
    return following


def rank_half_width(
    between: NDArray[np.float64], p: float, replicates: Replicates, table_error: float
) -> NDArray[np.float64]:
    """Return half the interval of a count among all n, from the variance of the counts in each block.

    Parameters
    ----------
    between : float64 array
        Variance from block to block of the number of values up to a rank.
    p : float
        The probability whose percentile is asked for.
    replicates : Replicates
        With blocks.

    Notes
    -----
    A whole number with mean 256 p cannot vary less than f (1 - f), f = frac(256 p). Where the blocks show no spread,
    -log(0.025) iterations are left open all the same, see
    :func:`riskengine.analysis.statistics.probability.probability`.
    """
    fraction = BLOCK * p % 1
    least = np.maximum(between, fraction * (1 - fraction))
    single = np.full_like(least, p * (1 - p))
    critical = replicates.critical_of_total(single, least)
    half: NDArray[np.float64] = critical * np.sqrt(replicates.total_variance(single, least))
    return np.maximum(half, max(-math.log((1 - LEVEL) / 2), replicates.n * table_error))


def at_rank(ordered: NDArray[Any], rank: NDArray[np.int64]) -> NDArray[Any]:
    """Return the order statistics of each row at these ranks; NaN or NaT beyond the sample.

    Parameters
    ----------
    ordered : (row, n) float64 or datetime64[us]
    rank : (percent,) or (row, percent) int64
    """
    rows, n = ordered.shape
    rank = np.broadcast_to(rank, (rows, rank.shape[-1]))
    picked = np.take_along_axis(ordered, np.clip(rank, 1, n) - 1, axis=1)
    nothing = np.datetime64("NaT") if ordered.dtype.kind == "M" else np.nan
    return np.where((rank < 1) | (rank > n), nothing, picked)
