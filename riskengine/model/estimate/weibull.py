"""The shape `weibull`: times to failure or to success, above zero."""

import math
from typing import Annotated, Literal

from riskengine.model.estimate.estimate import INFINITY, Estimate, Problem
from riskengine.model.estimate.parameter import Parameter
from riskengine.model.estimate.shift import Shift


class Weibull(Estimate):
    """Time to failure: a form of 1 has no memory, above it failure comes ever more likely."""

    shape: Literal["weibull"] = "weibull"
    scale: Annotated[
        float,
        Parameter("What 63 % of the values of a weibull do not pass, from its shift.", role="width", example="28"),
    ]
    form: Annotated[float, Parameter("How steeply the rate of a weibull rises.", role="number", example="2")]
    shift: Shift = None

    def uncut_plan_value(self) -> float:
        if self.form > 1:
            return (self.shift or 0.0) + self.scale * math.exp(math.log1p(-1 / self.form) / self.form)
        return (self.shift or 0.0) + self.scale * math.gamma(1 + 1 / self.form)

    def bounds(self) -> tuple[float, float]:
        return self.shift or 0.0, INFINITY

    def probability_within(self, low: float, high: float) -> float:
        bottom, top = (max(end - (self.shift or 0.0), 0.0) / self.scale for end in (low, high))
        first = power(bottom, self.form)
        return math.exp(-first) * -math.expm1(first - power(top, self.form)) if first < INFINITY else 0.0

    def parameter_problem(self) -> Problem | None:
        if self.scale <= 0:
            return Problem("RE205", "scale must be above 0", (self.scale,))
        if not 0.1 <= self.form <= 1000:
            return Problem("RE205", "form must be between 0.1 and 1000", (self.form,))
        return None


def power(base: float, exponent: float) -> float:
    """Return a power of a number that is not negative, infinite where a float does not hold it."""
    try:
        return float(base**exponent)
    except OverflowError:
        return INFINITY
