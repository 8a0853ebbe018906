"""Beta-PERT: three points, smooth."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from riskengine.model.estimate.estimate import Estimate, Problem
from riskengine.model.estimate.parameter import Parameter
from riskengine.model.estimate.percentiles import HighPercentile, LowPercentile, percentiles_problem, pert_bounds
from riskengine.model.estimate.points import High, Low, MostLikely, points_problem

Weight = Annotated[
    float, Parameter("Weight of the most likely value of a pert; default 4.", role="number", example="6")
]


class Pert(Estimate):
    """Beta-PERT: smooth, with ``lambda`` as the weight of the most likely value."""

    is_listed: ClassVar[bool] = True

    shape: Literal["pert"] = "pert"
    low: Low
    most_likely: MostLikely
    high: High
    lambda_: Weight = Field(default=4.0, alias="lambda", gt=0)
    low_percentile: LowPercentile = None
    high_percentile: HighPercentile = None

    @property
    def passes_its_points(self) -> bool:
        return self.low_percentile is not None or self.high_percentile is not None

    def uncut_plan_value(self) -> float:
        return self.most_likely

    def bounds(self) -> tuple[float, float]:
        if not self.passes_its_points:
            return self.low, self.high
        return pert_bounds((self.low, self.most_likely, self.high), *self._percentiles(), self.lambda_)

    def _percentiles(self) -> tuple[float, float]:
        return self.low_percentile or 0.0, 1.0 if self.high_percentile is None else self.high_percentile

    def parameter_problem(self) -> Problem | None:
        if not 0 < self.lambda_ <= 1000:
            return Problem("RE205", "lambda must be above 0 and at most 1000", (self.lambda_,))
        return percentiles_problem(*self._percentiles()) or points_problem(self.low, self.most_likely, self.high)

    def single_value(self) -> float | None:
        return self.low if self.low == self.high else None
