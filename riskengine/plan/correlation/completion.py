"""Correlations that nobody gave, beside those that somebody did.

References
----------
Grone, R., Johnson, C. R., Sa, E. M., Wolkowicz, H. (1984), Positive definite completions of partial Hermitian matrices.
Linear Algebra and its Applications 58, 109-124.
Hastie, T., Tibshirani, R., Friedman, J. (2009), The Elements of Statistical Learning, algorithm 17.1.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

MOST_SWEEPS = 60
CLOSE_ENOUGH = 1e-8
RIDGE = 1e-9
"""Added to a diagonal before a system is solved: two quantities in the same order have the same equation twice."""


def completed(matrix: Floats) -> Floats:
    """Return a symmetric matrix with its missing entries, NaN, filled so that its determinant is the largest.

    Notes
    -----
    What nobody related goes together only as far as what lies between makes it: given those that it has a correlation
    with, a quantity is independent of all others. Taken one after the other, each is regressed on those before it; that
    is all where these always have correlations with each other, as in groups that overlap. Elsewhere each is regressed
    on all that it has a correlation with, until nothing moves. Where the entries that are there contradict each other,
    what comes out is no matrix of correlations.
    """
    present = ~np.isnan(matrix)
    full = np.where(present, matrix, 0.0)
    order = elimination_order(present)
    is_chain_of_groups = True
    for count, at in enumerate(order.tolist()):
        before = order[:count]
        partners, missing = before[present[at, before]], before[~present[at, before]]
        is_chain_of_groups &= bool(present[np.ix_(partners, partners)].all())
        if missing.size and partners.size and not fill(full, at, partners, missing):
            return full
    for _ in range(0 if is_chain_of_groups else MOST_SWEEPS):
        former = full.copy()
        for at in np.flatnonzero(~present.all(axis=1)).tolist():
            partners = np.flatnonzero(present[at])
            if not fill(full, at, partners[partners != at], np.flatnonzero(~present[at])):
                return full
        if np.abs(full - former).max() < CLOSE_ENOUGH:
            break
    return full


def fill(full: Floats, at: int, partners: Places, missing: Places) -> bool:
    """Fill missing entries of a quantity by regression on its partners; return whether they can be correlations."""
    among = full[np.ix_(partners, partners)] + RIDGE * np.eye(partners.size)
    filled = full[np.ix_(missing, partners)] @ np.linalg.solve(among, full[partners, at])
    full[at, missing] = full[missing, at] = filled
    return bool(np.abs(filled).max() <= 1)


def elimination_order(present: NDArray[np.bool_]) -> Places:
    """Return an order in which each has as many as possible of its partners before it."""
    size = len(present)
    before, is_left = np.zeros(size, np.int64), np.ones(size, bool)
    order = np.zeros(size, np.int64)
    for count in range(size):
        at = int(np.argmax(np.where(is_left, before, -1)))
        order[count], is_left[at] = at, False
        before += present[at]
    return order
