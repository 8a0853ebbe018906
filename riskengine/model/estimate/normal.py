"""The shape `normal`: the bell curve, by its mean and standard deviation or by P10 and P90."""

from typing import Literal

from riskengine.model.estimate.estimate import INFINITY, Estimate, Problem
from riskengine.model.estimate.moments import P10, P90, Z90, Mean, Sd, moments_or_percentiles
from riskengine.model.estimate.tails import normal_below


class Normal(Estimate):
    """Bell curve, by mean and sd or by P10 and P90."""

    shape: Literal["normal"] = "normal"
    mean: Mean = None
    sd: Sd = None
    p10: P10 = None
    p90: P90 = None

    @property
    def passes_its_points(self) -> bool:
        return True

    def uncut_plan_value(self) -> float:
        return self.location_and_scale()[0]

    def bounds(self) -> tuple[float, float]:
        return -INFINITY, INFINITY

    def location_and_scale(self) -> tuple[float, float]:
        """Return mean and sd, whichever way they were given."""
        if self.p10 is not None and self.p90 is not None:
            return (self.p10 + self.p90) / 2, (self.p90 - self.p10) / (2 * Z90)
        assert self.mean is not None and self.sd is not None
        return self.mean, self.sd

    def probability_within(self, low: float, high: float) -> float:
        mean, sd = self.location_and_scale()
        return normal_below((low - mean) / sd, (high - mean) / sd)

    def parameter_problem(self) -> Problem | None:
        return moments_or_percentiles(self.mean, self.sd, self.p10, self.p90, positive=False)
