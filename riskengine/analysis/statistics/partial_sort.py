"""Sorting no more of a sample than the percentiles that are asked for, and their intervals, rest on."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.percentile import Percent, Sorted, sort_rows, window_of_ranks
from riskengine.analysis.statistics.replicate import BLOCK, Replicates

MOST_SHARE = 0.5
"""Share of the ranks beyond which sorting all of them is quicker."""


def sort_around(
    values: NDArray[Any], percents: tuple[Percent, ...], replicates: Replicates, table_error: float = 0.0
) -> Sorted:
    """Return what ``percentile.sort_rows`` does, right around these percentiles alone.

    What stands elsewhere is zero, and is looked at neither by ``percentile_ranks`` of the same percentiles nor by
    ``at_rank`` of its ranks.

    Parameters
    ----------
    values : (row, n) float64 or int64
    percents : tuple of int or Fraction
    replicates : Replicates
    table_error : float
        As for ``percentile_ranks``.

    Notes
    -----
    Selection finds the ends of the ranks that the intervals may reach to, a few hundred of ten thousand, and only what
    lies between is sorted. Counts by block below each stretch are whole numbers, and so are their squares: the
    variances have the same bits.
    """
    rows, n = values.shape
    stretches = _stretches(n, percents, replicates, table_error) if replicates.blocks else []
    if not stretches or sum(end - begin for begin, end in stretches) > MOST_SHARE * n:
        return sort_rows(values, replicates)
    order = np.argpartition(values, sorted({each for begin, end in stretches for each in (begin, end - 1)}), axis=1)
    ordered, between = np.zeros(values.shape, values.dtype), np.zeros((rows, n + 1))
    # one more for the part of a last block
    count = np.zeros((rows, replicates.blocks + 1), np.int64)
    counted = 0
    for begin, end in stretches:
        count += _by_block(order[:, counted:begin] // BLOCK, replicates.blocks)
        iteration = order[:, begin:end]
        part = np.take_along_axis(values, iteration, axis=1)
        inner = np.argsort(part, axis=1)
        ordered[:, begin:end] = np.take_along_axis(part, inner, axis=1)
        block = np.take_along_axis(iteration, inner, axis=1) // BLOCK
        between[:, begin : end + 1] = _between(block, count, replicates.blocks)
        count += _by_block(block, replicates.blocks)
        counted = end
    return Sorted(ordered, between)


def _stretches(
    n: int, percents: tuple[Percent, ...], replicates: Replicates, table_error: float
) -> list[tuple[int, int]]:
    """Return the places, from and up to, of all order statistics that are looked at: ascending and apart."""
    stretches: list[tuple[int, int]] = []
    for percent in sorted(percents):
        first, last = window_of_ranks(n, percent, replicates, table_error)
        begin, end = max(first - 1, 0), min(last + 1, n)
        if stretches and begin <= stretches[-1][1]:
            begin, end = stretches[-1][0], max(end, stretches.pop()[1])
        stretches.append((begin, end))
    return stretches


def _by_block(block: NDArray[np.int64], blocks: int) -> NDArray[np.int64]:
    """Return how many values of each row are from each block, (row, block), and from the part of a last one."""
    rows, width = len(block), blocks + 1
    flat = (block + (np.arange(rows) * width)[:, np.newaxis]).ravel()
    return np.bincount(flat, minlength=rows * width).reshape(rows, width)


def _between(block: NDArray[np.int64], below: NDArray[np.int64], blocks: int) -> NDArray[np.float64]:
    """Return the variance of the counts by block below and after each value of a stretch, (row, value + 1).

    Parameters
    ----------
    block : (row, value) int64
        Of the values in ascending order.
    below : (row, block + 1) int64
        How many values of each block stand before the stretch.
    """
    rows, width = block.shape
    by_block = np.argsort(block.astype(np.min_scalar_type(blocks)), axis=1, kind="stable")
    within = _by_block(block, blocks)
    # the c-th value of its block, from 0, makes the sum of squares 2 c + 1 larger
    base = below - (np.cumsum(within, axis=1) - within)
    place = np.take_along_axis(base, np.take_along_axis(block, by_block, axis=1), axis=1) + np.arange(width)
    growth = np.empty((rows, width), np.int64)
    np.put_along_axis(growth, by_block, 2 * place + 1, axis=1)
    is_whole = block < blocks
    squares, count = np.empty((rows, width + 1)), np.empty((rows, width + 1))
    whole = below[:, :blocks]
    squares[:, 0], count[:, 0] = (whole * whole).sum(axis=1), whole.sum(axis=1)
    squares[:, 1:] = np.cumsum(growth * is_whole, axis=1) + (whole * whole).sum(axis=1, keepdims=True)
    count[:, 1:] = np.cumsum(is_whole, axis=1) + whole.sum(axis=1, keepdims=True)
    squares -= count * (count / blocks)
    np.maximum(squares, 0.0, out=squares)
    squares /= blocks - 1
    return squares
