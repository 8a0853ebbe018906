"""Two triangles, one on either side of the most likely value, with a weight of its own each."""

import math
from typing import Annotated, Literal

from riskengine.model.estimate.estimate import Estimate, Problem
from riskengine.model.estimate.parameter import Parameter
from riskengine.model.estimate.points import High, Low, MostLikely


class DoubleTriangular(Estimate):
    """Three points, and how probable it is to stay below the most likely one."""

    shape: Literal["double_triangular"] = "double_triangular"
    low: Low
    most_likely: MostLikely
    high: High
    weight_below: Annotated[
        float,
        Parameter(
            "Probability of being below the most likely value of a double triangular; default 0.5.",
            role="number",
            example="0.4",
        ),
    ] = 0.5

    def uncut_plan_value(self) -> float:
        return self.most_likely

    def bounds(self) -> tuple[float, float]:
        return self.low, self.high

    def probability_within(self, low: float, high: float) -> float:
        return max(0.0, self._below(high) - self._below(low))

    def _below(self, value: float) -> float:
        if value < self.most_likely:
            return self.weight_below * (max(value - self.low, 0.0) / (self.most_likely - self.low)) ** 2
        share = max(self.high - value, 0.0) / (self.high - self.most_likely)
        return 1 - (1 - self.weight_below) * share**2

    def parameter_problem(self) -> Problem | None:
        if self.low == self.most_likely == self.high:
            return None
        if not self.low < self.most_likely < self.high:
            rule = "a double triangular must satisfy low < most_likely < high"
            return Problem("RE202", rule, (self.low, self.most_likely, self.high))
        if not 0.001 <= self.weight_below <= 0.999 or math.isnan(self.weight_below):
            return Problem("RE205", "weight_below must be between 0.001 and 0.999", (self.weight_below,))
        return None

    def single_value(self) -> float | None:
        return self.low if self.low == self.high else None
