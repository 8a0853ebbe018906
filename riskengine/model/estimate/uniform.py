"""Every value between two bounds is as likely."""

from typing import ClassVar, Literal

from riskengine.model.estimate.estimate import Estimate, Problem
from riskengine.model.estimate.percentiles import HighPercentile, LowPercentile, percentiles_problem, uniform_bounds
from riskengine.model.estimate.points import High, Low


class Uniform(Estimate):
    """Every value between two bounds is as likely."""

    is_listed: ClassVar[bool] = True

    shape: Literal["uniform"] = "uniform"
    low: Low
    high: High
    low_percentile: LowPercentile = None
    high_percentile: HighPercentile = None

    @property
    def passes_its_points(self) -> bool:
        return self.low_percentile is not None or self.high_percentile is not None

    def uncut_plan_value(self) -> float:
        low, high = self.bounds()
        return (low + high) / 2

    def bounds(self) -> tuple[float, float]:
        if not self.passes_its_points:
            return self.low, self.high
        return uniform_bounds(self.low, self.high, *self._percentiles())

    def _percentiles(self) -> tuple[float, float]:
        return self.low_percentile or 0.0, 1.0 if self.high_percentile is None else self.high_percentile

    def parameter_problem(self) -> Problem | None:
        if self.low > self.high:
            return Problem("RE202", "must satisfy low <= high", (self.low, self.high))
        return percentiles_problem(*self._percentiles())

    def single_value(self) -> float | None:
        return self.low if self.low == self.high else None
