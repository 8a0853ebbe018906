"""Estimates without chance: what a unit is worth, what a constant is, what the plan takes for an uncertain number."""

import math
from fractions import Fraction

from riskengine.model import AnyEstimate, Calendar

HOUR = 3600
Z90 = 1.2815515655446004  # 90 % point of the standard normal


def is_elapsed(estimate: AnyEstimate) -> bool:
    """Whether a time runs on the clock instead of in working time."""
    return estimate.unit in ("eh", "ed")


def unit_seconds(unit: str | None, calendar: Calendar | None) -> Fraction:
    """Length of one unit; `calendar` gives working days and weeks their length, None is the round-the-clock one."""
    if unit in ("h", "eh"):
        return Fraction(HOUR)
    if unit == "ed":
        return Fraction(24 * HOUR)
    if calendar is None:
        day, week = Fraction(24 * HOUR), Fraction(7 * 24 * HOUR)
    else:
        day = Fraction(calendar.hours_per_day) * HOUR
        week = Fraction(sum(end - begin for shifts in calendar.week for begin, end in shifts) * 60)
    return {None: day, "d": day, "w": week, "mo": week * Fraction(52, 12)}[unit]


def to_ticks(value: float, unit: str | None, calendar: Calendar | None, tick: int) -> int:
    """A time in its unit as a whole number of ticks, halves up."""
    return math.floor(Fraction(value) * unit_seconds(unit, calendar) / tick + Fraction(1, 2))


def plan_value(estimate: AnyEstimate) -> float:
    """The value that the deterministic plan takes for an estimate, in the estimate's own unit."""
    value = _untruncated_plan_value(estimate)
    if estimate.shape in ("discrete", "empirical"):
        low = -math.inf if estimate.min is None else estimate.min
        high = math.inf if estimate.max is None else estimate.max
        possible = {value for value in estimate.values if low <= value <= high}
        if len(possible) == 1:
            return possible.pop()
    if estimate.min is not None:
        value = max(value, estimate.min)
    if estimate.max is not None:
        value = min(value, estimate.max)
    return value


def _untruncated_plan_value(estimate: AnyEstimate) -> float:
    match estimate.shape:
        case "constant":
            return estimate.value
        case "uniform":
            below = estimate.low_percentile or 0
            not_above = 1 if estimate.high_percentile is None else estimate.high_percentile
            return estimate.low + (0.5 - below) * (estimate.high - estimate.low) / (not_above - below)
        case "triangular" | "pert" | "trigen" | "double_triangular":
            return estimate.most_likely
        case "normal":
            return normal_parameters(estimate.mean, estimate.sd, estimate.p10, estimate.p90)[0]
        case "lognormal":
            start = estimate.shift or 0.0
            mean, p10, p90 = (None if x is None else x - start for x in (estimate.mean, estimate.p10, estimate.p90))
            mu, sigma = lognormal_parameters(mean, estimate.sd, p10, p90)
            return start + math.exp(mu - sigma * sigma)
        case "gamma":
            reach = estimate.mean - (estimate.shift or 0.0)
            return estimate.mean - estimate.sd**2 / reach if estimate.sd < reach else estimate.mean
        case "weibull":
            start, form = estimate.shift or 0.0, estimate.form
            share = ((form - 1) / form) ** (1 / form) if form > 1 else math.gamma(1 + 1 / form)
            return start + estimate.scale * share
        case "exponential":
            return estimate.mean
        case "beta":
            a, b = estimate.alpha, estimate.beta
            share = (a - 1) / (a + b - 2) if a > 1 and b > 1 else a / (a + b)
            return estimate.low + share * (estimate.high - estimate.low)
        case "empirical":
            low = -math.inf if estimate.min is None else estimate.min
            high = math.inf if estimate.max is None else estimate.max
            values = sorted(value for value in estimate.values if low <= value <= high)
            return values[(len(values) + 1) // 2 - 1]
        case "mixture" | "average":
            weights = estimate.weights or [1] * len(estimate.of)
            values = [plan_value(part) for part in estimate.of]
            return sum(w * value for w, value in zip(weights, values, strict=True)) / sum(weights)
        case "cumulative" | "metalog":
            from tests.twin.draws.quantiles import distribution  # which needs what stands above

            return distribution(estimate)[1](0.5)
        case "discrete":
            pairs = list(zip(estimate.values, estimate.weights, strict=True))
            return max(estimate.values, key=lambda value: sum(weight for other, weight in pairs if other == value))
    raise AssertionError(estimate.shape)


def normal_parameters(
    mean: float | None, sd: float | None, p10: float | None, p90: float | None
) -> tuple[float, float]:
    """Mean and standard deviation of a normal, given them or its P10 and P90."""
    if mean is not None and sd is not None:
        return mean, sd
    assert p10 is not None and p90 is not None
    return (p10 + p90) / 2, (p90 - p10) / (2 * Z90)


def lognormal_parameters(
    mean: float | None, sd: float | None, p10: float | None, p90: float | None
) -> tuple[float, float]:
    """Mean and standard deviation of ln X, given those of X or P10 and P90 of X."""
    if mean is not None and sd is not None:
        variance = math.log(1 + (sd / mean) ** 2)
        return math.log(mean) - variance / 2, math.sqrt(variance)
    assert p10 is not None and p90 is not None
    return normal_parameters(None, None, math.log(p10), math.log(p90))
