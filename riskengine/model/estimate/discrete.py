"""The shape `discrete`: one of a few values, each with its weight."""

from typing import Annotated, Literal

from riskengine.model.estimate.estimate import INFINITY, Estimate, Problem
from riskengine.model.estimate.listed_points import WEIGHTS, Values


class Discrete(Estimate):
    """A few values with weights (any positive scale)."""

    shape: Literal["discrete"] = "discrete"
    values: Values
    weights: Annotated[tuple[float, ...], WEIGHTS]

    def uncut_plan_value(self) -> float:
        total: dict[float, float] = {}
        for value, weight in zip(self.values, self.weights, strict=True):
            total[value] = total.get(value, 0.0) + weight
        low, high = self.support()
        return low if low == high else max(total, key=lambda value: total[value])

    def bounds(self) -> tuple[float, float]:
        return min(self.values), max(self.values)

    def probability_within(self, low: float, high: float) -> float:
        pairs = zip(self.values, self.weights, strict=True)
        return sum(weight for value, weight in pairs if low <= value <= high) / sum(self.weights)

    def support(self) -> tuple[float, float]:
        low = -INFINITY if self.min is None else self.min
        high = INFINITY if self.max is None else self.max
        values_within = [value for value in self.values if low <= value <= high]
        return min(values_within), max(values_within)

    def parameter_problem(self) -> Problem | None:
        if not self.values or len(self.values) != len(self.weights):
            counts = (float(len(self.values)), float(len(self.weights)))
            return Problem("RE208", "there must be as many weights as values, and at least one", counts)
        if min(self.weights) <= 0:
            return Problem("RE208", "weights must be above 0", self.weights)
        return None
