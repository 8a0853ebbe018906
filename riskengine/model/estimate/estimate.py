"""Estimates: one uncertain number, as a shape and its parameters."""

import math
from abc import abstractmethod
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from riskengine.model.calendar import Unit
from riskengine.model.tails import normal_below, trigen_bounds

INFINITY = math.inf
LIKELY = 1e-12
"""Least probability that truncation must leave."""


class Problem(NamedTuple):
    """Why an estimate cannot be used: a code of the catalogue, the rule broken, the values that break it."""

    code: str
    rule: str
    values: tuple[float, ...]


class Estimate(BaseModel):
    """What every shape of estimate has.

    Notes
    -----
    ``unit`` is set for times only: working hours, days, weeks, months of the calendar in force, or elapsed
    hours and days. Money and factors carry none. ``min`` and ``max`` truncate by conditioning, not by clamping.
    ``source`` says where the numbers came from; nothing is computed from it.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=False, populate_by_name=True, allow_inf_nan=False, defer_build=True
    )

    unit: Unit | None = None
    min: float | None = None
    max: float | None = None
    source: str = ""

    @abstractmethod
    def bounds(self) -> tuple[float, float]:
        """Return the lowest and highest value before truncation; infinite where there is none."""

    def support(self) -> tuple[float, float]:
        """Return the lowest and highest value after truncation; infinite where there is none."""
        low, high = self.bounds()
        return (
            low if self.min is None else max(low, self.min),
            high if self.max is None else min(high, self.max),
        )

    @abstractmethod
    def uncut_plan_value(self) -> float:
        """Return what the deterministic plan takes before it is cut to [min, max]."""

    def plan_value(self) -> float:
        """Return what the deterministic plan takes for the estimate, in the estimate's own unit."""
        value = self.uncut_plan_value()
        if self.min is not None:
            value = max(value, self.min)
        return value if self.max is None else min(value, self.max)

    def probability_within(self, low: float, high: float) -> float:
        """Return the probability of [low, high] before truncation, or 1 where nothing finer than bounds is known."""
        bottom, top = self.bounds()
        return 1.0 if low < top and high > bottom else 0.0

    def parameter_problem(self) -> Problem | None:
        """Return what is wrong with the shape's own parameters."""
        return None

    def problem(self) -> Problem | None:
        """Return what is wrong with the estimate, or None."""
        found = self.parameter_problem()
        if found is not None or (self.min is None and self.max is None):
            return found
        low = -INFINITY if self.min is None else self.min
        high = INFINITY if self.max is None else self.max
        edges = tuple(edge for edge in (self.min, self.max) if edge is not None)
        if low >= high:
            return Problem("RE209", "must satisfy min < max", edges)
        if self.probability_within(low, high) < LIKELY:
            return Problem("RE209", "min and max must leave some of the distribution", edges)
        return None

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        found = self.problem()
        if found is not None:
            raise ValueError(f"{found.code} {found.rule}, got {', '.join(map(str, found.values))}")
        return self


class Constant(Estimate):
    """A number that is known."""

    shape: Literal["constant"] = "constant"
    value: float

    def uncut_plan_value(self) -> float:
        return self.value

    def bounds(self) -> tuple[float, float]:
        return self.value, self.value

    def probability_within(self, low: float, high: float) -> float:
        return 1.0 if low <= self.value <= high else 0.0


class Uniform(Estimate):
    """Every value between two bounds is as likely."""

    shape: Literal["uniform"] = "uniform"
    low: float
    high: float

    def uncut_plan_value(self) -> float:
        return (self.low + self.high) / 2

    def bounds(self) -> tuple[float, float]:
        return self.low, self.high

    def parameter_problem(self) -> Problem | None:
        if self.low > self.high:
            return Problem("RE202", "must satisfy low <= high", (self.low, self.high))
        return None


def points_problem(low: float, most_likely: float, high: float) -> Problem | None:
    """Return what is wrong with three points."""
    if low <= most_likely <= high:
        return None
    return Problem("RE202", "must satisfy low <= most_likely <= high", (low, most_likely, high))


class Triangular(Estimate):
    """Three points joined by straight lines."""

    shape: Literal["triangular"] = "triangular"
    low: float
    most_likely: float
    high: float

    def uncut_plan_value(self) -> float:
        return self.most_likely

    def bounds(self) -> tuple[float, float]:
        return self.low, self.high

    def parameter_problem(self) -> Problem | None:
        return points_problem(self.low, self.most_likely, self.high)


class Pert(Estimate):
    """Beta-PERT: smooth, with ``lambda`` as the weight of the most likely value."""

    shape: Literal["pert"] = "pert"
    low: float
    most_likely: float
    high: float
    lambda_: float = Field(default=4.0, alias="lambda", gt=0)

    def uncut_plan_value(self) -> float:
        return self.most_likely

    def bounds(self) -> tuple[float, float]:
        return self.low, self.high

    def parameter_problem(self) -> Problem | None:
        if not 0 < self.lambda_ <= 1000:
            return Problem("RE205", "lambda must be above 0 and at most 1000", (self.lambda_,))
        return points_problem(self.low, self.most_likely, self.high)


class Trigen(Estimate):
    """Triangular whose low and high are percentiles, not bounds."""

    shape: Literal["trigen"] = "trigen"
    low: float
    most_likely: float
    high: float
    low_percentile: float = 0.1
    high_percentile: float = 0.9

    def uncut_plan_value(self) -> float:
        return self.most_likely

    def bounds(self) -> tuple[float, float]:
        return trigen_bounds(self.low, self.most_likely, self.high, self.low_percentile, self.high_percentile)

    def parameter_problem(self) -> Problem | None:
        if not 0 <= self.low_percentile < self.high_percentile <= 1:
            rule = "must satisfy 0 <= low_percentile < high_percentile <= 1"
            return Problem("RE206", rule, (self.low_percentile, self.high_percentile))
        return points_problem(self.low, self.most_likely, self.high)


def moments_or_percentiles(
    mean: float | None, sd: float | None, p10: float | None, p90: float | None, *, positive: bool
) -> Problem | None:
    """Return what is wrong with a pair of moments or a pair of percentiles."""
    if (mean is None) != (sd is None) or (p10 is None) != (p90 is None) or (mean is None) == (p10 is None):
        given = tuple(number for number in (mean, sd, p10, p90) if number is not None)
        return Problem("RE204", "takes mean and sd, or p10 and p90", given)
    if mean is not None and sd is not None:
        if sd <= 0:
            return Problem("RE205", "sd must be above 0", (sd,))
        if positive and mean <= 0:
            return Problem("RE205", "the mean of a lognormal must be above 0", (mean,))
        if positive and sd / mean > 1e6:
            return Problem("RE205", "sd must be at most a million times the mean", (mean, sd))
    elif p10 is not None and p90 is not None:
        if p10 >= p90:
            return Problem("RE207", "must satisfy p10 < p90", (p10, p90))
        if positive and p10 <= 0:
            return Problem("RE207", "the p10 of a lognormal must be above 0", (p10,))
    return None


Z90 = 1.2815515655446004
"""Standard normal quantile of 0.9."""


class Normal(Estimate):
    """Bell curve, by mean and sd or by P10 and P90."""

    shape: Literal["normal"] = "normal"
    mean: float | None = None
    sd: float | None = None
    p10: float | None = None
    p90: float | None = None

    def uncut_plan_value(self) -> float:
        return self.location_and_scale()[0]

    def bounds(self) -> tuple[float, float]:
        return -INFINITY, INFINITY

    def location_and_scale(self) -> tuple[float, float]:
        """Return mean and sd, whichever way they were given."""
        if self.p10 is not None and self.p90 is not None:
            return (self.p10 + self.p90) / 2, (self.p90 - self.p10) / (2 * Z90)
        assert self.mean is not None and self.sd is not None
        return self.mean, self.sd

    def probability_within(self, low: float, high: float) -> float:
        mean, sd = self.location_and_scale()
        return normal_below((low - mean) / sd, (high - mean) / sd)

    def parameter_problem(self) -> Problem | None:
        return moments_or_percentiles(self.mean, self.sd, self.p10, self.p90, positive=False)


class Lognormal(Estimate):
    """Skewed and positive, by mean and sd of the value itself or by P10 and P90."""

    shape: Literal["lognormal"] = "lognormal"
    mean: float | None = None
    sd: float | None = None
    p10: float | None = None
    p90: float | None = None

    def uncut_plan_value(self) -> float:
        mu, sigma = self.location_and_scale()
        return math.exp(mu) * math.exp(-sigma * sigma)

    def bounds(self) -> tuple[float, float]:
        return 0.0, INFINITY

    def location_and_scale(self) -> tuple[float, float]:
        """Return mu and sigma of the logarithm."""
        if self.p10 is not None and self.p90 is not None:
            low, high = math.log(self.p10), math.log(self.p90)
            return (low + high) / 2, (high - low) / (2 * Z90)
        assert self.mean is not None and self.sd is not None
        variance = math.log1p((self.sd / self.mean) ** 2)
        return math.log(self.mean) - variance / 2, math.sqrt(variance)

    def probability_within(self, low: float, high: float) -> float:
        mu, sigma = self.location_and_scale()
        if high <= 0 or sigma == 0:
            return 0.0
        bottom = (math.log(low) - mu) / sigma if low > 0 else -INFINITY
        return normal_below(bottom, (math.log(high) - mu) / sigma if high < INFINITY else INFINITY)

    def parameter_problem(self) -> Problem | None:
        return moments_or_percentiles(self.mean, self.sd, self.p10, self.p90, positive=True)


class Exponential(Estimate):
    """Waiting time without memory."""

    shape: Literal["exponential"] = "exponential"
    mean: float

    def uncut_plan_value(self) -> float:
        return self.mean

    def bounds(self) -> tuple[float, float]:
        return 0.0, INFINITY

    def probability_within(self, low: float, high: float) -> float:
        return math.exp(-max(low, 0.0) / self.mean) - math.exp(-max(high, 0.0) / self.mean)

    def parameter_problem(self) -> Problem | None:
        return None if self.mean > 0 else Problem("RE205", "the mean must be above 0", (self.mean,))


class Beta(Estimate):
    """Beta between two bounds, by its two shape parameters."""

    shape: Literal["beta"] = "beta"
    low: float
    high: float
    alpha: float
    beta: float

    def uncut_plan_value(self) -> float:
        share = self.alpha / (self.alpha + self.beta)
        if self.alpha > 1 and self.beta > 1:
            share = (self.alpha - 1) / (self.alpha + self.beta - 2)
        return self.low + (self.high - self.low) * share

    def bounds(self) -> tuple[float, float]:
        return self.low, self.high

    def parameter_problem(self) -> Problem | None:
        if not self.low < self.high:
            return Problem("RE202", "must satisfy low < high", (self.low, self.high))
        if not (0.01 <= self.alpha <= 1e6 and 0.01 <= self.beta <= 1e6):
            return Problem("RE205", "alpha and beta must be between 0.01 and a million", (self.alpha, self.beta))
        return None


class Discrete(Estimate):
    """A few values with weights (any positive scale)."""

    shape: Literal["discrete"] = "discrete"
    values: tuple[float, ...]
    weights: tuple[float, ...]

    def uncut_plan_value(self) -> float:
        total: dict[float, float] = {}
        for value, weight in zip(self.values, self.weights, strict=True):
            total[value] = total.get(value, 0.0) + weight
        low, high = self.support()
        return low if low == high else max(total, key=lambda value: total[value])

    def bounds(self) -> tuple[float, float]:
        return min(self.values), max(self.values)

    def probability_within(self, low: float, high: float) -> float:
        pairs = zip(self.values, self.weights, strict=True)
        return sum(weight for value, weight in pairs if low <= value <= high) / sum(self.weights)

    def support(self) -> tuple[float, float]:
        low = -INFINITY if self.min is None else self.min
        high = INFINITY if self.max is None else self.max
        kept = [value for value in self.values if low <= value <= high]
        return min(kept), max(kept)

    def parameter_problem(self) -> Problem | None:
        if not self.values or len(self.values) != len(self.weights):
            counts = (float(len(self.values)), float(len(self.weights)))
            return Problem("RE208", "there must be as many weights as values, and at least one", counts)
        if min(self.weights) <= 0:
            return Problem("RE208", "weights must be above 0", self.weights)
        return None


AnyEstimate = Annotated[
    Constant | Uniform | Triangular | Pert | Trigen | Normal | Lognormal | Exponential | Beta | Discrete,
    Field(discriminator="shape"),
]
