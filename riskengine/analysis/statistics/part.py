"""Intervals of a share of some iterations, whose number is itself a matter of chance."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.probability import probability, wilson
from riskengine.analysis.statistics.replicate import BLOCK, LEVEL, Replicates, stricter

Counts = NDArray[np.int64]


class PartCounts(NamedTuple):
    """Iterations of a part and of the whole that it is a part of, arrays of one shape.

    Attributes
    ----------
    count, whole_count : int64 arrays
        In all iterations.
    full, whole_full : int64 arrays
        Over the full blocks.
    square, whole_square : int64 arrays
        Sums over the full blocks of the squared counts in the block.
    joint : int64 array
        Sum over the full blocks of both counts in the block multiplied.
    """

    count: Counts  # type: ignore[assignment]
    full: Counts
    square: Counts
    whole_count: Counts
    whole_full: Counts
    whole_square: Counts
    joint: Counts


def counted_parts(part: NDArray[np.bool_], whole: NDArray[np.bool_], replicates: Replicates) -> PartCounts:
    """Count iterations of each part and of its whole, (row, n) bool both, a part true nowhere but in its whole."""
    both = [replicates.block_count(rows) for rows in (part, whole)]
    return PartCounts(
        count=np.count_nonzero(part, axis=1).astype(np.int64),
        full=both[0].sum(axis=1),
        square=(both[0] * both[0]).sum(axis=1),
        whole_count=np.count_nonzero(whole, axis=1).astype(np.int64),
        whole_full=both[1].sum(axis=1),
        whole_square=(both[1] * both[1]).sum(axis=1),
        joint=(both[0] * both[1]).sum(axis=1),
    )


def share_of_part(counts: PartCounts, replicates: Replicates, table_error: float = 0.0) -> Interval:
    """Return the share that a part is of its whole, with its interval; not a number where the whole is nothing.

    Notes
    -----
    Independent iterations: given how many are of the whole, the part is binomial. Blocks: the counts of a block, less
    the share times those of the whole, have a mean of nothing over many blocks, and their spread is that of the share
    times the whole (the linearised ratio of two means). Wilson's interval takes that variance in the place of the
    binomial one, that of the part of a last block included. Of few blocks it is cut to that of independent iterations
    at a stricter level. The part of a whole that is all iterations is an event of its own, and has its interval.
    """
    ends = _independent(counts, LEVEL)
    if not replicates.blocks:
        return ends
    of_all = probability(counts.count, counts.full, counts.square, replicates, table_error=table_error)
    n, whole = replicates.n, np.maximum(counts.whole_count, 1)
    share = counts.count / whole
    of_full = counts.full / np.maximum(counts.whole_full, 1)
    blocks = replicates.blocks
    between = counts.square - 2 * of_full * counts.joint + of_full**2 * counts.whole_square
    binomial = counts.whole_full * of_full * (1 - of_full)
    # where it never or always held, the binomial variance stays
    of_block = np.where(binomial > 0, np.maximum(between, 0.0) / (blocks - 1), BLOCK * share * (1 - share) * whole / n)
    single = share * (1 - share) * whole / n
    ratio = np.divide(
        replicates.total_variance(single, of_block), n * single, out=np.ones_like(single), where=single > 0
    )
    low, high = wilson(share, ratio / whole, replicates.critical_of_total(single, of_block))
    # a whole number of iterations in each block leaves so much open, as in probability
    least = np.maximum(-math.log((1 - LEVEL) / 2) / whole, table_error)
    low, high = np.minimum(low, share - least), np.maximum(high, share + least)
    if replicates.has_few_blocks:
        bound = _independent(counts, stricter(LEVEL))
        low, high = np.maximum(low, bound.low), np.minimum(high, bound.high)
    low = np.where(counts.count == 0, 0.0, np.clip(low, 0.0, 1.0))
    high = np.where(counts.count == counts.whole_count, 1.0, np.clip(high, 0.0, 1.0))
    is_nothing, is_all = counts.whole_count == 0, counts.whole_count == n
    parts = (np.where(is_all, *both) for both in zip(of_all, (share, low, high), strict=True))
    return Interval(*(np.where(is_nothing, np.nan, part) for part in parts))


def _independent(counts: PartCounts, level: float) -> Interval:
    """Return the share with its interval where each iteration stands for itself."""
    parts = [np.full(counts.count.shape, np.nan) for _ in range(3)]
    for whole in np.unique(counts.whole_count).tolist():
        if whole:
            places = np.nonzero(counts.whole_count == whole)
            some = counts.count[places]
            interval = probability(some, some, some, Replicates(whole, 0), level)
            for part, values in zip(parts, interval, strict=True):
                part[places] = values
    return Interval(*parts)
