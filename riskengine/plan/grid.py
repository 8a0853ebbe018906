"""The cells of an octave quantile table: how a random word picks a cell, and what the cell covers."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SIDE = 256
"""Table entries per side; the cells are the first 249 of them."""

MIDDLE = 248
"""Cell of the words that round to u = 1/2."""

HALF_FRACTION = 2.0**19
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
    A word's 31 bits y = 1, 3, 5 ... stand for the probability [y - 1, y + 1] / 2^32 from the tail. Above 16 the cells
    are [2^e (1 + j/8), 2^e (1 + (j+1)/8)), and those intervals tile them exactly. Below, every y has a cell of its
    own (with fraction zero), and the cells between hold no y and are left out.
    """
    small = np.arange(1, 16, 2)
    start = np.concatenate([2.0**e * (1 + np.arange(8) / 8) for e in range(4, 31)])
    edge = np.concatenate((small - 1.0, start, [2.0**31])) / 2.0**32
    first = np.concatenate((small, start)).astype(np.float32)
    cell = (first.view(np.uint32) >> np.uint32(20)).astype(np.int64) - 1016
    return Grid(edge, np.diff(edge), cell, np.arange(cell.size) < small.size)
