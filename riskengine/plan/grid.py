"""The cells of an octave quantile table: how a random word picks a cell, and what the cell covers."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.arrays import CELL_BITS, CELLS

Floats = NDArray[np.float64]

SIDE = CELLS // 2
"""Table entries per side; the cells are the first of them, up to ``MIDDLE``."""

MIDDLE = 31 << CELL_BITS
"""Cell of the words that round to u = 1/2."""

FRACTION_BITS = 23 - CELL_BITS
"""Bits of a float32's mantissa that lie within a cell."""

HALF_FRACTION = 2.0 ** (FRACTION_BITS - 1)
"""Mean of the fraction over the words of a cell."""


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
    is_point : (cell,) bool
        Whether one word alone (and its twin with the last bit cleared) falls into it.
    """

    edge: Floats
    width: Floats
    cell: NDArray[np.int64]
    is_point: NDArray[np.bool_]


@lru_cache(maxsize=1)
def grid() -> Grid:
    """The one grid there is.

    Notes
    -----
    A word's 31 bits y = 1, 3, 5 ... stand for the probability [y - 1, y + 1] / 2^32 from the tail. Above 32 the cells
    are [2^e (1 + j/16), 2^e (1 + (j+1)/16)), and those intervals tile them exactly. Below, every y has a cell of its
    own (with fraction zero), and the cells between hold no y and are left out.
    """
    each = 1 << CELL_BITS
    small = np.arange(1, 2 * each, 2)
    start = np.concatenate([2.0**e * (1 + np.arange(each) / each) for e in range(CELL_BITS + 1, 31)])
    edge = np.concatenate((small - 1.0, start, [2.0**31])) / 2.0**32
    first = np.concatenate((small, start)).astype(np.float32)
    cell = (first.view(np.uint32) >> np.uint32(FRACTION_BITS)).astype(np.int64) - (127 << CELL_BITS)
    return Grid(edge, np.diff(edge), cell, np.arange(cell.size) < small.size)
