"""Direction numbers of Joe and Kuo as scipy has them, and the rule by which dimensions are chosen.

Under nested random scrambling the mean over a block of a function of two variables has the variance
sum v(a, b) g(a, b). There v is the variance of the function at resolution a of the one and b of the other: between its
means over boxes of 2^-a times 2^-b, beyond those over coarser ones. What the points make of it is g: two points count
one for a where they share their first a bits, minus one where bit a is the first to differ, and nothing where an
earlier one is; g is the mean of the products over all pairs of points. Independent draws have g = 1.

References
----------
Owen (1997), Monte Carlo variance of scrambled net quadrature.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.stats.qmc import Sobol

BITS, POINTS, SEARCHED = 8, 256, 1024
SUMS = (0.3, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.3, 1.5, 1.65, 1.8)
LARGEST = (0.2, 0.35, 0.5, 0.7, 0.8, 0.9)
Floats = NDArray[np.float64]
Numbers = list[int]


def functions() -> list[Floats]:
    """Means within strata of product, maximum, and whether the sum or the maximum is below a limit, (256, 256) each."""
    edge = np.arange(POINTS) / POINTS
    middle = edge + 0.5 / POINTS
    below = []
    for limit in SUMS:
        room = (limit - np.add.outer(edge, edge)) * POINTS
        both = np.where(room < 1, np.square(room) / 2, 1 - np.square(2 - room) / 2)
        below.append(np.where(room <= 0, 0.0, np.where(room >= 2, 1.0, both)))
    shares = [np.clip((limit - edge) * POINTS, 0, 1) for limit in LARGEST]
    return [np.outer(middle, middle), np.maximum.outer(middle, middle), *below, *(np.outer(s, s) for s in shares)]


@lru_cache(maxsize=1)
def variances() -> Floats:
    """Variance of each function at each resolution, (function, 8, 8), in units of its whole variance."""
    found = []
    for values in functions():
        between = np.array(
            [
                [values.reshape(2**a, 2 ** (8 - a), 2**b, 2 ** (8 - b)).mean(axis=(1, 3)).var() for b in range(9)]
                for a in range(9)
            ]
        )
        found.append(np.diff(np.diff(between, axis=0), axis=1) / values.var())
    return np.array(found)


def sharing(strata: NDArray[np.int64]) -> Floats:
    """What each point of a dimension counts with the first, which is 0, at each resolution, (8, point).

    The points of a net are alike: what two of them share depends on the difference of their indices alone.
    """
    resolution = np.arange(1, BITS + 1)[:, None]
    equal = BITS - np.array([int(stratum).bit_length() for stratum in strata])
    return np.where(equal >= resolution, 1.0, np.where(equal == resolution - 1, -1.0, 0.0))


def ratios(one: Floats, other: Floats) -> Floats:
    """Variance of a block's mean of each function, in units of that of independent draws, from two ``sharing``."""
    return np.asarray((variances() * (one @ other.T)).sum(axis=(1, 2)))


@lru_cache(maxsize=1)
def direction_numbers() -> list[Numbers]:
    """Direction numbers, to eight bits, of the dimensions that the rule chooses.

    scipy gives point i in Gray code order, whose index is i ^ (i >> 1).
    """
    points = (Sobol(SEARCHED, scramble=False).random(POINTS) * POINTS).astype(np.int64)
    order = np.argsort([i ^ (i >> 1) for i in range(POINTS)])
    chosen: list[tuple[Numbers, Floats]] = []
    for strata in points[order].T:
        mine = sharing(strata)
        if all((ratios(mine, other) <= 1).all() for _, other in chosen):
            chosen.append(([int(strata[1 << bit]) for bit in range(BITS)], mine))
    return [numbers for numbers, _ in chosen]
