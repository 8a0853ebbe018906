"""Distributions of which only the quantile function has a formula; the rest is integrated, or found by halving."""

from abc import abstractmethod
from functools import cached_property

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import ArrayLike

from riskengine.plan.variables.distribution.shape import Distribution, Floats

OCTAVES = 120
"""Powers of two towards an end, over which an integral up to it is taken."""

NODES = 10


class Integrated(Distribution):
    """A distribution by its quantile function over logits of the probability.

    Notes
    -----
    Integrals run over octaves towards an end of the probability, ten Gauss-Legendre nodes each: where the quantile
    function grows like a logarithm or a power they are exact to about 1e-9.
    """

    @property
    def stands_alone(self) -> bool:
        return True

    @abstractmethod
    def at_logit(self, logit: Floats) -> Floats:
        """Value at a probability, as its logit."""

    def quantile(self, u: ArrayLike) -> Floats:
        mass = np.asarray(u, dtype=np.float64)
        with np.errstate(divide="ignore"):
            return self._ends(np.log(mass) - np.log1p(-mass))

    def quantile_above(self, v: ArrayLike) -> Floats:
        mass = np.asarray(v, dtype=np.float64)
        with np.errstate(divide="ignore"):
            return self._ends(np.log1p(-mass) - np.log(mass))

    def _ends(self, logit: Floats) -> Floats:
        inside = self.at_logit(np.clip(logit, -745.0, 745.0))
        return np.where(np.isneginf(logit), self.low, np.where(np.isposinf(logit), self.high, inside))

    @cached_property
    def _halves(self) -> tuple[float, float]:
        """Integrals of the quantile function below and above the median."""
        return float(self._lower(np.array(0.5))), float(self._upper(np.array(0.5)))

    @property
    def mean(self) -> float:
        return sum(self._halves)

    @cached_property
    def _spread(self) -> float:
        node, weight = _octaves()
        centre, half = self.mean, 0.5
        squares = (self.quantile(half * node) - centre) ** 2 + (self.quantile_above(half * node) - centre) ** 2
        return float(np.sqrt(np.sum(squares * weight) * half))

    @property
    def sd(self) -> float:
        return self._spread

    def partial(self, u: ArrayLike) -> Floats:
        mass = np.asarray(u, dtype=np.float64)
        beyond = self.mean - self._upper(np.minimum(1 - mass, 0.5))
        return np.where(mass <= 0.5, self._lower(np.minimum(mass, 0.5)), beyond)

    def partial_above(self, v: ArrayLike) -> Floats:
        mass = np.asarray(v, dtype=np.float64)
        beyond = self.mean - self._lower(np.minimum(1 - mass, 0.5))
        return np.where(mass <= 0.5, self._upper(np.minimum(mass, 0.5)), beyond)

    def _lower(self, u: Floats) -> Floats:
        node, weight = _octaves()
        mass = np.where(u > 0, u, 1.0)
        return np.where(u > 0, np.sum(self.quantile(mass[..., None] * node) * weight, axis=-1) * mass, 0.0)

    def _upper(self, v: Floats) -> Floats:
        node, weight = _octaves()
        mass = np.where(v > 0, v, 1.0)
        return np.where(v > 0, np.sum(self.quantile_above(mass[..., None] * node) * weight, axis=-1) * mass, 0.0)

    def cdf(self, x: ArrayLike) -> Floats:
        return _logistic(self._logit_of(x))

    def survival(self, x: ArrayLike) -> Floats:
        return _logistic(-self._logit_of(x))

    def _logit_of(self, x: ArrayLike) -> Floats:
        value = np.asarray(x, dtype=np.float64)
        bottom, top = np.full(value.shape, -745.0), np.full(value.shape, 745.0)
        for _ in range(64):
            middle = (bottom + top) / 2
            is_below = self.at_logit(middle) < value
            bottom, top = np.where(is_below, middle, bottom), np.where(is_below, top, middle)
        return np.where(value <= self.low, -np.inf, np.where(value >= self.high, np.inf, (bottom + top) / 2))


def _octaves() -> tuple[Floats, Floats]:
    """Nodes and weights of an integral from 0 to 1 whose end is 0."""
    node, weight = leggauss(NODES)
    edge = np.concatenate(([0.0], 2.0 ** np.arange(-OCTAVES, 1)))
    width = np.diff(edge)[:, None]
    return (edge[:-1, None] + width * (node + 1) / 2).ravel(), (width * weight / 2).ravel()


def _logistic(logit: Floats) -> Floats:
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(-logit)))
