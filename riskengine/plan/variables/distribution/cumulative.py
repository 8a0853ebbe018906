"""Points of an S-curve joined by straight lines."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from riskengine.plan.variables.distribution.shape import Distribution, Floats


@dataclass(frozen=True)
class Cumulative(Distribution):
    """Values, ascending, and the probabilities of staying below them, from 0 to 1."""

    values: tuple[float, ...]
    probabilities: tuple[float, ...]

    @property
    def low(self) -> float:
        return self.values[0]

    @property
    def high(self) -> float:
        return self.values[-1]

    @property
    def mean(self) -> float:
        return float(self._area()[-1])

    @property
    def sd(self) -> float:
        x, mass = np.array(self.values) - self.mean, np.diff(self.probabilities)
        first, last = x[:-1], x[1:]
        return float(np.sqrt(np.sum(mass * (first * first + first * last + last * last) / 3)))

    @property
    def stands_alone(self) -> bool:
        return True

    @property
    def bends(self) -> tuple[float, ...]:
        return self.probabilities[1:-1]

    def quantile(self, u: ArrayLike) -> Floats:
        return np.asarray(np.interp(np.asarray(u, dtype=np.float64), self.probabilities, self.values))

    def quantile_above(self, v: ArrayLike) -> Floats:
        return np.interp(np.asarray(v, dtype=np.float64), 1 - np.array(self.probabilities[::-1]), self.values[::-1])

    def partial(self, u: ArrayLike) -> Floats:
        mass = np.asarray(u, dtype=np.float64)
        knots, values = np.array(self.probabilities), np.array(self.values)
        row = np.clip(np.searchsorted(knots, mass, side="right") - 1, 0, knots.size - 2)
        return np.asarray(self._area()[row] + (mass - knots[row]) * (values[row] + self.quantile(mass)) / 2)

    def partial_above(self, v: ArrayLike) -> Floats:
        values = tuple(-value for value in reversed(self.values))
        mirrored = Cumulative(values, tuple(1 - share for share in reversed(self.probabilities)))
        return np.asarray(-mirrored.partial(v))

    def cdf(self, x: ArrayLike) -> Floats:
        return np.asarray(np.interp(np.asarray(x, dtype=np.float64), self.values, self.probabilities))

    def survival(self, x: ArrayLike) -> Floats:
        return np.asarray(np.interp(np.asarray(x, dtype=np.float64), self.values, 1 - np.array(self.probabilities)))

    def _area(self) -> Floats:
        """Integral of the quantile function up to each point."""
        values = np.array(self.values)
        return np.concatenate(([0.0], np.cumsum(np.diff(self.probabilities) * (values[:-1] + values[1:]) / 2)))
