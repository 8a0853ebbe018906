"""Bounds and tail probabilities, without an array library."""

import math


def normal_below(low: float, high: float) -> float:
    """Return the probability of a standard normal between two values, exact in either tail."""
    if low > 0:
        low, high = -high, -low
    return 0.5 * (math.erfc(-high / math.sqrt(2)) - math.erfc(-low / math.sqrt(2)))


def trigen_bounds(low: float, mode: float, high: float, below: float, not_above: float) -> tuple[float, float]:
    """Return the ends of the triangle whose percentiles are `low` and `high`.

    Parameters
    ----------
    low, mode, high : float
        ``low <= mode <= high``.
    below, not_above : float
        Probabilities of being below `low` and not above `high`, ``0 <= below < not_above <= 1``.

    Notes
    -----
    With c the probability below the mode and s the width of the triangle, ``mode - low = s (c - sqrt(below c))`` and
    ``high - mode = s ((1 - c) - sqrt((1 - not_above) (1 - c)))``. The quotient of the two rises with c from zero to
    infinity between `below` and `not_above`, so there is one solution, found by bisection.
    """
    left, right, above = mode - low, high - mode, 1.0 - not_above
    if left == 0 and right == 0:
        return mode, mode
    bottom, top = below, not_above
    for _ in range(200):
        middle = (bottom + top) / 2
        unit_left = middle - math.sqrt(below * middle)
        unit_right = (1 - middle) - math.sqrt(above * (1 - middle))
        if unit_left * right < unit_right * left:
            bottom = middle
        else:
            top = middle
    share = (bottom + top) / 2
    unit_left = share - math.sqrt(below * share)
    unit_right = (1 - share) - math.sqrt(above * (1 - share))
    width = left / unit_left if unit_left > unit_right else right / unit_right
    return (
        low if below == 0 else min(low, mode - width * share),
        high if above == 0 else max(high, mode + width * (1 - share)),
    )


def gamma_below(alpha: float, x: float) -> float:
    """Return the probability below `x` under the gamma distribution with scale 1."""
    return 1 - gamma_above(alpha, x) if x >= alpha + 1 else _gamma_series(alpha, x)


def gamma_above(alpha: float, x: float) -> float:
    """Return the probability above `x` under the gamma distribution with scale 1.

    References
    ----------
    Press et al. (2007), Numerical Recipes, section 6.2: the series below the mean, the continued fraction above.
    """
    if x < alpha + 1:
        return 1 - _gamma_series(alpha, x)
    if math.isinf(x):
        return 0.0
    tiny = 1e-300
    b = x + 1 - alpha
    c, d = 1 / tiny, 1 / b
    product = d
    for i in range(1, 100_000):
        weight = -i * (i - alpha)
        b += 2
        d = weight * d + b
        d = 1 / (d if abs(d) > tiny else tiny)
        c = b + weight / c
        c = c if abs(c) > tiny else tiny
        product *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return math.exp(alpha * math.log(x) - x - math.lgamma(alpha)) * product


def _gamma_series(alpha: float, x: float) -> float:
    """Return the probability below `x`, which is not far above `alpha`."""
    if x <= 0:
        return 0.0
    term = total = 1 / alpha
    for i in range(1, 100_000):
        term *= x / (alpha + i)
        total += term
        if term < 1e-16 * total:
            break
    return total * math.exp(alpha * math.log(x) - x - math.lgamma(alpha))
