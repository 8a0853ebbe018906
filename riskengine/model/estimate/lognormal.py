"""The shape `lognormal`: above zero and skewed, for its logarithm is a bell curve."""

import math
from typing import Literal

from riskengine.model.estimate.estimate import INFINITY, Estimate, Problem
from riskengine.model.estimate.moments import P10, P90, Z90, Mean, Sd, moments_or_percentiles
from riskengine.model.estimate.shift import Shift, shift_problem
from riskengine.model.estimate.tails import normal_below


class Lognormal(Estimate):
    """Skewed and positive, by mean and sd of the value itself or by P10 and P90."""

    shape: Literal["lognormal"] = "lognormal"
    mean: Mean = None
    sd: Sd = None
    p10: P10 = None
    p90: P90 = None
    shift: Shift = None

    def uncut_plan_value(self) -> float:
        mu, sigma = self.location_and_scale()
        return (self.shift or 0.0) + math.exp(mu) * math.exp(-sigma * sigma)

    def bounds(self) -> tuple[float, float]:
        return self.shift or 0.0, INFINITY

    def location_and_scale(self) -> tuple[float, float]:
        """Return mu and sigma of the logarithm of what lies above the shift."""
        shift = self.shift or 0.0
        if self.p10 is not None and self.p90 is not None:
            low, high = math.log(self.p10 - shift), math.log(self.p90 - shift)
            return (low + high) / 2, (high - low) / (2 * Z90)
        assert self.mean is not None and self.sd is not None
        variance = math.log1p((self.sd / (self.mean - shift)) ** 2)
        return math.log(self.mean - shift) - variance / 2, math.sqrt(variance)

    def probability_within(self, low: float, high: float) -> float:
        mu, sigma = self.location_and_scale()
        low, high = low - (self.shift or 0.0), high - (self.shift or 0.0)
        if high <= 0 or sigma == 0:
            return 0.0
        bottom = (math.log(low) - mu) / sigma if low > 0 else -INFINITY
        return normal_below(bottom, (math.log(high) - mu) / sigma if high < INFINITY else INFINITY)

    def parameter_problem(self) -> Problem | None:
        problem = moments_or_percentiles(self.mean, self.sd, self.p10, self.p90, positive=self.shift is None)
        if problem is None and self.shift is not None:
            problem = shift_problem(self.shift, self.mean, "mean") or shift_problem(self.shift, self.p10, "p10")
            if problem is None and self.sd is not None and self.mean is not None:
                problem = moments_or_percentiles(self.mean - self.shift, self.sd, None, None, positive=True)
        return problem
