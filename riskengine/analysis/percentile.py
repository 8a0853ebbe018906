"""Percentiles as order statistics, and the order statistics that bound them.

P_p is x_(ceil(n p)): a value that was simulated. Its interval reaches from one order statistic to another, so that
it needs no density and holds for dates as for money.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.quantile import binomial_quantiles
from riskengine.analysis.replicate import BLOCK, LEVEL, Replicates

PERCENTS = (1, *range(5, 100, 5), 99)
"""Percentiles of the finish and the cost that a run reports."""


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


def percentile_rank(n: int, percent: int) -> int:
    """Return ceil(n percent / 100), in whole numbers: in floating point 0.8 x 10240 is more than 8192."""
    return max(1, -(-n * percent // 100))


def percentile_ranks(
    values: NDArray[Any], ordered: NDArray[Any], percents: tuple[int, ...], replicates: Replicates, level: float = LEVEL
) -> Ranks:
    """Return the ranks of percentiles and of their intervals.

    Parameters
    ----------
    values : (row, n) float64 or int64
        In the order of the iterations.
    ordered : (row, n) float64 or int64
        The same, each row sorted.
    percents : tuple of int
        In 1..99.
    replicates : Replicates
        Of these n iterations, n >= 1.
    level : float

    Notes
    -----
    Independent iterations: the number of values up to the true percentile is binomial (n, p), so that its quantiles
    are the ranks (David and Nagaraja 2003). Blocks: the share of values up to the estimate has a t interval p +- h
    over the blocks, which is read off the order statistics (Woodruff 1952).
    """
    n, rows = replicates.n, len(values)
    value = np.array([percentile_rank(n, percent) for percent in percents], dtype=np.int64)
    low = np.empty((rows, len(percents)), dtype=np.int64)
    high = np.empty_like(low)
    for column, percent in enumerate(percents):
        p = percent / 100
        if replicates.blocks:
            estimate = ordered[:, value[column] - 1, None]
            half = rank_half_width(replicates.block_count(values <= estimate), replicates, level)
            low[:, column] = np.ceil(n * p - half)
            high[:, column] = np.floor(n * p + half) + 1
        else:
            low[:, column], high[:, column] = binomial_quantiles(n, p, ((1 - level) / 2, (1 + level) / 2))
            high[:, column] += 1
    return Ranks(value, np.clip(low, 0, n + 1), np.clip(high, 0, n + 1))


def rank_half_width(count: NDArray[np.int64], replicates: Replicates, level: float) -> NDArray[np.float64]:
    """Return half the interval of a rank among all n, from the counts (row, block) of the indicator in each block."""
    deviation = count.std(axis=1, ddof=1)
    share = deviation / (BLOCK * math.sqrt(replicates.blocks))
    half: NDArray[np.float64] = replicates.n * replicates.critical(level) * share
    return half


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
