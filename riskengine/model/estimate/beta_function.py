"""The beta distribution on [0, 1] without an array library."""

import math


def beta_below(alpha: float, beta: float, x: float) -> float:
    """Return the probability below `x`, for alpha and beta of 1 and more.

    References
    ----------
    DLMF 8.17.22: the continued fraction, from its last term back.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (alpha + 1) / (alpha + beta + 2):
        return 1 - beta_below(beta, alpha, 1 - x)
    terms = 24 + int(3 * math.sqrt(alpha + beta))
    fraction = 1.0
    for m in range(terms, 0, -1):
        even = m * (beta - m) * x / ((alpha + 2 * m - 1) * (alpha + 2 * m))
        odd = -(alpha + m - 1) * (alpha + beta + m - 1) * x / ((alpha + 2 * m - 2) * (alpha + 2 * m - 1))
        fraction = 1 + odd / (1 + even / fraction)
    return math.exp(_log_power(alpha, beta, x)) / (alpha * fraction)


def beta_point(alpha: float, beta: float, probability: float) -> float:
    """Return the point below which a probability lies, by Newton's steps kept between bounds."""
    if probability in (0.0, 1.0):
        return probability
    bottom, top = 0.0, 1.0
    x = alpha / (alpha + beta)
    for _ in range(100):
        excess = beta_below(alpha, beta, x) - probability
        bottom, top = (bottom, x) if excess > 0 else (x, top)
        density = math.exp(_log_power(alpha, beta, x)) / (x * (1 - x))
        step = x - excess / density if density > 0 else -1.0
        following = step if bottom < step < top else (bottom + top) / 2
        if abs(following - x) <= 1e-15 * x:
            break
        x = following
    return x


def _log_power(alpha: float, beta: float, x: float) -> float:
    """Return the logarithm of ``x^alpha (1 - x)^beta / B(alpha, beta)``."""
    whole = math.lgamma(alpha + beta) - math.lgamma(alpha) - math.lgamma(beta)
    return whole + alpha * math.log(x) + beta * math.log1p(-x)
