"""How a quantile function runs around a percentile: its slope, its spacing, and whether it has any slope at all."""

import math

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

NEIGHBOURS = (-2, -1, 0, 1, 2)
"""Ranks around a percentile between which the widest spacing is looked for."""


def slope_at(ordered: Values, rank: int, reach: int) -> Values:
    """Return the slope of the quantile function of sorted rows around a rank, (row, 1), per unit of probability."""
    n = ordered.shape[1]
    rise: Values = ordered[:, rank + reach - 1] - ordered[:, rank - reach - 1]
    slope: Values = rise * (n / (2 * reach))
    return slope[:, np.newaxis]


def spacing_at(ordered: Values, rank: int) -> Values:
    """Return the widest spacing of the values of sorted rows around a rank, (row,)."""
    around = np.clip(np.array(NEIGHBOURS) + rank - 1, 0, ordered.shape[1] - 1)
    spacing: Values = np.diff(ordered[:, around], axis=1).max(axis=1)
    return spacing


def is_tied(ordered: Values, rank: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return whether more than half of the values around a percentile equal their neighbour, (row, percent)."""
    n = ordered.shape[1]
    tied = np.zeros((len(ordered), rank.size), dtype=np.bool_)
    for column, k in enumerate(rank.tolist()):
        reach = math.ceil(2 * math.sqrt(k * (1 - k / n) + 1))
        around = ordered[:, max(0, k - reach - 1) : min(n, k + reach)]
        tied[:, column] = np.count_nonzero(np.diff(around, axis=1) == 0, axis=1) * 2 > around.shape[1]
    return tied
