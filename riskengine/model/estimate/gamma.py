"""The shape `gamma`: above zero and skewed, with a lighter tail than a lognormal."""

import math
from fractions import Fraction
from typing import Annotated, Literal

from riskengine.model.estimate.estimate import INFINITY, Estimate, Problem
from riskengine.model.estimate.parameter import Parameter
from riskengine.model.estimate.shift import Shift, shift_problem
from riskengine.model.estimate.tails import gamma_above, gamma_below


class Gamma(Estimate):
    """Skewed and positive, by mean and sd of the value itself."""

    shape: Literal["gamma"] = "gamma"
    mean: Annotated[float, Parameter("Mean, of the value itself.", example="25")]
    sd: Annotated[float, Parameter("Standard deviation, of the value itself.", role="width", example="4")]
    shift: Shift = None

    def uncut_plan_value(self) -> float:
        """Return the mode where there is one, rounded once: of half a second the plan takes the whole one."""
        reach = Fraction(self.mean) - Fraction(self.shift or 0.0)
        return float(self.mean - Fraction(self.sd) ** 2 / reach) if self.sd < reach else self.mean

    def bounds(self) -> tuple[float, float]:
        return self.shift or 0.0, INFINITY

    def form_and_scale(self) -> tuple[float, float]:
        """Return alpha and theta of what lies above the shift."""
        reach = self.mean - (self.shift or 0.0)
        return (reach / self.sd) ** 2, self.sd * (self.sd / reach)

    def probability_within(self, low: float, high: float) -> float:
        alpha, scale = self.form_and_scale()
        bottom, top = (max(end - (self.shift or 0.0), 0.0) / scale for end in (low, high))
        if bottom > alpha:
            return gamma_above(alpha, bottom) - gamma_above(alpha, top)
        return gamma_below(alpha, top) - gamma_below(alpha, bottom)

    def parameter_problem(self) -> Problem | None:
        if self.sd <= 0:
            return Problem("RE205", "sd must be above 0", (self.sd,))
        if self.shift is None and self.mean <= 0:
            return Problem("RE205", "the mean of a gamma must be above 0", (self.mean,))
        problem = shift_problem(self.shift, self.mean, "mean")
        if problem is not None:
            return problem
        spread = self.sd / (self.mean - (self.shift or 0.0))
        if not math.isfinite(spread) or not 0.001 <= spread <= 10:
            rule = "sd must be between a thousandth of the mean and ten times it, both counted from the shift"
            return Problem("RE205", rule, (self.mean, self.sd))
        return None
