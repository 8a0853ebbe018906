"""A triangle whose low and high are percentiles."""

from typing import Annotated, ClassVar, Literal

from riskengine.model.estimate.estimate import Estimate, Problem
from riskengine.model.estimate.percentiles import HighPercentile, LowPercentile, percentiles_problem
from riskengine.model.estimate.points import High, Low, MostLikely, points_problem
from riskengine.model.estimate.tails import trigen_bounds


class Trigen(Estimate):
    """Triangular whose low and high are percentiles, not bounds."""

    is_listed: ClassVar[bool] = True

    shape: Literal["trigen"] = "trigen"
    low: Low
    most_likely: MostLikely
    high: High
    low_percentile: Annotated[float, *LowPercentile.__metadata__] = 0.1
    high_percentile: Annotated[float, *HighPercentile.__metadata__] = 0.9

    @property
    def passes_its_points(self) -> bool:
        return True

    def uncut_plan_value(self) -> float:
        return self.most_likely

    def bounds(self) -> tuple[float, float]:
        return trigen_bounds(self.low, self.most_likely, self.high, self.low_percentile, self.high_percentile)

    def parameter_problem(self) -> Problem | None:
        problem = percentiles_problem(self.low_percentile, self.high_percentile)
        return problem or points_problem(self.low, self.most_likely, self.high)

    def single_value(self) -> float | None:
        return self.low if self.low == self.high else None
