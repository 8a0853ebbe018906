"""Quantiles of the normal, Student and binomial distributions, from sums, products and roots.

scipy has them all, but takes longer to import than everything else in a decision takes to run; the tests hold these
against a 40-digit oracle.
"""

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

LARGE = 1000
"""Degrees of freedom from which the expansion of Student's quantile in 1/df is exact to 1e-12 and better."""


def normal_quantile(probability: float) -> float:
    """Return the quantile of the standard normal distribution."""
    return NormalDist().inv_cdf(probability)


@lru_cache(maxsize=1024)
def student_quantile(probability: float, freedom: int) -> float:
    """Return the quantile of Student's t distribution.

    Parameters
    ----------
    probability : float
        In [0.5, 1).
    freedom : int
        Degrees of freedom, 1 or more.

    Notes
    -----
    Newton's method on the finite sums for whole degrees of freedom, Abramowitz and Stegun (1964) 26.7.3 and 26.7.4; the
    expansion 26.7.5 from 1000 degrees on.
    """
    if freedom < 1:
        raise ValueError("Student's t has at least one degree of freedom")
    if freedom >= LARGE:
        return student_expansion(normal_quantile(probability), freedom)
    within = 2 * probability - 1
    scale = 2 * math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(math.pi * freedom)
    t, step = normal_quantile(probability), math.inf
    # The distribution function is concave from 0 up and the normal quantile lies below: every step of Newton's falls
    # short of the root, until rounding lets one step back.
    while step > 0:
        step = (within - student_within(t, freedom)) / (scale * (1 + t * t / freedom) ** (-(freedom + 1) / 2))
        t += step
    return t


FREEDOMS = (*range(1, 31), 35, 40, 50, 60, 80, 100, 150, 250, 500, LARGE, 10 * LARGE)
"""Degrees of freedom between which Student's quantile is interpolated, in 1/df; from 2 on to 1e-5 and better."""


def student_quantiles(probability: float, freedom: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return quantiles of Student's t distribution for degrees of freedom that need not be whole.

    Parameters
    ----------
    probability : float
        In [0.5, 1).
    freedom : float64 array
        1 or more.
    """
    inverse, quantile = _student_table(probability)
    return np.interp(1 / np.asarray(freedom, dtype=np.float64), inverse, quantile)


@lru_cache(maxsize=64)
def _student_table(probability: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return 1/df, ascending from 0, and Student's quantile at each."""
    rows = [(0.0, normal_quantile(probability))]
    rows += [(1 / freedom, student_quantile(probability, freedom)) for freedom in reversed(FREEDOMS)]
    inverse, quantile = np.array(rows).T
    return inverse, quantile


def student_within(t: float, freedom: int) -> float:
    """Return the probability that Student's t lies within -t and t."""
    sine, cosine = t / math.sqrt(freedom + t * t), math.sqrt(freedom / (freedom + t * t))
    is_odd = freedom % 2
    term = total = cosine if is_odd else 1.0
    if freedom == 1:
        total = 0.0
    for k in range(2 + is_odd, freedom - 1, 2):
        term *= cosine * cosine * (k - 1) / k
        total += term
    if is_odd:
        return 2 / math.pi * (math.atan2(sine, cosine) + sine * total)
    return sine * total


def student_expansion(z: float, freedom: int) -> float:
    """Return Student's quantile from the normal one, by the first terms in 1/df."""
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return math.fsum(term / float(freedom) ** power for power, term in enumerate(terms))


def binomial_quantiles(n: int, p: float, probabilities: tuple[float, ...]) -> NDArray[np.int64]:
    """Return, for each probability, the smallest k with P(B <= k) at least that, B binomial (n, p).

    Parameters
    ----------
    n : int
        1 or more.
    p : float
        In (0, 1).
    probabilities : tuple of float

    Notes
    -----
    The probabilities around the mode are built up by their ratios, twelve standard deviations to either side, and
    divided by their sum: no logarithm, no gamma function.
    """
    mode = min(int((n + 1) * p), n)
    reach = int(12 * math.sqrt(n * p * (1 - p))) + 30
    low, high = max(0, mode - reach), min(n, mode + reach)
    odds = p / (1 - p)
    up = np.arange(mode, high, dtype=np.float64)
    down = np.arange(mode, low, -1, dtype=np.float64)
    above = np.cumprod((n - up) / (up + 1) * odds)
    below = np.cumprod(down / (n - down + 1) / odds)
    mass = np.concatenate([below[::-1], [1.0], above])
    cumulative = np.cumsum(mass)
    cumulative /= cumulative[-1]
    return np.minimum(low + np.searchsorted(cumulative, probabilities), n).astype(np.int64)
