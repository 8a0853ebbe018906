"""The cells of an octave quantile table: how a random word picks a cell, and what the cell covers."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import FINE_CELLS, FIRST_CELL, SIDE

Floats = NDArray[np.float64]

MIDDLE = (158 << 4) - FINE_CELLS - FIRST_CELL
"""Cell of the words that round to u = 1/2; those after it, up to ``SIDE``, are never read."""

FRACTION_BITS = 20
"""Bits of a float32's mantissa that lie within a coarse cell."""

FINE_OCTAVES = (29, 30)
"""Powers of two from which on an octave has 16 cells: those next to the median."""


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells that words fall into, from the tail inwards; both sides are alike.

    Parameters
    ----------
    edge : (cell + 1,) float64
        Probability from the tail, 0 to 1/2.
    width : (cell,) float64
        Probability of a cell.
    cell : (cell,) int64
        Its place on its side of the table.
    fraction : (cell,) float64
        Mean fraction of its words, in units of the last bit.
    spread : (cell,) float64
        Half the range of their fractions.
    is_point : (cell,) bool
        Whether one word alone (and its twin with the last bit cleared) falls into it.
    """

    edge: Floats
    width: Floats
    cell: NDArray[np.int64]
    fraction: Floats
    spread: Floats
    is_point: NDArray[np.bool_]


@lru_cache(maxsize=1)
def grid() -> Grid:
    """The one grid there is.

    Notes
    -----
    A word's 31 bits y = 1, 3, 5 ... stand for the probability [y - 1, y + 1] / 2^32 from the tail. Above 16 the cells
    are [2^e (1 + j/8), 2^e (1 + (j+1)/8)), in the two octaves next to the median of 16 parts each, and those
    intervals tile them exactly. Below, every y has a cell of its own (with fraction zero), and the cells between hold
    no y and are left out.
    The fraction runs through 8 parts of each octave; a fine cell has the first or the second half of one.
    """
    small = np.arange(1, 16, 2)
    parts = [16 if e in FINE_OCTAVES else 8 for e in range(4, 31)]
    start = np.concatenate([2.0**e * (1 + np.arange(n) / n) for e, n in zip(range(4, 31), parts, strict=True)])
    edge = np.concatenate((small - 1.0, start, [2.0**31])) / 2.0**32
    bits = np.concatenate((small, start)).astype(np.float32).view(np.uint32)
    is_fine = np.repeat([False, *(n == 16 for n in parts)], [small.size, *parts])
    spread = np.where(is_fine, 2.0 ** (FRACTION_BITS - 2), 2.0 ** (FRACTION_BITS - 1))
    first = (bits & np.uint32((1 << FRACTION_BITS) - 1)).astype(np.float64)
    is_point = np.arange(bits.size) < small.size
    return Grid(
        edge=edge,
        width=np.diff(edge),
        cell=cell_of(bits),
        fraction=first + spread,
        spread=spread,
        is_point=is_point,
    )


@dataclass(frozen=True, eq=False)
class Chain:
    """The cells of both sides from the lowest values to the highest: below the median, then above it from there on.

    Parameters
    ----------
    fraction : (2 * cell,) float64
        Mean fraction of a cell's words.
    start : (2 * cell,) float64
        How many half rises the value at fraction zero lies below the mean of the cell: above the median, where words
        count from the tail, it lies above.
    sign : (2 * cell,) float64
        1 below the median, -1 above.
    cell : (2 * cell,) int64
        Place in a table.
    """

    fraction: Floats
    start: Floats
    sign: Floats
    cell: NDArray[np.int64]


@lru_cache(maxsize=1)
def chain() -> Chain:
    """The one chain of cells there is."""
    side = grid()
    start = side.fraction / side.spread
    return Chain(
        fraction=np.concatenate((side.fraction, side.fraction[::-1])),
        start=np.concatenate((start, -start[::-1])),
        sign=np.repeat([1.0, -1.0], side.cell.size),
        cell=np.concatenate((side.cell, SIDE + side.cell[::-1])),
    )


def cell_of(bits: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the cells of folded words, as float32 in bits, on their side of a table."""
    coarse, fine = ((bits >> np.uint32(shift)).astype(np.int64) for shift in (FRACTION_BITS, FRACTION_BITS - 1))
    return np.maximum(coarse, fine - FINE_CELLS) - FIRST_CELL
