"""Distributions of straight lines: uniform and triangular."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from riskengine.plan.variables.distribution.shape import Distribution, Floats


@dataclass(frozen=True)
class Uniform(Distribution):
    """Every value between two bounds is as likely."""

    least: float
    most: float

    @property
    def low(self) -> float:
        return self.least

    @property
    def high(self) -> float:
        return self.most

    @property
    def mean(self) -> float:
        return (self.least + self.most) / 2

    @property
    def sd(self) -> float:
        return (self.most - self.least) / sqrt(12)

    def quantile(self, u: ArrayLike) -> Floats:
        return self.least + (self.most - self.least) * np.asarray(u)

    def quantile_above(self, v: ArrayLike) -> Floats:
        return self.most - (self.most - self.least) * np.asarray(v)

    def partial(self, u: ArrayLike) -> Floats:
        mass = np.asarray(u)
        return mass * (self.least + (self.most - self.least) * mass / 2)

    def partial_above(self, v: ArrayLike) -> Floats:
        mass = np.asarray(v)
        return mass * (self.most - (self.most - self.least) * mass / 2)

    def cdf(self, x: ArrayLike) -> Floats:
        return np.clip((np.asarray(x) - self.least) / (self.most - self.least), 0.0, 1.0)

    def survival(self, x: ArrayLike) -> Floats:
        return np.clip((self.most - np.asarray(x)) / (self.most - self.least), 0.0, 1.0)


@dataclass(frozen=True)
class Triangular(Distribution):
    """Two straight lines up to the mode and down again."""

    least: float
    mode: float
    most: float

    @property
    def low(self) -> float:
        return self.least

    @property
    def high(self) -> float:
        return self.most

    @property
    def mean(self) -> float:
        return (self.least + self.mode + self.most) / 3

    @property
    def sd(self) -> float:
        left, right = self.mode - self.least, self.most - self.mode
        return float(np.sqrt((left * left + left * right + right * right) / 18))

    def quantile(self, u: ArrayLike) -> Floats:
        mass = np.asarray(u, dtype=np.float64)
        return np.where(mass <= self._turn, self._left(mass), self._right(1 - mass))

    def quantile_above(self, v: ArrayLike) -> Floats:
        mass = np.asarray(v, dtype=np.float64)
        return np.where(mass <= 1 - self._turn, self._right(mass), self._left(1 - mass))

    def partial(self, u: ArrayLike) -> Floats:
        return _area(np.asarray(u, dtype=np.float64), self.least, self.mode, self.most)

    def partial_above(self, v: ArrayLike) -> Floats:
        return -_area(np.asarray(v, dtype=np.float64), -self.most, -self.mode, -self.least)

    def cdf(self, x: ArrayLike) -> Floats:
        return _mass_below(np.asarray(x, dtype=np.float64), self.least, self.mode, self.most)

    def survival(self, x: ArrayLike) -> Floats:
        return _mass_below(-np.asarray(x, dtype=np.float64), -self.most, -self.mode, -self.least)

    @property
    def _turn(self) -> float:
        """Probability below the mode."""
        return (self.mode - self.least) / (self.most - self.least)

    def _left(self, u: Floats) -> Floats:
        return self.least + np.sqrt(u * (self.most - self.least) * (self.mode - self.least))

    def _right(self, v: Floats) -> Floats:
        return self.most - np.sqrt(v * (self.most - self.least) * (self.most - self.mode))


def _area(u: Floats, low: float, mode: float, high: float) -> Floats:
    """Integral of the quantile function from 0 to `u`.

    Notes
    -----
    Behind the mode (probability t) it grows by d (high - sqrt((high - low) (high - mode)) r) with d = u - t and r the
    mean of sqrt(1 - w) over [t, u]; r is written without the difference of two near numbers.
    """
    width = high - low
    turn = (mode - low) / width
    below = np.minimum(u, turn)
    left = below * (low + 2 / 3 * np.sqrt(below * width * (mode - low)))
    beyond = np.maximum(u - turn, 0.0)
    start, end = 1 - turn, 1 - np.maximum(u, turn)
    weight = start * np.sqrt(start) + end * np.sqrt(end)
    root = 2 / 3 * (start * start + start * end + end * end) / np.where(weight > 0, weight, 1.0)
    right: Floats = beyond * (high - np.sqrt(width * (high - mode)) * root)
    return left + right


def _mass_below(x: Floats, low: float, mode: float, high: float) -> Floats:
    width = high - low
    left, right = np.clip(x, low, mode) - low, high - np.clip(x, mode, high)
    # a side without width has no mass, and its formula would divide by zero
    rising = left * left / width / np.where(mode > low, mode - low, 1.0)
    falling = 1 - right * right / width / np.where(high > mode, high - mode, 1.0)
    return np.where(x < mode, rising, np.where(high > mode, falling, 1.0))
