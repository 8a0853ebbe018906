"""Matrices of correlations: whether one can be, and the loads that give it."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

INVALID = -1e-9
"""An eigenvalue below it is no rounding error."""
NO_PIVOT = 1e-10


def least_eigenvalue(matrix: Floats) -> float:
    """Return the least eigenvalue of a symmetric matrix: not negative in a matrix of correlations."""
    return float(np.linalg.eigvalsh(matrix)[0])


def is_valid(matrix: Floats) -> bool:
    """Return whether a symmetric matrix of ones and correlations can be one."""
    return least_eigenvalue(matrix) >= INVALID


def cholesky(matrix: Floats) -> Floats:
    """Return the lower triangle whose product with its transpose is a matrix of correlations, which may be singular.

    Notes
    -----
    By outer products of elements: no library's order of sums decides a bit.
    """
    rest, triangle = matrix.copy(), np.zeros_like(matrix)
    for k in range(len(matrix)):
        pivot = rest[k, k]
        if pivot > NO_PIVOT:
            column = rest[k:, k] / np.sqrt(pivot)
            triangle[k:, k] = column
            rest[k:, k:] -= column[:, None] * column[None, :]
    return triangle
