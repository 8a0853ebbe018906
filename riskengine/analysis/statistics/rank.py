"""Rank correlation: how strongly two quantities rise together, whatever their scales."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def centred_ranks(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return the ranks of :func:`ranked`."""
    return ranked(values)[1]


def ranked(values: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the order of each row, and twice the rank of each value, less twice the mean rank of its row.

    Tied values share their mean rank.

    Parameters
    ----------
    values : (row, n)

    Returns
    -------
    order : (row, n) intp
    rank : (row, n) float64
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
    return order, rank


def spearman_influence(
    order: NDArray[np.intp], rank: NDArray[np.float64], other_order: NDArray[np.intp], other: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return by how much each iteration moves the rank correlation of each row with one other row, (row, n).

    Parameters
    ----------
    order, rank : (row, n)
        Of the rows, from :func:`ranked`.
    other_order, other : (1, n)
        Of the other row, likewise.

    Returns
    -------
    (row, n) float64
        Its mean is zero, and its variance / n that of the correlation; 0 where either does not vary.

    Notes
    -----
    Without ties the correlation is 12 E[u v], u = F(x) - 1/2 and v = G(y) - 1/2. An iteration moves it by its own u v
    and, through F and G, by the mean of v over all x at or above its own, and of u over all y at or above its own.
    With ties u and v are divided by their own spread in the place of 1 / 12.
    """
    n = rank.shape[1]
    u, v = rank / (2.0 * n), other / (2.0 * n)
    scale = np.sqrt((u * u).mean(axis=1) * (v * v).mean())[:, np.newaxis]
    is_moving = scale > 0
    moved = u * v
    by_order = v[0, order]
    np.cumsum(by_order[:, ::-1], axis=1, out=by_order[:, ::-1])
    by_other = u[:, other_order[0]]
    np.cumsum(by_other[:, ::-1], axis=1, out=by_other[:, ::-1])
    share = np.empty_like(by_order)
    np.put_along_axis(share, order, by_order, axis=1)
    moved += share / n
    moved[:, other_order[0]] += by_other / n
    moved -= moved.mean(axis=1, keepdims=True)
    return np.where(is_moving, moved / np.where(is_moving, scale, 1.0), 0.0)


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
