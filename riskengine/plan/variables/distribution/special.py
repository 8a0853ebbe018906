"""The special functions behind the distributions, in float64 whatever comes in."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from riskengine.plan.variables.distribution.shape import Floats


def normal_mass(z: ArrayLike) -> Floats:
    """Probability below `z` under the standard normal."""
    return np.asarray(special.ndtr(np.asarray(z, dtype=np.float64)), dtype=np.float64)


def normal_quantile(u: ArrayLike) -> Floats:
    """The standard normal quantile; -inf at 0, inf at 1."""
    return np.asarray(special.ndtri(np.asarray(u, dtype=np.float64)), dtype=np.float64)


def beta_mass(alpha: ArrayLike, beta: ArrayLike, x: ArrayLike) -> Floats:
    """Probability below `x` under the beta distribution on [0, 1]."""
    arguments = (np.asarray(value, dtype=np.float64) for value in (alpha, beta, x))
    return np.asarray(special.betainc(*arguments), dtype=np.float64)


def beta_quantile(alpha: ArrayLike, beta: ArrayLike, u: ArrayLike) -> Floats:
    """Quantile of the beta distribution on [0, 1]."""
    arguments = (np.asarray(value, dtype=np.float64) for value in (alpha, beta, u))
    return np.asarray(special.betaincinv(*arguments), dtype=np.float64)


def beta_partial(alpha: ArrayLike, beta: ArrayLike, u: ArrayLike) -> Floats:
    """Integral of the beta quantile from 0 to `u`: the mean times the mass of Beta(alpha + 1, beta) up to there."""
    first, second = np.asarray(alpha, dtype=np.float64), np.asarray(beta, dtype=np.float64)
    return first / (first + second) * beta_mass(first + 1, second, beta_quantile(first, second, u))
