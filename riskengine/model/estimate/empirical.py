"""Values that were observed, each as likely as the others: past durations."""

from typing import Literal

from riskengine.model.estimate.estimate import INFINITY, Estimate, Problem
from riskengine.model.estimate.listed_points import Values


class Empirical(Estimate):
    """One of the values observed, each as likely; a value that was observed twice is twice as likely."""

    shape: Literal["empirical"] = "empirical"
    values: Values

    def uncut_plan_value(self) -> float:
        values = self._values_within()
        return values[(len(values) - 1) // 2]

    def bounds(self) -> tuple[float, float]:
        return min(self.values), max(self.values)

    def probability_within(self, low: float, high: float) -> float:
        return sum(low <= value <= high for value in self.values) / len(self.values)

    def support(self) -> tuple[float, float]:
        values = self._values_within()
        return values[0], values[-1]

    def _values_within(self) -> list[float]:
        """Return the values between min and max, ascending."""
        low = -INFINITY if self.min is None else self.min
        high = INFINITY if self.max is None else self.max
        return sorted(value for value in self.values if low <= value <= high)

    def parameter_problem(self) -> Problem | None:
        return None if self.values else Problem("RE208", "there must be at least one value", ())
