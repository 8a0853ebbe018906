"""Three points joined by straight lines."""

from typing import ClassVar, Literal

from riskengine.model.estimate.estimate import Estimate, Problem
from riskengine.model.estimate.points import High, Low, MostLikely, points_problem


class Triangular(Estimate):
    """Three points joined by straight lines."""

    is_listed: ClassVar[bool] = True

    shape: Literal["triangular"] = "triangular"
    low: Low
    most_likely: MostLikely
    high: High

    def uncut_plan_value(self) -> float:
        return self.most_likely

    def bounds(self) -> tuple[float, float]:
        return self.low, self.high

    def parameter_problem(self) -> Problem | None:
        return points_problem(self.low, self.most_likely, self.high)

    def single_value(self) -> float | None:
        return self.low if self.low == self.high else None
