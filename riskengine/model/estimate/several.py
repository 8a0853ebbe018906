"""Several estimates of one thing: pooled as a mixture, or averaged."""

from collections.abc import Sequence
from typing import Annotated, Literal

from riskengine.model.estimate.constant import Constant
from riskengine.model.estimate.discrete import Discrete
from riskengine.model.estimate.empirical import Empirical
from riskengine.model.estimate.estimate import Estimate, Problem
from riskengine.model.estimate.listed_points import WEIGHTS
from riskengine.model.estimate.parameter import Parameter

Parts = Annotated[
    tuple[Estimate, ...],
    Parameter(
        "Estimates of one thing, by several experts or for several cases.",
        role="estimates",
        is_list=True,
        example="[{ low = 20, most_likely = 25, high = 40 }, { low = 25, most_likely = 30, high = 60 }, "
        "{ low = 18, most_likely = 22, high = 30 }]",
    ),
]


class Several(Estimate):
    """What a mixture and an average have in common: estimates, and a weight for each; all the same by default."""

    of: Parts
    weights: Annotated[tuple[float, ...] | None, WEIGHTS] = None

    def shares(self) -> tuple[float, ...]:
        """Return the weight of each estimate, together 1."""
        weights = self.weights or (1.0,) * len(self.of)
        return tuple(weight / sum(weights) for weight in weights)

    def uncut_plan_value(self) -> float:
        return self._averaged([part.plan_value() for part in self.of])

    def written_values(self) -> list[float]:
        return [value for part in self.of for value in part.written_values()]

    def _probabilities_within(self, low: float, high: float) -> list[float]:
        """Return the probability of [low, high] by each estimate, at least so much; cut ones have more."""
        ends = [(max(low, least), min(high, most)) for least, most in (part.support() for part in self.of)]
        return [
            part.probability_within(*end) if end[0] < end[1] else 0.0 for part, end in zip(self.of, ends, strict=True)
        ]

    def _averaged(self, numbers: Sequence[float]) -> float:
        return sum(share * number for share, number in zip(self.shares(), numbers, strict=True))

    def parameter_problem(self) -> Problem | None:
        if len(self.of) < 2 or (self.weights is not None and len(self.weights) != len(self.of)):
            counts = (float(len(self.of)), float(len(self.of if self.weights is None else self.weights)))
            return Problem("RE208", "there must be two estimates at least, and as many weights", counts)
        if self.weights is not None and min(self.weights) <= 0:
            return Problem("RE208", "weights must be above 0", self.weights)
        if any(isinstance(part, Constant | Discrete | Empirical | Several) for part in self.of):
            places = tuple(part.plan_value() for part in self.of)
            return Problem("RE215", "every one of the estimates must be a range by itself, without steps", places)
        return None


class Mixture(Several):
    """One of several estimates, by their weights: what the experts do not agree on stays in the result."""

    shape: Literal["mixture"] = "mixture"

    def bounds(self) -> tuple[float, float]:
        ends = [part.support() for part in self.of]
        return min(low for low, _ in ends), max(high for _, high in ends)

    def probability_within(self, low: float, high: float) -> float:
        return self._averaged(self._probabilities_within(low, high))

    def parameter_problem(self) -> Problem | None:
        problem = super().parameter_problem()
        if problem is not None:
            return problem
        ends = sorted(part.support() for part in self.of)
        reach = ends[0][1]
        for low, high in ends[1:]:
            if low >= reach:
                return Problem("RE215", "the ranges of a mixture must overlap", (reach, low))
            reach = max(reach, high)
        return None


class Average(Several):
    """The average of several estimates at each percentile: the experts meet half-way."""

    shape: Literal["average"] = "average"

    def bounds(self) -> tuple[float, float]:
        lows, highs = zip(*(part.support() for part in self.of), strict=True)
        return self._averaged(lows), self._averaged(highs)

    def probability_within(self, low: float, high: float) -> float:
        # where each estimate has some of it, the average passes through it as well
        return min(self._probabilities_within(low, high))
