"""Rank correlation."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def centred_ranks(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return twice the rank of each value in its row, less twice the mean rank; tied values share their mean rank.

    Parameters
    ----------
    values : (row, n)

    Returns
    -------
    (row, n) float64
        Whole numbers, so that sums of them are exact.
    """
    rows, n = values.shape
    order = np.argsort(values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    is_new = ordered[:, 1:] != ordered[:, :-1]
    position = np.broadcast_to(np.arange(n, dtype=np.int64), (rows, n))
    if is_new.all():
        doubled = 2.0 * position - (n - 1)
    else:
        edge = np.ones((rows, 1), dtype=np.bool_)
        first = np.maximum.accumulate(np.where(np.concatenate([edge, is_new], axis=1), position, 0), axis=1)
        is_last = np.concatenate([is_new, edge], axis=1)
        last = np.minimum.accumulate(np.where(is_last, position, n - 1)[:, ::-1], axis=1)[:, ::-1]
        doubled = (first + last - (n - 1)).astype(np.float64)
    rank = np.empty((rows, n), dtype=np.float64)
    np.put_along_axis(rank, order, doubled, axis=1)
    return rank


def spearman(rank: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rank correlation of each row with one other row; NaN where either does not vary.

    Parameters
    ----------
    rank : (row, n) float64
    other : (n,) float64
        Both from :func:`centred_ranks`.
    """
    squares = (rank * rank).sum(axis=1) * (other * other).sum()
    products = (rank * other).sum(axis=1)
    return np.where(squares > 0, products / np.sqrt(np.where(squares > 0, squares, 1.0)), np.nan)
