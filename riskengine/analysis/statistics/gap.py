"""Gaps between values: where a sample has none, though a smooth law would have some."""

import math

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def widest_gap(ordered: Values, beside: int) -> Values:
    """Return by how much the widest gap between neighbours is more than chance makes of a smooth law, (row,).

    Parameters
    ----------
    ordered : (row, n) float64
        Each row sorted.
    beside : int
        Values that must lie on either side, 2 or more.

    Notes
    -----
    Among n gaps of one mean length that vary like an exponential, as those of a smooth law do, the widest is log(n)
    times as long as their mean. That much, by the mean of the gaps around, does not count.
    """
    n = ordered.shape[1]
    if n < 2 * beside:
        return np.zeros(len(ordered))
    gap = np.diff(ordered, axis=1)[:, beside - 1 : n - beside]
    around = ordered[:, 2 * beside - 1 :] - ordered[:, : n - 2 * beside + 1] - gap
    usual = math.log(n) / (2 * beside - 2) * around
    widest: Values = np.maximum(gap - usual, 0.0).max(axis=1)
    return widest
