"""Matrices of correlations: the nearest one that can be, and the loads that give it.

References
----------
Higham, N. J. (2002), Computing the nearest correlation matrix: a problem from finance. IMA Journal of Numerical
Analysis 22, 329-343.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST_EIGENVALUE = 1e-4
"""Of a matrix that has been repaired."""
INVALID = -1e-9
"""An eigenvalue below it is no rounding error."""
MOST_STEPS = 500
CLOSE_ENOUGH = 1e-7
DIGITS = 5
"""A repaired matrix is used as it is reported, so that no last bit of a library decides anything."""
NO_PIVOT = 1e-10


def least_eigenvalue(matrix: Floats) -> float:
    """Return the least eigenvalue of a symmetric matrix: not negative in a matrix of correlations."""
    return float(np.linalg.eigvalsh(matrix)[0])


def is_valid(matrix: Floats) -> bool:
    """Return whether a symmetric matrix of ones and correlations can be one."""
    return least_eigenvalue(matrix) >= INVALID


def nearest(matrix: Floats) -> Floats:
    """Return the nearest matrix that can be one of correlations, rounded to 1e-5.

    Notes
    -----
    Alternating projections with Dykstra's correction, onto matrices whose eigenvalues are at least 1e-4 and onto those
    with a diagonal of ones.
    """
    made, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(MOST_STEPS):
        shifted = made - correction
        value, vector = np.linalg.eigh(shifted)
        projected = (vector * np.maximum(value, LEAST_EIGENVALUE)) @ vector.T
        correction = projected - shifted
        before, made = made, projected.copy()
        np.fill_diagonal(made, 1.0)
        if np.abs(made - before).max() < CLOSE_ENOUGH and least_eigenvalue(made) > LEAST_EIGENVALUE / 2:
            break
    rounded = np.round((made + made.T) / 2, DIGITS)
    np.fill_diagonal(rounded, 1.0)
    return rounded


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
