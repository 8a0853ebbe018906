"""Distributions without bounds: normal, lognormal and exponential."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from riskengine.plan.variables.distribution.shape import Distribution, Floats
from riskengine.plan.variables.distribution.special import normal_mass, normal_quantile

INVERSE_ROOT_TWO_PI = 0.3989422804014327


@dataclass(frozen=True)
class Normal(Distribution):
    """Bell curve."""

    centre: float
    spread: float

    @property
    def low(self) -> float:
        return -np.inf

    @property
    def high(self) -> float:
        return np.inf

    @property
    def mean(self) -> float:
        return self.centre

    @property
    def sd(self) -> float:
        return self.spread

    def quantile(self, u: ArrayLike) -> Floats:
        return self.centre + self.spread * normal_quantile(u)

    def quantile_above(self, v: ArrayLike) -> Floats:
        return self.centre - self.spread * normal_quantile(v)

    def partial(self, u: ArrayLike) -> Floats:
        return self.centre * np.asarray(u) - self.spread * _density(normal_quantile(u))

    def partial_above(self, v: ArrayLike) -> Floats:
        return self.centre * np.asarray(v) + self.spread * _density(normal_quantile(v))

    def cdf(self, x: ArrayLike) -> Floats:
        return normal_mass((np.asarray(x) - self.centre) / self.spread)

    def survival(self, x: ArrayLike) -> Floats:
        return normal_mass((self.centre - np.asarray(x)) / self.spread)


@dataclass(frozen=True)
class Lognormal(Distribution):
    """A value whose logarithm is normal: `median` and the sd of the logarithm."""

    median: float
    spread: float

    @property
    def low(self) -> float:
        return 0.0

    @property
    def high(self) -> float:
        return np.inf

    @property
    def mean(self) -> float:
        return float(self.median * np.exp(self.spread * self.spread / 2))

    @property
    def sd(self) -> float:
        return float(self.mean * np.sqrt(np.expm1(self.spread * self.spread)))

    def quantile(self, u: ArrayLike) -> Floats:
        return self.median * np.exp(self.spread * normal_quantile(u))

    def quantile_above(self, v: ArrayLike) -> Floats:
        return self.median * np.exp(-self.spread * normal_quantile(v))

    def partial(self, u: ArrayLike) -> Floats:
        return self._whole * normal_mass(normal_quantile(u) - self.spread)

    def partial_above(self, v: ArrayLike) -> Floats:
        return self._whole * normal_mass(normal_quantile(v) + self.spread)

    def cdf(self, x: ArrayLike) -> Floats:
        return normal_mass(self._score(x))

    def survival(self, x: ArrayLike) -> Floats:
        return normal_mass(-self._score(x))

    @property
    def _whole(self) -> Floats:
        """The mean, for columns too."""
        return np.asarray(self.median * np.exp(self.spread * self.spread / 2))

    def _score(self, x: ArrayLike) -> Floats:
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(np.maximum(np.asarray(x) / self.median, 0.0)) / self.spread)


@dataclass(frozen=True)
class Exponential(Distribution):
    """Waiting time without memory."""

    wait: float

    @property
    def low(self) -> float:
        return 0.0

    @property
    def high(self) -> float:
        return np.inf

    @property
    def mean(self) -> float:
        return self.wait

    sd = mean

    def quantile(self, u: ArrayLike) -> Floats:
        with np.errstate(divide="ignore"):
            return -self.wait * np.log1p(-np.asarray(u, dtype=np.float64))

    def quantile_above(self, v: ArrayLike) -> Floats:
        with np.errstate(divide="ignore"):
            return -self.wait * np.log(np.asarray(v, dtype=np.float64))

    def partial(self, u: ArrayLike) -> Floats:
        mass = np.asarray(u, dtype=np.float64)
        return self.wait * np.where(mass < 0.1, _exponential_series(np.minimum(mass, 0.1)), mass - _entropy(1 - mass))

    def partial_above(self, v: ArrayLike) -> Floats:
        mass = np.asarray(v, dtype=np.float64)
        return self.wait * (mass + _entropy(mass))

    def cdf(self, x: ArrayLike) -> Floats:
        return -np.expm1(-np.maximum(np.asarray(x, dtype=np.float64), 0.0) / self.wait)

    def survival(self, x: ArrayLike) -> Floats:
        return np.exp(-np.maximum(np.asarray(x, dtype=np.float64), 0.0) / self.wait)


def _density(z: Floats) -> Floats:
    """Standard normal density."""
    return INVERSE_ROOT_TWO_PI * np.exp(-z * z / 2)


def _entropy(p: Floats) -> Floats:
    """``-p log p``, 0 at 0."""
    return -p * np.log(np.where(p > 0, p, 1.0))


def _exponential_series(u: Floats) -> Floats:
    """``u + (1 - u) log(1 - u)`` for small `u`, where the closed form loses every digit: sum of u^(k+1) / (k (k+1))."""
    total = np.zeros_like(u)
    for k in range(16, 0, -1):
        total = u * (1 / (k * (k + 1)) + total)
    return u * total
