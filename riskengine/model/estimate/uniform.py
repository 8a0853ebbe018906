"""Every value between two bounds is as likely."""

from typing import ClassVar, Literal

from riskengine.model.estimate.estimate import Estimate, Problem
from riskengine.model.estimate.points import High, Low


class Uniform(Estimate):
    """Every value between two bounds is as likely."""

    is_listed: ClassVar[bool] = True

    shape: Literal["uniform"] = "uniform"
    low: Low
    high: High

    def uncut_plan_value(self) -> float:
        return (self.low + self.high) / 2

    def bounds(self) -> tuple[float, float]:
        return self.low, self.high

    def parameter_problem(self) -> Problem | None:
        if self.low > self.high:
            return Problem("RE202", "must satisfy low <= high", (self.low, self.high))
        return None

    def single_value(self) -> float | None:
        return self.low if self.low == self.high else None
