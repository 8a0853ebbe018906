"""The shape `beta`: a curve between two bounds, whose alpha and beta say where its weight lies."""

from typing import Annotated, Literal

from riskengine.model.estimate.estimate import Estimate, Problem
from riskengine.model.estimate.parameter import Parameter
from riskengine.model.estimate.points import High, Low


class Beta(Estimate):
    """Beta between two bounds, by its two shape parameters."""

    shape: Literal["beta"] = "beta"
    low: Low
    high: High
    alpha: Annotated[float, Parameter("First shape parameter of a beta.", role="number", example="2")]
    beta: Annotated[float, Parameter("Second shape parameter of a beta.", role="number", example="3")]

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
