"""The nearest matrix of correlations to one that cannot be.

References
----------
Qi, H., Sun, D. (2006), A quadratically convergent Newton method for computing the nearest correlation matrix. SIAM
Journal on Matrix Analysis and Applications 28, 360-385.
Boyd, S. et al. (2011), Distributed optimization and statistical learning via the alternating direction method of
multipliers. Foundations and Trends in Machine Learning 3, 1-122.
"""

import numpy as np
from numpy.typing import NDArray

from riskengine.plan.correlation.completion import completed
from riskengine.plan.correlation.matrix import is_valid

Floats = NDArray[np.float64]

LEAST_EIGENVALUE = 1e-4
"""Of a matrix that has been repaired."""
DIGITS, DIGITS_OF_MANY = 5, 6
MANY = 300
"""A repaired matrix is used as it is reported, so that no last bit of a library decides anything; of many members with
a digit more, which keeps it valid."""
MOST_NEWTON_STEPS, MOST_WEIGHTED_STEPS = 100, 1_000
NEWTON_ERROR, WEIGHTED_ERROR = 1e-9, 1e-5
OVER_RELAXATION = 1.6
EVERY = 10
"""Steps after which the pace of a weighted repair is looked at."""
UNBALANCED = 10.0
"""How much larger one of its two errors may be before the pace changes."""


def nearest(matrix: Floats, weight: Floats | None = None) -> Floats:
    """Return the nearest matrix that can be one of correlations, rounded.

    Parameters
    ----------
    matrix : (n, n) float64
        Symmetric, with a diagonal of ones; NaN where nothing is asked for.
    weight : (n, n) float64, optional
        Of the squared change of each entry; 1 where nothing is said.
    """
    is_asked = ~np.isnan(matrix)
    np.fill_diagonal(is_asked, True)
    weights = np.where(is_asked, 1.0 if weight is None else weight, 0.0)
    np.fill_diagonal(weights, 1.0)
    if np.ptp(weights) == 0:
        return rounded(newton(matrix))
    near = newton(weighted(np.where(is_asked, matrix, 0.0), weights))
    if not is_asked.all():
        filled = rounded(completed(np.where(is_asked, near, np.nan)))
        if is_valid(filled):
            return filled
    return rounded(near)


def rounded(matrix: Floats) -> Floats:
    """Return a matrix of correlations with few digits, exactly symmetric."""
    made = np.round((matrix + matrix.T) / 2, DIGITS if len(matrix) <= MANY else DIGITS_OF_MANY)
    np.fill_diagonal(made, 1.0)
    return np.asarray(made + 0.0)


def newton(matrix: Floats) -> Floats:
    """Return the matrix with a diagonal of ones and no eigenvalue below the least that is nearest to another.

    Notes
    -----
    The dual of the problem has one unknown for each row; its gradient is the diagonal of the positive part less what it
    is to be. Newton's steps are found by conjugate gradients, and shortened until the dual falls.
    """
    size = len(matrix)
    lowered = (matrix + matrix.T) / 2 - LEAST_EIGENVALUE * np.eye(size)
    target = 1.0 - LEAST_EIGENVALUE
    shift = np.zeros(size)
    value, vector = np.linalg.eigh(lowered)
    dual = _dual(value, shift, target)
    for _ in range(MOST_NEWTON_STEPS):
        positive = np.maximum(value, 0.0)
        slope = (vector * vector) @ positive - target
        if np.abs(slope).max() < NEWTON_ERROR:
            break
        step = _newton_step(value, vector, slope)
        length = 1.0
        while True:
            tried = shift + length * step
            new_value, new_vector = np.linalg.eigh(lowered + np.diag(tried))
            new_dual = _dual(new_value, tried, target)
            if new_dual <= dual + 1e-4 * length * float(slope @ step) or length < 1e-6:
                break
            length /= 2
        shift, value, vector, dual = tried, new_value, new_vector, new_dual
    made = (vector * np.maximum(value, 0.0)) @ vector.T + LEAST_EIGENVALUE * np.eye(size)
    scale = 1 / np.sqrt(np.diag(made))
    return np.asarray(made * scale[:, None] * scale[None, :])


def _dual(value: Floats, shift: Floats, target: float) -> float:
    return float(np.maximum(value, 0.0) @ np.maximum(value, 0.0) / 2 - target * shift.sum())


def _newton_step(value: Floats, vector: Floats, slope: Floats) -> Floats:
    """Return Newton's step of the dual, by conjugate gradients."""
    positive = value > 0
    share = np.where(positive[:, None] & positive[None, :], 1.0, 0.0)
    mixed = positive[:, None] & ~positive[None, :]
    gap = np.where(mixed, value[:, None] - value[None, :], 1.0)
    part = np.where(mixed, value[:, None] / gap, 0.0)
    share += part + part.T

    def curvature(step: Floats) -> Floats:
        inner = vector.T @ (step[:, None] * vector)
        return np.asarray(((vector @ (share * inner)) * vector).sum(axis=1)) + 1e-10 * step

    step, rest = np.zeros_like(slope), -slope
    direction, norm = rest.copy(), float(rest @ rest)
    start = norm
    for _ in range(200):
        if norm <= 1e-8 * start:
            break
        curved = curvature(direction)
        length = norm / float(direction @ curved)
        step = step + length * direction
        rest = rest - length * curved
        norm, before = float(rest @ rest), norm
        direction = rest + norm / before * direction
    return step


def weighted(matrix: Floats, weight: Floats) -> Floats:
    """Return the matrix of correlations with the least weighted sum of squared changes, nearly.

    Notes
    -----
    Alternating directions: one copy keeps near the entries asked for, another has no eigenvalue below the least, and
    both are drawn together; how fast follows from which of the two errors is larger.
    """
    squared = weight * weight
    pace = float(np.sqrt(squared.max() * squared[squared > 0].min()))
    valid = matrix.copy()
    dual = np.zeros_like(matrix)
    for step in range(1, MOST_WEIGHTED_STEPS + 1):
        near = (squared * matrix + pace * (valid - dual)) / (squared + pace)
        np.fill_diagonal(near, 1.0)
        relaxed = OVER_RELAXATION * near + (1 - OVER_RELAXATION) * valid
        value, vector = np.linalg.eigh(relaxed + dual)
        before, valid = valid, (vector * np.maximum(value, LEAST_EIGENVALUE)) @ vector.T
        dual = dual + relaxed - valid
        apart, moved = float(np.abs(near - valid).max()), float(np.abs(valid - before).max())
        if max(apart, moved) < WEIGHTED_ERROR:
            break
        if step % EVERY == 0 and not 1 / UNBALANCED < apart / max(moved, 1e-300) < UNBALANCED:
            factor = 2.0 if apart > moved else 0.5
            pace, dual = pace * factor, dual / factor
    return np.asarray(valid)
