"""Points of an S-curve joined by straight lines."""

from typing import Literal

from riskengine.model.estimate.estimate import Estimate, Problem
from riskengine.model.estimate.listed_points import Probabilities, Values, rising_problem


class Cumulative(Estimate):
    """Values and the probabilities of staying below them, joined by straight lines."""

    shape: Literal["cumulative"] = "cumulative"
    values: Values
    probabilities: Probabilities

    def uncut_plan_value(self) -> float:
        return self._between(0.5, self.probabilities, self.values)

    def bounds(self) -> tuple[float, float]:
        return self.values[0], self.values[-1]

    def probability_within(self, low: float, high: float) -> float:
        ends = (min(max(end, self.values[0]), self.values[-1]) for end in (high, low))
        above, below = (self._between(end, self.values, self.probabilities) for end in ends)
        return max(0.0, above - below)

    def _between(self, place: float, along: tuple[float, ...], up: tuple[float, ...]) -> float:
        """Return where the line through the points is at a place."""
        at = next(index for index in range(1, len(along)) if place <= along[index])
        share = (place - along[at - 1]) / (along[at] - along[at - 1])
        return up[at - 1] + share * (up[at] - up[at - 1])

    def parameter_problem(self) -> Problem | None:
        problem = rising_problem(self.values, self.probabilities)
        if problem is None and (self.probabilities[0] != 0 or self.probabilities[-1] != 1):
            ends = (self.probabilities[0], self.probabilities[-1])
            return Problem("RE207", "the probabilities of a cumulative must begin with 0 and end with 1", ends)
        return problem
