"""Exact quantile functions of every shape, in plain Python: slow, to about 1e-12.

References
----------
Press et al. (2007), Numerical Recipes, section 6.4: the incomplete beta function as a continued fraction.
"""

import math
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from statistics import NormalDist

from riskengine.model import AnyEstimate, Discrete
from tests.twin.draws.values import lognormal_parameters, normal_parameters, plan_value

STANDARD = NormalDist()
Function = Callable[[float], float]


def quantile(estimate: AnyEstimate, u: float) -> float:
    """Value of an estimate at a uniform number, in the estimate's own unit.

    Truncation conditions: `u` runs from F(min) to F(max).
    """
    if estimate.shape == "discrete":
        return _discrete(estimate, u)
    if estimate.shape == "one over":
        return plan_value(estimate.pace) / quantile(estimate.pace, 1 - u)
    if estimate.shape == "empirical":
        return _discrete(
            Discrete(values=estimate.values, weights=(1.0,) * len(estimate.values), min=estimate.min, max=estimate.max),
            u,
        )
    if estimate.shape == "average":
        weights = estimate.weights or [1] * len(estimate.of)
        return math.fsum(w * quantile(part, u) for w, part in zip(weights, estimate.of, strict=True)) / sum(weights)
    if estimate.shape == "constant":
        return estimate.value
    cdf, inverse = distribution(estimate)
    first = 0.0 if estimate.min is None else cdf(estimate.min)
    last = 1.0 if estimate.max is None else cdf(estimate.max)
    value = inverse(first + u * (last - first))
    if estimate.min is not None:
        value = max(value, estimate.min)
    if estimate.max is not None:
        value = min(value, estimate.max)
    return value


def distribution(estimate: AnyEstimate) -> tuple[Function, Function]:
    """Cumulative distribution and its inverse of a continuous shape, before truncation."""
    match estimate.shape:
        case "uniform":
            low, high = uniform_bounds(estimate)
            return _scaled(lambda x: x, lambda u: u, low, high)
        case "triangular":
            return _triangular(estimate.low, estimate.most_likely, estimate.high)
        case "trigen":
            return _triangular(*trigen_bounds(estimate))
        case "pert":
            mode, weight = estimate.most_likely, estimate.lambda_
            low, high = estimate.low, estimate.high
            if estimate.low_percentile is not None or estimate.high_percentile is not None:
                low, high = pert_bounds(low, mode, high, weight, *stated_percentiles(estimate))
            a = 1 + weight * (mode - low) / (high - low)
            b = 1 + weight * (high - mode) / (high - low)
            return _scaled(lambda x: beta_cdf(a, b, x), lambda u: beta_inverse(a, b, u), low, high)
        case "beta":
            a, b = estimate.alpha, estimate.beta
            return _scaled(lambda x: beta_cdf(a, b, x), lambda u: beta_inverse(a, b, u), estimate.low, estimate.high)
        case "double_triangular":
            low, mode, high, weight = estimate.low, estimate.most_likely, estimate.high, estimate.weight_below
            below, not_above = stated_percentiles(estimate)
            low -= (mode - low) * math.sqrt(below) / (math.sqrt(weight) - math.sqrt(below))
            high += (high - mode) * math.sqrt(1 - not_above) / (math.sqrt(1 - weight) - math.sqrt(1 - not_above))
            return _double_triangular(low, mode, high, weight)
        case "normal":
            mean, sd = normal_parameters(estimate.mean, estimate.sd, estimate.p10, estimate.p90)
            return lambda x: STANDARD.cdf((x - mean) / sd), lambda u: mean + sd * STANDARD.inv_cdf(u)
        case "lognormal":
            start = estimate.shift or 0.0
            mean, p10, p90 = (None if x is None else x - start for x in (estimate.mean, estimate.p10, estimate.p90))
            mu, sigma = lognormal_parameters(mean, estimate.sd, p10, p90)
            return (
                lambda x: STANDARD.cdf((math.log(x - start) - mu) / sigma) if x > start else 0.0,
                lambda u: start + (math.exp(mu + sigma * STANDARD.inv_cdf(u)) if u > 0 else 0.0),
            )
        case "exponential":
            start = estimate.shift or 0.0
            mean = estimate.mean - start
            return lambda x: -math.expm1(-max(x - start, 0.0) / mean), lambda u: start - mean * math.log1p(-u)
        case "gamma":
            start = estimate.shift or 0.0
            form = ((estimate.mean - start) / estimate.sd) ** 2
            unit = (estimate.mean - start) / form
            return lambda x: gamma_cdf(form, (x - start) / unit), lambda u: start + unit * gamma_inverse(form, u)
        case "mixture":
            weights = estimate.weights or [1] * len(estimate.of)

            def below(x: float) -> float:
                shares = (w * _given(part, x) for w, part in zip(weights, estimate.of, strict=True))
                return math.fsum(shares) / sum(weights)

            def pooled(u: float) -> float:
                ends = [quantile(part, u) for part in estimate.of]
                low, high = min(ends), max(ends)
                for _ in range(100):
                    middle = (low + high) / 2
                    low, high = (middle, high) if below(middle) < u else (low, middle)
                return high

            return below, pooled
        case "cumulative":
            points = list(zip(estimate.values, estimate.probabilities, strict=True))
            return _polyline(points), _polyline([(p, x) for x, p in points])
        case "metalog":
            curve = _metalog(estimate.values, estimate.percentiles, estimate.lower_bound, estimate.upper_bound)
            return lambda x: _undone(curve, x), curve
        case "weibull":
            start, unit, form = estimate.shift or 0.0, estimate.scale, estimate.form
            return (
                lambda x: -math.expm1(-((max(x - start, 0.0) / unit) ** form)),
                lambda u: start + unit * (-math.log1p(-u)) ** (1 / form),
            )
    raise AssertionError(estimate.shape)


def _scaled(cdf: Function, inverse: Function, low: float, high: float) -> tuple[Function, Function]:
    span = high - low
    return lambda x: cdf(min(1.0, max(0.0, (x - low) / span))), lambda u: low + span * inverse(u)


def _triangular(low: float, mode: float, high: float) -> tuple[Function, Function]:
    span, left, right = high - low, mode - low, high - mode

    def cdf(x: float) -> float:
        if x <= low:
            return 0.0
        if x >= high:
            return 1.0
        return (x - low) ** 2 / (span * left) if x < mode else 1 - (high - x) ** 2 / (span * right)

    def inverse(u: float) -> float:
        if u * span < left:
            return low + math.sqrt(u * span * left)
        return high - math.sqrt((1 - u) * span * right)

    return cdf, inverse


def _given(estimate: AnyEstimate, x: float) -> float:
    """Probability of staying below a value, given that an estimate lies between its min and max."""
    cdf, _ = distribution(estimate)
    first = 0.0 if estimate.min is None else cdf(estimate.min)
    last = 1.0 if estimate.max is None else cdf(estimate.max)
    return min(1.0, max(0.0, (cdf(x) - first) / (last - first)))


def _polyline(points: list[tuple[float, float]]) -> Function:
    def line(x: float) -> float:
        for (left, bottom), (right, top) in pairwise(points):
            if x <= right:
                return bottom + (top - bottom) * max(0.0, x - left) / (right - left)
        return points[-1][1]

    return line


@cache
def _metalog(
    values: tuple[float, ...], probabilities: tuple[float, ...], low: float | None, high: float | None
) -> Function:
    """The metalog by Keelin's basis, fitted by Gauss and Jordan."""

    def basis(y: float) -> list[float]:
        odds, middle = math.log(y) - math.log1p(-y), y - 0.5
        terms = [1.0, odds, middle * odds, middle]
        for k in range(5, len(values) + 1):
            terms.append(middle ** ((k - 1) // 2) if k % 2 else middle ** (k // 2 - 1) * odds)
        return terms[: len(values)]

    def straight(x: float) -> float:
        if low is None:
            return x if high is None else -math.log(high - x)
        return math.log(x - low) - (0.0 if high is None else math.log(high - x))

    system = [[*basis(p), straight(x)] for x, p in zip(values, probabilities, strict=True)]
    for k in range(len(values)):
        best = max(range(k, len(values)), key=lambda row: abs(system[row][k]))
        system[k], system[best] = system[best], system[k]
        system[k] = [number / system[k][k] for number in system[k]]
        for row in range(len(values)):
            if row != k:
                system[row] = [a - system[row][k] * b for a, b in zip(system[row], system[k], strict=True)]

    def curve(u: float) -> float:
        x = math.fsum(line[-1] * term for line, term in zip(system, basis(u), strict=True))
        if low is None:
            return x if high is None else high - math.exp(-x)
        return low + (math.exp(x) if high is None else (high - low) / (1 + math.exp(-x)))

    return curve


def _undone(rising: Function, x: float) -> float:
    """Where a rising function of a probability reaches a value, by halving."""
    below, above = 0.0, 1.0
    for _ in range(200):
        middle = (below + above) / 2
        if middle in (below, above):
            break
        below, above = (middle, above) if rising(middle) < x else (below, middle)
    return below


def _double_triangular(low: float, mode: float, high: float, weight: float) -> tuple[Function, Function]:
    first, first_inverse = _triangular(low, mode, mode)
    second, second_inverse = _triangular(mode, mode, high)

    def cdf(x: float) -> float:
        return weight * first(x) + (1 - weight) * second(x)

    def inverse(u: float) -> float:
        return first_inverse(u / weight) if u < weight else second_inverse((u - weight) / (1 - weight))

    return cdf, inverse


def gamma_cdf(a: float, x: float) -> float:
    """Regularised incomplete gamma function P(a, x), by its power series whatever x is."""
    if x <= 0:
        return 0.0
    if x > a + 40 * math.sqrt(a) + 800:
        return 1.0
    term = math.exp(a * math.log(x) - x - math.lgamma(a + 1))
    total, n = 0.0, 0
    if term == 0.0:
        return float(x > a)
    while term > 1e-18 * total or n < x - a:
        total += term
        n += 1
        term *= x / (a + n)
    return min(total, 1.0)


def gamma_inverse(a: float, u: float) -> float:
    """Quantile of the gamma distribution with scale 1, by bisection."""
    low, high = 0.0, a + 1
    while gamma_cdf(a, high) < u and high < a + 40 * math.sqrt(a) + 800:
        high *= 2
    while high - low > 1e-16 * high and high > 1e-300:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if gamma_cdf(a, middle) < u:
            low = middle
        else:
            high = middle
    return high


def stated_percentiles(estimate: AnyEstimate) -> tuple[float, float]:
    """Probabilities of being below low and below high; the bounds where nothing is said."""
    below = 0.0 if estimate.low_percentile is None else estimate.low_percentile
    return below, 1.0 if estimate.high_percentile is None else estimate.high_percentile


def uniform_bounds(estimate: AnyEstimate) -> tuple[float, float]:
    """Ends of a uniform distribution, from where low and high lie in it."""
    below, not_above = stated_percentiles(estimate)
    slope = (estimate.high - estimate.low) / (not_above - below)
    return estimate.low - slope * below, estimate.low - slope * below + slope


@cache
def pert_bounds(
    low: float, mode: float, high: float, weight: float, below: float, not_above: float
) -> tuple[float, float]:
    """Ends of the PERT with these percentiles, by moving the lower end and, for each, the upper one, by halving."""

    def share_below(value: float, least: float, most: float) -> float:
        a, b = (1 + weight * part / (most - least) for part in (mode - least, most - mode))
        return beta_cdf(a, b, (value - least) / (most - least))

    def upper_end(least: float) -> float:
        near, far = high, high + (high - low)
        if not_above == 1:
            return high
        while share_below(high, least, far) > not_above:
            far += far - near
        for _ in range(80):
            middle = (near + far) / 2
            near, far = (middle, far) if share_below(high, least, middle) > not_above else (near, middle)
        return far

    if below == 0:
        return low, upper_end(low)
    near, far = low, low - (high - low)
    while share_below(low, far, upper_end(far)) < below:
        far -= near - far
    for _ in range(80):
        middle = (near + far) / 2
        near, far = (middle, far) if share_below(low, middle, upper_end(middle)) < below else (near, middle)
    return far, upper_end(far)


def trigen_bounds(estimate: AnyEstimate) -> tuple[float, float, float]:
    """Bounds and mode of the triangle whose stated percentiles are low and high, by halving its width."""
    left, right = estimate.most_likely - estimate.low, estimate.high - estimate.most_likely
    below, above = estimate.low_percentile, 1 - estimate.high_percentile

    def side(reach: float, share: float, width: float) -> float:
        # (x - reach)^2 = share * width * x, the larger root: how far the bound lies from the mode
        half = reach + share * width / 2
        return half + math.sqrt(half * half - reach * reach)

    narrow, wide = 0.0, 1.0
    while side(left, below, wide) + side(right, above, wide) > wide:
        wide *= 2
    for _ in range(200):
        width = (narrow + wide) / 2
        if side(left, below, width) + side(right, above, width) > width:
            narrow = width
        else:
            wide = width
    mode = estimate.most_likely
    return mode - side(left, below, wide), mode, mode + side(right, above, wide)


def _discrete(estimate: Discrete, u: float) -> float:
    pairs = [
        (value, weight)
        for value, weight in sorted(zip(estimate.values, estimate.weights, strict=True))
        if (estimate.min is None or value >= estimate.min) and (estimate.max is None or value <= estimate.max)
    ]
    total = math.fsum(weight for _, weight in pairs)
    reached = 0.0
    for value, weight in pairs:
        reached += weight
        if u * total < reached:
            return value
    return pairs[-1][0]


def beta_cdf(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(b, a, 1 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    return front * _continued_fraction(a, b, x) / a


def _continued_fraction(a: float, b: float, x: float) -> float:
    """Lentz's evaluation from the front."""
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    value = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for term in (even, odd):
            d = 1 + term * d
            c = 1 + term / c
            d = 1 / (d if abs(d) > tiny else tiny)
            c = c if abs(c) > tiny else tiny
            step = d * c
            value *= step
        if abs(step - 1) < 1e-16:
            return value
    return value


def beta_inverse(a: float, b: float, u: float) -> float:
    """Quantile of the beta distribution by bisection, from the end whose tail is the smaller."""
    if u > beta_cdf(a, b, 0.5):
        return 1 - _lower_beta_inverse(b, a, 1 - u)
    return _lower_beta_inverse(a, b, u)


def _lower_beta_inverse(a: float, b: float, u: float) -> float:
    low, high = 0.0, 0.5
    while high - low > 1e-16 * high and high > 1e-300:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if beta_cdf(a, b, middle) < u:
            low = middle
        else:
            high = middle
    return high
