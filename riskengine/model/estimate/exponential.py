"""The shape `exponential`: waiting for what is as likely to come in any hour, however long one has waited."""

import math
from typing import Annotated, Literal

from riskengine.model.estimate.estimate import INFINITY, Estimate, Problem
from riskengine.model.estimate.parameter import Parameter


class Exponential(Estimate):
    """Waiting time without memory."""

    shape: Literal["exponential"] = "exponential"
    mean: Annotated[float, Parameter("Mean, of the value itself.", example="25")]

    def uncut_plan_value(self) -> float:
        return self.mean

    def bounds(self) -> tuple[float, float]:
        return 0.0, INFINITY

    def probability_within(self, low: float, high: float) -> float:
        return math.exp(-max(low, 0.0) / self.mean) - math.exp(-max(high, 0.0) / self.mean)

    def parameter_problem(self) -> Problem | None:
        return None if self.mean > 0 else Problem("RE205", "the mean must be above 0", (self.mean,))
