"""Beta-PERT cells for any mode from one set of Chebyshev polynomials, without a beta inverse per task."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, log, sqrt

import numpy as np

from riskengine.plan.variables.distribution.special import beta_partial, beta_quantile
from riskengine.plan.variables.grid import Floats, grid

LARGEST_WEIGHT = 50.0
"""Above it the polynomials get long, and inverting the beta function is no slower."""

TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class Master:
    """Mean and half rise of every cell of a PERT on [0, 1], as polynomials in the place of its mode.

    Parameters
    ----------
    coefficient : (degree + 1, 2 * chain) float64
        Chebyshev coefficients in 2 ratio - 1: first the means of the chain of cells, then the half rises.
    """

    coefficient: Floats

    def cells(self, ratio: Floats) -> tuple[Floats, Floats]:
        """Mean and half rise of the cells, (ratio, chain) float64 each.

        Parameters
        ----------
        ratio : (ratio,) float64
            (mode - low) / (high - low).

        Notes
        -----
        Summed one term at a time with elementwise products: a matrix product may round a row differently with the
        number of rows, and a table must not depend on the other variables of the plan.
        """
        x = 2 * ratio[:, None] - 1
        before, now = np.ones_like(x), x
        total = self.coefficient[0] + now * self.coefficient[1]
        term = np.empty_like(total)
        for row in self.coefficient[2:]:
            before, now = now, 2 * x * now - before
            np.multiply(now, row, out=term)
            total += term
        mean, rise = np.hsplit(total, 2)
        return mean, rise


@lru_cache(maxsize=64)
def master(weight: float) -> Master:
    """The polynomials for one weight (lambda), at most `LARGEST_WEIGHT`.

    Notes
    -----
    As functions of the ratio the cells are analytic but for the ratio at which alpha is 0, -1 / weight, and its
    mirror image. Chebyshev interpolation on [0, 1] then converges like rho^-n, rho being the sum of the half axes of
    the ellipse through that point: 22 nodes for the usual weight of 4. The largest error in any cell is below 2e-9 sd
    for weights up to 50. The mean is linear in the ratio, so that of a whole table is exact.

    A PERT with the mirrored mode is the mirror image, so only lower halves are computed.

    References
    ----------
    Trefethen, Approximation Theory and Approximation Practice (2013), chapter 8.
    """
    pole = 1 + 2 / weight
    count = max(6, ceil(-log(TOLERANCE) / log(pole + sqrt(pole * pole - 1))))
    angle = np.pi * (np.arange(count) + 0.5) / count
    ratio = (1 + np.cos(angle)) / 2
    alpha = 1 + weight * ratio[:, None]
    beta = alpha[::-1]
    cells = grid()
    mean = np.diff(beta_partial(alpha, beta, cells.edge)) / cells.width
    rise = np.where(cells.is_point, 0.0, np.diff(beta_quantile(alpha, beta, cells.edge)) / 2)
    value = np.hstack((mean, 1 - mean[::-1, ::-1], rise, rise[::-1, ::-1]))
    order = np.cos(np.arange(count)[:, None] * angle)
    coefficient = np.array([np.sum(row[:, None] * value, axis=0) for row in order]) * (2 / count)
    coefficient[0] /= 2
    return Master(coefficient)
