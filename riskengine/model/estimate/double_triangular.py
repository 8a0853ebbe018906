"""Two triangles, one on either side of the most likely value, with a weight of its own each."""

import math
from typing import Annotated, Literal

from riskengine.model.estimate.estimate import Estimate, Problem
from riskengine.model.estimate.parameter import Parameter
from riskengine.model.estimate.percentiles import (
    HighPercentile,
    LowPercentile,
    double_triangular_bounds,
    percentiles_problem,
)
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
    low_percentile: LowPercentile = None
    high_percentile: HighPercentile = None

    @property
    def passes_its_points(self) -> bool:
        return self.low_percentile is not None or self.high_percentile is not None

    def uncut_plan_value(self) -> float:
        return self.most_likely

    def bounds(self) -> tuple[float, float]:
        if not self.passes_its_points or self.low == self.high:
            return self.low, self.high
        points = self.low, self.most_likely, self.high
        return double_triangular_bounds(points, *self._percentiles(), self.weight_below)

    def _percentiles(self) -> tuple[float, float]:
        return self.low_percentile or 0.0, 1.0 if self.high_percentile is None else self.high_percentile

    def probability_within(self, low: float, high: float) -> float:
        return max(0.0, self._below(high) - self._below(low))

    def _below(self, value: float) -> float:
        low, high = self.bounds()
        if value < self.most_likely:
            return self.weight_below * (max(value - low, 0.0) / (self.most_likely - low)) ** 2
        share = max(high - value, 0.0) / (high - self.most_likely)
        return 1 - (1 - self.weight_below) * share**2

    def parameter_problem(self) -> Problem | None:
        if self.low == self.most_likely == self.high:
            return None
        if not self.low < self.most_likely < self.high:
            rule = "a double triangular must satisfy low < most_likely < high"
            return Problem("RE202", rule, (self.low, self.most_likely, self.high))
        if not 0.001 <= self.weight_below <= 0.999 or math.isnan(self.weight_below):
            return Problem("RE205", "weight_below must be between 0.001 and 0.999", (self.weight_below,))
        below, not_above = self._percentiles()
        if not (below == 0 or below < self.weight_below) or not (not_above == 1 or self.weight_below < not_above):
            rule = "must satisfy low_percentile < weight_below < high_percentile"
            return Problem("RE206", rule, (below, self.weight_below, not_above))
        return percentiles_problem(below, not_above)

    def single_value(self) -> float | None:
        return self.low if self.low == self.high else None
