"""Which correlation of normal scores gives a rank correlation, for quantities with ties and without.

Spearman's correlation of two continuous quantities is (6/pi) asin(r/2) in a Gaussian copula, whatever they are. Ties
change that: what occurs or not, and what has a few values, is looked at by its midranks.

References
----------
Drezner, Z., Wesolowsky, G. O. (1990), On the computation of the bivariate normal integral. Journal of Statistical
Computation and Simulation 35, 101-107.
"""

from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Floats: TypeAlias = NDArray[np.float64]

Steps: TypeAlias = tuple[float, ...]
"""Probabilities below which each further value of a quantity begins; none where it is continuous."""

CONTINUOUS: Steps = ()
NODES = 60
MOST_KINDS = 1_000
"""Kinds that are kept."""
MOST_PAIRS = 100_000
"""Pairs of kinds that are kept, for the check of a scenario and for its plan."""
CLOSE_ENOUGH = 1e-14
"""How near a correlation of scores is looked for."""
ROUNDING = 1e-9
"""How far beyond what is possible an asked correlation may lie, for rounding."""


@lru_cache(maxsize=1)
def quadrature() -> tuple[Floats, Floats]:
    """Return nodes and weights on [-1, 1]."""
    return leggauss(NODES)


def normal_pair(below: Floats, other: Floats, correlation: float) -> Floats:
    """Return the probability that two correlated normal scores lie below two bounds, which are finite."""
    one, two = np.broadcast_arrays(np.asarray(below, float), np.asarray(other, float))
    if correlation >= 1:
        return np.asarray(ndtr(np.minimum(one, two)))
    if correlation <= -1:
        return np.asarray(np.maximum(ndtr(one) + ndtr(two) - 1, 0.0))
    node, weight = quadrature()
    angle = np.arcsin(correlation) * (node + 1) / 2
    sine, cosine = np.sin(angle), np.cos(angle)
    x, y = one[..., None], two[..., None]
    density = np.exp(-(x * x + y * y - 2 * x * y * sine) / (2 * cosine * cosine))
    integral = np.arcsin(correlation) / 2 * (density * weight).sum(axis=-1)
    return np.asarray(ndtr(one) * ndtr(two) + integral / (2 * np.pi))


def spearman(one: Steps, other: Steps, correlation: float) -> float:
    """Return the rank correlation of two quantities whose normal scores have a correlation."""
    if not one and not other:
        return float(6 / np.pi * np.arcsin(np.clip(correlation / 2, -0.5, 0.5)))
    if not one:
        one, other = other, one
    edge, jump = _jumps(one)
    if not other:
        joint = normal_pair(-edge, np.zeros(edge.size), correlation / np.sqrt(2))
        return float(jump @ (joint - ndtr(-edge) / 2) / np.sqrt(_variance(one) / 12))
    edges, jumps = _jumps(other)
    joint = normal_pair(-edge[:, None], -edges[None, :], correlation)
    apart = ndtr(-edge)[:, None] * ndtr(-edges)[None, :]
    return float(jump @ (joint - apart) @ jumps / np.sqrt(_variance(one) * _variance(other)))


@lru_cache(maxsize=MOST_KINDS)
def _jumps(steps: Steps) -> tuple[Floats, Floats]:
    """Return the normal scores at which the midrank of a quantity jumps, and by how much."""
    cumulative = np.array([0.0, *steps, 1.0])
    return np.asarray(ndtri(cumulative[1:-1])), (cumulative[2:] - cumulative[:-2]) / 2


@lru_cache(maxsize=MOST_KINDS)
def midranks(steps: Steps) -> tuple[Floats, float]:
    """Return the midranks of a quantity's values, (value,), as shares of all futures, and their variance."""
    cumulative = np.array([0.0, *steps, 1.0])
    middle = (cumulative[1:] + cumulative[:-1]) / 2
    return middle, float(np.diff(cumulative) @ (middle - 0.5) ** 2)


def _variance(steps: Steps) -> float:
    return midranks(steps)[1]


@lru_cache(maxsize=MOST_PAIRS)
def feasible(one: Steps, other: Steps) -> tuple[float, float]:
    """Return the least and the largest rank correlation that two quantities can have in a Gaussian copula."""
    return spearman(one, other, -1.0), spearman(one, other, 1.0)


@lru_cache(maxsize=MOST_PAIRS)
def latent(one: Steps, other: Steps, rank: float) -> float:
    """Return the correlation of normal scores that gives a rank correlation, the nearest one where none does."""
    if rank == 0:
        return 0.0
    if not one and not other:
        return float(2 * np.sin(np.pi * rank / 6))
    if one == other and rank == 1:
        return 1.0
    least, most = feasible(one, other)
    if not least < rank < most:
        return 1.0 if rank >= most else -1.0
    from scipy.optimize import brentq  # takes longer to import than a plan without such a pair takes to compile

    return float(brentq(lambda r: spearman(one, other, r) - rank, -1.0, 1.0, xtol=CLOSE_ENOUGH, rtol=CLOSE_ENOUGH))
