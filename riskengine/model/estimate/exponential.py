"""The shape `exponential`: waiting for what is as likely to come in any hour, however long one has waited."""

import math
from typing import Annotated, Literal

from riskengine.model.estimate.estimate import INFINITY, Estimate, Problem
from riskengine.model.estimate.parameter import Parameter
from riskengine.model.estimate.shift import Shift, shift_problem


class Exponential(Estimate):
    """Waiting time without memory."""

    shape: Literal["exponential"] = "exponential"
    mean: Annotated[float, Parameter("Mean, of the value itself.", example="25")]
    shift: Shift = None

    def uncut_plan_value(self) -> float:
        return self.mean

    def bounds(self) -> tuple[float, float]:
        return self.shift or 0.0, INFINITY

    def probability_within(self, low: float, high: float) -> float:
        shift = self.shift or 0.0
        bottom, top = (max(end - shift, 0.0) / (self.mean - shift) for end in (low, high))
        return math.exp(-bottom) - math.exp(-top)

    def parameter_problem(self) -> Problem | None:
        if self.shift is not None:
            return shift_problem(self.shift, self.mean, "mean")
        return None if self.mean > 0 else Problem("RE205", "the mean must be above 0", (self.mean,))
