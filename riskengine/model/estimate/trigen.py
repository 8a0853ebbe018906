"""A triangle whose low and high are percentiles."""

from typing import Annotated, ClassVar, Literal

from riskengine.model.estimate.estimate import Estimate, Problem
from riskengine.model.estimate.parameter import Parameter
from riskengine.model.estimate.points import High, Low, MostLikely, points_problem
from riskengine.model.estimate.tails import trigen_bounds


class Trigen(Estimate):
    """Triangular whose low and high are percentiles, not bounds."""

    is_listed: ClassVar[bool] = True
    passes_its_points: ClassVar[bool] = True

    shape: Literal["trigen"] = "trigen"
    low: Low
    most_likely: MostLikely
    high: High
    low_percentile: Annotated[
        float, Parameter("Probability of being below low; default 0.1.", role="number", example="0.05")
    ] = 0.1
    high_percentile: Annotated[
        float, Parameter("Probability of being below high; default 0.9.", role="number", example="0.95")
    ] = 0.9

    def uncut_plan_value(self) -> float:
        return self.most_likely

    def bounds(self) -> tuple[float, float]:
        return trigen_bounds(self.low, self.most_likely, self.high, self.low_percentile, self.high_percentile)

    def parameter_problem(self) -> Problem | None:
        if not 0 <= self.low_percentile < self.high_percentile <= 1:
            rule = "must satisfy 0 <= low_percentile < high_percentile <= 1"
            return Problem("RE206", rule, (self.low_percentile, self.high_percentile))
        return points_problem(self.low, self.most_likely, self.high)

    def single_value(self) -> float | None:
        return self.low if self.low == self.high else None
