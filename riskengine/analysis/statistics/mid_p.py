"""Intervals of rare probabilities from few occurrences, where a normal quantile misleads.

References
----------
Berry, G. and Armitage, P. (1995), Mid-P confidence intervals: a brief review. The Statistician 44, 417-423.
Clopper, C. J. and Pearson, E. S. (1934), The use of confidence or fiducial limits illustrated in the case of the
binomial. Biometrika 26, 404-413.
"""

from collections.abc import Callable
from functools import lru_cache
from math import lgamma

import numpy as np
from numpy.typing import NDArray

FEW = 40
"""Occurrences, or iterations without one, up to which mid-P intervals are looked at."""
EXACT_BELOW = 20
"""Iterations below which a count weighs in full and not by half: those of 16 held a chance of a half in 92.3 %."""
STEPS = 60
"""Halvings of an interval of probabilities: more than a float64 tells apart."""


def mid_p_ends(
    count: NDArray[np.int64], n: int, level: float, low: NDArray[np.float64], high: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ends of intervals of independent iterations, made to hold those of mid-P where counts are few.

    Parameters
    ----------
    count : int64 array
        Of n iterations.
    n : int
    level : float
    low, high : float64 arrays of that shape
        Wilson's interval.

    Notes
    -----
    Wilson's interval of 99 in 100 ends at 99.82 %: a chance of 99.84 % is left out as soon as one iteration fails, in
    15 % of runs. The outer ends of both leave out a truth on either side in 5 % of runs at the most.
    """
    low, high = low.copy(), high.copy()
    rare = np.minimum(count, n - count)
    for place in zip(*np.nonzero(rare <= FEW), strict=True):
        is_mirrored = count[place] > n - count[place]
        ends = rare_ends(int(rare[place]), n, level)
        least, most = (1 - ends[1], 1 - ends[0]) if is_mirrored else ends
        low[place], high[place] = min(low[place], least), max(high[place], most)
    return low, high


@lru_cache(maxsize=4096)
def rare_ends(count: int, n: int, level: float) -> tuple[float, float]:
    """Return the mid-P interval of a probability that held ``count`` times in ``n`` independent iterations.

    Of fewer than 20 iterations it is that of Clopper and Pearson (1934).
    """
    error = (1 - level) / 2
    part = 0.5 if n >= EXACT_BELOW else 1.0
    times = np.arange(count + 1)
    ways = np.array([lgamma(n + 1) - lgamma(j + 1) - lgamma(n - j + 1) for j in range(count + 1)])

    def up_to(p: float, weight: float) -> float:
        """The probability of fewer, and this part of that of as many."""
        mass = np.exp(ways + times * np.log(p) + (n - times) * np.log1p(-p))
        return float(mass[:-1].sum() + weight * mass[-1])

    low = 0.0 if count == 0 else _crossing(lambda p: up_to(p, 1 - part) > 1 - error)
    return low, _crossing(lambda p: up_to(p, part) > error)


def _crossing(is_below: Callable[[float], bool]) -> float:
    """Return the probability from which on a condition no longer holds."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return high
