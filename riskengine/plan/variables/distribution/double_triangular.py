"""Two triangles that meet at the most likely value."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from riskengine.plan.variables.distribution.shape import Distribution, Floats


@dataclass(frozen=True)
class DoubleTriangular(Distribution):
    """A rising triangle with probability `weight` below the mode, a falling one with the rest above it.

    Notes
    -----
    Below the mode ``F(x) = weight ((x - least) / (mode - least))^2``, above it ``1 - F(x)`` likewise. The mean is
    ``weight (least + 2 mode) / 3 + (1 - weight) (most + 2 mode) / 3``.

    References
    ----------
    AACE International recommended practice 41R-08.
    """

    least: float
    mode: float
    most: float
    weight: float

    @property
    def low(self) -> float:
        return self.least

    @property
    def high(self) -> float:
        return self.most

    @property
    def mean(self) -> float:
        return (2 * self.mode + self.weight * self.least + (1 - self.weight) * self.most) / 3

    @property
    def sd(self) -> float:
        left, right = self.mode - self.least, self.most - self.mode
        square = (self.weight * left * left + (1 - self.weight) * right * right) / 6
        offset = ((1 - self.weight) * right - self.weight * left) / 3
        return float(np.sqrt(square - offset * offset))

    @property
    def bends(self) -> tuple[float, ...]:
        return (self.weight,)

    def quantile(self, u: ArrayLike) -> Floats:
        mass = np.asarray(u, dtype=np.float64)
        return np.where(mass <= self.weight, self._left(mass), self._right(1 - mass))

    def quantile_above(self, v: ArrayLike) -> Floats:
        mass = np.asarray(v, dtype=np.float64)
        return np.where(mass <= 1 - self.weight, self._right(mass), self._left(1 - mass))

    def partial(self, u: ArrayLike) -> Floats:
        return _area(np.asarray(u, dtype=np.float64), self.least, self.mode, self.most, self.weight)

    def partial_above(self, v: ArrayLike) -> Floats:
        mass = np.asarray(v, dtype=np.float64)
        return -_area(mass, -self.most, -self.mode, -self.least, 1 - self.weight)

    def cdf(self, x: ArrayLike) -> Floats:
        return _mass_below(np.asarray(x, dtype=np.float64), self.least, self.mode, self.most, self.weight)

    def survival(self, x: ArrayLike) -> Floats:
        value = -np.asarray(x, dtype=np.float64)
        return _mass_below(value, -self.most, -self.mode, -self.least, 1 - self.weight)

    def _left(self, u: Floats) -> Floats:
        return self.least + (self.mode - self.least) * np.sqrt(u / self.weight)

    def _right(self, v: Floats) -> Floats:
        return self.most - (self.most - self.mode) * np.sqrt(v / (1 - self.weight))


def _area(u: Floats, low: float, mode: float, high: float, weight: float) -> Floats:
    """Integral of the quantile function from 0 to `u`."""
    below = np.minimum(u, weight)
    left = below * low + (mode - low) * below * np.sqrt(below / weight) * (2 / 3)
    above, rest = np.minimum(1 - u, 1 - weight), 1 - weight
    right = (rest - above) * high - (high - mode) * (rest - above * np.sqrt(above / rest)) * (2 / 3)
    return left + np.where(u > weight, right, 0.0)


def _mass_below(x: Floats, low: float, mode: float, high: float, weight: float) -> Floats:
    """Probability of a value not above `x`."""
    left = weight * (np.clip(x - low, 0.0, mode - low) / (mode - low)) ** 2
    right = (1 - weight) * (np.clip(high - x, 0.0, high - mode) / (high - mode)) ** 2
    return np.where(x < mode, left, 1 - right)
